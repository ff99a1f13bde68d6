import type { AssetClass } from '@mikrobot/core';
import type { SymbolRecord } from '../protocol/symbol-record.js';

/** Brokers name their folders and descriptions as they like; these words are common. The first that fits counts. */
const words: readonly (readonly [RegExp, AssetClass])[] = [
  [/crypto|bitcoin|ethereum/i, 'cfd-crypto'],
  [/metal|gold|silver|platinum|palladium/i, 'cfd-metals'],
  [/energ|crude|\boil\b|brent|natural gas/i, 'cfd-energies'],
  [/\betfs?\b/i, 'cfd-etfs'],
  [/ind(?:ex|ices)/i, 'cfd-indices'],
  [/bond|treasur/i, 'cfd-bonds'],
  [/agri|softs|grain/i, 'cfd-agricultural'],
  [/share|stock|equit/i, 'cfd-shares'],
];

const METALS = /^(?:XAU|XAG|XPT|XPD)/;
const COINS = /^(?:BTC|ETH|LTC|XRP|BCH|ADA|SOL|DOT|DOGE)/;

/** By how the server reckons its profit where that is clear, else by the broker's words. */
export const assetClassOf = ({ symbol, calc, path, description }: SymbolRecord): AssetClass => {
  if (METALS.test(symbol)) return 'cfd-metals';
  if (COINS.test(symbol)) return 'cfd-crypto';
  if (calc.startsWith('exchange-stocks')) return 'stock';
  if (calc.startsWith('exchange-futures') || calc === 'futures') return 'future';
  if (calc.startsWith('exchange-bonds')) return 'cfd-bonds';
  if (calc === 'cfd-index') return 'cfd-indices';
  // A folder says more than a description: that of an oil company speaks of oil, too.
  for (const text of [path, description])
    for (const [pattern, assetClass] of words) if (pattern.test(text)) return assetClass;
  return calc.startsWith('forex') ? 'forex' : 'cfd-indices';
};
