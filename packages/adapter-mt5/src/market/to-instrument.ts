import { defineInstrument, type Instrument } from '@mikrobot/core';
import type { SymbolRecord } from '../protocol/symbol-record.js';
import { assetClassOf } from './asset-class.js';

const NIGHTS_A_YEAR = 360;

/**
 * Margin as a part of the notional value, by the server's formulas. What a broker sets beyond them for single symbols the terminal does
 * not tell; where no price is known yet, a margin in money says nothing, and it is 0.
 * Source: mql5.com/en/docs/constants/environment_state/marketinfoconstants, ENUM_SYMBOL_CALC_MODE.
 * @param leverage - of the account; 0 where the broker sets none
 */
const marginRateOf = (record: SymbolRecord, leverage: number): number => {
  const { calc, marginInitial, contractSize, bid } = record;
  const lever = leverage > 0 ? leverage : 1;
  const part = marginInitial > 0 ? marginInitial / contractSize : 1;
  if (calc === 'forex') return Math.min(1, part / lever);
  if (calc === 'forex-no-leverage') return Math.min(1, part);
  if (calc === 'cfd-leverage') return 1 / lever;
  if (!calc.includes('futures')) return 1;
  return bid === undefined ? 0 : Math.min(1, marginInitial / (contractSize * bid));
};

/** Overnight financing in price steps of one lot; 0 where it is reckoned in a way that cannot be said so. */
const swapOf = (record: SymbolRecord, value: number): number => {
  const { swapMode, point, tickSize, tickValue, bid } = record;
  if (swapMode === 'points') return (value * point) / tickSize;
  if (swapMode === 'currency-deposit' && tickValue > 0) return value / tickValue;
  if (swapMode.startsWith('interest') && bid !== undefined)
    return (value / 100 / NIGHTS_A_YEAR) * (bid / tickSize);
  return 0;
};

/** The contract as core knows it. @throws `MikroBotError` `BAD_CONFIG` where its figures make no sense */
export const toInstrument = (record: SymbolRecord, leverage: number): Instrument => {
  const { digits, point, base, profit } = record;
  const assetClass = assetClassOf(record);
  const exchanged = assetClass === 'forex' || assetClass === 'cfd-metals' || assetClass === 'cfd-crypto';
  return defineInstrument({
    symbol: record.symbol,
    assetClass,
    ...(exchanged && base !== '' && base !== profit ? { base } : {}),
    currency: profit,
    contractSize: record.contractSize,
    tickSize: record.tickSize,
    // Brokers quote pips with one more decimal: 1.10005 is half a pip above 1.1000.
    pipSize: digits === 3 || digits === 5 ? point * 10 : point,
    quantityStep: record.volumeStep,
    minQuantity: record.volumeMin,
    maxQuantity: record.volumeMax,
    marginRate: marginRateOf(record, leverage),
    swap: {
      long: swapOf(record, record.swapLong),
      short: swapOf(record, record.swapShort),
      tripleDay: record.swapRollover,
    },
  });
};
