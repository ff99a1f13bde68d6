import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { behavioursDoc, behavioursPage } from './binance-behaviours-doc.js';

it('docs/binance-behaviours.md is what `npx tsx tools/binance-behaviours-doc.ts` writes', () => {
  expect(readFileSync(behavioursDoc, 'utf8') === behavioursPage(), 'run it again').toBe(true);
});
