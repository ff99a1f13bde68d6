import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { adapterCardsDoc, adapterCardsPage } from './adapter-cards-doc.js';

it('docs/adapter-cards.md is what `npx tsx tools/adapter-cards-doc.ts` writes', () => {
  expect(readFileSync(adapterCardsDoc, 'utf8') === adapterCardsPage(), 'run it again').toBe(true);
});

it('docs/write-an-adapter.md shows the adapter that the kit’s own tests pass and break', () => {
  const root = join(import.meta.dirname, '..');
  const toy = readFileSync(join(root, 'packages/testkit/src/testing/toy-adapter.ts'), 'utf8');
  const shown = toy.slice(toy.indexOf('// ---- The mapper')).replace('export class', 'class').trimEnd();
  expect(readFileSync(join(root, 'docs/write-an-adapter.md'), 'utf8')).toContain(shown);
});
