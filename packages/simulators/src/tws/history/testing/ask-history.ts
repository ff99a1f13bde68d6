import { type BarSizeSetting, SecType, type WhatToShow } from '@stoqey/ib';
import type { HistoryBar } from '../../market/base-bar.js';
import type { LibraryClient } from '../../market/testing/market-bench.js';

/** A share, as clients name it. */
export const aapl = { symbol: 'AAPL', secType: SecType.STK, exchange: 'SMART', currency: 'USD' };

const MINUTE = 60_000;

/** Minutes of which all figures can be told from their number. */
export const minutes = (from: number, count: number): readonly HistoryBar[] =>
  Array.from({ length: count }, (_, i) => ({
    time: from + i * MINUTE,
    open: 100 + i,
    high: 100.75 + i,
    low: 99.5 + i,
    close: 100.5 + i,
    volume: 10,
    count: 2,
  }));

/** A request for bars; left out: ten minutes of AAPL's trades until now, by the minute. */
export interface Asked {
  readonly contract?: object;
  readonly end?: string;
  readonly duration?: string;
  readonly size?: string;
  readonly show?: string;
  readonly regular?: boolean;
  readonly format?: 1 | 2;
  readonly keep?: boolean;
}

/** Asks for bars. */
export const ask = (client: LibraryClient, id: number, asked: Asked): void => {
  const { contract = aapl, end = '', duration = '600 S', size = '1 min', show = 'TRADES' } = asked;
  const { regular = false, format = 1, keep = false } = asked;
  const settings = [size as BarSizeSetting, show as WhatToShow, regular ? 1 : 0, format, keep] as const;
  client.api.reqHistoricalData(id, contract, end, duration, ...settings);
};
