import type { AssetClass } from '@mikrobot/core';

/** The nine classes of contracts for difference that retail brokers list. */
export const cfdClasses = [
  'forex',
  'cfd-indices',
  'cfd-crypto',
  'cfd-metals',
  'cfd-energies',
  'cfd-shares',
  'cfd-bonds',
  'cfd-etfs',
  'cfd-agricultural',
] as const satisfies readonly AssetClass[];

/** See {@link cfdClasses}. */
export type CfdClass = (typeof cfdClasses)[number];

/** What sizing assumes of a class of instruments until a broker or a person says otherwise. */
export interface AssetClassDefaults {
  /** What traders call a pip, in price. */
  readonly pipSize: number;
  /** Average true ranges from the entry to the stop. */
  readonly atrMultiplier: number;
  /** The risk of a trade is divided by it: gaps make a stop of this class fill worse than one of an FX pair. */
  readonly riskFactor: number;
}

/**
 * Defaults of the nine classes. Those of FX, indices, crypto, metals and energies are what sizing engines of retail platforms use.
 * Those of shares, bonds, ETFs and agricultural goods are conventions of this package: a pip is a cent; shares gap at earnings, so
 * they count as a little riskier than indices; a bond future moves as calmly as a currency; a fund is calmer than its shares; and
 * crops are as jumpy as energies.
 */
export const assetClassDefaults: Readonly<Record<CfdClass, AssetClassDefaults>> = {
  forex: { pipSize: 0.0001, atrMultiplier: 1, riskFactor: 1 },
  'cfd-indices': { pipSize: 1, atrMultiplier: 1.5, riskFactor: 1.2 },
  'cfd-crypto': { pipSize: 0.1, atrMultiplier: 2, riskFactor: 1.5 },
  'cfd-metals': { pipSize: 0.01, atrMultiplier: 1.2, riskFactor: 1.1 },
  'cfd-energies': { pipSize: 0.01, atrMultiplier: 1.8, riskFactor: 1.4 },
  'cfd-shares': { pipSize: 0.01, atrMultiplier: 1.5, riskFactor: 1.3 },
  'cfd-bonds': { pipSize: 0.01, atrMultiplier: 1, riskFactor: 1 },
  'cfd-etfs': { pipSize: 0.01, atrMultiplier: 1.2, riskFactor: 1.1 },
  'cfd-agricultural': { pipSize: 0.01, atrMultiplier: 1.8, riskFactor: 1.4 },
};

/** The CFD class whose defaults hold for what is traded on an exchange. */
const kin: Readonly<Record<Exclude<AssetClass, CfdClass>, CfdClass>> = {
  crypto: 'cfd-crypto',
  future: 'cfd-indices',
  stock: 'cfd-shares',
  option: 'cfd-shares',
};

const isCfd = (assetClass: AssetClass): assetClass is CfdClass =>
  Object.hasOwn(assetClassDefaults, assetClass);

/**
 * Defaults of any class: crypto counts as CFDs on it, futures as index CFDs, stocks and options as share CFDs.
 *
 * @example
 * ```ts
 * defaultsOf('cfd-indices').atrMultiplier; // 1.5
 * ```
 */
export const defaultsOf = (assetClass: AssetClass): AssetClassDefaults =>
  assetClassDefaults[isCfd(assetClass) ? assetClass : kin[assetClass]];
