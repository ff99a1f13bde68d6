import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { behavioursDoc, behavioursPage } from './tws-behaviours-doc.js';

it('docs/tws-behaviours.md is what `npx tsx tools/tws-behaviours-doc.ts` writes', () => {
  expect(readFileSync(behavioursDoc, 'utf8') === behavioursPage(), 'run it again').toBe(true);
});
