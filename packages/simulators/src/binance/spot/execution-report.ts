import { SCALE } from '../filters/filter-checks.js';
import { fromUnits } from '../shared/decimal.js';
import { isOpen, type SpotOrder, type SpotTrade } from './order.js';

/** What happened to an order; see enums.md, "Execution types". */
export type ExecutionType = 'NEW' | 'CANCELED' | 'REPLACED' | 'REJECTED' | 'TRADE' | 'EXPIRED';

/** What {@link executionReport} tells beside the order. */
export interface Execution {
  readonly type: ExecutionType;
  readonly id: bigint;
  /** Epoch ms. */
  readonly now: number;
  /** Of a trade. */
  readonly trade?: SpotTrade;
  /** What the order was called before a cancel or an amendment. */
  readonly origClientOrderId?: string;
  readonly rejectReason?: string;
}

const text = (units: bigint): string => fromUnits(units, SCALE);

const isOnBook = (order: SpotOrder, { type }: Execution): boolean => {
  if (!isOpen(order) || order.workingTime < 0) return false;
  // A market order that trades is on its way through the book, not on it (market_orders_faq.md, sample payload).
  return type !== 'TRADE' || order.terms.price > 0n;
};

/** The event `executionReport`; fields: user-data-stream.md, "Order Update". */
export const executionReport = (order: SpotOrder, execution: Execution): Record<string, unknown> => {
  const { terms, trade = undefined } = { ...order, trade: execution.trade };
  return {
    e: 'executionReport',
    E: execution.now,
    s: order.symbol.symbol,
    c: order.clientOrderId,
    S: terms.side,
    o: terms.type,
    f: terms.timeInForce,
    q: text(order.quantity),
    p: text(terms.price),
    P: text(terms.stopPrice),
    F: text(terms.icebergQty ?? 0n),
    g: order.listId,
    C: execution.origClientOrderId ?? '',
    x: execution.type,
    X: order.status,
    r: execution.rejectReason ?? 'NONE',
    i: order.id,
    l: text(trade?.quantity ?? 0n),
    z: text(order.executed),
    L: text(trade?.price ?? 0n),
    n: trade === undefined ? '0' : text(trade.commission),
    N: trade?.commissionAsset ?? null,
    T: order.updateTime,
    t: trade?.id ?? -1,
    I: execution.id,
    w: isOnBook(order, execution),
    m: trade?.isMaker ?? false,
    M: trade !== undefined,
    O: order.time,
    Z: text(order.cumulativeQuote),
    Y: text(trade?.quoteQuantity ?? 0n),
    Q: text(terms.quoteOrderQty),
    ...(order.workingTime < 0 ? {} : { W: order.workingTime }),
    V: 'NONE',
    ...(terms.trailingDelta === undefined ? {} : { d: terms.trailingDelta, D: order.trail?.since ?? -1 }),
    ...(terms.strategyId === undefined ? {} : { j: terms.strategyId }),
    ...(terms.strategyType === undefined ? {} : { J: terms.strategyType }),
    ...(order.expiryReason === undefined ? {} : { eR: order.expiryReason }),
  };
};
