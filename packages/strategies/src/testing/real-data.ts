import { existsSync, readFileSync } from 'node:fs';
import { gunzipSync } from 'node:zlib';
import { type Instrument, intrabarPath, PATH_TICKS, type Quote } from '@mikrobot/core';
import { fxPair } from './instruments.js';

const folder = new URL('../../../../../shared/data/', import.meta.url);
const MINUTE = 60_000;

/** Files of real one-minute bars and what they are of. */
export const minuteFiles: readonly { readonly file: string; readonly instrument: Instrument }[] = [
  { file: 'eurusd_m1_mt4_2022-08-15_2022-10-25', instrument: fxPair('EURUSD') },
  { file: 'eurusd_m1_oanda_bidask_2014-05_and_2018-04-03_04', instrument: fxPair('EURUSD') },
  { file: 'eurusd_m1_fxcm_bidask_2014-05-06_2014-05-08', instrument: fxPair('EURUSD') },
  { file: 'gbpusd_m1_fxcm_bidask_2012-02', instrument: fxPair('GBPUSD') },
  { file: 'usdjpy_m1_fxcm_bidask_2013-02', instrument: fxPair('USDJPY') },
];

/** Whether a file of real market data lies beside the repository; says so when it does not. */
export const hasData = (file: string): boolean => {
  const there = existsSync(new URL(`${file}.csv.gz`, folder));
  if (!there) console.info(`skipped: ../shared/data/${file}.csv.gz is not there`);
  return there;
};

/**
 * The ticks that core's intrabar path makes of a file's bars. A missing ask, or one below its bid, becomes the bid plus one pip.
 */
export const ticksOf = (file: string, instrument: Instrument): readonly Quote[] => {
  const ticks: Quote[] = [];
  const column = () => new Float64Array(PATH_TICKS);
  const out = { time: column(), bid: column(), ask: column(), volume: column() };
  const lines = gunzipSync(readFileSync(new URL(`${file}.csv.gz`, folder)))
    .toString()
    .trim()
    .split('\n');
  for (const line of lines.slice(1)) {
    const cells = line.split(',').map((cell) => (cell === '' ? Number.NaN : Number(cell)));
    const [time = 0, open = 0, high = 0, low = 0, close = 0] = cells;
    const [askOpen = NaN, askHigh = NaN, askLow = NaN, askClose = NaN] = cells.slice(6);
    const bid = { open, high, low, close };
    const ask = { askOpen, askHigh, askLow, askClose };
    intrabarPath({ time, closeTime: time + MINUTE, ...bid, ...ask, volume: 0 }, out, 0);
    for (let i = 0; i < PATH_TICKS; i++) {
      const price = out.bid[i]!;
      const offered = out.ask[i]!;
      ticks.push({
        time: out.time[i]!,
        bid: price,
        ask: offered >= price ? offered : price + instrument.pipSize,
      });
    }
  }
  return ticks;
};
