import type { Fill, RiskEvent, Signal } from '@mikrobot/core';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { eurusd, OWNER, type Present } from '../test-support/market.js';
import { follow, said } from '../test-support/policy-run.js';
import { phaseRules } from './phase-rules.js';
import type { Programme } from './programme.js';
import { programmes } from './programmes.js';
import { observeAccount } from './progress.js';
import { propFirm } from './prop-firm.js';

const HOUR = 3_600_000;
/** Monday 2 March 2026, noon UTC: eleven hours before midnight in Prague. */
const NOON = Date.UTC(2026, 2, 2, 12);
const MARK: RiskEvent = { type: 'mark' };
const START: RiskEvent = { type: 'start' };

type Given = Parameters<typeof propFirm>[0];

const { ftmoTwoStep, topstep50, apex50, the5ersHighStakes } = programmes;
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

describe('the size of an entry', () => {
  it('is what the day may still lose at the stop, less a tenth of its allowance', () => {
    // 100 pips of EURUSD lose 1,000 USD a lot: 100,000 less 95,500 is room for 4.5 lots.
    const answer = follow(ftmo()).tell(START, fresh).judge({}, fresh);
    expect(answer).toEqual({ cap: expect.closeTo(4.5, 9) });
  });

  it('needs no event before: the first signal finds a new account', () => {
    expect(follow(ftmo()).judge({}, fresh)).toEqual({ cap: expect.closeTo(4.5, 9) });
  });

  it('is set by the total limit where that is nearer', () => {
    const run = follow(ftmo()).tell(START, at(0, 94_000));
    // The day's floor is 89,500, the total one 91,000.
    expect(run.judge({}, at(1, 94_000))).toEqual({ cap: expect.closeTo(3, 9) });
  });

  it('takes the buffer that is asked for', () => {
    expect(follow(ftmo({ buffer: 0 })).judge({}, fresh)).toEqual({ cap: expect.closeTo(5, 9) });
    expect(follow(ftmo({ buffer: 0.5 })).judge({}, fresh)).toEqual({ cap: expect.closeTo(2.5, 9) });
  });

  it('leaves out what open positions would lose at their stops', () => {
    // Two lots at a bid of 1.1 with a stop at 1.09: 2,000 USD.
    const positions = [{ symbol: 'EURUSD', quantity: 2 }];
    const stops = { [`${OWNER} EURUSD`]: [1.09] };
    expect(follow(ftmo()).judge({}, { ...fresh, positions, stops })).toEqual({ cap: expect.closeTo(2.5, 9) });
    const unstopped = follow(ftmo()).judge({}, { ...fresh, positions });
    expect(said(unstopped)).toBe('refuse OPEN_RISK_UNKNOWN');
  });

  it('leaves out what entries on their way would lose', () => {
    const entries = [{ symbol: 'EURUSD', owner: OWNER, quantity: 2, stop: 1.0901 }];
    expect(follow(ftmo()).judge({}, { ...fresh, entries })).toEqual({ cap: expect.closeTo(2.5, 9) });
  });

  it('does not count the position that a reversal closes first', () => {
    const positions = [{ symbol: 'EURUSD', quantity: -2 }];
    expect(follow(ftmo()).judge({ intent: 'reverse' }, { ...fresh, positions })).toEqual({
      cap: expect.closeTo(4.5, 9),
    });
    const others = [{ symbol: 'EURUSD', quantity: -2, owner: 'other' }];
    const answer = follow(ftmo()).judge({ intent: 'reverse' }, { ...fresh, positions: others });
    expect(said(answer)).toBe('refuse OPEN_RISK_UNKNOWN');
  });

  it('is converted from the currency of the instrument', () => {
    // 50 pips of USDJPY lose 50,000 JPY a lot, 333.33 USD at 150.
    const signal: Partial<Signal> = {
      symbol: 'USDJPY',
      stop: 149.5,
      rate: 1 / 150,
      quote: { time: NOON, bid: 149.99, ask: 150 },
    };
    expect(follow(ftmo()).judge(signal, fresh)).toEqual({ cap: expect.closeTo(13.5, 6) });
  });

  it('is the same for a sale', () => {
    expect(follow(ftmo()).judge({ side: 'sell', stop: 1.11 }, fresh)).toEqual({
      cap: expect.closeTo(4.5, 6),
    });
  });

  it('stays within what is allowed after the roll, unless positions do not live over it', () => {
    const run = (given: Partial<Given> = {}) =>
      follow(ftmo(given)).tell(START, fresh).tell(MARK, at(1, 104_000));
    // Today the floor is 95,500 with its buffer; after the roll it is 99,500.
    expect(run().judge({}, at(1, 104_000))).toEqual({ cap: expect.closeTo(4.5, 9) });
    expect(run({ overnight: false }).judge({}, at(1, 104_000))).toEqual({ cap: expect.closeTo(8.5, 9) });
    // What floats in profit may be closed, and then the floor rises by it.
    const floating = at(1, 100_000, 102_000);
    expect(follow(ftmo()).tell(START, fresh).judge({}, floating)).toEqual({ cap: expect.closeTo(4.5, 9) });
    const answer = run().judge({}, at(1, 104_000, 99_500));
    expect(answer).toEqual({ code: 'OVERNIGHT_LOSS', limit: 99_500, actual: 99_500 });
    expect(run().judge({}, at(1, 104_000, 99_501))).toEqual({ cap: expect.closeTo(0.001, 9) });
    expect(run({ overnight: false }).judge({}, at(1, 104_000, 99_500))).toEqual({
      cap: expect.closeTo(4, 9),
    });
  });

  it('leaves out of what is allowed after the roll what open positions would lose, too', () => {
    const run = follow(ftmo()).tell(START, fresh);
    const positions = [{ symbol: 'EURUSD', quantity: 2 }];
    const stops = { [`${OWNER} EURUSD`]: [1.09] };
    expect(run.judge({}, at(1, 104_000, 104_000, { positions, stops }))).toEqual({
      cap: expect.closeTo(2.5, 9),
    });
  });

  it('never uses a floor up where touching it is a breach', () => {
    const answer = follow(propFirm({ programme: the5ersHighStakes, initial: 100_000, buffer: 0 })).judge(
      {},
      fresh,
    );
    const cap = answer !== undefined && 'cap' in answer ? answer.cap : Number.NaN;
    expect(cap).toBeLessThan(5);
    expect(cap).toBeGreaterThan(4.9999);
    expect(follow(propFirm({ programme: apex50, buffer: 0 })).judge({}, at(0, 50_000))).toEqual({
      cap: expect.closeTo(2.4999975, 9),
    });
  });
});

