import type { Instrument, VenuePosition } from '@mikrobot/core';
import type { HeldPosition } from './account-requests.js';
import { foreignSymbol } from './foreign-symbol.js';

/** Who knows which contracts are configured. */
export interface KnownContracts {
  byContractId(contractId: number): { readonly symbol: string; readonly instrument: Instrument } | undefined;
}

/**
 * Holdings of one account for core. Contracts that are not configured are named by their id, so that they are seen, in the venue's own
 * units.
 * @throws Error for a holding that cannot be read: what is held is unknown then, not nothing
 */
export const toPositions = (
  held: readonly HeldPosition[],
  account: string,
  contracts: KnownContracts,
): readonly VenuePosition[] => {
  const positions = new Map<string, VenuePosition>();
  for (const one of held) {
    if (one.account !== account) continue;
    const { contract, quantity, averageCost } = one;
    if (!(Number.isFinite(quantity) && Number.isFinite(averageCost)))
      throw new Error(`the position in ${foreignSymbol(contract)} cannot be read`);
    const known = contracts.byContractId(contract.conId ?? 0);
    const symbol = known?.symbol ?? foreignSymbol(contract);
    const size = known?.instrument.contractSize ?? (Number(contract.multiplier) || 1);
    // TWS tells a change while it tells the list: the last word counts.
    if (quantity === 0) positions.delete(symbol);
    else positions.set(symbol, { symbol, quantity, averagePrice: averageCost / size });
  }
  return [...positions.values()];
};
