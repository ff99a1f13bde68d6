import { describe, expect, it } from 'vitest';
import { commanded, refusedSignal } from '../test-support/events.js';
import { filled } from '../test-support/fill.js';
import { bookWith, MOMENT, OWNER, type Present } from '../test-support/market.js';
import { follow, type PolicyRun, said } from '../test-support/policy-run.js';
import { maxDailyLoss } from './max-daily-loss.js';

const HOUR = 3_600_000;
/** 17:00 New York on the 15th, when the day of {@link MOMENT} ends. */
const NEXT_DAY = Date.UTC(2023, 10, 15, 22);
const start = { type: 'start' } as const;
const mark = { type: 'mark' } as const;
const reset = (over = {}) =>
  commanded({ do: 'tell', policy: 'maxDailyLoss', say: 'reset', by: 'anna', ...over });
const at = (equity: number, over: Present = {}): Present => ({ account: { equity }, ...over });
/** Looks at the equity alone. */
const plain = { includeOpenRisk: false };
const stopped = { [`${OWNER} EURUSD`]: [1.09] };
const long = { symbol: 'EURUSD', quantity: 0.2 };

describe('the loss of a day', () => {
  const run = follow(maxDailyLoss(plain)).tell(start);

  it('is limited to 5 % of what the day began with, floating profit included', () => {
    expect(run.judge({}, at(9_500.01))).toBeUndefined();
    expect(run.judge({}, at(9_500))).toEqual({ code: 'DAILY_LOSS', limit: 500, actual: 500 });
    expect(run.judge({}, at(9_400))).toEqual({ code: 'DAILY_LOSS', limit: 500, actual: 600 });
  });

  it('is at the limit whatever the dust of binary fractions says', () => {
    expect(said(run.judge({}, at(9_500 + 1e-9)))).toBe('refuse DAILY_LOSS');
    expect(run.judge({}, at(9_500 + 1e-4))).toBeUndefined();
  });

  it('can be limited to another fraction or an amount', () => {
    const fraction = follow(maxDailyLoss({ ...plain, fraction: 0.02 })).tell(start);
    expect(fraction.judge({}, at(9_800.01))).toBeUndefined();
    expect(fraction.judge({}, at(9_800))).toEqual({ code: 'DAILY_LOSS', limit: 200, actual: 200 });
    const amount = follow(maxDailyLoss({ ...plain, amount: 1_000 })).tell(start);
    expect(amount.judge({}, at(9_000.01))).toBeUndefined();
    expect(said(amount.judge({}, at(9_000)))).toBe('refuse DAILY_LOSS');
  });

  it('is judged before anything was told, from the balance of the moment', () => {
    const fresh = follow(maxDailyLoss(plain));
    expect(fresh.judge()).toBeUndefined();
    expect(said(fresh.judge({}, at(9_500)))).toBe('refuse DAILY_LOSS');
  });

  it('stays reached for the rest of the day, even when the equity recovers', () => {
    const breached = run.tell(mark, at(9_450, { now: MOMENT + HOUR }));
    const refusal = { code: 'DAILY_LOSS', limit: 500, actual: 550 };
    expect(breached.judge({}, at(10_200))).toEqual(refusal);
    const later = breached.tell(mark, at(9_400, { now: NEXT_DAY - 1 }));
    expect(later.judge({}, at(10_200, { now: NEXT_DAY - 1 }))).toEqual(refusal);
    expect(later.judge({}, at(10_200, { now: NEXT_DAY }))).toBeUndefined();
    expect(later.tell(mark, { now: NEXT_DAY }).judge({}, { now: NEXT_DAY })).toBeUndefined();
  });

  it('is not reached by a touch of what is just above', () => {
    expect(run.tell(mark, at(9_500.01)).state).toEqual({ until: NEXT_DAY, from: 10_000, breach: null });
    expect(run.tell(mark, at(9_500, { now: MOMENT + 5 })).state.breach).toEqual({
      time: MOMENT + 5,
      loss: 500,
      allowed: 500,
    });
  });

  it('counts in the account of the moment, not that of the signal', () => {
    const account = { currency: 'USD', balance: 10_000, equity: 10_000 };
    expect(said(run.judge({ account }, at(9_000)))).toBe('refuse DAILY_LOSS');
  });
});

