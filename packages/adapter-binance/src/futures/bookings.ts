import type { FillEvent } from '@mikrobot/core';
import { toFill, type VenueTrade } from '../mapper/trades.js';
import { Prices } from '../market/prices.js';

/**
 * Trades in the account's currency. The venue takes commission in the margin asset or, at a discount, in another one (BNB); a trade
 * does not tell the rate of that moment, so the last known price counts, and 0 where none is known.
 */
export class Bookings {
  readonly #currency: string;
  readonly #onUnknown: (asset: string, amount: number) => void;
  readonly #prices = new Prices();

  /** @param currency - of the account. @param onUnknown - commission was taken in an asset whose price is not known */
  constructor(currency: string, onUnknown: (asset: string, amount: number) => void) {
    this.#currency = currency;
    this.#onUnknown = onUnknown;
  }

  /** @param price - account currency for one unit of the asset */
  setPrice(asset: string, price: number): void {
    this.#prices.set(asset, price);
  }

  /** The fill that a trade is. @param remaining - lots of the order still open after it */
  fill(trade: VenueTrade, id: string, remaining: number): FillEvent {
    const commission = this.#worth(Number(trade.commission), trade.commissionAsset);
    return toFill(trade, { id }, { commission, profit: Number(trade.profit ?? 0), remaining });
  }

  #worth(amount: number, asset: string | undefined): number {
    if (amount === 0 || asset === undefined || asset === this.#currency) return amount;
    const price = this.#prices.of(asset);
    if (price === 0) this.#onUnknown(asset, amount);
    return amount * price;
  }
}
