import type { Fill, RiskEvent } from '@mikrobot/core';
import { describe, expect, it } from 'vitest';
import { bookWith, type Present } from '../test-support/market.js';
import { follow, said } from '../test-support/policy-run.js';
import { phaseRules } from './phase-rules.js';
import { programmes } from './programmes.js';
import { type PropFirmProgress, startProgress } from './progress.js';
import { propFirm } from './prop-firm.js';

const HOUR = 3_600_000;
/** Monday 2 March 2026, noon UTC: eleven hours before midnight in Prague. */
const NOON = Date.UTC(2026, 2, 2, 12);
const MARK: RiskEvent = { type: 'mark' };
const START: RiskEvent = { type: 'start' };

type Given = Parameters<typeof propFirm>[0];

const { ftmoTwoStep, ftmoOneStep, topstep50, apex50 } = programmes;
const ftmo = (given: Partial<Given> = {}) => propFirm({ programme: ftmoTwoStep, initial: 100_000, ...given });

/** An account so many hours after Monday noon. */
const at = (hours: number, balance: number, equity = balance, more: Present = {}): Present => ({
  now: NOON + hours * HOUR,
  account: { balance, equity },
  ...more,
});
const fresh = at(0, 100_000);

const fill = (purpose: Fill['purpose'], time: number): RiskEvent => ({
  type: 'fill',
  fill: { purpose, time } as Fill,
  expected: undefined,
});
const command = (more: object): RiskEvent => ({
  type: 'command',
  command: { do: 'tell', policy: 'propFirm', say: 'restart', by: 'ann', reason: '', ...more } as never,
});

describe('the memory', () => {
  it('is told prices of open positions, and stays the same object when they mean nothing', () => {
    const policy = ftmo();
    expect(policy.memory?.watches).toBe('exposed');
    const state = policy.memory?.next(
      startProgress(phaseRules(ftmoTwoStep, 'challenge', 100_000)),
      START,
      bookWith(fresh),
    ) as PropFirmProgress;
    expect(policy.memory?.next(state, MARK, bookWith(at(1, 100_000, 99_000)))).toBe(state);
    expect(policy.memory?.next(state, MARK, bookWith(at(1, 100_000, 90_000, { unpriced: ['EURUSD'] })))).toBe(
      state,
    );
    expect(policy.memory?.next(state, command({ policy: 'other' }), bookWith(fresh))).toBe(state);
    expect(policy.memory?.next(state, command({ say: 'hello' }), bookWith(fresh))).toBe(state);
    expect(policy.memory?.next(state, command({ do: 'pause' }), bookWith(fresh))).toBe(state);
  });

  it('counts days with an entry that filled, not with an exit', () => {
    const run = follow(ftmo())
      .tell(START, fresh)
      .tell(fill('enter', NOON), fresh)
      .tell(fill('reduce', NOON + 24 * HOUR), at(24, 100_000))
      .tell(fill('protect', NOON + 24 * HOUR), at(24, 100_000))
      .tell(fill('enter', NOON + 48 * HOUR), at(48, 100_000));
    expect(run.state.tradingDays).toBe(2);
  });

  it('assumes the worse of a night in which the bot was off', () => {
    const run = follow(ftmo()).tell(START, fresh).tell(START, at(24, 102_000));
    expect(run.state.day?.balance).toBe(102_000);
    const watched = follow(ftmo()).tell(START, fresh).tell(MARK, at(24, 102_000));
    expect(watched.state.day?.balance).toBe(100_000);
  });

  it('begins anew when told to, with the account as it is', () => {
    const broken = follow(ftmo({ carried: { tradingDays: 3 } }))
      .tell(START, fresh)
      .tell(MARK, at(1, 94_000));
    expect(broken.state).toMatchObject({ tradingDays: 3, breach: { rule: 'daily' } });
    const anew = broken.tell(command({}), at(2, 100_000));
    expect(anew.state).toMatchObject({ tradingDays: 0, breach: null, balance: 100_000 });
    expect(said(anew.judge({}, at(2, 100_000)))).toMatch(/^cap/);
  });

  it('of another programme, phase or size is none of this account', () => {
    const broken = follow(ftmo()).tell(START, fresh).tell(MARK, at(1, 94_000)).state;
    const then = (given: Given) => propFirm(given).memory?.next(broken, MARK, bookWith(at(2, 94_000)));
    expect(then({ programme: ftmoTwoStep, initial: 100_000 })).toBe(broken);
    for (const given of [
      { programme: ftmoTwoStep, initial: 94_000 },
      { programme: ftmoTwoStep, initial: 100_000, phase: 'verification' },
      { programme: ftmoOneStep, initial: 100_000 },
    ]) {
      expect(then(given)).toMatchObject({ breach: null, phase: given.phase ?? 'challenge' });
      expect(said(follow(propFirm(given)).judge({}, at(2, 94_000)))).toMatch(/^cap/);
    }
  });

  it('begins with what a running account carries', () => {
    const policy = propFirm({
      programme: ftmoOneStep,
      initial: 100_000,
      carried: { dayBalance: 106_000, highestBalance: 107_000 },
    });
    const run = follow(policy).tell(START, at(0, 105_000));
    // 106,000 less 3,000 is 103,000; with a buffer of 300 there is room for 1.7 lots.
    expect(run.judge({}, at(0, 105_000))).toEqual({ cap: expect.closeTo(1.7, 9) });
  });

  it('keeps the day that it is told to carry, though the account stands higher when the bot starts', () => {
    const run = follow(ftmo({ carried: { dayBalance: 100_000 } })).tell(START, at(0, 102_000));
    expect(run.state.day?.balance).toBe(100_000);
    expect(run.state.balance).toBe(102_000);
    expect(run.state.closing).toBe(false);
  });
});