describe("the broker's day", () => {
  const prague = { zone: 'Europe/Prague', time: '00:00' };
  const until = (now: number): string => {
    const run = follow(maxDailyLoss({ roll: prague })).tell(start, { now });
    return new Date(run.state.until).toISOString();
  };

  it('ends at midnight of its zone, 23 or 25 hours later where clocks change', () => {
    // Published for FTMO: the 29th of March 2026 has 23 hours there, the 25th of October 25.
    expect(until(Date.UTC(2026, 2, 28, 23))).toBe('2026-03-29T22:00:00.000Z');
    expect(until(Date.UTC(2026, 2, 29, 21, 59))).toBe('2026-03-29T22:00:00.000Z');
    expect(until(Date.UTC(2026, 2, 29, 22))).toBe('2026-03-30T22:00:00.000Z');
    expect(until(Date.UTC(2026, 9, 24, 22))).toBe('2026-10-25T23:00:00.000Z');
    expect(until(Date.UTC(2026, 9, 25, 22, 59))).toBe('2026-10-25T23:00:00.000Z');
  });

  it('keeps a breach through the 25th hour', () => {
    const morning = Date.UTC(2026, 9, 25, 8);
    const run = follow(maxDailyLoss({ ...plain, roll: prague }))
      .tell(start, { now: morning })
      .tell(mark, at(9_000, { now: morning }));
    expect(said(run.judge({}, { now: Date.UTC(2026, 9, 25, 22, 30) }))).toBe('refuse DAILY_LOSS');
    expect(run.judge({}, { now: Date.UTC(2026, 9, 25, 23) })).toBeUndefined();
  });

  it('turns a floating loss that was legal on Monday into a breach', () => {
    // FTMO's example: 200,000, 10,000 a day; +4,000 closed, -13,000 floating.
    const ftmo = maxDailyLoss({ amount: 10_000, roll: prague, ...plain });
    const monday = Date.UTC(2026, 0, 12, 10);
    const account = { balance: 204_000, equity: 191_000 };
    const held = follow(ftmo)
      .tell(start, { now: monday, account: { balance: 200_000, equity: 200_000 } })
      .tell(filled({ profit: 4_000 }), { now: monday + HOUR, account: { balance: 204_000, equity: 204_000 } })
      .tell(mark, { now: monday + 2 * HOUR, account });
    expect(held.judge({}, { now: monday + 2 * HOUR, account })).toBeUndefined();
    const tuesday = Date.UTC(2026, 0, 12, 23);
    expect(held.tell(mark, { now: tuesday - 1, account }).state.breach).toBeNull();
    const breached = held.tell(mark, { now: tuesday, account });
    expect(breached.state.breach).toEqual({ time: tuesday, loss: 13_000, allowed: 10_000 });
    expect(said(held.judge({}, { now: tuesday, account }))).toBe('refuse DAILY_LOSS');
  });

  it('begins with the balance before the event that is its first', () => {
    const run = follow(maxDailyLoss(plain)).tell(start);
    // A loss of 400 and 7 of commission, booked in the first minute of the day.
    const account = { balance: 9_593, equity: 9_593 };
    const fill = filled({ profit: -400, commission: 7 });
    expect(run.tell(fill, { now: NEXT_DAY, account }).state.from).toBe(10_000);
    expect(run.tell(mark, { now: NEXT_DAY, account }).state.from).toBe(9_593);
    const heavy = { balance: 9_400, equity: 9_400 };
    const fall = run.tell(filled({ profit: -600 }), { now: NEXT_DAY, account: heavy });
    expect(said(fall.judge({}, { now: NEXT_DAY, account: heavy }))).toBe('refuse DAILY_LOSS');
  });

  it('can begin with the equity, or with the higher of both', () => {
    const opened = (base: 'balance' | 'equity' | 'higher', equity: number) =>
      follow(maxDailyLoss({ base })).tell(start, at(equity)).state.from;
    expect(opened('balance', 10_300)).toBe(10_000);
    expect(opened('equity', 10_300)).toBe(10_300);
    expect(opened('equity', 9_700)).toBe(9_700);
    expect(opened('higher', 10_300)).toBe(10_300);
    expect(opened('higher', 9_700)).toBe(10_000);
  });

  it('is not ended early by another zone in the settings', () => {
    const old = follow(maxDailyLoss(plain)).tell(start).tell(mark, at(9_000)).state;
    const other = maxDailyLoss({ ...plain, roll: { zone: 'Asia/Tokyo', time: '09:00' } });
    const next = other.memory!.next(old, mark, bookWith({ now: MOMENT + 3 * HOUR }));
    expect(next).toBe(old);
  });

  it('refuses a zone that does not exist', () => {
    expect(() => maxDailyLoss({ roll: { zone: 'Mars/Base', time: '00:00' } })).toThrow(
      expect.objectContaining({ code: 'BAD_CONFIG' }),
    );
  });
});

