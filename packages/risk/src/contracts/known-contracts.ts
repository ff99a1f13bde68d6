import type { InstrumentInput } from '@mikrobot/core';

/** A contract as it is usually specified; the symbol is its key in {@link knownContracts}. */
export type ContractDefaults = Omit<InstrumentInput, 'symbol'>;

const lots = (maxQuantity: number) => ({ quantityStep: 0.01, minQuantity: 0.01, maxQuantity });

/** Metals in ounces a lot. */
const metal = (base: string, contractSize: number, tickSize: number): ContractDefaults => ({
  assetClass: 'cfd-metals',
  base,
  currency: 'USD',
  contractSize,
  tickSize,
  pipSize: 0.01,
  ...lots(50),
});

const index = (currency: string): ContractDefaults => ({
  assetClass: 'cfd-indices',
  currency,
  contractSize: 1,
  tickSize: 0.01,
  pipSize: 1,
  ...lots(1000),
});

const coin = (base: string, contractSize: number): ContractDefaults => ({
  assetClass: 'cfd-crypto',
  base,
  currency: 'USD',
  contractSize,
  tickSize: 0.01,
  pipSize: 0.1,
  ...lots(10),
});

/** `multiplier`: dollars a point. */
const future = (multiplier: number, tickSize: number, pipSize: number): ContractDefaults => ({
  assetClass: 'future',
  currency: 'USD',
  contractSize: multiplier,
  tickSize,
  pipSize,
  quantityStep: 1,
  minQuantity: 1,
  maxQuantity: 100,
});

/**
 * Contracts as they are usually specified. Contract sizes are the broker's to say and do change (index CFDs of one firm went from
 * 10 to 1, ether from 1 to 10), so what a broker reports always goes before these. Sources: CME contract specifications for the
 * futures, FTMO's published specifications of July 2025 for the CFDs.
 */
export const knownContracts: Readonly<Record<string, ContractDefaults>> = {
  XAUUSD: metal('XAU', 100, 0.01),
  XAGUSD: metal('XAG', 5000, 0.001),
  XPTUSD: metal('XPT', 100, 0.01),
  XPDUSD: metal('XPD', 100, 0.01),
  US30: index('USD'),
  US100: index('USD'),
  US500: index('USD'),
  US2000: index('USD'),
  GER40: index('EUR'),
  EU50: index('EUR'),
  FRA40: index('EUR'),
  UK100: index('GBP'),
  JP225: index('JPY'),
  AUS200: index('AUD'),
  BTCUSD: coin('BTC', 1),
  ETHUSD: coin('ETH', 10),
  NQ: future(20, 0.25, 1),
  MNQ: future(2, 0.25, 1),
  ES: future(50, 0.25, 1),
  MES: future(5, 0.25, 1),
  YM: future(5, 1, 1),
  MYM: future(0.5, 1, 1),
  RTY: future(50, 0.1, 1),
  GC: future(100, 0.1, 0.1),
  MGC: future(10, 0.1, 0.1),
  CL: future(1000, 0.01, 0.01),
  '6E': future(125_000, 0.00005, 0.0001),
};

/** Units of the base currency in a standard lot. */
const STANDARD_LOT = 100_000;

/** A pip of a currency pair: the fourth decimal, the second where a unit is small (the yen). */
export const fxPip = (currency: string): number => (currency === 'JPY' ? 0.01 : 0.0001);

/** A currency pair in standard lots of 100,000, quoted to a tenth of a pip. */
export const fxContract = (base: string, currency: string): ContractDefaults => ({
  assetClass: 'forex',
  base,
  currency,
  contractSize: STANDARD_LOT,
  // 0.0001 / 10 is off by an ulp.
  tickSize: currency === 'JPY' ? 0.001 : 0.00001,
  pipSize: fxPip(currency),
  ...lots(100),
});
