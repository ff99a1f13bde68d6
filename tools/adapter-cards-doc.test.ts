import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { adapterCardsDoc, adapterCardsPage } from './adapter-cards-doc.js';

it('docs/adapter-cards.md is what `npx tsx tools/adapter-cards-doc.ts` writes', () => {
  expect(readFileSync(adapterCardsDoc, 'utf8') === adapterCardsPage(), 'run it again').toBe(true);
});
