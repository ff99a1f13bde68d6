import { describe, expect, it } from 'vitest';
import { contradiction, type Tally } from './tally.js';

const tally: Tally = {
  bars: 100,
  ticks: 400,
  drafts: 9,
  ownSignals: 1,
  intents: 7,
  venueOrders: 5,
  venueRefusals: 2,
  seconds: 1,
};

describe('the counts of a run', () => {
  it('agree when every signal has one decision and every intent reached the venue', () => {
    expect(contradiction(10, tally)).toBeUndefined();
  });

  it('contradict each other when a signal got no decision', () => {
    expect(contradiction(9, tally)).toMatch(/9 signals and the bot 1 of its own, but 9 decisions fell/);
  });

  it('contradict each other when the venue got an order that is in no journal', () => {
    expect(contradiction(10, { ...tally, venueOrders: 6 })).toMatch(
      /7 orders, but the venue took 6 and refused 2/,
    );
  });
});
