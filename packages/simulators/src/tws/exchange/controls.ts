import { MikroBotError } from '@mikrobot/core';
import type { SimulatedAccount } from './account.js';
import { REDUCE } from './check-terms.js';
import type { Desk } from './desk.js';
import { type AutoBind, bindOrder } from './handlers/order-handlers.js';
import type { Ledger } from './ledger.js';
import type { OrderTerms, TwsOrderType, TwsTimeInForce } from './order.js';
import { newOrder, type OrderEntry } from './order-entry.js';
import type { ExchangeState } from './state.js';
import { type ExchangeTruth, exchangeTruth } from './truth.js';

/** An order that a person makes in TWS itself. */
export interface HandOrder {
  /** Default: the first account. */
  readonly account?: string;
  readonly action: 'BUY' | 'SELL';
  readonly quantity: number;
  /** Default `MKT`. */
  readonly type?: TwsOrderType;
  readonly limitPrice?: number;
  /** Trigger of a stop, or distance of a trailing stop. */
  readonly auxPrice?: number;
  /** Default `GTC`. */
  readonly timeInForce?: Exclude<TwsTimeInForce, 'GTD'>;
}

/** What a test does to the exchange. Contracts are named by symbol, local symbol, pair or id. */
export interface ExchangeControls {
  /** A person makes an order in TWS. @returns its permanent id */
  byHand(contract: string | number, order: HandOrder): number;
  /** A person cancels an order in TWS, whoever's it is. */
  cancelByHand(permId: number): void;
  /** The closing auction: orders at the close trade at the present quote. */
  close(contract: string | number): void;
  /** From now on each quote trades at most so many contracts of all orders together; undefined: any size. */
  depth(contracts: number | undefined): void;
  /** The next order is refused so. Code 201 makes it an order that ended as Inactive; others make none. */
  refuseNext(code: number, text: string): void;
  /** The next order gets this time in force whatever it says, with the warning 10349; it lives on. */
  presetNext(timeInForce: 'DAY' | 'GTC'): void;
  /** The next executions (default 1) are told twice. */
  duplicateExecutions(count?: number): void;
  /** An execution is corrected: it is told again, its id's last part one higher. @returns its new id */
  correctExecution(execId: string, change: { readonly price?: number; readonly quantity?: number }): string;
  truth(): ExchangeTruth;
}

const termsByHand = (
  { action, quantity, type = 'MKT', limitPrice, auxPrice, timeInForce = 'GTC' }: HandOrder,
  exchange: string,
): OrderTerms => ({
  action,
  quantity,
  type,
  limitPrice,
  auxPrice,
  trailStopPrice: undefined,
  timeInForce,
  goodTillDate: '',
  goodTill: undefined,
  ocaGroup: '',
  ocaType: REDUCE,
  orderRef: '',
  outsideRth: false,
  openClose: '',
  origin: 0,
  exchange,
  parentId: 0,
});

/** The parts that controls act on. */
export interface ControlledParts {
  readonly state: ExchangeState;
  readonly desk: Desk;
  readonly entry: OrderEntry;
  readonly ledger: Ledger;
  readonly autoBind: AutoBind;
}

const unknown = (what: string): MikroBotError =>
  new MikroBotError('BAD_CONFIG', `There is no ${what}.`, { where: 'controls of the simulated TWS' });

/** Makes the controls. */
export const exchangeControls = ({
  state,
  desk,
  entry,
  ledger,
  autoBind,
}: ControlledParts): ExchangeControls => {
  const { accounts, contracts, orders, market, teller } = state;
  const accountOf = (id: string | undefined): SimulatedAccount => {
    const account = id === undefined ? [...accounts.values()][0] : accounts.get(id);
    if (account === undefined) throw unknown(`account ${id}`);
    return account;
  };
  return {
    byHand: (name, given) => {
      const contract = contracts.named(name);
      const order = newOrder({
        permId: orders.nextPermId(),
        account: accountOf(given.account),
        contract,
        clientId: 0,
        orderId: 0,
        byHand: true,
        terms: termsByHand(given, contract.exchange),
        parent: undefined,
      });
      if (autoBind.session?.open) bindOrder(state, order);
      desk.enter(order, true);
      return order.permId;
    },
    cancelByHand: (permId) => {
      const order = orders.byPermId(permId);
      if (order === undefined || order.end !== undefined) throw unknown(`live order ${permId}`);
      desk.cancel(order);
    },
    close: (name) => desk.auction(contracts.named(name)),
    depth: (count) => {
      market.depth = count;
    },
    refuseNext: (code, text) => {
      entry.refusal = { code, text };
    },
    presetNext: (timeInForce) => {
      entry.preset = timeInForce;
    },
    duplicateExecutions: (count = 1) => {
      teller.duplicates += count;
    },
    correctExecution: (execId, change) => {
      const all = [...accounts.values()].flatMap(({ executions }) => executions);
      const found = all.find((one) => one.execId === execId);
      if (found === undefined) throw unknown(`execution ${execId}`);
      return ledger.correct(found, change).execId;
    },
    truth: () => exchangeTruth(state),
  };
};
