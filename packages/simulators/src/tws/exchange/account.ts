import { fromMinor, type MinorUnits, parseMoney, toMinor } from '@mikrobot/core';
import { trimList } from '../../past.js';
import type { SimulatedContract } from '../contracts/contract.js';
import { flat, type Holding, type Trade, tradedHolding } from './holding.js';

/** An account as it begins. */
export interface TwsAccountOptions {
  /** `DU…` is a paper account, `U…` a live one. */
  readonly id: string;
  /** Base currency. Default `USD`. */
  readonly currency?: string | undefined;
  /** Cash in the base currency, exact decimal text. Default `100000`. */
  readonly balance?: string | undefined;
}

/** A trade of an order as TWS tells it, with its commission report. */
export interface TwsExecution extends Trade {
  /** Four parts; the last counts corrections. */
  readonly execId: string;
  readonly account: string;
  readonly contract: SimulatedContract;
  /** Exchange that it happened at. */
  readonly exchange: string;
  /** Epoch ms. */
  readonly time: number;
  readonly permId: number;
  readonly clientId: number;
  readonly orderId: number;
  readonly orderRef: string;
  /** Of the order so far, this one included. */
  readonly cumulativeQuantity: number;
  readonly averagePrice: number;
  /** Whether it added liquidity. */
  readonly maker: boolean;
  /** Contract's currency after commissions; undefined for a trade that only opens. */
  readonly realized: number | undefined;
  /** Base currency for one unit of the contract's when it was booked. */
  readonly rate: number;
}

/** An account of the simulator: cash in its base currency, holdings, and its executions. */
export class SimulatedAccount {
  readonly id: string;
  readonly currency: string;
  readonly executions: TwsExecution[] = [];
  readonly #start: MinorUnits;
  #cash: MinorUnits;
  #holdings = new Map<number, Holding>();

  /** @throws `MikroBotError` `BAD_CONFIG` for a balance that is no amount */
  constructor({ id, currency = 'USD', balance = '100000' }: TwsAccountOptions) {
    this.id = id;
    this.currency = currency;
    this.#start = parseMoney(balance, currency);
    this.#cash = this.#start;
  }

  /** Cash in the base currency. */
  get cash(): number {
    return fromMinor(this.#cash, this.currency);
  }

  /** What is held, and what was held and is flat now. */
  get holdings(): readonly Holding[] {
    return [...this.#holdings.values()];
  }

  holding(contract: SimulatedContract): Holding {
    return this.#holdings.get(contract.contractId) ?? flat(contract);
  }

  /** Books an execution. `realized` of the result is what its commission report says. */
  book(given: Omit<TwsExecution, 'realized'>): TwsExecution {
    const execution: TwsExecution = { ...given, realized: this.#apply(given) };
    this.executions.push(execution);
    trimList(this.executions);
    return execution;
  }

  /**
   * Puts a corrected execution in the place of an earlier one, and reckons everything after it anew.
   * @returns the corrected one with what it realized
   */
  correct(before: TwsExecution, corrected: Omit<TwsExecution, 'realized'>): TwsExecution {
    const all = this.executions.map((one) => (one === before ? corrected : one));
    this.#cash = this.#start;
    this.#holdings = new Map();
    this.executions.length = 0;
    for (const one of all) this.book(one);
    return this.executions.find(({ execId }) => execId === corrected.execId)!;
  }

  #apply(execution: Omit<TwsExecution, 'realized'>): number | undefined {
    const { contract, rate } = execution;
    const { holding, realized, cash } = tradedHolding(this.holding(contract), execution);
    this.#holdings.set(contract.contractId, holding);
    this.#cash += toMinor(cash * rate, this.currency);
    return realized;
  }
}
