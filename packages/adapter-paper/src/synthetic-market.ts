import { type Instrument, type MarketFeed, MikroBotError, type TickBatch } from '@mikrobot/core';
import { instrumentOf } from './instruments.js';
import { type PathOptions, SymbolPath } from './synthetic/symbol-path.js';

const DAY = 86_400_000;
const ROWS = 4_096;

/** What market to make. */
export interface SyntheticMarketOptions {
  /** The same seed gives the same ticks, on every machine and engine. */
  readonly seed: number;
  /** Default `['EURUSD']`. Each walks for itself, unrelated to the others and unchanged by them. */
  readonly symbols?: readonly string[] | undefined;
  /** Contracts that are not in the catalogue; each is one of the symbols. */
  readonly instruments?: readonly Instrument[] | undefined;
  /** Where it begins, epoch ms UTC. */
  readonly from: number;
  /** Length in days of 24 hours; weekends count. Give this or `ticks`. */
  readonly days?: number | undefined;
  /** Length in ticks of all symbols together. */
  readonly ticks?: number | undefined;
  /** Prices at the start, by symbol. */
  readonly prices?: Readonly<Record<string, number>> | undefined;
  /** Times the usual number of ticks (some 38,000 a trading day of EURUSD). Default 1. */
  readonly activity?: number | undefined;
  /** Times the usual volatility. Default 1. */
  readonly volatility?: number | undefined;
  /**
   * How strong ranges, breakouts and trends are. Default 1. At 0 there are none: prices are a martingale, on which no strategy
   * can win but by chance.
   */
  readonly trend?: number | undefined;
}

/**
 * A market made up from a seed, with the habits of real ones: it is lively when London and New York are, sleeps at the weekend
 * and opens with a gap, its volatility comes in clusters and bursts, its returns have heavy tails, and its spreads widen off
 * hours, after the roll and with the news. Its ranges break out, come back to the edge, and go on or fail.
 *
 * It is for trying that things work. Its trends are stronger than real ones, so profit made on it says nothing about a strategy.
 * Hours and summer time come from the engine's time-zone data; all else is arithmetic that is the same everywhere.
 * @example
 * ```ts
 * const feed = syntheticMarket({ seed: 7, symbols: ['EURUSD', 'XAUUSD'], from: Date.UTC(2024, 0, 8), days: 5 });
 * ```
 * @throws `MikroBotError` `BAD_CONFIG` for a length, price or factor out of range; `UNKNOWN_INSTRUMENT` for a symbol
 * without contract.
 */
export const syntheticMarket = (options: SyntheticMarketOptions): MarketFeed => {
  const { instruments = [] } = options;
  const symbols = options.symbols ?? (instruments.length > 0 ? instruments.map((i) => i.symbol) : ['EURUSD']);
  const contracts = symbols.map((s) => instruments.find((i) => i.symbol === s) ?? instrumentOf(s));
  check(options, symbols);
  const until = options.days === undefined ? Infinity : options.from + options.days * DAY;
  const most = options.ticks ?? Infinity;
  return {
    symbols,
    batches: () => {
      const paths = contracts.map((c) => new SymbolPath(c, pathOptions(options, c.symbol)));
      return batchesOf(symbols, paths, until, most);
    },
  };
};

const pathOptions = (options: SyntheticMarketOptions, symbol: string): PathOptions => ({
  seed: options.seed,
  from: options.from,
  price: options.prices?.[symbol],
  activity: options.activity ?? 1,
  volatility: options.volatility ?? 1,
  trend: options.trend ?? 1,
});

const check = (options: SyntheticMarketOptions, symbols: readonly string[]): void => {
  const refuse = (what: string, hint: string): never => {
    throw new MikroBotError('BAD_CONFIG', what, { where: 'syntheticMarket()', hint });
  };
  const { seed, from, days, ticks, prices = {}, activity = 1, volatility = 1, trend = 1 } = options;
  if (!Number.isInteger(seed)) refuse(`The seed is ${seed}.`, 'Use a whole number.');
  if (!Number.isFinite(from))
    refuse(`It would begin at ${from} ms.`, 'Use epoch ms, such as Date.UTC(2024, 0, 8).');
  if ((days === undefined) === (ticks === undefined))
    refuse('Its length is not clear.', 'Give either days or ticks.');
  if (!((days ?? ticks ?? 0) > 0)) refuse(`Its length is ${days ?? ticks}.`, 'Use more than 0.');
  if (symbols.length === 0 || new Set(symbols).size < symbols.length)
    refuse('Its symbols are none or named twice.', 'Name each once.');
  for (const [symbol, price] of Object.entries(prices))
    if (!(price > 0 && price < Infinity)) refuse(`The price of ${symbol} is ${price}.`, 'Use more than 0.');
  if (!(activity > 0)) refuse(`activity is ${activity}.`, 'Use more than 0.');
  if (!(volatility > 0)) refuse(`volatility is ${volatility}.`, 'Use more than 0.');
  if (!(trend >= 0 && trend <= 1)) refuse(`trend is ${trend}.`, 'Use 0 to 1.');
};

async function* batchesOf(
  symbols: readonly string[],
  paths: readonly SymbolPath[],
  until: number,
  most: number,
): AsyncGenerator<TickBatch, void, undefined> {
  const symbol = new Uint16Array(ROWS);
  const time = new Float64Array(ROWS);
  const bid = new Float64Array(ROWS);
  const ask = new Float64Array(ROWS);
  const volume = new Float64Array(ROWS);
  // Every row is a quote as this market showed it, so that a jump is a gap.
  const path = new Uint8Array(ROWS);
  for (const p of paths) p.next();
  for (let total = 0; total < most; ) {
    let length = 0;
    while (length < ROWS && total < most) {
      const index = earliest(paths);
      const p = paths[index] as SymbolPath;
      if (p.time >= until) break;
      symbol[length] = index;
      time[length] = p.time;
      bid[length] = p.bid;
      ask[length] = p.ask;
      volume[length] = p.volume;
      length++;
      total++;
      p.next();
    }
    if (length === 0) return;
    yield { length, symbols, symbol, time, bid, ask, volume, path };
  }
}

/** Index of the path whose tick comes first; the first named among equals. */
const earliest = (paths: readonly SymbolPath[]): number => {
  let index = 0;
  for (let i = 1; i < paths.length; i++) {
    if ((paths[i] as SymbolPath).time < (paths[index] as SymbolPath).time) index = i;
  }
  return index;
};
