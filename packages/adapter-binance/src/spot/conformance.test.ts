import { adapterCards } from '@mikrobot/testkit';
import { describe, it } from 'vitest';
import { cardVenue } from './testing/spot-bench.js';

/** Why a card is not for spot. */
const skips: Readonly<Record<string, string>> = {
  'O-02': 'no short positions on spot',
  'O-06': 'no short positions on spot',
  'O-10': 'no orders that can only reduce',
  'O-13': 'no short positions on spot',
  'O-21': 'the simulator’s time is real',
  'O-22': 'no time in force DAY',
  'O-23': 'no time in force GTD',
  'B-01': 'core keeps brackets',
  'B-02': 'core keeps brackets',
  'B-03': 'core keeps brackets',
  'B-04': 'core keeps brackets',
  'B-05': 'core keeps brackets',
  'B-06': 'core keeps brackets',
  'B-09': 'core trails',
  'B-11': 'core keeps brackets',
  'A-01': 'no amendments',
  'A-02': 'no amendments',
  'A-03': 'no amendments',
  'A-04': 'no amendments',
  'A-05': 'no amendments',
  'S-04': 'no short positions on spot',
};

// Each card has a venue of its own, and most of them wait: several at once.
describe.concurrent('Binance spot on the simulator', () => {
  const create = () => cardVenue();
  for (const card of adapterCards({ create, patience: 3_000, allowedSkips: Object.keys(skips) }))
    it(card.title, card.run);
});
