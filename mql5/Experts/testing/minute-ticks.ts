import { existsSync, readFileSync } from 'node:fs';
import { gunzipSync } from 'node:zlib';
import { defineInstrument, type Instrument, intrabarPath, PATH_TICKS, type Quote } from '@mikrobot/core';

const folder = new URL('../../../../shared/data/', import.meta.url);
const MINUTE = 60_000;

/** A pair with quotes of a tenth of a pip. */
export const fxPair = (symbol: string): Instrument => {
  const pipSize = symbol.endsWith('JPY') ? 0.01 : 0.0001;
  return defineInstrument({
    symbol,
    assetClass: 'forex',
    currency: symbol.slice(3),
    contractSize: 100_000,
    tickSize: pipSize / 10,
    pipSize,
    quantityStep: 0.01,
    minQuantity: 0.01,
    maxQuantity: 100,
  });
};

/** Files of real one-minute bars and what they are of. */
export const minuteFiles: readonly { readonly file: string; readonly instrument: Instrument }[] = [
  { file: 'eurusd_m1_mt4_2022-08-15_2022-10-25', instrument: fxPair('EURUSD') },
  { file: 'eurusd_m1_oanda_bidask_2014-05_and_2018-04-03_04', instrument: fxPair('EURUSD') },
  { file: 'eurusd_m1_fxcm_bidask_2014-05-06_2014-05-08', instrument: fxPair('EURUSD') },
  { file: 'gbpusd_m1_fxcm_bidask_2012-02', instrument: fxPair('GBPUSD') },
  { file: 'usdjpy_m1_fxcm_bidask_2013-02', instrument: fxPair('USDJPY') },
];

/** The first file that does not lie beside the repository; undefined when all do. */
export const missingFile = (): string | undefined =>
  minuteFiles.find(({ file }) => !existsSync(new URL(`${file}.csv.gz`, folder)))?.file;

/** The four ticks that core's intrabar path makes of each bar. A missing ask, or one below its bid, becomes the bid plus one pip. */
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
    const prices = { open, high, low, close, askOpen, askHigh, askLow, askClose };
    intrabarPath({ time, closeTime: time + MINUTE, ...prices, volume: 0 }, out, 0);
    for (let i = 0; i < PATH_TICKS; i++) {
      const bid = out.bid[i]!;
      const ask = out.ask[i]! >= bid ? out.ask[i]! : bid + instrument.pipSize;
      // On the grid, as a terminal has its quotes: a sum of decimals is off by binary dust.
      ticks.push({ time: out.time[i]!, bid, ask: Number(ask.toFixed(instrument.priceDecimals)) });
    }
  }
  return ticks;
};
