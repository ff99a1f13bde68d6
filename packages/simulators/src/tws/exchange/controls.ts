import { MikroBotError } from '@mikrobot/core';
import type { SimulatedAccount, TwsExecution } from './account.js';
import { REDUCE } from './check-terms.js';
import type { Desk } from './desk.js';
import { type AutoBind, bindOrder } from './handlers/order-handlers.js';
import type { Ledger } from './ledger.js';
import type { OrderTerms, TwsOrderStatus, TwsOrderType, TwsTimeInForce } from './order.js';
import { averageOf, statusOf, type TwsOrder } from './order.js';
import { newOrder, type OrderEntry } from './order-entry.js';
import type { ExchangeState } from './state.js';

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

/** An order as a judge sees it. */
export interface OrderTruth {
  readonly permId: number;
  readonly clientId: number;
  readonly orderId: number;
  readonly orderRef: string;
  readonly account: string;
  readonly contractId: number;
  readonly action: 'BUY' | 'SELL';
  readonly type: TwsOrderType;
  readonly quantity: number;
  readonly filled: number;
  readonly averagePrice: number;
  readonly limitPrice: number | undefined;
  readonly auxPrice: number | undefined;
  readonly status: TwsOrderStatus;
  /** Permanent id of its parent; 0 for none. */
  readonly parentPermId: number;
}

/** What is so at the exchange, whatever anybody was told: for judges. */
export interface ExchangeTruth {
  /** Orders that have not ended, those that were not transmitted included. */
  readonly working: readonly OrderTruth[];
  /** All orders that it remembers, the oldest first. */
  readonly orders: readonly OrderTruth[];
  /** The latest version of each execution. */
  readonly executions: readonly TwsExecution[];
  /** What is held. `averagePrice` without commissions. */
  readonly positions: readonly {
    readonly account: string;
    readonly contractId: number;
    readonly localSymbol: string;
    readonly quantity: number;
    readonly averagePrice: number;
  }[];
  /** By account, in its currency. */
  readonly cash: Readonly<Record<string, number>>;
  /** References of all orders that arrived here as new ones, in their order; one twice is an order sent twice. */
  readonly sent: readonly string[];
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

const truthOf = (order: TwsOrder): OrderTruth => {
  const { permId, clientId, orderId, terms, account, contract, filled, parent } = order;
  const { orderRef, action, type, quantity, limitPrice, auxPrice } = terms;
  return {
    permId,
    clientId,
    orderId,
    orderRef,
    account: account.id,
    contractId: contract.contractId,
    action,
    type,
    quantity,
    filled,
    averagePrice: averageOf(order),
    limitPrice,
    auxPrice,
    status: statusOf(order),
    parentPermId: parent?.permId ?? 0,
  };
};

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
    truth: () => {
      const all = orders.all().map(truthOf);
      return {
        working: orders.live().map(truthOf),
        orders: all,
        executions: [...accounts.values()].flatMap(({ executions }) => executions),
        positions: [...accounts.values()].flatMap(({ id, holdings }) =>
          holdings
            .filter(({ quantity }) => quantity !== 0)
            .map(({ contract, quantity, averagePrice }) => ({
              account: id,
              contractId: contract.contractId,
              localSymbol: contract.localSymbol,
              quantity,
              averagePrice,
            })),
        ),
        cash: Object.fromEntries([...accounts.values()].map(({ id, cash }) => [id, cash])),
        sent: all.map(({ orderRef }) => orderRef).filter((ref) => ref !== ''),
      };
    },
  };
};
