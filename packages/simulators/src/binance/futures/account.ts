import { trimList, trimMap } from '../../past.js';
import type { VenueError } from '../exchange.js';
import type { AlgoOrder } from './algo-orders.js';
import type { Amount } from './amounts.js';
import type { MatchingBook } from './matching-book.js';
import type { FuturesOrder, FuturesTrade } from './orders.js';
import { flatPosition, type Position, type PositionSide } from './positions.js';
import type { FuturesSymbol } from './symbols.js';

/** Why a wallet changed. Source: page "Get Income History". */
export type IncomeType = 'TRANSFER' | 'REALIZED_PNL' | 'FUNDING_FEE' | 'COMMISSION' | 'INSURANCE_CLEAR';

/** One change of a wallet. */
export interface Income {
  readonly id: bigint;
  readonly type: IncomeType;
  readonly symbol: string;
  readonly asset: string;
  readonly amount: Amount;
  readonly time: number;
  /** Empty where no trade made it. */
  readonly tradeId: string;
}

/** What the user chose for one contract. */
export interface ContractSettings {
  leverage: number;
  marginType: 'CROSSED' | 'ISOLATED';
}

/** One account: wallets, positions, settings, and its orders; those that ended long ago are forgotten. */
export class FuturesAccount {
  readonly name: string;
  readonly wallets = new Map<string, Amount>();
  readonly orders = new Map<bigint, FuturesOrder>();
  readonly open = new Set<FuturesOrder>();
  readonly algos = new Map<bigint, AlgoOrder>();
  /** By client id: the latest one. */
  readonly namedAlgos = new Map<string, AlgoOrder>();
  readonly openAlgos = new Set<AlgoOrder>();
  readonly trades: FuturesTrade[] = [];
  readonly incomes: Income[] = [];
  readonly books = new Map<PositionSide, MatchingBook>();
  /** Epoch ms of the last change of a wallet; 0 before. */
  walletTime = 0;
  /** Hedge mode. */
  dual = false;
  multiAssets = false;
  /** The next order is refused with it. */
  refusal: VenueError | undefined;
  /** Whether a margin call was told and still holds. */
  called = false;
  /** By contract and client id: the latest order, where an id was used again. */
  readonly #named = new Map<string, FuturesOrder>();
  readonly #positions = new Map<string, Position>();
  readonly #settings = new Map<string, ContractSettings>();
  readonly #leverage: number;

  /** @param leverage - of every contract until it is changed */
  constructor(name: string, leverage: number) {
    this.name = name;
    this.#leverage = leverage;
  }

  wallet(asset: string): Amount {
    return this.wallets.get(asset) ?? 0n;
  }

  position(symbol: FuturesSymbol, side: PositionSide): Position {
    const key = `${symbol.name} ${side}`;
    let position = this.#positions.get(key);
    if (position === undefined) {
      position = flatPosition(symbol, side);
      this.#positions.set(key, position);
    }
    return position;
  }

  /** Positions of a contract in the present mode, flat ones too. */
  positionsOf(symbol: FuturesSymbol): readonly Position[] {
    const sides: readonly PositionSide[] = this.dual ? ['LONG', 'SHORT'] : ['BOTH'];
    return sides.map((side) => this.position(symbol, side));
  }

  /** What is held. */
  held(): readonly Position[] {
    return [...this.#positions.values()].filter(({ size }) => size !== 0n);
  }

  settings(symbol: FuturesSymbol): ContractSettings {
    let settings = this.#settings.get(symbol.name);
    if (settings === undefined) {
      settings = { leverage: this.#leverage, marginType: 'CROSSED' };
      this.#settings.set(symbol.name, settings);
    }
    return settings;
  }

  /** Whether any contract's margin is isolated. */
  hasIsolated(): boolean {
    return [...this.#settings.values()].some(({ marginType }) => marginType === 'ISOLATED');
  }

  /** Takes an order in. Returns the way to undo it. */
  add(order: FuturesOrder): () => void {
    const name = nameOf(order.symbol, order.clientOrderId);
    const before = this.#named.get(name);
    this.orders.set(order.orderId, order);
    this.#named.set(name, order);
    this.open.add(order);
    if (trimMap(this.orders, (one) => !this.open.has(one)))
      for (const [key, { orderId }] of this.#named) if (!this.orders.has(orderId)) this.#named.delete(key);
    return () => {
      this.orders.delete(order.orderId);
      this.open.delete(order);
      if (before === undefined) this.#named.delete(name);
      else this.#named.set(name, before);
    };
  }

  /** Takes a conditional order in. */
  addAlgo(algo: AlgoOrder): void {
    this.algos.set(algo.algoId, algo);
    this.namedAlgos.set(algo.clientAlgoId, algo);
    this.openAlgos.add(algo);
    if (trimMap(this.algos, (one) => !this.openAlgos.has(one)))
      for (const [name, { algoId }] of this.namedAlgos)
        if (!this.algos.has(algoId)) this.namedAlgos.delete(name);
  }

  /** Notes a trade. */
  addTrade(trade: FuturesTrade): void {
    this.trades.push(trade);
    trimList(this.trades);
  }

  /** The latest order of a client id. */
  named(symbol: FuturesSymbol, clientOrderId: string): FuturesOrder | undefined {
    return this.#named.get(nameOf(symbol, clientOrderId));
  }

  openOrders(symbol: FuturesSymbol | undefined): readonly FuturesOrder[] {
    return [...this.open].filter((order) => symbol === undefined || order.symbol === symbol);
  }

  openAlgoOrders(symbol: FuturesSymbol | undefined): readonly AlgoOrder[] {
    return [...this.openAlgos].filter((algo) => symbol === undefined || algo.symbol === symbol);
  }

  /** Changes a wallet, and notes why. */
  book(income: Income): void {
    if (income.amount === 0n) return;
    this.wallets.set(income.asset, this.wallet(income.asset) + income.amount);
    this.walletTime = income.time;
    this.incomes.push(income);
    trimList(this.incomes);
  }
}

const nameOf = ({ name }: FuturesSymbol, clientOrderId: string): string => `${name} ${clientOrderId}`;
