import { BoundedMap, type Side } from '@mikrobot/core';
import { CostBasis } from './cost-basis.js';
import { floorTo, times, toNumber, toUnits } from './units.js';

/** A trade of the account, as far as its books need it. Amounts are the venue's decimal texts. */
export interface LedgerTrade {
  readonly tradeId: string;
  readonly orderId: string;
  readonly side: Side;
  readonly priceText: string;
  /** Of the base asset. */
  readonly quantityText: string;
  readonly commission: string;
  readonly commissionAsset: string | undefined;
}

/** What a trade means for the account. */
export interface BookedTrade {
  readonly tradeId: string;
  readonly orderId: string;
  /** Lots that are held more or less by it: what was bought, less a fee taken from it, in whole lot steps. */
  readonly quantity: number;
  /** Account currency: the fee, and what a fee in the base asset made too small to trade. */
  readonly commission: number;
  /** Account currency, before commission. */
  readonly profit: number;
  /** Lots of its order that had traded with it, fees not taken off, in units. */
  readonly executed: bigint;
}

/** What the books of one symbol need to know. */
export interface LedgerParts {
  readonly base: string;
  readonly quote: string;
  /** Lot step. */
  readonly step: bigint;
  /** What an amount of an asset is worth in the account's currency, as far as that is known; else 0. */
  readonly worth: (asset: string, amount: bigint) => bigint;
}

interface OrderSum {
  executed: bigint;
  /** Less fees taken from it. */
  net: bigint;
  /** In whole lot steps. */
  told: bigint;
}

/** Trades and orders that are remembered; older ones are asked for anew. */
const REMEMBERED = 10_000;

const numberOf = (tradeId: string): bigint => BigInt(/\d+$/.exec(tradeId)?.[0] ?? '0');

/**
 * The books of one symbol: each trade of the account once, from whatever side it is heard of first. Cash and what is held at cost
 * then change by profit less commission, to the last digit, as long as fees are taken in the base or the quote asset.
 */
export class TradeLedger {
  readonly basis = new CostBasis();
  readonly #parts: LedgerParts;
  readonly #booked = new BoundedMap<string, BookedTrade>(REMEMBERED);
  readonly #orders = new BoundedMap<string, OrderSum>(REMEMBERED);
  /** The books begin here: what a trade before it earned cannot be told. */
  #first: bigint | undefined;
  #last = -1n;
  /** Newest of those that are forgotten. */
  readonly #age: string[] = [];
  #forgotten = -1n;

  constructor(parts: LedgerParts) {
    this.#parts = parts;
  }

  /** Number of the newest trade; -1 before the first. */
  get last(): bigint {
    return this.#last;
  }

  /** From now on trades are before or after the beginning of the books. @param held - what was held before them, and its worth */
  begin(first: string | undefined, held: bigint, value: bigint): void {
    if (held > 0n) this.basis.add(held, value);
    this.#first = first === undefined ? undefined : numberOf(first);
  }

  /** Lots of an order that have traded as far as is known, fees not taken off. */
  executed(orderId: string): bigint {
    return this.#orders.get(orderId)?.executed ?? 0n;
  }

  /** A trade that was booked. */
  booked(tradeId: string): BookedTrade | undefined {
    return this.#booked.get(tradeId);
  }

  /** Books a trade, once. @returns what it means, the same each time */
  book(trade: LedgerTrade): BookedTrade {
    const known = this.#booked.get(trade.tradeId);
    if (known !== undefined) return known;
    const number = numberOf(trade.tradeId);
    const before = number <= this.#forgotten || (this.#first !== undefined && number < this.#first);
    const booked = this.#reckon(trade, before);
    this.#booked.set(trade.tradeId, booked);
    if (before) return booked;
    if (number > this.#last) this.#last = number;
    this.#age.push(trade.tradeId);
    if (this.#age.length > REMEMBERED / 2) {
      const oldest = numberOf(this.#age.shift() as string);
      if (oldest > this.#forgotten) this.#forgotten = oldest;
    }
    return booked;
  }

  #reckon(trade: LedgerTrade, before: boolean): BookedTrade {
    const { tradeId, orderId, side, commissionAsset } = trade;
    const { base, quote, step, worth } = this.#parts;
    const executed = toUnits(trade.quantityText);
    const price = toUnits(trade.priceText);
    const value = times(executed, price);
    const fee = toUnits(trade.commission);
    const sum = this.#orders.get(orderId) ?? { executed: 0n, net: 0n, told: 0n };
    const taken = side === 'buy' && commissionAsset === base ? fee : 0n;
    sum.executed += executed;
    sum.net += executed - taken;
    // What is bought shows in whole lots only; the rest of a step comes with the next trade of the order, or is lost.
    const told = side === 'buy' ? floorTo(sum.net, step) - sum.told : executed;
    sum.told += told;
    this.#orders.set(orderId, sum);
    const cost = told === executed ? value : times(told, price);
    const otherFee =
      fee === 0n || taken > 0n || commissionAsset === undefined
        ? 0n
        : commissionAsset === quote
          ? fee
          : commissionAsset === base
            ? times(fee, price)
            : worth(commissionAsset, fee);
    let profit = 0n;
    if (!before) {
      if (side === 'buy') this.basis.add(told, cost);
      else profit = this.basis.remove(executed, value);
    }
    return {
      tradeId,
      orderId,
      quantity: toNumber(told),
      commission: toNumber(otherFee + (side === 'buy' ? value - cost : 0n)),
      profit: toNumber(profit),
      executed: sum.executed,
    };
  }
}