describe('an entry is refused', () => {
  it('when nothing of a limit is left to risk, by the limit that binds', () => {
    const run = follow(ftmo()).tell(START, fresh);
    expect(run.judge({}, at(1, 100_000, 95_500))).toEqual({
      code: 'DAILY_LOSS',
      limit: 95_500,
      actual: 95_500,
    });
    expect(run.judge({}, at(1, 100_000, 95_500.01))).toEqual({ cap: expect.closeTo(0.00001, 9) });
    const low = follow(ftmo()).tell(START, at(0, 94_000));
    expect(low.judge({}, at(1, 94_000, 91_000))).toEqual({
      code: 'TOTAL_LOSS',
      limit: 91_000,
      actual: 91_000,
    });
    const positions = [{ symbol: 'EURUSD', quantity: 4.5 }];
    const stops = { [`${OWNER} EURUSD`]: [1.09] };
    const full = { ...fresh, positions, stops };
    expect(follow(ftmo()).judge({}, full)).toEqual({ code: 'DAILY_LOSS', limit: 95_500, actual: 95_500 });
  });

  it('after a breach, for good, with the figures of the breach', () => {
    const run = follow(ftmo())
      .tell(START, fresh)
      .tell(MARK, at(1, 100_000, 94_000.006));
    const refusal = { code: 'DAILY_LOSS', limit: 95_000, actual: 94_000.01 };
    expect(run.judge({}, at(1, 100_000))).toEqual(refusal);
    expect(run.judge({}, at(100, 120_000))).toEqual(refusal);
    const total = follow(ftmo())
      .tell(START, at(0, 94_000))
      .tell(MARK, at(1, 94_000, 89_999));
    expect(total.judge({}, fresh)).toEqual({ code: 'TOTAL_LOSS', limit: 90_000, actual: 89_999 });
  });

  it('by a breach that the signal’s own moment shows first', () => {
    const run = follow(ftmo()).tell(START, fresh);
    expect(run.judge({}, at(1, 100_000, 94_000))).toEqual({
      code: 'DAILY_LOSS',
      limit: 95_000,
      actual: 94_000,
    });
  });

  it('until the next day after a soft daily limit', () => {
    const run = follow(propFirm({ programme: topstep50 }))
      .tell(START, at(0, 50_000))
      .tell(MARK, at(1, 49_000));
    expect(run.judge({}, at(2, 49_000))).toEqual({
      code: 'DAY_LOCKED',
      limit: 'entries from 2026-03-02T23:00:00.000Z',
      actual: '2026-03-02T14:00:00.000Z',
    });
    // The next day: 49,000 above a total floor of 48,200 with its buffer.
    expect(run.judge({}, at(11, 49_000))).toEqual({ cap: expect.closeTo(0.8, 9) });
  });

  it('once the phase is passed, or its target reached, as `stopAt` says', () => {
    const days = [0, 24, 48, 72];
    const traded = (given: Partial<Given>, count: number) =>
      days
        .slice(0, count)
        .reduce(
          (run, h) => run.tell(fill('enter', NOON + h * HOUR), at(h, 100_000)),
          follow(ftmo(given)).tell(START, fresh),
        );
    const rich = at(73, 110_000);
    const refusal = { code: 'TARGET_REACHED', limit: 10_000, actual: 10_000 };
    expect(traded({}, 4).judge({}, rich)).toEqual(refusal);
    expect(said(traded({}, 3).judge({}, rich))).toMatch(/^cap/);
    expect(traded({ stopAt: 'target' }, 3).judge({}, rich)).toEqual(refusal);
    expect(said(traded({ stopAt: 'target' }, 4).judge({}, at(73, 109_999)))).toMatch(/^cap/);
    expect(said(traded({ stopAt: 'never' }, 4).judge({}, rich))).toMatch(/^cap/);
    expect(said(traded({ phase: 'funded' }, 4).judge({}, rich))).toMatch(/^cap/);
  });

  it.each([0, -1, Number.NaN, Number.POSITIVE_INFINITY])('when an account figure is %s', (figure) => {
    const good = { currency: 'USD', balance: 100_000, equity: 100_000 };
    for (const name of ['balance', 'equity'])
      for (const [signal, present] of [
        [{ account: { ...good, [name]: figure } }, fresh],
        [{}, { ...fresh, account: { ...good, [name]: figure } }],
      ] as const) {
        expect(follow(ftmo()).judge(signal, present)).toMatchObject({
          code: 'BAD_ACCOUNT',
          limit: `a positive ${name}`,
        });
      }
  });

  it('when its stop, its instrument, a rate or the price of a position is not known', () => {
    const judge = (signal: Partial<Signal>, more: Present = {}) =>
      said(follow(ftmo()).judge(signal, { ...fresh, ...more }));
    expect(judge({ stop: undefined })).toBe('refuse NO_STOP');
    expect(judge({ stop: 1.1001 })).toBe('refuse STOP_DISTANCE');
    expect(judge({ stop: 1.2 })).toBe('refuse STOP_DISTANCE');
    expect(judge({ rate: undefined })).toBe('refuse NO_RATE');
    expect(judge({ symbol: 'XAUUSD' })).toBe('refuse UNKNOWN_SYMBOL');
    expect(judge({}, { unpriced: ['USDJPY'] })).toBe('refuse UNPRICED');
  });
});

