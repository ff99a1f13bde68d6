import type { Deal } from '../records.js';

/** What deals add up to, by their own fields alone. */
export interface Folded {
  /** In cents. */
  readonly balance: number;
  /** Hundredths of a lot by position identifier, buys positive; closed ones left out. */
  readonly volumes: ReadonlyMap<number, number>;
}

const hundredths = (value: number): number => Math.round(value * 100);

/** Adds deals up: money in cents, and what each position holds. */
export const foldDeals = (deals: readonly Deal[]): Folded => {
  let balance = 0;
  const volumes = new Map<number, number>();
  for (const { type, volume, positionId, profit, swap, commission, fee } of deals) {
    for (const part of [profit, swap, commission, fee]) balance += hundredths(part);
    if (type > 1) continue;
    const held = (volumes.get(positionId) ?? 0) + (type === 0 ? 1 : -1) * hundredths(volume);
    if (held === 0) volumes.delete(positionId);
    else volumes.set(positionId, held);
  }
  return { balance, volumes };
};

/** The two deals of a close-by offset each other: at one price, whatever the second one shows. */
const offsetPrices = (deals: readonly Deal[]): ReadonlyMap<number, number> => {
  const prices = new Map<number, number>();
  for (const { entry, order, price } of deals)
    if (entry === 3 && !prices.has(order)) prices.set(order, price);
  return prices;
};

/**
 * Profit of all lots that were ever closed, in cents, by first principles: what was sold less what was bought, for each position
 * that is closed by now. Only for symbols whose profit is in the account's currency.
 */
export const cashOfClosed = (deals: readonly Deal[], contractSize: number): number => {
  const open = foldDeals(deals).volumes;
  const offsets = offsetPrices(deals);
  let cash = 0;
  for (const { type, volume, price, positionId, entry, order } of deals) {
    if (type > 1 || open.has(positionId)) continue;
    const at = entry === 3 ? (offsets.get(order) ?? price) : price;
    cash += (type === 0 ? -1 : 1) * volume * at * contractSize;
  }
  return cash * 100;
};
