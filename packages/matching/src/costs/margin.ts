import type { Instrument } from '@mikrobot/core';

/**
 * Margin in quote currency: the notional value times the instrument's rate, or times 1 / leverage where that asks for more.
 * @param quantity - lots; the sign does not matter
 * @param leverage - the account's, as in 30 for 1:30
 */
export const marginOf = (instrument: Instrument, leverage: number, quantity: number, price: number): number =>
  Math.abs(quantity) * instrument.contractSize * price * Math.max(instrument.marginRate, 1 / leverage);
