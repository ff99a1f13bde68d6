import { describe, expect, it } from 'vitest';
import type { BrokerAdapter, Snapshot } from '../execution/broker-adapter.js';
import type { OrderReport } from '../model/order.js';
import { ScriptedVenue } from '../testing/scripted-venue.js';
import { type TestBot, testBot } from '../testing/test-bot.js';

const after = (venue: ScriptedVenue, ms: number): void => venue.clock.advance(venue.clock.now() + ms);
const turns = async (): Promise<void> => {
  for (let i = 0; i < 10; i++) await Promise.resolve();
};
const codes = ({ issues }: TestBot) => issues.map(({ code }) => code);
const up = { state: 'up', dataLost: true, detail: 'back' } as const;

const held = (quantity: number) => [{ symbol: 'EURUSD', quantity, averagePrice: 1.1 }];

const foreignOrder = (id: string): OrderReport => ({
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
  it.each([
    ['ignore', 0],
    ['alert', 3],
  ] as const)('do not hold up trading where they are to be ignored: %s', async (policy, comparisons) => {
    const test = await testBot({ foreign: policy });
    const { venue } = test;
    for (const id of ['a', 'b', 'c']) {
      venue.orders = [foreignOrder(id)];
      after(venue, 60_000);
    }
    expect(codes(test).filter((code) => code === 'RECONCILING').length).toBe(comparisons);
  });

  it('are forgotten when they have ended, so that a kill cancels only what works', async () => {
    const { venue, bot } = await testBot({ foreign: 'adopt' });
    for (const id of ['a', 'b']) {
      venue.orders = [foreignOrder(id)];
      after(venue, 61_000);
    }
    bot.command({ do: 'kill', by: 'ann' });
    const cancelled = venue.heard.flatMap((h) => (h.command === 'cancel' ? [h.ref.id] : []));
    expect(cancelled).toEqual(['b']);
  });
});

describe('a position of somebody else beside ours', () => {
  /** Ann holds 2 lots by hand, the bot 1 under a stop. */
  const shared = async (foreign: 'alert' | 'adopt'): Promise<TestBot> => {
    const venue = new ScriptedVenue();
    venue.positions = held(2);
    const test = await testBot({ foreign }, venue);
    after(venue, 1_000);
    venue.onQuery = ({ id }) => ({
      outcome: 'found',
      report: { ...foreignOrder(id), type: 'stop', side: 'sell', price: 1.09 },
      fills: [],
    });
    test.say({ target: undefined });
    venue.positions = held(3);
    venue.fill(venue.submitted[0]!);
    return test;
  };
  const byHand = ({ venue }: TestBot, side: 'buy' | 'sell', lots: number): void =>
    venue.tell({
      type: 'fill',
      id: 'hand',
      symbol: 'EURUSD',
      time: venue.clock.now(),
      tradeId: `hand ${side}`,
      side,
      quantity: lots,
      price: 1.1,
      remaining: 0,
      commission: 0,
      profit: 0,
    });
  const lots = ({ bot }: TestBot, owner?: string) => bot.book.position('EURUSD', owner).quantity;
  const touched = ({ venue }: TestBot) =>
    venue.heard.filter(({ command }) => command === 'cancel' || command === 'amend');

  it.each(['alert', 'adopt'] as const)('is what a person closes first, and not ours: %s', async (foreign) => {
    const test = await shared(foreign);
    byHand(test, 'sell', 2);
    expect(lots(test, 'say:EURUSD')).toBe(1);
    expect(lots(test, 'venue')).toBe(0);
    expect(touched(test)).toEqual([]);
    test.venue.positions = held(1);
    after(test.venue, 120_000);
    expect(codes(test)).not.toContain('POSITION_GONE');
  });

  describe('on a hedging account', () => {
    const hedged = async (...quantities: readonly number[]): Promise<TestBot> => {
      const venue = new ScriptedVenue();
      venue.account = { ...venue.account, mode: 'hedging' };
      venue.onQuery = ({ id }) => ({
        outcome: 'found',
        report: { ...foreignOrder(id), type: 'stop', side: 'sell', price: 1.09 },
        fills: [],
      });
      const test = await testBot({}, venue);
      test.say({ target: undefined });
      venue.fill(venue.submitted[0]!);
      venue.positions = quantities.map((quantity, i) => ({
        symbol: 'EURUSD',
        quantity,
        averagePrice: 1.1,
        venueId: String(i),
      }));
      after(venue, 120_000);
      return test;
    };

    it('stands beside ours on the other side, and takes nothing of it', async () => {
      const test = await hedged(1, -1);
      expect(lots(test, 'say:EURUSD')).toBe(1);
      expect(touched(test)).toEqual([]);
      expect(codes(test)).toContain('POSITION_NOT_OURS');
      expect(codes(test)).not.toContain('POSITION_GONE');
    });

    it('hides no part of ours that is gone', async () => {
      const test = await hedged(0.4, -1);
      expect(lots(test, 'say:EURUSD')).toBe(0.4);
      expect(codes(test)).toEqual(expect.arrayContaining(['POSITION_GONE', 'POSITION_NOT_OURS']));
    });
  });

  it('takes what is missing at the venue before ours does', async () => {
    const test = await shared('alert');
    test.venue.positions = held(1);
    after(test.venue, 120_000);
    expect(lots(test, 'say:EURUSD')).toBe(1);
    expect(touched(test)).toEqual([]);
    expect(codes(test)).not.toContain('POSITION_GONE');
    expect(test.bot.desk.unreconciled).toBeUndefined();
  });

  it('is left alone by a kill when a trade told of it', async () => {
    const test = await testBot();
    byHand(test, 'buy', 2);
    test.bot.command({ do: 'kill', by: 'ann' });
    expect(test.venue.submitted).toEqual([]);
    expect(lots(test)).toBe(0);
  });

  it('is known after a restart, before anything is compared', async () => {
    const first = await shared('alert');
    const venue = new ScriptedVenue();
    venue.clock.advance(first.venue.clock.now() + 60_000);
    venue.positions = held(3);
    venue.onQuery = first.venue.onQuery;
    const listed = venue.snapshot.bind(venue);
    let looks = 0;
    venue.snapshot = () => ({ ...listed(), complete: looks++ === 0 });
    const second = await testBot({ journal: first.journal }, venue);
    byHand(second, 'sell', 2);
    expect(lots(second, 'say:EURUSD')).toBe(1);
  });

  it('in what the bot cannot trade is told once, and holds up nothing', async () => {
    const venue = new ScriptedVenue();
    venue.positions = [{ symbol: 'XAUUSD', quantity: 1, averagePrice: 2_000 }];
    const test = await testBot({ foreign: 'adopt' }, venue);
    after(venue, 300_000);
    expect(codes(test).filter((code) => code === 'POSITION_NOT_OURS').length).toBe(1);
  });
});
