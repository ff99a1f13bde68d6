import type { WallZone } from './wall-zone.js';

/** Every layout that the readers know, with what its first lines look like. Detected, or forced by an option. */
export const layouts = {
  bars: { kind: 'bars', looks: 'ts_ms,open,high,low,close[,volume][,ask_open,ask_high,ask_low,ask_close]' },
  ticks: { kind: 'ticks', looks: 'ts_ms,bid,ask[,volume]' },
  l1: { kind: 'ticks', looks: 'recv_ms,bid,bid_qty,ask,ask_qty' },
  trades: { kind: 'ticks', looks: 'ts_ms,price,qty' },
  'mt5-bars': {
    kind: 'bars',
    looks: '<DATE> <TIME> <OPEN> <HIGH> <LOW> <CLOSE> <TICKVOL> <VOL> <SPREAD>, tab separated',
  },
  'mt5-ticks': { kind: 'ticks', looks: '<DATE> <TIME> <BID> <ASK> <LAST> <VOLUME> <FLAGS>, tab separated' },
  'mt4-bars': { kind: 'bars', looks: '2022.08.15,07:06,1.0234,1.02359,1.0234,1.02348,105' },
  'binance-klines': { kind: 'bars', looks: '12 columns: open_time,open,high,low,close,volume,close_time,…' },
  'histdata-bars': { kind: 'bars', looks: '20120201 000000;1.3066;1.3066;1.30656;1.30656;0' },
  'histdata-ticks': { kind: 'ticks', looks: '20120201 000003660,1.3066,1.30677,0' },
} as const satisfies Record<string, { kind: 'bars' | 'ticks'; looks: string }>;

/** Name of a layout; see {@link layouts}. */
export type LayoutName = keyof typeof layouts;

/** The names as a list for people: what error messages end with. */
export const knownLayouts = Object.entries(layouts)
  .map(([name, { looks }]) => `${name} (${looks})`)
  .join('; ');

/**
 * What a column of a file holds: an index into the parser's row of numbers, or a negative for what needs a reading of its own.
 * Numbers, not names, because the parser switches on them once a field.
 */
export const slot = {
  time: 0,
  open: 1,
  high: 2,
  low: 3,
  close: 4,
  askOpen: 5,
  askHigh: 6,
  askLow: 7,
  askClose: 8,
  volume: 9,
  bid: 10,
  ask: 11,
  /** Not of interest. */
  skip: -1,
  /** `2022.08.15` */
  date: -2,
  /** `07:06`, `07:06:30` or `07:06:30.125` */
  clock: -3,
  /** `20120201 000000` with or without three digits of milliseconds. */
  stamp: -4,
  /** Text that tells contract months apart. */
  contract: -5,
} as const;

/** Length of the parser's row of numbers. */
export const slotCount = 12;

/** How to read the rows of one file. */
export interface Layout {
  readonly name: LayoutName;
  readonly kind: 'bars' | 'ticks';
  /** Byte between two fields. */
  readonly separator: number;
  /** What each column holds; see {@link slot}. */
  readonly slots: Int8Array;
  /** Names of the columns for messages; from the header where there is one. */
  readonly columns: readonly string[];
  /** Line of the header (from 1); 0 when there is none. */
  readonly headerLine: number;
  /** Zone of the file's wall times; undefined when its times are epoch times. */
  readonly zone: WallZone | undefined;
  /** Epoch times may be microseconds: told by their size. */
  readonly micros: boolean;
  /** A quote's empty side means that it has not changed since the row before. */
  readonly carries: boolean;
  /** The rows are trades: their price is bid and ask. */
  readonly trades: boolean;
}
