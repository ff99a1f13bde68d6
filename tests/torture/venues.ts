import { type StepName, stepOf } from './steps.js';

/** The venues that the kill test can be run on. */
export const venueNames = ['toy', 'binance-futures', 'binance-spot', 'ib', 'mt5'] as const;

/** See {@link venueNames}. */
export type VenueName = (typeof venueNames)[number];

/** Who keeps brackets: the venue, core, or the venue until the entry has ended. */
export const bracketNames = ['native', 'attached', 'none'] as const;

/** See {@link bracketNames}. */
export type Brackets = (typeof bracketNames)[number];

/** What the kill test must know of a venue before it is started. */
export interface VenueTraits {
  readonly what: string;
  /** Who may keep the brackets there. */
  readonly brackets: readonly Brackets[];
  /** The least that is traded, lots. */
  readonly unit: number;
  /** Whether bots may be short there, and turn. */
  readonly shorts: boolean;
  /** Whether orders can be changed there. */
  readonly amends: boolean;
  /** Part of the lives in which a line is cut. */
  readonly cut: number;
  /** Whether its bots trade by a terminal, which is a process of its own. */
  readonly terminal: boolean;
  /** Ms that a bot has to start. */
  readonly start: number;
  /** Ms in which a bot must have recovered and come to rest. */
  readonly rest: number;
  /** The same with a planted bug, where waiting is mostly in vain: still longer than a sound bot needs. */
  readonly withBug: { readonly start: number; readonly rest: number };
  /** Ms that a position may be without its stop while its bot is there: the deadline of the bot, and the way out. */
  readonly naked: number;
}

/** What each venue is like. */
export const venues: Readonly<Record<VenueName, VenueTraits>> = {
  toy: {
    what: 'a venue made for this test, on a socket of its own',
    brackets: ['none', 'native'],
    unit: 0.01,
    shorts: true,
    amends: true,
    cut: 0.1,
    terminal: false,
    start: 15_000,
    rest: 8_000,
    withBug: { start: 6_000, rest: 5_000 },
    naked: 5_000,
  },
  // A request that is lost on the way is waited for until the adapter gives it up (10 s), and is then known to be absent.
  'binance-futures': {
    what: "Binance's simulator, USD-M futures in one-way mode, by the real adapter",
    brackets: ['none'],
    unit: 0.01,
    shorts: true,
    amends: true,
    cut: 0.1,
    terminal: false,
    start: 25_000,
    rest: 20_000,
    withBug: { start: 25_000, rest: 20_000 },
    naked: 5_000,
  },
  'binance-spot': {
    what: "Binance's simulator, spot, by the real adapter: no shorts, stop and target as one OCO",
    brackets: ['none'],
    unit: 0.01,
    shorts: false,
    amends: false,
    cut: 0.1,
    terminal: false,
    start: 25_000,
    rest: 20_000,
    withBug: { start: 25_000, rest: 20_000 },
    // Nothing can be placed beside an order that may have sold already: while nobody knows of one, its position waits without a stop.
    naked: 10_000,
  },
  ib: {
    what: 'the simulated TWS, a future and a pair of currencies, by the real adapter: stop and target come with the entry',
    brackets: ['attached'],
    unit: 1,
    shorts: true,
    amends: true,
    cut: 0.1,
    terminal: false,
    start: 25_000,
    rest: 20_000,
    withBug: { start: 25_000, rest: 20_000 },
    // A list that TWS does not end is waited for 4 s, and again before the line is given up: until then a bot that starts knows nothing.
    naked: 12_000,
  },
  mt5: {
    what: 'the simulated MetaTrader 5, by the real adapter and the real bridge in a terminal that dies as well',
    brackets: ['native', 'none'],
    unit: 0.01,
    shorts: true,
    amends: true,
    // Lines, terminals and the broker's own link: there is more to break.
    cut: 0.5,
    terminal: true,
    start: 30_000,
    rest: 25_000,
    withBug: { start: 15_000, rest: 10_000 },
    naked: 12_000,
  },
};

/** Whether core places stops itself. */
export const placesStops = (brackets: Brackets): boolean => brackets === 'none';

/** Whether a bot can come to a step on a venue. */
export const canReach = (venue: VenueName, name: StepName): boolean => {
  const { brackets, shorts, amends } = venues[venue];
  const { emulated, turns, amends: amending } = stepOf(name);
  if (emulated === true && !brackets.some(placesStops)) return false;
  return (shorts || turns !== true) && (amends || amending !== true);
};
