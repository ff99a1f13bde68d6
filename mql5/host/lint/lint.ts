import type { Preprocessed } from '../rewriter/preprocessor.js';
import type { Problem } from '../rewriter/problem.js';
import { unknownFunctions } from './functions.js';
import { foreignShapes } from './shapes.js';
import { foreignWords } from './words.js';

/**
 * What MQL5 does not have although C++ takes it: MetaEditor would refuse it.
 * Words are looked at as they were written; calls and shapes after the preprocessor, so that code of an #ifdef that
 * does not count is not judged.
 */
export const lint = ({ files, tokens }: Pick<Preprocessed, 'files' | 'tokens'>): Problem[] => [
  ...files.flatMap(({ tokens: written, marked }) => foreignWords(written, marked)),
  ...foreignShapes(tokens),
  ...unknownFunctions(tokens),
];
