import type { Command, RiskEvent } from '@mikrobot/core';
import { describe, expect, it } from 'vitest';
import { commanded, refusedSignal, sent } from '../test-support/events.js';
import { bookWith, MOMENT, type Present } from '../test-support/market.js';
import { executedSignal, filled, lineIs, refusedAtVenue, unknownSignal } from '../test-support/outcomes.js';
import { follow, type PolicyRun, said } from '../test-support/policy-run.js';
import { type KillSwitchState, killSwitch } from './kill-switch.js';

type Run = PolicyRun<KillSwitchState>;
type Policy = ReturnType<typeof killSwitch>;

const mark: RiskEvent = { type: 'mark' };
const release = commanded({ do: 'release', by: 'ben', reason: 'checked' });
const at = (ms: number): Present => ({ now: MOMENT + ms });
/** An equity at a moment, ms from the first; MOMENT is 17:13:20 in New York, thirteen minutes into its trading day. */
const worth = (equity: number, ms = 0): Present => ({ account: { equity }, ...at(ms) });
const HOUR = 3_600_000;

/** What it wants done because of the last event. */
const done = (policy: Policy, run: Run, event: RiskEvent, present: Present): readonly Command[] =>
  policy.memory?.commands?.(run.state, run.tell(event, present).state, bookWith(present)) ?? [];

