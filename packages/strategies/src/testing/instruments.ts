import { defineInstrument, type Instrument } from '@mikrobot/core';

/** A currency pair as a retail broker lists it: a tenth of a pip is the smallest step, 0.01 lots the smallest trade. */
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
