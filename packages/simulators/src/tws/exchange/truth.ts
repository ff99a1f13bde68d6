import type { TwsExecution } from './account.js';
import { averageOf, statusOf, type TwsOrder, type TwsOrderStatus, type TwsOrderType } from './order.js';
import type { ExchangeState } from './state.js';

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
  /** Whether it has left TWS: one that has not cannot trade. */
  readonly transmitted: boolean;
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
    transmitted: order.stage !== 'untransmitted',
    parentPermId: parent?.permId ?? 0,
  };
};

/** Looks at the exchange. */
export const exchangeTruth = ({ accounts, orders }: ExchangeState): ExchangeTruth => {
  const all = orders.all().map(truthOf);
  const owners = [...accounts.values()];
  return {
    working: orders.live().map(truthOf),
    orders: all,
    executions: owners.flatMap(({ executions }) => executions),
    positions: owners.flatMap(({ id, holdings }) =>
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
    cash: Object.fromEntries(owners.map(({ id, cash }) => [id, cash])),
    sent: all.map(({ orderRef }) => orderRef).filter((ref) => ref !== ''),
  };
};
