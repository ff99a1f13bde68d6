import { intrabarPath, type MarketFeed, PATH_TICKS, seededRandom, type TickBatch } from '@mikrobot/core';

const START = 1_699_999_980_000;
const BARS_A_BATCH = 16_384;
const STEPS = 1e5;

/** M1 bars in whole price steps: 16 bytes a bar, so that what is measured is the bot's memory and not the data's. */
export interface Bars {
  readonly length: number;
  readonly open: Int32Array;
  readonly high: Int32Array;
  readonly low: Int32Array;
  readonly close: Int32Array;
}

/** A random walk of bars. */
export const barWalk = (length: number, seed = 3): Bars => {
  const random = seededRandom(seed);
  const column = (): Int32Array => new Int32Array(length);
  const bars: Bars = { length, open: column(), high: column(), low: column(), close: column() };
  let last = 110_000;
  for (let i = 0; i < length; i++) {
    const close = Math.max(90_000, last + Math.round((random() - 0.5) * 12));
    bars.open[i] = last;
    bars.close[i] = close;
    bars.high[i] = Math.max(last, close) + Math.floor(random() * 5);
    bars.low[i] = Math.min(last, close) - Math.floor(random() * 5);
    last = close;
  }
  return bars;
};

/** Time and prices of a bar, epoch ms and price. */
export const barAt = (bars: Bars, i: number) => ({
  time: START + i * 60_000,
  open: (bars.open[i] as number) / STEPS,
  high: (bars.high[i] as number) / STEPS,
  low: (bars.low[i] as number) / STEPS,
  close: (bars.close[i] as number) / STEPS,
});

/** One bar without asks, used again and again. */
class ReusedBar {
  time = 0;
  closeTime = 0;
  open = Number.NaN;
  high = Number.NaN;
  low = Number.NaN;
  close = Number.NaN;
  askOpen = Number.NaN;
  askHigh = Number.NaN;
  askLow = Number.NaN;
  askClose = Number.NaN;
  volume = 0;
}

/** Plays bars as a file reader does: each becomes four steps on its path, in columns that are used again. */
export const barFeed = (bars: Bars): MarketFeed => ({
  symbols: ['EURUSD'],
  async *batches(): AsyncGenerator<TickBatch> {
    const rows = BARS_A_BATCH * PATH_TICKS;
    const column = (): Float64Array => new Float64Array(rows);
    const columns = {
      time: column(),
      bid: column(),
      ask: column(),
      volume: column(),
      path: new Uint8Array(rows),
    };
    const symbol = new Uint16Array(rows);
    const bar = new ReusedBar();
    for (let from = 0; from < bars.length; from += BARS_A_BATCH) {
      const to = Math.min(bars.length, from + BARS_A_BATCH);
      for (let i = from; i < to; i++) {
        bar.time = START + i * 60_000;
        bar.closeTime = bar.time + 60_000;
        bar.open = (bars.open[i] as number) / STEPS;
        bar.high = (bars.high[i] as number) / STEPS;
        bar.low = (bars.low[i] as number) / STEPS;
        bar.close = (bars.close[i] as number) / STEPS;
        intrabarPath(bar, columns, (i - from) * PATH_TICKS);
      }
      yield { length: (to - from) * PATH_TICKS, symbols: ['EURUSD'], symbol, ...columns };
    }
  },
});