describe('the settings', () => {
  it('say what they are, and which rules they are', () => {
    const policy = ftmo();
    expect(policy.name).toBe('propFirm');
    expect(policy.covers).toEqual(['day', 'total']);
    expect(policy.notice).toBe(
      'FTMO 2-Step, phase challenge: the rules are those of 2026-11-21; compare them with your contract.',
    );
    expect(policy.settings?.value).toMatchObject({
      buffer: 0.1,
      closeAt: 0.5,
      overnight: true,
      beforeRoll: 7_500_000,
      onBreach: 'kill',
      stopAt: 'passed',
      carried: {},
    });
    expect(JSON.parse(JSON.stringify(policy.settings?.value))).toEqual(policy.settings?.value);
  });

  it('can be changed while the bot runs', () => {
    const policy = ftmo();
    const wider = policy.settings?.with({ ...(policy.settings.value as object), buffer: 0.2 });
    expect(follow(wider as typeof policy).judge({}, fresh)).toEqual({ cap: expect.closeTo(4, 9) });
  });

  it('are refused when they make no sense', () => {
    expect(() => propFirm({ programme: ftmoTwoStep })).toThrow(/initial balance is missing/);
    expect(() => propFirm({ programme: topstep50, initial: 100_000 })).toThrow(/for accounts of 50000/);
    expect(() => ftmo({ phase: 'final' })).toThrow(/no phase "final"/);
    for (const given of [
      { buffer: 1 },
      { buffer: -0.1 },
      { closeAt: 1.1 },
      { closeAt: -0.1 },
      { beforeRoll: -1 },
      { initial: 0 },
      { carried: { dayBalance: 0 } },
    ])
      expect(() => ftmo(given), JSON.stringify(given)).toThrow(/BAD_CONFIG|propFirm/);
  });

  it('may hold a programme of one’s own', () => {
    const programme = {
      id: 'mine',
      firm: 'Me',
      title: 'Mine',
      version: '1',
      asOf: '2026-01-01',
      sources: [],
      day: { zone: 'UTC', time: '00:00' },
      phases: [{ name: 'only', totalLoss: { loss: { fraction: 0.02 } } }],
    };
    const answer = follow(propFirm({ programme, initial: 100_000 })).judge({}, fresh);
    expect(answer).toEqual({ cap: expect.closeTo(1.8, 9) });
  });
});

