import { defineInstrument, type Instrument } from '@mikrobot/core';
import { TICKS_IN_PIP } from '../market.js';

const forex = (symbol: string, pipSize: number): Instrument =>
  defineInstrument({
    symbol,
    assetClass: 'forex',
    currency: symbol.slice(3),
    contractSize: 100_000,
    tickSize: pipSize / TICKS_IN_PIP,
    pipSize,
    quantityStep: 0.01,
    minQuantity: 0.01,
    maxQuantity: 100,
  });

/** What the venue lists. */
export const instruments: readonly Instrument[] = [forex('EURUSD', 0.0001), forex('USDJPY', 0.01)];

/** Prices at which they begin. */
export const starts: readonly number[] = [1.1, 150];
