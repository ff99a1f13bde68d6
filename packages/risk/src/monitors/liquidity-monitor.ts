import { type Book, type Command, type Finding, type Signal, tickSizeAt } from '@mikrobot/core';
import * as z from 'zod';
import { badQuote, tidy } from '../limits/measure.js';
import { definePolicy, type PolicyBody } from '../policy-definition.js';
import { remembered } from '../remembered.js';
import { median } from './median.js';

const NAME = 'liquidityMonitor';

/** Most symbols whose spreads are remembered; the one without a signal for longest is forgotten first. */
const MOST_SYMBOLS = 64;

/** Fewest spreads of a symbol that make a median. */
const FEWEST_SPREADS = 10;

const settings = z
  .strictObject({
    share: z
      .number()
      .gt(0)
      .lt(1)
      .default(0.3)
      .describe('largest share of low-liquidity signals, fraction of the last signals'),
    signals: z
      .number()
      .int()
      .min(2)
      .max(1_000)
      .default(50)
      .describe('last signals that are looked at, count'),
    atLeast: z.number().int().min(1).max(1_000).default(10).describe('fewest signals to judge by, count'),
    pips: z
      .number()
      .positive()
      .optional()
      .describe('a spread above is of low liquidity, pips; only `times` counts when left out'),
    times: z
      .number()
      .min(1)
      .default(3)
      .describe('a spread above is of low liquidity, multiples of the median spread of its symbol'),
    samples: z
      .number()
      .int()
      .min(FEWEST_SPREADS)
      .max(1_000)
      .default(100)
      .describe('last signals of a symbol whose spreads make the median, count'),
    action: z
      .enum(['alert', 'hold', 'refuse', 'pause'])
      .default('alert')
      .describe(
        'what happens beside the alert: nothing (alert), entries wait for a person (hold), are refused while the share is too large (refuse), or the bot is paused until a person resumes it (pause)',
      ),
    holdFor: z.number().positive().default(300_000).describe('how long a held entry waits for a person, ms'),
  })
  .refine(({ signals, atLeast }) => atLeast <= signals, {
    path: ['atLeast'],
    error: 'More signals are needed than are looked at',
  });

const stateSchema = z.strictObject({
  /** Of the last signals, oldest first: 1 for one of low liquidity, else 0. */
  signals: z.array(z.union([z.literal(0), z.literal(1)])).readonly(),
  /** In price, oldest first. */
  spreads: z.array(z.strictObject({ symbol: z.string(), last: z.array(z.number()).readonly() })).readonly(),
  /** Whether the share is too large, and was told. */
  alarmed: z.boolean(),
});

/** What {@link liquidityMonitor} remembers. */
export type LiquidityState = z.output<typeof stateSchema>;

/** How much of the trading was in thin markets. */
export interface LiquidityFigures {
  /** Signals looked at. */
  readonly signals: number;
  readonly low: number;
  /** Low of all; 0 without signals. */
  readonly share: number;
  /** In price, by symbol. */
  readonly medianSpreads: readonly {
    readonly symbol: string;
    readonly spread: number;
    readonly samples: number;
  }[];
}

const lowOf = ({ signals }: LiquidityState): number => signals.filter((low) => low === 1).length;

/**
 * The figures of {@link liquidityMonitor}.
 * @param memory - what it remembers: `bot.policyState('liquidityMonitor')`
 * @throws `MikroBotError` `BAD_CONFIG` when it is something else
 */
export const liquidityReport = (memory: unknown): LiquidityFigures => {
  const state = remembered(stateSchema, memory, 'liquidityMonitor', 'liquidityReport');
  const low = lowOf(state);
  return {
    signals: state.signals.length,
    low,
    share: state.signals.length === 0 ? 0 : low / state.signals.length,
    medianSpreads: state.spreads.map(({ symbol, last }) => ({
      symbol,
      spread: median(last),
      samples: last.length,
    })),
  };
};

