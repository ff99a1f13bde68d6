import { MikroBotError } from '@mikrobot/core';
import { knownLayouts, type Layout, type LayoutName, layouts, slot } from './layout.js';
import { parseWallZone } from './wall-zone.js';

type Slot = (typeof slot)[keyof typeof slot];

/** Clock of most MetaTrader servers: UTC+2 in New York's winter and UTC+3 in its summer, so that a day ends at 17:00 there. */
const metatraderZone = 'America/New_York+07:00';
/** HistData writes eastern standard time all year. */
const histdataZone = '-05:00';

/** What the caller forces; undefined is detected. */
export interface LayoutChoice {
  readonly path: string;
  readonly layout: LayoutName | undefined;
  readonly zone: string | undefined;
}

/** A layout whose header names the columns. */
interface Headed {
  readonly separator: string;
  readonly needs: readonly string[];
  readonly takes: Readonly<Record<string, Slot>>;
  readonly zone?: string;
}

/** A layout without a header: the columns are always the same. */
interface Headless {
  readonly separator: string;
  readonly first: RegExp;
  readonly columns: readonly string[];
  readonly takes: readonly Slot[];
  readonly zone?: string;
}

const asks = {
  ask_open: slot.askOpen,
  ask_high: slot.askHigh,
  ask_low: slot.askLow,
  ask_close: slot.askClose,
};
const prices = { open: slot.open, high: slot.high, low: slot.low, close: slot.close };
const ohlc = [slot.open, slot.high, slot.low, slot.close] as const;

const headed: Partial<Record<LayoutName, Headed>> = {
  'mt5-bars': {
    separator: '\t',
    needs: ['<date>', '<open>', '<high>', '<low>', '<close>'],
    takes: {
      '<date>': slot.date,
      '<time>': slot.clock,
      '<open>': slot.open,
      '<high>': slot.high,
      '<low>': slot.low,
      '<close>': slot.close,
      '<tickvol>': slot.volume,
    },
    zone: metatraderZone,
  },
  'mt5-ticks': {
    separator: '\t',
    needs: ['<date>', '<time>', '<bid>', '<ask>'],
    takes: {
      '<date>': slot.date,
      '<time>': slot.clock,
      '<bid>': slot.bid,
      '<ask>': slot.ask,
      '<volume>': slot.volume,
    },
    zone: metatraderZone,
  },
  'binance-klines': {
    separator: ',',
    needs: ['open_time', 'open', 'high', 'low', 'close', 'volume', 'close_time'],
    takes: { open_time: slot.time, ...prices, volume: slot.volume },
  },
  bars: {
    separator: ',',
    needs: ['ts_ms', 'open', 'high', 'low', 'close'],
    takes: { ts_ms: slot.time, ...prices, volume: slot.volume, ...asks, contract: slot.contract },
  },
  l1: {
    separator: ',',
    needs: ['recv_ms', 'bid', 'ask'],
    takes: { recv_ms: slot.time, bid: slot.bid, ask: slot.ask, contract: slot.contract },
  },
  ticks: {
    separator: ',',
    needs: ['ts_ms', 'bid', 'ask'],
    takes: { ts_ms: slot.time, bid: slot.bid, ask: slot.ask, volume: slot.volume, contract: slot.contract },
  },
  trades: {
    separator: ',',
    needs: ['ts_ms', 'price', 'qty'],
    takes: { ts_ms: slot.time, price: slot.bid, qty: slot.volume, contract: slot.contract },
  },
};

const headless: Partial<Record<LayoutName, Headless>> = {
  'mt4-bars': {
    separator: ',',
    first: /^\d{4}\.\d\d\.\d\d,\d\d:\d\d(:\d\d)?(,[^,]*){5}$/,
    columns: ['date', 'time', 'open', 'high', 'low', 'close', 'volume'],
    takes: [slot.date, slot.clock, ...ohlc, slot.volume],
    zone: metatraderZone,
  },
  'binance-klines': {
    separator: ',',
    first: /^(\d{13}|\d{16})(,[^,]*){11}$/,
    columns: [
      'open_time',
      'open',
      'high',
      'low',
      'close',
      'volume',
      'close_time',
      'quote_volume',
      'count',
      'taker_buy_volume',
      'taker_buy_quote_volume',
      'ignore',
    ],
    takes: [slot.time, ...ohlc, slot.volume, -1, -1, -1, -1, -1, -1],
  },
  'histdata-bars': {
    separator: ';',
    first: /^\d{8} \d{6}(;[^;]*){5}$/,
    columns: ['time', 'open', 'high', 'low', 'close', 'volume'],
    takes: [slot.stamp, ...ohlc, slot.volume],
    zone: histdataZone,
  },
  'histdata-ticks': {
    separator: ',',
    first: /^\d{8} \d{9}(,[^,]*){3}$/,
    columns: ['time', 'bid', 'ask', 'volume'],
    takes: [slot.stamp, slot.bid, slot.ask, slot.volume],
    zone: histdataZone,
  },
};

