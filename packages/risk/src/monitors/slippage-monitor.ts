import type { Book, Finding, ParsedCommand, RiskEvent } from '@mikrobot/core';
import * as z from 'zod';
import { shown } from '../checks.js';
import { definePolicy, type PolicyBody } from '../policy-definition.js';
import { remembered } from '../remembered.js';
import { type SlippageFigures, slippageFigures, slippageWindowsSchema, withFill } from './slippage-window.js';

const NAME = 'slippageMonitor';

const settings = z
  .strictObject({
    pips: z.number().positive().optional().describe('modelled slippage of a fill, pips'),
    spreadFraction: z
      .number()
      .positive()
      .optional()
      .describe('modelled slippage of a fill, fraction of the spread at the fill; instead of pips'),
    ratio: z
      .number()
      .positive()
      .default(1.5)
      .describe('largest ratio of realised to modelled slippage, multiples'),
    fills: z.number().int().min(1).max(1_000).default(20).describe('last fills that are looked at, count'),
    atLeast: z.number().int().min(1).max(1_000).default(10).describe('fewest fills to judge by, count'),
    pause: z
      .number()
      .positive()
      .optional()
      .describe('entries are refused for so long, ms; until a person resumes when left out'),
  })
  .refine(({ pips, spreadFraction }) => (pips === undefined) !== (spreadFraction === undefined), {
    error: 'The modelled slippage must be given, either as pips or as spreadFraction',
  })
  .refine(({ fills, atLeast }) => atLeast <= fills, {
    path: ['atLeast'],
    error: 'More fills are needed than are looked at',
  });

const pauseSchema = z.strictObject({
  symbol: z.string(),
  /** Epoch ms. */
  at: z.number(),
  /** Of the fills that led to it. */
  fills: z.number(),
  realised: z.number(),
  modelled: z.number(),
  /** Null for a ratio without end: JSON has no Infinity. */
  ratio: z.number().nullable(),
});
type Pause = z.output<typeof pauseSchema>;

const stateSchema = z.strictObject({
  windows: slippageWindowsSchema,
  /** At most one of each symbol. */
  paused: z.array(pauseSchema).readonly(),
});

/** What {@link slippageMonitor} remembers. */
export type SlippageState = z.output<typeof stateSchema>;

const ratioShown = ({ ratio }: Pause): number | string => shown(ratio ?? Number.POSITIVE_INFINITY);

/**
 * Slippage by symbol, in the order of their last fills: what {@link slippageMonitor} has seen since a symbol was last resumed.
 * @param memory - what it remembers: `bot.policyState('slippageMonitor')`
 * @throws `MikroBotError` `BAD_CONFIG` when it is something else
 */
export const slippageReport = (memory: unknown): readonly SlippageFigures[] => {
  const { windows } = remembered(stateSchema, memory, 'slippageMonitor', 'slippageReport');
  return windows.flatMap(({ symbol }) => slippageFigures(windows, symbol) ?? []);
};

/** A symbol without what is known of it: its fills count anew. */
const forget = ({ windows, paused }: SlippageState, symbol: string): SlippageState => ({
  windows: windows.filter((window) => window.symbol !== symbol),
  paused: paused.filter((pause) => pause.symbol !== symbol),
});

const resume = (state: SlippageState, command: ParsedCommand): SlippageState => {
  if (command.do !== 'tell' || command.policy !== NAME || command.say !== 'resume') return state;
  if (command.by.startsWith('policy:')) return state;
  const symbol = z.object({ symbol: z.string() }).safeParse(command.data).data?.symbol;
  return state.paused
    .filter((pause) => symbol === undefined || pause.symbol === symbol)
    .reduce((rest, pause) => forget(rest, pause.symbol), state);
};

/**
 * Stops entries of a symbol whose fills slip more than was modelled: when the mean slippage of its last fills is above `ratio`
 * times the modelled one. Slippage is how much worse a fill was than the quote that its signal saw, or than the trigger of its
 * stop; limits, which cannot slip, do not count. Equal to the ratio passes. Each part of a fill in parts counts as a fill.
 *
 * After a person's `resume`, or when `pause` is over, the fills of the symbol count anew. {@link slippageReport} gives the figures.
 *
 * Source of slippage as the distance from the price at the decision: A. Perold, The Implementation Shortfall, Journal of Portfolio
 * Management 14 (1988).
 */
export const slippageMonitor = /* @__PURE__ */ definePolicy({
  name: NAME,
  about: 'Refuses entries of a symbol whose realised slippage is far above the modelled one.',
  settings,
  codes: {
    SLIPPAGE: 'Realised slippage of the last fills was more than `ratio` times the modelled one.',
  },
  tells: {
    resume:
      'Lets entries of `data.symbol` pass again, or of all symbols without one. Ignored when a policy says it.',
  },
  make: ({ pips, spreadFraction, ratio, fills, atLeast, pause }): PolicyBody<SlippageState> => {
    const model = { pips, spreadFraction, fills };
    const isOver = ({ at }: Pause, now: number): boolean => pause !== undefined && now - at >= pause;

    const filled = (
      before: SlippageState,
      { fill, expected }: Extract<RiskEvent, { type: 'fill' }>,
      book: Book,
    ): SlippageState => {
      const { symbol } = fill;
      const now = book.now();
      const present = before.paused.find((other) => other.symbol === symbol);
      const state = present !== undefined && isOver(present, now) ? forget(before, symbol) : before;
      const windows = withFill(state.windows, fill, expected, model, book);
      if (windows === state.windows) return state;
      const figures = slippageFigures(windows, symbol);
      const isPaused = state.paused.some((other) => other.symbol === symbol);
      if (figures === undefined || isPaused || figures.fills < atLeast || !(figures.ratio > ratio))
        return { ...state, windows };
      const started = { ...figures, at: now, ratio: Number.isFinite(figures.ratio) ? figures.ratio : null };
      return { windows, paused: [...state.paused, started] };
    };

    return {
      memory: {
        initial: { windows: [], paused: [] },
        schema: stateSchema,
        next(state, event, book) {
          if (event.type === 'fill') return filled(state, event, book);
          return event.type === 'command' ? resume(state, event.command) : state;
        },
        alerts: (before, after) =>
          after.paused
            .filter((now) => !before?.paused.some(({ symbol, at }) => symbol === now.symbol && at === now.at))
            .map(
              (now) =>
                `${now.symbol} slipped ${now.realised} pips a fill over ${now.fills} fills where ${now.modelled} were modelled; ` +
                `its entries are refused ${pause === undefined ? 'until a person resumes' : `for ${pause} ms`}`,
            ),
      },
      judge({ symbol }, _signal, book, { paused }): Finding | undefined {
        const found = paused.find((other) => other.symbol === symbol);
        if (found === undefined || isOver(found, book.now())) return undefined;
        return { code: 'SLIPPAGE', limit: ratio, actual: ratioShown(found) };
      },
    };
  },
});