describe('the room that is left today', () => {
  const run = follow(maxDailyLoss()).tell(start);
  const capped = (lots: number) => ({ cap: expect.closeTo(lots, 9) });

  it('caps the size so that the stop stays within it', () => {
    // 500 USD at 1,000 USD a lot; then 300 USD.
    expect(run.judge()).toEqual(capped(0.5));
    expect(run.judge({}, at(9_800))).toEqual(capped(0.3));
  });

  it('is less by what the stops of positions and of entries on their way would lose', () => {
    // 0.2 lots 100 pips from the bid.
    expect(run.judge({}, { positions: [long], stops: stopped })).toEqual(capped(0.3));
    const entries = [{ symbol: 'EURUSD', owner: 'b', quantity: -0.1, stop: 1.11 }];
    expect(run.judge({}, { entries })).toEqual(capped(0.4));
    expect(run.judge({}, { entries, positions: [long], stops: stopped })).toEqual(capped(0.2));
  });

  it('is used up when the open stops alone would reach the limit', () => {
    const half = { symbol: 'EURUSD', quantity: 0.5 };
    expect(run.judge({}, { positions: [half], stops: stopped })).toEqual({
      code: 'DAILY_ROOM',
      limit: 500,
      actual: expect.closeTo(500, 6),
    });
    expect(run.judge({}, at(9_900, { positions: [half], stops: stopped }))).toEqual({
      code: 'DAILY_ROOM',
      limit: 500,
      actual: expect.closeTo(600, 6),
    });
  });

  it('is unknown when a position has no stop', () => {
    expect(said(run.judge({}, { positions: [long] }))).toBe('refuse OPEN_RISK_UNKNOWN');
    expect(said(follow(maxDailyLoss(plain)).judge({}, { positions: [long] }))).toBe('approve');
  });

  it('is not touched by the position that a reversal closes first', () => {
    expect(run.judge({ intent: 'reverse', side: 'sell', stop: 1.11 }, { positions: [long] })).toEqual(
      capped(0.5),
    );
    expect(said(run.judge({ intent: 'reverse', source: 'b' }, { positions: [long] }))).toBe(
      'refuse OPEN_RISK_UNKNOWN',
    );
  });

  it('converts what another currency would lose', () => {
    const yen = {
      symbol: 'USDJPY',
      quote: { time: MOMENT, bid: 150, ask: 150.02 },
      stop: 149.42,
      rate: 1 / 150,
    };
    // 60 pips of 1,000 JPY: 400 USD a lot.
    expect(run.judge(yen)).toEqual(capped(1.25));
  });

  it.each([
    ['NO_STOP', { stop: undefined }, {}],
    ['STOP_DISTANCE', { stop: 1.2 }, {}],
    ['NO_RATE', { rate: undefined }, {}],
    ['UNKNOWN_SYMBOL', { symbol: 'XXXYYY' }, {}],
    ['UNPRICED', {}, { unpriced: ['USDJPY'] }],
    ['BAD_ACCOUNT', {}, { account: { equity: Number.NaN } }],
    ['BAD_ACCOUNT', {}, { account: { equity: -5 } }],
    [
      'NO_RATE',
      {},
      { positions: [{ symbol: 'USDJPY', quantity: 1 }], quotes: { USDJPY: [150, 151] as const } },
    ],
  ])('refuses with %s what it cannot measure', (code, signal, present) => {
    expect(said(run.judge(signal, present))).toBe(`refuse ${code}`);
  });

  it('refuses without a day that could begin', () => {
    const fresh = follow(maxDailyLoss());
    expect(said(fresh.judge({}, { account: { balance: Number.NaN } }))).toBe('refuse BAD_ACCOUNT');
    expect(said(fresh.judge({}, { account: { balance: 0 } }))).toBe('refuse BAD_ACCOUNT');
    const ofEquity = follow(maxDailyLoss({ base: 'equity' }));
    expect(said(ofEquity.judge({}, { unpriced: ['EURUSD'] }))).toBe('refuse UNPRICED');
    expect(said(ofEquity.judge({}, at(0)))).toBe('refuse BAD_ACCOUNT');
  });
});

