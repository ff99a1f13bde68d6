import { type AssetClass, defineInstrument, type Instrument } from '@mikrobot/core';
import type { ContractFacts } from './contract-facts.js';
import type { ContractSpec } from './contract-spec.js';
import { type PriceStep, priceSteps } from './price-steps.js';

const byUnderlying: Readonly<Record<string, AssetClass>> = {
  STK: 'cfd-shares',
  IND: 'cfd-indices',
  CASH: 'forex',
  CMDTY: 'cfd-metals',
  CRYPTO: 'cfd-crypto',
};

/** Core has no class for an index that is only looked at. */
const assetClassOf = (spec: ContractSpec, facts: ContractFacts): AssetClass => {
  switch (spec.kind) {
    case 'stock':
    case 'option':
    case 'forex':
    case 'crypto':
      return spec.kind;
    case 'future':
    case 'continuous':
      return 'future';
    case 'index':
      return 'cfd-indices';
    case 'cfd':
      return spec.assetClass ?? byUnderlying[facts.underlyingType] ?? 'cfd-indices';
  }
};

/** Currencies whose unit is small are quoted to hundredths, the others to ten thousandths. */
const forexPip = (tickSize: number): number => (tickSize >= 0.0005 ? 0.01 : 0.0001);

const pipOf = (assetClass: AssetClass, tickSize: number, magnifier: number): number => {
  if (assetClass === 'forex') return Math.max(tickSize, forexPip(tickSize));
  if (assetClass === 'stock' || assetClass === 'cfd-shares') return Math.max(tickSize, 0.01 * magnifier);
  return tickSize;
};

/**
 * Orders of the API are in whole shares and contracts although details may say 0.0001: TWS refuses fractions (10243, 10244).
 * Coins and currencies are traded in the parts that the details say.
 */
const quantitiesOf = (
  spec: ContractSpec,
  { minSize, sizeIncrement }: ContractFacts,
): { readonly step: number; readonly min: number } => {
  const parts = spec.kind === 'crypto' || spec.kind === 'forex';
  const step = parts ? sizeIncrement || 1 : Math.max(1, Math.ceil(sizeIncrement));
  return { step, min: Math.max(step, minSize) };
};

/** One order's largest quantity: TWS tells none. */
const LARGEST = 1_000_000_000;

/** What an instrument is made of. */
export interface InstrumentParts {
  readonly symbol: string;
  readonly spec: ContractSpec;
  readonly facts: ContractFacts;
  /** Of the exchange that is used; without it the smallest tick of the details holds at every price. */
  readonly rule: readonly PriceStep[] | undefined;
  /** Part of the notional value that is held as margin; 0 where it is not known. */
  readonly marginRate?: number | undefined;
}

/**
 * The instrument of a contract. One lot is a contract, a share, or a unit of the base currency. Prices are TWS's own: where they are cents
 * or pence, the contract size is the multiplier divided by the magnifier, so that price x lots x contract size is in the currency.
 * @throws `MikroBotError` `BAD_DATA` where TWS tells no step of prices
 */
export const toInstrument = ({ symbol, spec, facts, rule, marginRate = 0 }: InstrumentParts): Instrument => {
  const { tickSize, bands } = priceSteps(facts, rule, `contract ${symbol}`);
  const assetClass = assetClassOf(spec, facts);
  const { step, min } = quantitiesOf(spec, facts);
  return defineInstrument({
    symbol,
    assetClass,
    // Core takes names of three letters on.
    ...(spec.kind === 'forex' || (spec.kind === 'crypto' && spec.symbol.length >= 3)
      ? { base: facts.symbol }
      : {}),
    currency: facts.currency,
    contractSize: (facts.multiplier || 1) / facts.priceMagnifier,
    tickSize,
    priceBands: bands,
    pipSize: pipOf(assetClass, tickSize, facts.priceMagnifier),
    quantityStep: step,
    minQuantity: min,
    maxQuantity: LARGEST,
    marginRate,
  });
};
