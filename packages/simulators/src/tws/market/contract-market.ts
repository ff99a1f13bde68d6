import type { SimulatedContract } from '../contracts/contract.js';
import { BarStore } from './bar-store.js';

/**
 * Whether the login may see a contract's data: `live`; `delayed` only (no subscription, but delayed data are free); `part`
 * (one of the subscriptions that the contract takes is missing); or `none`.
 */
export type Permission = 'live' | 'delayed' | 'part' | 'none';

/** What of a market has changed. */
export interface Change {
  bid: boolean;
  bidSize: boolean;
  ask: boolean;
  askSize: boolean;
  /** Price of the last trade. */
  last: boolean;
  /** A trade, at whichever price. */
  trade: boolean;
  high: boolean;
  low: boolean;
  halted: boolean;
}

/** Hears of changes; the object is used again and must not be kept. */
export type MarketListener = (change: Readonly<Change>) => void;

/** What is known of one contract's market at a moment. Prices and sizes are undefined until there are any. */
export class ContractMarket {
  readonly contract: SimulatedContract;
  readonly bars = new BarStore();
  permission: Permission = 'live';
  bid: number | undefined;
  ask: number | undefined;
  bidSize: number | undefined;
  askSize: number | undefined;
  last: number | undefined;
  lastSize: number | undefined;
  /** Of the last trade, epoch ms. */
  lastTime: number | undefined;
  open: number | undefined;
  high: number | undefined;
  low: number | undefined;
  /** Of the day before. */
  close: number | undefined;
  /** Lots traded today. */
  volume = 0;
  halted = false;
  readonly #listeners = new Set<MarketListener>();
  readonly #change: Change = {
    bid: false,
    bidSize: false,
    ask: false,
    askSize: false,
    last: false,
    trade: false,
    high: false,
    low: false,
    halted: false,
  };

  constructor(contract: SimulatedContract) {
    this.contract = contract;
  }

  /** @returns the way to stop listening */
  listen(listener: MarketListener): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  quote(time: number, bid: number, ask: number, bidSize: number, askSize: number): void {
    const change = this.#none();
    change.bid = bid !== this.bid;
    change.ask = ask !== this.ask;
    change.bidSize = bidSize !== this.bidSize;
    change.askSize = askSize !== this.askSize;
    this.bars.quote(time, bid, ask, this.bid, this.ask);
    this.bid = bid;
    this.ask = ask;
    this.bidSize = bidSize;
    this.askSize = askSize;
    this.#tell();
  }

  trade(time: number, price: number, size: number): void {
    const change = this.#none();
    change.trade = true;
    change.last = price !== this.last;
    change.high = this.high === undefined || price > this.high;
    change.low = this.low === undefined || price < this.low;
    this.bars.trade(time, price, size);
    this.last = price;
    this.lastSize = size;
    this.lastTime = time;
    this.volume += size;
    this.open ??= price;
    if (change.high) this.high = price;
    if (change.low) this.low = price;
    this.#tell();
  }

  halt(halted: boolean): void {
    const change = this.#none();
    change.halted = this.halted !== halted;
    this.halted = halted;
    this.#tell();
  }

  #none(): Change {
    const change = this.#change;
    for (const key of KEYS) change[key] = false;
    return change;
  }

  #tell(): void {
    for (const listener of this.#listeners) listener(this.#change);
  }
}

const KEYS: readonly (keyof Change)[] = [
  'bid',
  'bidSize',
  'ask',
  'askSize',
  'last',
  'trade',
  'high',
  'low',
  'halted',
];
