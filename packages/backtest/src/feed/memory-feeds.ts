import {
  type Bar,
  intrabarPath,
  type MarketFeed,
  MikroBotError,
  PATH_TICKS,
  type Tick,
  type TickBatch,
} from '@mikrobot/core';
import { mergeBatches, symbolsOf } from './merge-batches.js';
import { batchTicks, TickBuffer } from './tick-buffer.js';

/**
 * One feed of several, by time. At equal times the feed that is named first goes first.
 * @example
 * ```ts
 * const market = merge([csv('eurusd_ticks.csv.gz'), fromBars(generated)]);
 * ```
 */
export const merge = (feeds: readonly MarketFeed[]): MarketFeed => ({
  symbols: symbolsOf(feeds),
  batches: () => mergeBatches(feeds),
});

/**
 * A feed of ticks in memory, of any number of symbols. Only their order is checked.
 * @throws `MikroBotError` `TIME_BACKWARDS` when a tick is before the one above it.
 */
export const fromTicks = (ticks: readonly Tick[]): MarketFeed => {
  const symbols = [...new Set(ticks.map(({ symbol }) => symbol))];
  for (let i = 1; i < ticks.length; i++) {
    const { time } = ticks[i] as Tick;
    if (!(time >= (ticks[i - 1] as Tick).time))
      throw backwards(`tick ${i}`, time, (ticks[i - 1] as Tick).time);
  }
  return { symbols, batches: () => tickBatches(ticks, symbols) };
};

/**
 * A feed of bars in memory, of any number of symbols: four ticks each. Only their order is checked, a symbol at a time.
 * @throws `MikroBotError` `TIME_BACKWARDS` when a bar begins before the one of its symbol above it has ended.
 */
export const fromBars = (bars: readonly Bar[]): MarketFeed => {
  const bySymbol = new Map<string, Bar[]>();
  for (const [i, bar] of bars.entries()) {
    const own = bySymbol.get(bar.symbol) ?? [];
    const last = own.at(-1);
    if (last !== undefined && !(bar.time >= last.closeTime))
      throw backwards(`bar ${i}`, bar.time, last.closeTime);
    own.push(bar);
    bySymbol.set(bar.symbol, own);
  }
  return merge(
    [...bySymbol].map(([symbol, own]) => ({ symbols: [symbol], batches: () => barBatches(own, symbol) })),
  );
};

async function* tickBatches(ticks: readonly Tick[], symbols: readonly string[]): AsyncGenerator<TickBatch> {
  const indexOf = new Map(symbols.map((symbol, i) => [symbol, i]));
  const out = new TickBuffer(symbols, Math.min(batchTicks, ticks.length));
  for (const { symbol, time, bid, ask, volume } of ticks) {
    const i = out.length++;
    out.symbol[i] = indexOf.get(symbol) ?? 0;
    out.time[i] = time;
    out.bid[i] = bid;
    out.ask[i] = ask;
    out.volume[i] = volume;
    if (out.full) {
      yield out;
      out.clear();
    }
  }
  if (out.length > 0) yield out;
}

async function* barBatches(bars: readonly Bar[], symbol: string): AsyncGenerator<TickBatch> {
  const out = new TickBuffer([symbol], Math.min(batchTicks, bars.length * PATH_TICKS));
  for (const bar of bars) {
    intrabarPath(bar, out, out.length);
    out.length += PATH_TICKS;
    if (out.full) {
      yield out;
      out.clear();
    }
  }
  if (out.length > 0) yield out;
}

const backwards = (where: string, time: number, last: number): MikroBotError =>
  new MikroBotError('TIME_BACKWARDS', `Its time, ${time}, is before ${last}, which was told already.`, {
    where,
    hint: 'Sort the data by time.',
  });
