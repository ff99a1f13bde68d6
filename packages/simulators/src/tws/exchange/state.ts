import type { Clock, Zone } from '@mikrobot/core';
import type { ContractBook } from '../contracts/contract-book.js';
import type { TwsSessions } from '../session.js';
import type { SimulatedAccount } from './account.js';
import type { ExchangeMarket } from './market.js';
import type { TwsExchangeOptions } from './options.js';
import type { OrderStore } from './order-store.js';
import type { Teller } from './teller.js';

/** What all parts of the exchange share. */
export interface ExchangeState {
  readonly options: TwsExchangeOptions;
  readonly clock: Clock;
  /** Zone of the times that are told. */
  readonly zone: Zone;
  readonly contracts: ContractBook;
  readonly accounts: ReadonlyMap<string, SimulatedAccount>;
  readonly market: ExchangeMarket;
  readonly orders: OrderStore;
  readonly sessions: TwsSessions;
  readonly teller: Teller;
}
