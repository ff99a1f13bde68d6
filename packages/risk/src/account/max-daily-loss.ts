import { type Book, type Finding, fxDayRoll, type RiskEvent, TradingDays } from '@mikrobot/core';
import * as z from 'zod';
import { isFinding } from '../checks.js';
import { definePolicy, type PolicyBody } from '../policy-definition.js';
import { breachAlerts, breachAt, breachCommands, breachSchema, isReset, onBreach } from './breach.js';
import { atFloor, balanceBefore, floorCodes, judgeFloor, knownEquity, type LossFloor } from './loss-floor.js';

const NAME = 'maxDailyLoss';

const settings = z.strictObject({
  fraction: z
    .number()
    .gt(0)
    .max(1)
    .default(0.05)
    .describe('most that a day may lose, fraction of what the day began with'),
  amount: z
    .number()
    .positive()
    .optional()
    .describe('most that a day may lose, account currency; instead of the fraction when given'),
  base: z
    .enum(['balance', 'equity', 'higher'])
    .default('balance')
    .describe('what the day began with: balance, equity, or the higher of both'),
  roll: z
    .strictObject({ zone: z.string(), time: z.string() })
    .default({ ...fxDayRoll })
    .describe("where the broker's day begins: IANA zone and local time"),
  includeOpenRisk: z
    .boolean()
    .default(true)
    .describe(
      'cap sizes so that the limit holds even when all stops are hit; false looks at the equity only',
    ),
  onBreach,
});

const stateSchema = z.strictObject({
  /** End of the day that is counted, epoch ms; 0 before the first. */
  until: z.number(),
  /** What that day began with, account currency. */
  from: z.number(),
  breach: breachSchema,
});
type State = z.output<typeof stateSchema>;

/** What a day begins with. The event is the first of the day. */
const opening = (base: 'balance' | 'equity' | 'higher', book: Book, event?: RiskEvent): number | Finding => {
  const balance = balanceBefore(book, event);
  if (base === 'balance' || isFinding(balance)) return balance;
  const equity = knownEquity(book);
  return base === 'equity' || isFinding(equity) ? equity : Math.max(balance, equity);
};

/**
 * Bounds the loss of a broker's day, floating profit included. At the limit entries are refused for the rest of the day, even when
 * the equity recovers. The day's first event fixes what it began with: the balance before that event, or the equity at it. So a
 * floating loss that was within the limit at night can be beyond it in the morning. Deposits and withdrawals count as profit and
 * loss.
 *
 * A person's `reset` ends the refusals; the loss then counts from the equity of that moment.
 */
export const maxDailyLoss = /* @__PURE__ */ definePolicy({
  name: NAME,
  about:
    'Refuses entries once the day has lost its limit, and caps sizes so that all stops together stay within it.',
  covers: ['day'],
  settings,
  codes: {
    ...floorCodes,
    DAILY_LOSS: 'The loss of the day, floating profit included, reached its limit; account currency.',
    DAILY_ROOM: 'The loss of the day would reach its limit if every open stop were hit; account currency.',
  },
  tells: { reset: 'Ends the refusals of the day; its loss counts anew from the present equity.' },
  make: ({ fraction, amount, base, roll, includeOpenRisk, onBreach: action }): PolicyBody<State> => {
    const days = new TradingDays(roll);
    const floorOf = ({ from }: State): LossFloor => ({ from, floor: from - (amount ?? fraction * from) });

    /** The state in the day of this moment. */
    const today = (state: State, book: Book, event?: RiskEvent): State | Finding => {
      const now = book.now();
      if (now < state.until) return state;
      const from = opening(base, book, event);
      return isFinding(from) ? from : { until: days.at(now).end, from, breach: null };
    };

    const watched = (state: State, book: Book): State => {
      const limit = floorOf(state);
      const { equity } = book.account();
      if (!(Number.isFinite(equity) && atFloor(equity, limit)) || book.unpriced().length > 0) return state;
      const { from, floor } = limit;
      return { ...state, breach: breachAt(book.now(), from - equity, from - floor) };
    };

    const reset = (state: State, book: Book): State => {
      const equity = knownEquity(book);
      return { ...state, from: isFinding(equity) ? state.from : equity, breach: null };
    };

    return {
      memory: {
        initial: { until: 0, from: 0, breach: null },
        schema: stateSchema,
        watches: 'exposed',
        next(before, event, book) {
          const state = today(before, book, event);
          if (isFinding(state)) return before;
          if (isReset(event, NAME)) return reset(state, book);
          return state.breach === null ? watched(state, book) : state;
        },
        commands: (before, after) => breachCommands(NAME, action, before, after),
        alerts: (before, after) => breachAlerts('loss of the day', before, after),
      },
      judge(order, signal, book, before) {
        const state = today(before, book);
        if (isFinding(state)) return state;
        const { breach } = state;
        if (breach !== null) return { code: 'DAILY_LOSS', limit: breach.allowed, actual: breach.loss };
        const codes = { reached: 'DAILY_LOSS', full: 'DAILY_ROOM' };
        return judgeFloor(order, signal, book, floorOf(state), codes, includeOpenRisk);
      },
    };
  },
});