describe('the trigger of a daily loss', () => {
  const policy = killSwitch({ dailyLoss: 0.05 });
  const day = follow(policy).tell(mark, worth(10_000));

  it('trips when the limit is reached, and not a cent before', () => {
    expect(done(policy, day, mark, worth(9_500.01))).toEqual([]);
    expect(done(policy, day, mark, worth(9_500))).toEqual([
      {
        do: 'kill',
        by: 'policy:killSwitch',
        reason: 'the day lost so much of its equity: 0.05, limit 0.05',
        cancel: true,
        flatten: true,
        revoke: false,
      },
    ]);
  });

  it('stays latched when the equity recovers', () => {
    const run = day.tell(mark, worth(9_400)).tell(mark, worth(11_000));
    expect(run.judge({}, worth(11_000))).toEqual({
      code: 'KILL_SWITCH',
      limit: 'released by a person',
      actual: 'policy:killSwitch: the day lost so much of its equity: 0.06, limit 0.05',
    });
    expect(run.state.latched).toMatchObject([{ trigger: 'dailyLoss', at: MOMENT, finished: true }]);
  });

  it('gives its commands once', () => {
    const tripped = day.tell(mark, worth(9_400));
    expect(done(policy, tripped, mark, worth(9_000))).toEqual([]);
    const own = { do: 'kill', by: 'policy:killSwitch', reason: 'r' };
    expect(done(policy, tripped, commanded(own), worth(9_000))).toEqual([]);
    expect(tripped.tell(commanded(own)).state).toEqual(tripped.state);
  });

  it('counts from the equity at the first event of the day, in the zone of the broker', () => {
    // 22 h 46 min 40 s after MOMENT it is 16:00 in New York; the day ends at 17:00.
    const evening = worth(9_600, 82_000_000);
    const night = worth(9_600, 82_000_000 + HOUR);
    expect(done(policy, day.tell(mark, evening), mark, worth(9_400, 82_000_000 + HOUR - 1))).toHaveLength(1);
    expect(done(policy, day.tell(mark, night), mark, worth(9_400, 82_000_000 + HOUR))).toEqual([]);
    expect(done(policy, day.tell(mark, night), mark, worth(9_120, 82_000_000 + HOUR))).toHaveLength(1);
    const utc = killSwitch({ dailyLoss: 0.05, roll: { zone: 'UTC', time: '00:00' } });
    // Midnight UTC is 1 h 46 min 40 s after MOMENT.
    const before = follow(utc).tell(mark, worth(10_000));
    expect(done(utc, before, mark, worth(9_500, 6_399_999))).toHaveLength(1);
    expect(done(utc, before, mark, worth(9_500, 6_400_000))).toEqual([]);
  });

  it('refuses at once when the loss is seen first by a judgement', () => {
    expect(day.judge({}, worth(9_400))).toEqual({
      code: 'KILL_SWITCH',
      limit: 0.05,
      actual: 'the day lost so much of its equity: 0.06, limit 0.05',
    });
    expect(said(day.judge({}, worth(9_501)))).toBe('approve');
    expect(said(day.judge({}, worth(9_400, 30 * HOUR)))).toBe('approve');
  });

  it('moves nothing while the equity is not known, and refuses entries', () => {
    const unpriced: Present = { ...worth(1), unpriced: ['USDJPY'] };
    expect(policy.memory?.next(day.state, mark, bookWith(unpriced))).toBe(day.state);
    expect(day.judge({}, unpriced)).toMatchObject({ code: 'UNPRICED', actual: 'USDJPY' });
    for (const equity of [Number.NaN, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY]) {
      expect(policy.memory?.next(day.state, mark, bookWith(worth(equity)))).toBe(day.state);
      expect(said(day.judge({}, worth(equity)))).toBe('refuse BAD_ACCOUNT');
    }
  });

  it('trips when the equity is gone, and begins no day with nothing', () => {
    expect(done(policy, day, mark, worth(-50))).toHaveLength(1);
    expect(said(day.judge({}, worth(0)))).toBe('refuse BAD_ACCOUNT');
    const poor = follow(policy).tell(mark, worth(0));
    expect(poor.state).toEqual(policy.memory?.initial);
    expect(done(policy, poor.tell(mark, worth(100)), mark, worth(95))).toHaveLength(1);
  });

  it('counts anew from the equity at a release', () => {
    const tripped = day.tell(mark, worth(9_400));
    const released = tripped.tell(release, worth(9_400));
    expect(said(released.judge({}, worth(9_400)))).toBe('approve');
    expect(done(policy, released, mark, worth(8_931))).toEqual([]);
    expect(done(policy, released, mark, worth(8_930))).toHaveLength(1);
  });

  it('rests while everything is killed, and begins anew at the release', () => {
    const killed = day.tell(commanded({ do: 'kill', by: 'ann' }), worth(10_000));
    expect(policy.memory?.next(killed.state, mark, bookWith(worth(5_000)))).toBe(killed.state);
    expect(policy.memory?.next(killed.state, mark, bookWith(worth(20_000, 48 * HOUR)))).toBe(killed.state);
    expect(done(policy, killed.tell(release, worth(5_000)), mark, worth(4_800))).toEqual([]);
  });

  it('does more than a halt that stands', () => {
    const halted = day.tell(commanded({ do: 'halt', by: 'ann' }), worth(10_000));
    expect(done(policy, halted, mark, worth(9_500))).toHaveLength(1);
    expect(halted.tell(mark, worth(9_500)).state.latched).toMatchObject([
      { by: 'policy:killSwitch', trigger: 'dailyLoss', flatten: true },
    ]);
  });

  it.each([{ cancel: false }, { flatten: false }])('does more than a kill with %j', (over) => {
    const killed = day.tell(commanded({ do: 'kill', by: 'ann', ...over }), worth(10_000));
    expect(done(policy, killed, mark, worth(9_500))).toMatchObject([{ cancel: true, flatten: true }]);
  });

  it('looks on while only a part is latched', () => {
    const part = day.tell(commanded({ do: 'kill', symbol: 'EURUSD', by: 'ann' }), worth(10_000));
    expect(done(policy, part, mark, worth(9_500))).toHaveLength(1);
  });

  it('does as it is told', () => {
    const mild = killSwitch({ dailyLoss: 0.05, cancel: false, flatten: false, revoke: true });
    const run = follow(mild).tell(mark, worth(10_000));
    expect(done(mild, run, mark, worth(9_500))).toMatchObject([
      { cancel: false, flatten: false, revoke: true },
    ]);
    const tripped = run.tell(mark, worth(9_500));
    expect(mild.memory?.next(tripped.state, mark, bookWith(worth(9_000)))).toBe(tripped.state);
  });

  it('asks for the prices of open positions only', () => {
    expect(policy.memory?.watches).toBe('exposed');
    expect(killSwitch({ drawdown: 0.1 }).memory?.watches).toBe('exposed');
    expect(killSwitch({ downFor: 1 }).memory?.watches).toBe('exposed');
    expect(killSwitch({ failures: 3 }).memory?.watches).toBeUndefined();
  });
});

