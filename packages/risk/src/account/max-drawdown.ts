import { type Book, type Finding, fxDayRoll, type RiskEvent, TradingDays } from '@mikrobot/core';
import * as z from 'zod';
import { isFinding } from '../checks.js';
import { definePolicy, type PolicyBody } from '../policy-definition.js';
import { breachAlerts, breachAt, breachCommands, breachSchema, isReset, onBreach } from './breach.js';
import { atFloor, balanceBefore, floorCodes, judgeFloor, knownEquity, type LossFloor } from './loss-floor.js';

const NAME = 'maxDrawdown';

const settings = z.strictObject({
  kind: z
    .enum(['static', 'end-of-day', 'intraday'])
    .default('static')
    .describe(
      'what the loss counts from: the initial balance, the highest balance at the end of a day, or the highest equity (floating profit included)',
    ),
  fraction: z
    .number()
    .gt(0)
    .max(1)
    .default(0.25)
    .describe('most that may be lost, fraction of what the loss counts from'),
  amount: z
    .number()
    .positive()
    .optional()
    .describe('most that may be lost, account currency; instead of the fraction when given'),
  initial: z
    .number()
    .positive()
    .optional()
    .describe('initial balance, account currency; the balance at the first start when left out'),
  lock: z.boolean().default(false).describe('whether a trailing floor stops rising at the initial balance'),
  roll: z
    .strictObject({ zone: z.string(), time: z.string() })
    .default({ ...fxDayRoll })
    .describe("where the broker's day ends: IANA zone and local time (kind end-of-day)"),
  includeOpenRisk: z
    .boolean()
    .default(true)
    .describe(
      'cap sizes so that the limit holds even when all stops are hit; false looks at the equity only',
    ),
  onBreach,
});

const stateSchema = z.strictObject({
  /** Account currency; 0 before the first event. */
  initial: z.number(),
  /** The highest figure that counts, account currency. */
  peak: z.number(),
  /** End of the present day, epoch ms. */
  until: z.number(),
  breach: breachSchema,
});
type State = z.output<typeof stateSchema>;

/**
 * Bounds the loss in total: static from the initial balance, or trailing the highest end-of-day balance or the highest equity. At
 * the limit entries are refused until a person says `reset`, whatever the equity does. Deposits and withdrawals count as profit
 * and loss.
 *
 * The initial balance is taken at the first start and remembered. After a `reset` everything counts from the equity of that
 * moment.
 */
export const maxDrawdown = /* @__PURE__ */ definePolicy({
  name: NAME,
  about:
    'Refuses entries once the account has lost its limit, and caps sizes so that all stops together stay within it.',
  covers: ['total'],
  settings,
  codes: {
    ...floorCodes,
    DRAWDOWN: 'The loss in total, floating profit included, reached its limit; account currency.',
    DRAWDOWN_ROOM: 'The loss in total would reach its limit if every open stop were hit; account currency.',
  },
  tells: { reset: 'Ends the refusals; initial balance and peak are the present equity from then on.' },
  make: (given): PolicyBody<State> => {
    const { kind, fraction, amount, lock, includeOpenRisk } = given;
    const days = new TradingDays(given.roll);

    const floorOf = ({ initial, peak }: State): LossFloor => {
      const from = kind === 'static' ? initial : peak;
      const floor = from - (amount ?? fraction * from);
      return { from, floor: lock ? Math.min(floor, initial) : floor };
    };

    /** The state with the days that are over. The event is the first after them. */
    const rolled = (state: State, book: Book, event?: RiskEvent): State | Finding => {
      const begun = state.initial > 0;
      const now = book.now();
      if (begun && (kind !== 'end-of-day' || now < state.until)) return state;
      const balance = balanceBefore(book, event);
      if (isFinding(balance)) return balance;
      const initial = begun ? state.initial : (given.initial ?? balance);
      return { ...state, initial, peak: Math.max(state.peak, initial, balance), until: days.at(now).end };
    };

    const watched = (state: State, book: Book): State => {
      const { equity } = book.account();
      const higher = kind === 'intraday' && equity > state.peak;
      const limit = floorOf(state);
      const moves = Number.isFinite(equity) && (higher || atFloor(equity, limit));
      if (!moves || book.unpriced().length > 0) return state;
      if (higher) return { ...state, peak: equity };
      const { from, floor } = limit;
      return { ...state, breach: breachAt(book.now(), from - equity, from - floor) };
    };

    const reset = (state: State, book: Book): State => {
      const equity = knownEquity(book);
      return isFinding(equity)
        ? { ...state, breach: null }
        : { ...state, initial: equity, peak: equity, breach: null };
    };

    return {
      memory: {
        initial: { initial: 0, peak: 0, until: 0, breach: null },
        schema: stateSchema,
        watches: 'exposed',
        next(before, event, book) {
          const state = rolled(before, book, event);
          if (isFinding(state)) return before;
          if (isReset(event, NAME)) return reset(state, book);
          return state.breach === null ? watched(state, book) : state;
        },
        commands: (before, after) => breachCommands(NAME, given.onBreach, before, after),
        alerts: (before, after) => breachAlerts('loss in total', before, after),
      },
      judge(order, signal, book, before) {
        const state = rolled(before, book);
        if (isFinding(state)) return state;
        const { breach } = state;
        if (breach !== null) return { code: 'DRAWDOWN', limit: breach.allowed, actual: breach.loss };
        const codes = { reached: 'DRAWDOWN', full: 'DRAWDOWN_ROOM' };
        return judgeFloor(order, signal, book, floorOf(state), codes, includeOpenRisk);
      },
    };
  },
});
