import { readFileSync } from 'node:fs';
import { basename } from 'node:path';
import { expect, it } from 'vitest';
import { behavioursPages } from './behaviours-doc.js';

it.each(behavioursPages().map(([path, text]) => [basename(path), path, text] as const))(
  'docs/%s is what `npx tsx tools/behaviours-doc.ts` writes',
  (_name, path, text) => {
    expect(readFileSync(path, 'utf8') === text, 'run it again').toBe(true);
  },
);