describe('the trigger of a drawdown', () => {
  const policy = killSwitch({ drawdown: 0.1 });

  it('counts from the highest equity, over days', () => {
    const run = follow(policy).tell(mark, worth(10_000)).tell(mark, worth(11_000)).tell(mark, worth(10_500));
    expect(done(policy, run, mark, worth(9_900.01, 100 * HOUR))).toEqual([]);
    expect(done(policy, run, mark, worth(9_900, 100 * HOUR))).toMatchObject([
      { reason: 'the equity fell so far from its peak: 0.1, limit 0.1' },
    ]);
    expect(run.tell(mark, worth(9_900)).state.latched).toMatchObject([{ trigger: 'drawdown' }]);
  });

  it('is off where it is not set', () => {
    const daily = killSwitch({ dailyLoss: 0.5 });
    const run = follow(daily)
      .tell(mark, worth(10_000))
      .tell(mark, worth(90_000, 30 * HOUR));
    expect(done(daily, run, mark, worth(46_000, 30 * HOUR))).toEqual([]);
    const off = killSwitch();
    expect(off.memory?.next(follow(off).state, mark, bookWith(worth(1)))).toBe(off.memory?.initial);
    expect(said(follow(off).judge({}, { unpriced: ['EURUSD'], account: { equity: -1 } }))).toBe('approve');
  });

  it('counts from the equity at a release', () => {
    const run = follow(policy).tell(mark, worth(10_000)).tell(mark, worth(9_000)).tell(release, worth(9_000));
    expect(done(policy, run, mark, worth(8_101))).toEqual([]);
    expect(done(policy, run, mark, worth(8_100))).toHaveLength(1);
  });
});

describe('the trigger of a line that is down', () => {
  const policy = killSwitch({ downFor: 60_000 });
  const down = follow(policy).tell(lineIs('down'), at(0));

  it('asks to be woken when the line has been down too long, so that silence trips it too', () => {
    expect(policy.memory?.wakeAt?.(down.state)).toBe(MOMENT + 60_000);
    expect(done(policy, down, { type: 'time' }, at(60_000))).toMatchObject([{ do: 'kill' }]);
    expect(policy.memory?.wakeAt?.(down.tell(lineIs('up'), at(10)).state)).toBeUndefined();
    expect(killSwitch({ drawdown: 0.1 }).memory?.wakeAt?.(down.state)).toBeUndefined();
  });

  it('trips at the first event after so long a time', () => {
    expect(done(policy, down, mark, at(59_999))).toEqual([]);
    expect(done(policy, down, mark, at(60_000))).toMatchObject([
      { do: 'kill', reason: 'the line was down for so many ms: 60000, limit 60000' },
    ]);
    expect(down.tell(mark, at(60_000)).state.latched).toMatchObject([{ trigger: 'down' }]);
  });

  it('refuses entries in the silence before', () => {
    expect(said(down.judge({}, at(59_999)))).toBe('approve');
    expect(said(down.judge({}, at(60_000)))).toBe('refuse KILL_SWITCH');
  });

  it('counts from the first word of it', () => {
    expect(done(policy, down.tell(lineIs('down'), at(40_000)), mark, at(60_000))).toHaveLength(1);
  });

  it.each(['up', 'degraded'] as const)('trips late when the line is %s again', (state) => {
    expect(done(policy, down, lineIs(state), at(60_000))).toHaveLength(1);
    const back = down.tell(lineIs(state), at(59_999));
    expect(done(policy, back, mark, at(99_999))).toEqual([]);
  });

  it('forgets a line that was down before a restart', () => {
    const started = down.tell({ type: 'start' }, at(99_999));
    expect(started.state).toEqual(policy.memory?.initial);
    expect(started.state.latched).toEqual([]);
  });

  it('counts from the release while the line is down on', () => {
    const released = down.tell(mark, at(60_000)).tell(release, at(70_000));
    expect(done(policy, released, mark, at(129_999))).toEqual([]);
    expect(done(policy, released, mark, at(130_000))).toHaveLength(1);
  });

  it('is told of the line while everything is latched', () => {
    const killed = follow(policy).tell(commanded({ do: 'kill', by: 'ann' }));
    const downSince = killed.tell(lineIs('down'), at(0)).tell(release, at(1_000));
    expect(said(downSince.judge({}, at(61_000)))).toBe('refuse KILL_SWITCH');
    const back = killed.tell(lineIs('down'), at(0)).tell(lineIs('up'), at(500)).tell(release, at(1_000));
    expect(said(back.judge({}, at(99_000)))).toBe('approve');
  });
});