describe('the memory of a day', () => {
  const policy = maxDailyLoss();
  const { memory } = policy;
  const run = follow(policy).tell(start);

  it('is the same object while nothing changes', () => {
    const { state } = run;
    for (const event of [mark, filled(), refusedSignal(), start])
      expect(memory!.next(state, event, bookWith(at(9_900)))).toBe(state);
    expect(memory?.watches).toBe('exposed');
  });

  it('does not move while the equity or the balance is unknown', () => {
    expect(run.tell(mark, at(9_000, { unpriced: ['EURUSD'] })).state).toEqual(run.state);
    for (const broken of [Number.NaN, Number.NEGATIVE_INFINITY])
      expect(run.tell(mark, at(broken)).state).toEqual(run.state);
    expect(run.tell(mark, { now: NEXT_DAY, account: { balance: Number.NaN } }).state).toEqual(run.state);
    const higher = follow(maxDailyLoss({ base: 'higher' })).tell(start);
    const blind = { now: NEXT_DAY, unpriced: ['EURUSD'] };
    expect(higher.tell(mark, blind).state).toEqual(higher.state);
    expect(run.tell(mark, blind).state.until).toBe(NEXT_DAY + 24 * HOUR);
  });

  it('tells its figures without the dust of binary fractions', () => {
    // In binary, 10000.1 - 9423.56 is 576.5400000000009.
    const account = { balance: 10_000.1, equity: 10_000.1 };
    const tenth = follow(maxDailyLoss({ fraction: 0.05, ...plain })).tell(start, { account });
    const breached = tenth.tell(mark, { account: { ...account, equity: 9_423.56 } });
    expect(breached.state.breach).toMatchObject({ loss: 576.54, allowed: 500.005 });
  });

  it('takes an equity below zero for what it is', () => {
    expect(run.tell(mark, at(-200)).state.breach?.loss).toBe(10_200);
  });

  it('forgets a breach when a person says so, and counts anew from the present equity', () => {
    const breached = follow(maxDailyLoss(plain)).tell(start).tell(mark, at(9_400));
    const again = breached.tell(reset(), at(9_400));
    expect(again.state).toEqual({ until: NEXT_DAY, from: 9_400, breach: null });
    expect(again.tell(mark, at(8_930.01)).judge({}, at(8_930.01))).toBeUndefined();
    expect(again.judge({}, at(8_930))).toMatchObject({ code: 'DAILY_LOSS', limit: 470 });
  });

  it('keeps what the day began with when the equity is unknown at the reset', () => {
    const breached = run.tell(mark, at(9_400));
    const again = breached.tell(reset(), at(9_400, { unpriced: ['EURUSD'] }));
    expect(again.state).toEqual(run.state);
  });

  it.each([
    ['a policy', { by: 'policy:killSwitch' }],
    ['a word to another policy', { policy: 'maxDrawdown' }],
    ['another word', { say: 'resume' }],
  ])('is not forgotten because of %s', (_what, over) => {
    const breached: PolicyRun<unknown> = run.tell(mark, at(9_400));
    expect(said(breached.tell(reset(over), at(9_400)).judge())).toBe('refuse DAILY_LOSS');
    const release = commanded({ do: 'release', by: 'anna', reason: 'looked at it' });
    expect(said(breached.tell(release).judge())).toBe('refuse DAILY_LOSS');
  });
});

describe('a breach of the day', () => {
  const acts = (onBreach: 'refuse' | 'flatten' | 'kill') => {
    const { memory } = maxDailyLoss({ onBreach });
    const before = follow(maxDailyLoss()).tell(start).state;
    const after = memory!.next(before, mark, bookWith(at(9_400)));
    const tell = (a: typeof before | undefined, b: typeof before) => memory!.commands!(a, b, bookWith());
    return { memory: memory!, before, after, tell };
  };
  const told = { by: 'policy:maxDailyLoss', reason: 'lost 600 of 500' };

  it('only refuses unless told otherwise', () => {
    const { before, after, tell } = acts('refuse');
    expect(tell(before, after)).toEqual([]);
    expect(maxDailyLoss().settings?.value).toMatchObject({ onBreach: 'refuse', includeOpenRisk: true });
  });

  it('can flatten or kill, once', () => {
    const flatten = acts('flatten');
    expect(flatten.tell(flatten.before, flatten.after)).toEqual([
      { do: 'cancel-all', ...told },
      { do: 'flatten', ...told },
    ]);
    expect(flatten.tell(flatten.after, { ...flatten.after, from: 1 })).toEqual([]);
    const kill = acts('kill');
    expect(kill.tell(kill.before, kill.after)).toEqual([{ do: 'kill', ...told }]);
    expect(kill.tell(kill.after, kill.before)).toEqual([]);
  });

  it('acts again at a start that finds it still standing', () => {
    const { before, after, tell } = acts('kill');
    expect(tell(undefined, after)).toEqual([{ do: 'kill', ...told }]);
    expect(tell(undefined, before)).toEqual([]);
  });

  it('is told to people, once', () => {
    const { memory, before, after } = acts('refuse');
    const book = bookWith();
    expect(memory.alerts!(before, after, book)).toEqual([
      'the loss of the day reached 600 of 500 at 2023-11-14T22:13:20.000Z; entries are refused',
    ]);
    expect(memory.alerts!(after, after, book)).toEqual([]);
    expect(memory.alerts!(before, before, book)).toEqual([]);
  });
});

describe('the settings of the daily limit', () => {
  it('are refused where they make no sense', () => {
    for (const bad of [{ fraction: 0 }, { fraction: 1.1 }, { amount: 0 }, { base: 'margin' }, { percent: 5 }])
      expect(() => maxDailyLoss(bad as never)).toThrow(expect.objectContaining({ code: 'BAD_CONFIG' }));
    expect(maxDailyLoss({ fraction: 1 }).covers).toEqual(['day']);
  });
});