/** What core raises to close a position is no choice of a moment to trade, and an approved signal was counted when it was held. */
const counts = (signal: Signal): boolean =>
  signal.origin !== 'core' && signal.approval === undefined && badQuote(signal.quote) === undefined;

/**
 * Alerts when too many signals come in thin markets: more than `share` of the last ones. A signal is of low liquidity when the
 * spread of its quote is more than `pips`, or more than `times` the median spread at the signals of its symbol before it (once
 * there are 10; a median below one tick counts as one tick). The alert is told once, and again only after the share has fallen to
 * half its limit. {@link liquidityReport} gives the figures.
 */
export const liquidityMonitor = /* @__PURE__ */ definePolicy({
  name: NAME,
  about:
    'Alerts when too many signals come while the spread is wide, and holds or refuses entries if told so.',
  settings,
  codes: {
    LIQUIDITY_SHARE:
      'More than `share` of the last signals were of low liquidity, and `action` is "hold" or "refuse".',
  },
  tells: { reset: 'Begins to count anew. Ignored when a policy says it.' },
  make: ({ share, signals, atLeast, pips, times, samples, action, holdFor }): PolicyBody<LiquidityState> => {
    const shareOf = (state: LiquidityState): number =>
      state.signals.length < atLeast ? 0 : lowOf(state) / state.signals.length;

    const isLow = (state: LiquidityState, { symbol, quote }: Signal, book: Book): boolean => {
      const instrument = book.instrument(symbol);
      if (instrument === undefined) return false;
      const spread = tidy(quote.ask - quote.bid);
      if (pips !== undefined && tidy(spread / instrument.pipSize) > pips) return true;
      const last = state.spreads.find((other) => other.symbol === symbol)?.last ?? [];
      if (last.length < FEWEST_SPREADS) return false;
      return tidy(spread / Math.max(median(last), tickSizeAt(instrument, quote.ask))) > times;
    };

    const counted = (state: LiquidityState, signal: Signal, book: Book): LiquidityState => {
      const { symbol, quote } = signal;
      const last = state.spreads.find((other) => other.symbol === symbol)?.last ?? [];
      const spreads = [
        ...state.spreads.filter((other) => other.symbol !== symbol),
        { symbol, last: [...last, tidy(quote.ask - quote.bid)].slice(-samples) },
      ].slice(-MOST_SYMBOLS);
      const low: 0 | 1 = isLow(state, signal, book) ? 1 : 0;
      const next = { ...state, signals: [...state.signals, low].slice(-signals), spreads };
      const now = shareOf(next);
      return { ...next, alarmed: now > share || (state.alarmed && now > share / 2) };
    };

    const begins = (before: LiquidityState | undefined, after: LiquidityState): boolean =>
      after.alarmed && before?.alarmed === false;

    return {
      memory: {
        initial: { signals: [], spreads: [], alarmed: false },
        schema: stateSchema,
        next(state, event, book) {
          if (event.type === 'decision')
            return counts(event.decision.signal) ? counted(state, event.decision.signal, book) : state;
          if (event.type !== 'command' || event.command.do !== 'tell') return state;
          const { policy, say, by } = event.command;
          return policy === NAME && say === 'reset' && !by.startsWith('policy:')
            ? { ...state, signals: [], alarmed: false }
            : state;
        },
        alerts: (before, after) =>
          begins(before, after)
            ? [
                `${lowOf(after)} of the last ${after.signals.length} signals came at wide spreads, more than ${share} of them`,
              ]
            : [],
        commands: (before, after): readonly Command[] =>
          action === 'pause' && begins(before, after)
            ? [{ do: 'pause', by: `policy:${NAME}`, reason: `more than ${share} of signals at wide spreads` }]
            : [],
      },
      judge(_order, _signal, _book, state): Finding | undefined {
        if (action === 'alert' || action === 'pause') return undefined;
        const actual = tidy(shareOf(state));
        if (!(actual > share)) return undefined;
        const finding: Finding = { code: 'LIQUIDITY_SHARE', limit: share, actual };
        return action === 'hold' ? { ...finding, hold: holdFor } : finding;
      },
    };
  },
});