describe('the trigger of orders that fail', () => {
  const policy = killSwitch({ failures: 3 });
  const two = follow(policy).tell(refusedAtVenue()).tell(unknownSignal());

  it('trips at the third in a row', () => {
    expect(done(policy, two, refusedAtVenue(), {})).toMatchObject([
      { do: 'kill', reason: 'so many orders in a row failed: 3, limit 3' },
    ]);
    expect(two.tell(unknownSignal()).state.latched).toMatchObject([{ trigger: 'failures' }]);
  });

  it('counts anew after an order that was taken', () => {
    expect(done(policy, two.tell(executedSignal()), refusedAtVenue(), {})).toEqual([]);
    const { initial, next } = policy.memory!;
    expect(next(initial, executedSignal(), bookWith())).toBe(initial);
  });

  it.each([
    ['what was refused before', refusedSignal()],
    ['what was halted', refusedAtVenue({}, 'HALTED')],
    ['what was sent', sent()],
  ])('does not count %s', (_name, event) => {
    expect(policy.memory?.next(two.state, event, bookWith())).toBe(two.state);
  });

  it('counts anew after a release', () => {
    const released = two.tell(refusedAtVenue()).tell(release);
    expect(done(policy, released.tell(refusedAtVenue()), refusedAtVenue(), {})).toEqual([]);
  });

  it('is off where it is not set', () => {
    const { initial, next } = killSwitch().memory!;
    expect(next(initial, unknownSignal(), bookWith())).toBe(initial);
  });

  it('begins where a restart left it', () => {
    expect(done(policy, two.tell({ type: 'start' }), refusedAtVenue(), {})).toHaveLength(1);
  });
});

describe('the trigger of slippage', () => {
  const policy = killSwitch({ slippageRatio: 3, slippagePips: 0.2, slippageFills: 4, slippageAtLeast: 2 });
  /** Bought so many tenths of a pip above what was expected. */
  const bought = (tenths: number): RiskEvent => filled({ price: 1.1001 + tenths * 0.00001 });

  it('trips above its ratio', () => {
    // Means of 0.6 pips = 3 x 0.2, and of 0.65 pips = 3.25 x.
    const one = follow(policy).tell(bought(6));
    expect(done(policy, one, bought(6), {})).toEqual([]);
    expect(done(policy, one, bought(7), {})).toMatchObject([
      { do: 'kill', reason: 'EURUSD slipped so many times the model: 3.25, limit 3' },
    ]);
    expect(one.tell(bought(7)).state.latched).toMatchObject([{ trigger: 'slippage' }]);
  });

  it('waits for enough fills, and looks at the last', () => {
    expect(said(follow(policy).tell(bought(90)).judge())).toBe('approve');
    const run = [0, 0, 0, 0, 8, 8].reduce((now, tenths) => now.tell(bought(tenths)), follow(policy));
    // 0 0 8 8 = 2 x; then 0 8 8 9 = 3.125 x.
    expect(said(run.judge())).toBe('approve');
    expect(done(policy, run, bought(9), {})).toHaveLength(1);
  });

  it('knows a model by the spread', () => {
    const other = killSwitch({ slippageRatio: 3, slippageSpreadFraction: 0.5, slippageAtLeast: 1 });
    expect(done(other, follow(other), bought(15), {})).toEqual([]);
    expect(done(other, follow(other), bought(16), {})).toMatchObject([
      { reason: 'EURUSD slipped so many times the model: 3.2, limit 3' },
    ]);
  });

  it('finds the symbol that slips among others', () => {
    const calm = follow(policy).tell(bought(0)).tell(bought(0));
    const yen = filled({ symbol: 'USDJPY', price: 150.01 }, 150);
    expect(done(policy, calm.tell(yen), yen, {})).toMatchObject([
      { reason: 'USDJPY slipped so many times the model: 5, limit 3' },
    ]);
  });

  it('forgets the fills at a release', () => {
    const released = follow(policy).tell(bought(9)).tell(bought(9)).tell(release);
    expect(done(policy, released, bought(9), {})).toEqual([]);
  });

  it('is off where it is not set', () => {
    const off = killSwitch();
    expect(off.memory?.next(follow(off).state, bought(99), bookWith())).toBe(off.memory?.initial);
  });

  it.each([
    [{ slippageRatio: 3 }, 'killSwitch.slippageRatio: The modelled slippage must be given'],
    [{ slippageRatio: 3, slippagePips: 1, slippageSpreadFraction: 1 }, 'either as slippagePips'],
    [{ slippageFills: 5 }, 'killSwitch.slippageAtLeast: More fills are needed'],
    [{ dailyLoss: 5 }, 'killSwitch.dailyLoss'],
    [{ drawdown: 0 }, 'killSwitch.drawdown'],
    [{ dailylos: 0.05 }, 'dailylos'],
  ])('does not take the settings %j', (settings, message) => {
    expect(() => killSwitch(settings as object)).toThrow(message);
  });
});