/** The first lines of a file that detection looks at. */
export const sniffedLines = 16;

/**
 * Finds out how to read a file.
 * @param lines - the file's first lines that are not empty, at most {@link sniffedLines}, and the number of the first of them
 * @throws `MikroBotError` `UNKNOWN_COLUMNS` when they match no layout or not the one asked for,
 * `BAD_CONFIG` when a zone is given for epoch times or does not exist.
 */
export const detectLayout = (lines: readonly string[], firstLine: number, choice: LayoutChoice): Layout => {
  const first = lines[0] ?? '';
  const wanted = choice.layout;
  for (const [name, spec] of entries(headed)) {
    if (wanted !== undefined && wanted !== name) continue;
    const columns = first.split(spec.separator).map((column) => column.trim().toLowerCase());
    if (spec.needs.every((column) => columns.includes(column))) {
      checkAsks(columns, firstLine, choice);
      return build(
        name,
        spec.separator,
        columns,
        columns.map((column) => takenAs(spec, column)),
        firstLine,
        zoneOf(spec, choice),
      );
    }
  }
  for (const [name, spec] of entries(headless)) {
    if (wanted === undefined ? lines.some((line) => spec.first.test(line)) : wanted === name) {
      return build(name, spec.separator, spec.columns, spec.takes, 0, zoneOf(spec, choice));
    }
  }
  throw unknown(first, firstLine, choice);
};

const takenAs = ({ takes }: Headed, column: string): Slot =>
  Object.hasOwn(takes, column) ? (takes[column] as Slot) : slot.skip;

const entries = <T>(of: Partial<Record<LayoutName, T>>): readonly [LayoutName, T][] =>
  Object.entries(of) as [LayoutName, T][];

const build = (
  name: LayoutName,
  separator: string,
  columns: readonly string[],
  takes: readonly Slot[],
  headerLine: number,
  zone: string | undefined,
): Layout => ({
  name,
  kind: layouts[name].kind,
  separator: separator.charCodeAt(0),
  // A column named twice is read once: the first counts.
  slots: Int8Array.from(takes, (what, i) => (takes.indexOf(what) < i ? slot.skip : what)),
  columns,
  headerLine,
  zone: zone === undefined ? undefined : parseWallZone(zone),
  micros: name === 'binance-klines',
  carries: name === 'mt5-ticks',
  trades: name === 'trades',
});

const zoneOf = (spec: { readonly zone?: string }, { path, zone }: LayoutChoice): string | undefined => {
  if (zone === undefined || spec.zone !== undefined) return zone ?? spec.zone;
  throw new MikroBotError(
    'BAD_CONFIG',
    `A zone (${zone}) was given, but the times of the file are epoch times.`,
    {
      where: path,
      hint: 'Leave the zone out.',
    },
  );
};

const checkAsks = (columns: readonly string[], line: number, { path }: LayoutChoice): void => {
  const names = Object.keys(asks);
  const missing = names.filter((name) => !columns.includes(name));
  if (missing.length === 0 || missing.length === names.length) return;
  throw new MikroBotError(
    'UNKNOWN_COLUMNS',
    `The header names some ask prices, but not ${missing.join(', ')}.`,
    {
      where: `${path}:${line}`,
      hint: 'Give all four or none.',
    },
  );
};

const unknown = (first: string, line: number, { path, layout }: LayoutChoice): MikroBotError => {
  const shown = JSON.stringify(first.length > 120 ? `${first.slice(0, 120)}…` : first);
  const spec = layout === undefined ? undefined : headed[layout];
  const what =
    layout === undefined
      ? `The line ${shown} begins no known layout.`
      : `The line ${shown} is no header of the layout ${layout}, which needs ${spec?.needs.join(', ')}.`;
  return new MikroBotError('UNKNOWN_COLUMNS', what, {
    where: `${path}:${line}`,
    hint: `Known are: ${knownLayouts}.`,
  });
};
