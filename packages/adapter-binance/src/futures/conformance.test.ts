import { adapterCards } from '@mikrobot/testkit';
import { describe, it } from 'vitest';
import { createVenue } from './testing/bench.js';

describe.each([
  ['one-way', false],
  ['hedge', true],
] as const)('Binance futures in %s mode', (_, hedge) => {
  for (const card of adapterCards({ create: () => createVenue(hedge) })) it(card.title, card.run);
});
