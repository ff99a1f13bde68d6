import { type FunctionHead, headPieces } from './functions.js';
import type { Token } from './token.js';
import { raw } from './token.js';

/** A function of a DLL, which only a terminal on Windows has: it compiles, and stops the program when called. */
export const importStub = (head: FunctionHead, dll: string, end: Token): Token[] => {
  const missing = `mql_import_missing(${dll}, ${JSON.stringify(head.name)});`;
  const value = head.returns === undefined || head.returns === 'void' ? '' : ` return ${head.returns}();`;
  const named = { ...head, parameters: head.parameters.map((each) => ({ ...each, name: '' })) };
  return [...headPieces(named, []), raw(`{ ${missing}${value} }`, end.at)];
};
