import { basename } from 'node:path';
import { MikroBotError, parseTimeframe, type Session, type Timeframe } from '@mikrobot/core';
import { knownLayouts, type LayoutName, layouts } from '../readers/layout.js';
import type { FileRequest } from '../readers/plan-file.js';

/** Files of market data and how to read them. What is left out is detected. */
export interface CsvFiles {
  /** One file, or several of one symbol: they are joined by time. */
  readonly path: string | readonly string[];
  /** Left out: the first word of the file's name in capitals, as in `eurusd_m1_2024.csv.gz`. */
  readonly symbol?: string | undefined;
  readonly layout?: LayoutName | undefined;
  /** Of bars. Left out: the smallest step between their times. */
  readonly timeframe?: Timeframe | undefined;
  /**
   * Zone of the file's wall times: an IANA name, an offset (`+02:00`) or both (`America/New_York+07:00`). Left out:
   * `America/New_York+07:00` for MetaTrader files, `-05:00` for HistData.
   */
  readonly zone?: string | undefined;
  /** The contract month to keep, where a file has a column `contract`. */
  readonly contract?: string | undefined;
  /** What happens to rows whose ask is below their bid. Left out: `reject`. */
  readonly crossed?: 'reject' | 'keep' | undefined;
  /**
   * When the market is open: bars missing then are counted as gaps. Left out: the week of foreign exchange (Sunday 17:00 to
   * Friday 17:00 New York), for Binance's layouts `always`. Public holidays are not known.
   */
  readonly hours?: Session | 'always' | undefined;
  /** Size of the reads in bytes; 65,536 when left out. Changes the speed only. */
  readonly chunkBytes?: number | undefined;
}

/** What `csv()` takes: a path, files with options, or arrays of them. */
export type CsvSource = string | CsvFiles | readonly (string | CsvFiles)[];

const CHUNK_BYTES = 65_536;
const options = [
  'path',
  'symbol',
  'layout',
  'timeframe',
  'zone',
  'contract',
  'crossed',
  'hours',
  'chunkBytes',
];

/**
 * The files that were named, one by one and checked.
 * @throws `MikroBotError` `BAD_CONFIG` for an option that is unknown or out of range, `BAD_TIMEFRAME`.
 */
export const requestsOf = (sources: readonly CsvSource[]): readonly FileRequest[] => {
  const requests = sources.flat().flatMap((source) => {
    const files: CsvFiles =
      typeof source === 'object' && source !== null ? (source as CsvFiles) : { path: source };
    return [files.path].flat().map((path) => requestOf(path, files));
  });
  if (requests.length === 0) throw bad('No file was named.', undefined, "Name one: csv('eurusd_m1.csv.gz').");
  return requests;
};

const requestOf = (path: string, files: CsvFiles): FileRequest => {
  if (typeof path !== 'string' || path === '') throw bad(`A path must be text, not ${JSON.stringify(path)}.`);
  const {
    symbol,
    layout,
    timeframe,
    zone,
    contract,
    hours,
    crossed = 'reject',
    chunkBytes = CHUNK_BYTES,
  } = files;
  const stranger = Object.keys(files).find((key) => !options.includes(key));
  if (stranger !== undefined)
    throw bad(`There is no option "${stranger}".`, path, `Known are ${options.join(', ')}.`);
  if (layout !== undefined && !Object.hasOwn(layouts, layout)) {
    throw bad(`There is no layout "${layout}".`, path, `Known are: ${knownLayouts}.`);
  }
  if (crossed !== 'reject' && crossed !== 'keep')
    throw bad(`crossed is "reject" or "keep", not "${crossed}".`, path);
  if (!(Number.isSafeInteger(chunkBytes) && chunkBytes > 0))
    throw bad('chunkBytes is a whole number above 0.', path);
  return {
    path,
    symbol: symbol ?? symbolOf(path),
    layout,
    timeframe: timeframe === undefined ? undefined : parseTimeframe(timeframe),
    zone,
    contract,
    keepCrossed: crossed === 'keep',
    hours,
    chunkBytes,
  };
};

/** HistData's names begin with the format: `DAT_ASCII_EURUSD_M1_2012.csv`. */
const symbolOf = (path: string): string => {
  const name = basename(path).replace(/^DAT_(ASCII|MT|NT)_/i, '');
  const word = /^[A-Za-z0-9]+/.exec(name)?.[0] ?? '';
  if (/[A-Za-z]/.test(word)) return word.toUpperCase();
  throw bad('The name of the file tells no symbol.', path, "Give it: csv({ path, symbol: 'EURUSD' }).");
};

const bad = (what: string, where?: string, hint?: string): MikroBotError =>
  new MikroBotError('BAD_CONFIG', what, { where, hint });