/** Under a floor that does not trail floating profit, a stop that is hit is all that an entry can lose. */
const stoppable: readonly Programme[] = Object.values(programmes).filter((p) =>
  p.phases.every((phase) => phase.totalLoss.trail !== 'intraday'),
);
const rooms = fc.record({
  profits: fc.array(fc.integer({ min: -2_000, max: 2_500 }), { maxLength: 8 }),
  today: fc.integer({ min: -2_000, max: 2_500 }),
  buffer: fc.constantFrom(0, 0.01, 0.1, 0.5),
  pips: fc.integer({ min: 1, max: 500 }),
  peak: fc.integer({ min: 0, max: 5_000 }),
});

describe.each(stoppable)('under $title, whatever came before', (programme) => {
  it('an entry of the size allowed whose stop is hit breaks no rule, today or after the roll', () => {
    fc.assert(
      fc.property(rooms, ({ profits, today, buffer, pips, peak }) => {
        const policy = propFirm({
          programme,
          initial: programme.initial ?? 100_000,
          buffer,
          stopAt: 'never',
        });
        const rules = phaseRules(programme, undefined, programme.initial ?? 100_000);
        let balance = rules.initial;
        let run = follow(policy).tell(START, at(0, balance));
        for (const [day, profit] of [...profits, today].entries()) {
          run = run.tell(MARK, at(24 * day, balance));
          balance += profit;
          run = run.tell(MARK, at(24 * day + 1, balance));
        }
        const hours = 24 * profits.length + 2;
        const answer = run.judge({ stop: 1.1001 - pips * eurusd.pipSize }, at(hours, balance));
        if (answer === undefined || !('cap' in answer)) return;
        const loss = answer.cap * pips * 10;
        const after = [hours, hours + 7, hours + 24].map((h) => {
          const risen = observeAccount(run.state, rules, NOON + hours * HOUR, balance, balance + peak);
          const held = observeAccount(risen, rules, NOON + (h - 0.5) * HOUR, balance, balance);
          return observeAccount(held, rules, NOON + h * HOUR, balance - loss, balance - loss);
        });
        expect(after.map((p) => p.breach)).toEqual([null, null, null]);
        expect(after[0]?.lockedUntil).toBeNull();
      }),
    );
  });
});