describe('what is done about it', () => {
  const before = (policy: ReturnType<typeof ftmo>, present: Present = fresh) =>
    policy.memory?.next(policy.memory.initial, START, bookWith(present)) as PropFirmProgress;
  const then = (policy: ReturnType<typeof ftmo>, ...presents: readonly Present[]) => {
    let state = before(policy);
    const done: unknown[] = [];
    for (const present of presents) {
      const next = policy.memory?.next(state, MARK, bookWith(present)) as PropFirmProgress;
      done.push(policy.memory?.commands?.(state, next, bookWith(present)).map((c) => c.do));
      state = next;
    }
    return done;
  };
  const lost = at(1, 100_000, 94_000);

  it('a breach kills once, in its own name and with the reason', () => {
    const policy = ftmo();
    const state = before(policy);
    const broken = policy.memory?.next(state, MARK, bookWith(lost)) as PropFirmProgress;
    const reason = 'FTMO 2-Step: equity 94000.00 broke the daily floor 95000.00 at 2026-03-02T13:00:00.000Z';
    expect(policy.memory?.commands?.(state, broken, bookWith(lost))).toEqual([
      { do: 'kill', by: 'policy:propFirm', reason },
    ]);
    expect(policy.memory?.alerts?.(state, broken, bookWith(lost))).toEqual([reason]);
    expect(policy.memory?.alerts?.(broken, broken, bookWith(lost))).toEqual([]);
    expect(then(policy, lost, at(2, 94_000), at(30, 94_000))).toEqual([['kill'], [], []]);
  });

  it('a breach that stands is acted upon at each start', () => {
    const policy = ftmo();
    const broken = policy.memory?.next(before(policy), MARK, bookWith(lost)) as PropFirmProgress;
    expect(policy.memory?.commands?.(undefined, broken, bookWith(lost)).map((c) => c.do)).toEqual(['kill']);
    expect(policy.memory?.commands?.(undefined, before(policy), bookWith(fresh))).toEqual([]);
  });

  it('a breach flattens, or only refuses, where that is asked for', () => {
    expect(then(ftmo({ onBreach: 'flatten' }), lost)).toEqual([['cancel-all', 'flatten']]);
    expect(then(ftmo({ onBreach: 'none' }), lost)).toEqual([[]]);
  });

  it('a lock closes everything once, until the next one', () => {
    const policy = propFirm({ programme: topstep50, closeAt: 0 });
    const open = before(policy, at(0, 50_000));
    const locked = policy.memory?.next(open, MARK, bookWith(at(1, 50_000, 49_000))) as PropFirmProgress;
    const reason = 'Topstep 50K: daily loss limit reached, locked until 2026-03-02T23:00:00.000Z';
    expect(policy.memory?.commands?.(open, locked, bookWith())).toEqual([
      { do: 'cancel-all', by: 'policy:propFirm', reason },
      { do: 'flatten', by: 'policy:propFirm', reason },
    ]);
    const still = policy.memory?.next(locked, MARK, bookWith(at(2, 48_990))) as PropFirmProgress;
    expect(still).not.toBe(locked);
    expect(policy.memory?.commands?.(locked, still, bookWith())).toEqual([]);
  });

  it('positions are closed before the floor, at half of the buffer', () => {
    // Half of a tenth of 5,000 is 250.
    expect(then(ftmo(), at(1, 100_000, 95_250.01))).toEqual([[]]);
    expect(then(ftmo(), at(1, 100_000, 95_250))).toEqual([['cancel-all', 'flatten']]);
    expect(then(ftmo({ closeAt: 1 }), at(1, 100_000, 95_500))).toEqual([['cancel-all', 'flatten']]);
    expect(then(ftmo({ closeAt: 0 }), at(1, 100_000, 95_001))).toEqual([[]]);
    expect(then(ftmo({ closeAt: 0 }), at(1, 100_000, 95_000))).toEqual([[]]);
    expect(then(ftmo({ buffer: 0 }), at(1, 100_000, 95_000))).toEqual([[]]);
    const policy = ftmo();
    const state = before(policy);
    const low = policy.memory?.next(state, MARK, bookWith(at(1, 100_000, 95_200))) as PropFirmProgress;
    expect(policy.memory?.alerts?.(state, low, bookWith())).toEqual([
      'FTMO 2-Step: little is left above the floor, positions are closed',
    ]);
  });

  it('closing is said once, and again for positions that are opened afterwards', () => {
    const low = at(1, 100_000, 95_200);
    const flat = at(1, 95_200);
    const again = at(1, 95_200, 95_150);
    expect(then(ftmo(), low, low, flat, again)).toEqual([
      ['cancel-all', 'flatten'],
      [],
      [],
      ['cancel-all', 'flatten'],
    ]);
    expect(then(ftmo(), low, at(1, 100_000, 96_000), low)).toEqual([['cancel-all', 'flatten'], [], []]);
    // Nothing floats: there is nothing to close.
    expect(then(ftmo(), flat)).toEqual([[]]);
  });

  it('a floating loss that the next floor would not allow is closed before the roll', () => {
    const trap = (hours: number) => at(hours, 104_000, 99_200);
    // The day rolls eleven hours after noon; two hours and five minutes before is 8 h 55 min.
    expect(then(ftmo(), at(1, 104_000), trap(8.91))).toEqual([[], []]);
    expect(then(ftmo(), at(1, 104_000), trap(8 + 55 / 60))).toEqual([[], ['cancel-all', 'flatten']]);
    expect(then(ftmo(), at(1, 104_000), at(10, 104_000, 99_250.01))).toEqual([[], []]);
    expect(then(ftmo(), at(1, 104_000), at(10, 104_000, 99_250))).toEqual([[], ['cancel-all', 'flatten']]);
    expect(then(ftmo({ overnight: false }), at(1, 104_000), trap(10))).toEqual([[], []]);
    expect(then(ftmo({ beforeRoll: HOUR }), at(1, 104_000), trap(9.9), trap(10))).toEqual([
      [],
      [],
      ['cancel-all', 'flatten'],
    ]);
  });

  it('nothing is closed after a breach that only refuses, nor while prices are missing', () => {
    expect(then(ftmo({ onBreach: 'none' }), lost, at(2, 100_000, 93_000))).toEqual([[], []]);
    expect(then(ftmo(), at(1, 100_000, 95_100, { unpriced: ['EURUSD'] }))).toEqual([[]]);
  });
});

it('a floor that trails floating profit is kept by closing before it', () => {
  const policy = propFirm({ programme: apex50 });
  let state = policy.memory?.next(policy.memory.initial, START, bookWith(at(0, 50_000))) as PropFirmProgress;
  const mark = (equity: number) => {
    const book = bookWith(at(1, 50_000, equity));
    const next = policy.memory?.next(state, MARK, book) as PropFirmProgress;
    const commands = policy.memory?.commands?.(state, next, book).map((c) => c.do);
    state = next;
    return commands;
  };
  // Up 800: the floor rises to 48,300, and half of its buffer is 125.
  expect(mark(50_800)).toEqual([]);
  expect(mark(48_426)).toEqual([]);
  expect(mark(48_425)).toEqual(['cancel-all', 'flatten']);
  expect(state.breach).toBeNull();
});
