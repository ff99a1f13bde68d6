import { describe, expect, it } from 'vitest';
import type { BrokerAdapter, Snapshot } from '../execution/broker-adapter.js';
import type { ScriptedVenue } from '../testing/scripted-venue.js';
import { type TestBot, testBot } from '../testing/test-bot.js';

const after = (venue: ScriptedVenue, ms: number): void => venue.clock.advance(venue.clock.now() + ms);
const turns = async (): Promise<void> => {
  for (let i = 0; i < 10; i++) await Promise.resolve();
};
const codes = ({ issues }: TestBot) => issues.map(({ code }) => code);
const up = { state: 'up', dataLost: true, detail: 'back' } as const;

/** Has the venue answer each question for its holdings only when told to. */
const slowly = (venue: ScriptedVenue): { readonly answer: (question: number) => Promise<void> } => {
  const whole = venue.snapshot.bind(venue);
  const open: ((snapshot: Snapshot) => void)[] = [];
  const asked: BrokerAdapter['snapshot'] = () => new Promise<Snapshot>((resolve) => open.push(resolve));
  Object.assign(venue, { snapshot: asked });
  return {
    answer: async (question) => {
      open[question]?.(whole());
      await turns();
    },
  };
};

describe('a comparison with the venue', () => {
  it('ends also when the line was lost while the look of the minute had no answer', async () => {
    const test = await testBot();
    const { venue, bot } = test;
    const { answer } = slowly(venue);
    after(venue, 60_000);
    venue.emit('connection', up);
    expect(bot.desk.unreconciled).toBe('the line was down');
    await answer(0);
    await answer(1);
    expect(bot.desk.unreconciled).toBeUndefined();
    expect(codes(test)).toContain('RECONCILED');
  });

  it('does not believe what the venue held before the line was lost again', async () => {
    const { venue, bot } = await testBot();
    const { answer } = slowly(venue);
    venue.emit('connection', up);
    venue.emit('connection', up);
    await answer(0);
    expect(bot.desk.unreconciled).toBe('the line was down');
    await answer(1);
    expect(bot.desk.unreconciled).toBeUndefined();
  });

  it('does not take a late answer for that to the question that followed', async () => {
    const { venue, bot } = await testBot();
    const { answer } = slowly(venue);
    venue.emit('connection', up);
    after(venue, 5_000);
    after(venue, 1_000);
    await answer(0);
    expect(bot.desk.unreconciled).toBe('the line was down');
    await answer(1);
    expect(bot.desk.unreconciled).toBeUndefined();
  });
});

describe('orders of somebody else', () => {
  const foreign = (id: string): OrderReport => ({
    id,
    venueId: undefined,
    symbol: 'EURUSD',
    side: 'buy',
    type: 'limit',
    state: 'accepted',
    quantity: 1,
    filled: 0,
    averagePrice: 0,
    price: 1.05,
  });

  it.each([
    ['ignore', 0],
    ['alert', 3],
  ] as const)('do not hold up trading where they are to be ignored: %s', async (policy, comparisons) => {
    const test = await testBot({ foreign: policy });
    const { venue } = test;
    for (const id of ['a', 'b', 'c']) {
      venue.orders = [foreign(id)];
      after(venue, 60_000);
    }
    expect(codes(test).filter((code) => code === 'RECONCILING').length).toBe(comparisons);
  });

  it('are forgotten when they have ended, so that a kill cancels only what works', async () => {
    const { venue, bot } = await testBot({ foreign: 'adopt' });
    for (const id of ['a', 'b']) {
      venue.orders = [foreign(id)];
      after(venue, 61_000);
    }
    bot.command({ do: 'kill', by: 'ann' });
    const cancelled = venue.heard.flatMap((h) => (h.command === 'cancel' ? [h.ref.id] : []));
    expect(cancelled).toEqual(['b']);
  });
});
