import type { Side } from '@mikrobot/core';
import type { CommissionReport, Contract, Execution as TwsExecution } from '@stoqey/ib';
import { finite, positive } from '../line/numbers.js';
import { readTwsTime } from '../tws-time.js';
import { sideOfExecution } from './words.js';

/** A trade as TWS tells it, checked. */
export interface Execution {
  /** The trade, whatever its correction. */
  readonly tradeId: string;
  /** Counts corrections, from 1. */
  readonly version: number;
  /** As its commission names it. */
  readonly execId: string;
  readonly orderId: number;
  readonly permId: number;
  readonly clientId: number;
  readonly ref: string;
  readonly account: string;
  readonly contract: Contract;
  readonly side: Side;
  /** Lots. */
  readonly quantity: number;
  readonly price: number;
  /** Lots of the order traded so far, this trade included. */
  readonly total: number | undefined;
  /** Epoch ms UTC; undefined where TWS says no zone. */
  readonly time: number | undefined;
}

/** The last part of an execution's id counts its corrections. Source: TWS API, Execution.ExecId. */
const EXEC_ID = /^(.+)\.(\d{1,4})$/;

/** Kinds of contracts whose price can be zero or less: oil was in April 2020, spreads are each day. */
const BELOW_ZERO: ReadonlySet<string> = new Set(['BAG', 'FUT', 'FOP']);

/** An order id of an order that was made by hand may come as the largest integer. Source: ib_async, `execDetails`. */
const idOf = (value: number | undefined): number =>
  value !== undefined && Number.isSafeInteger(value) && value > 0 && value < 2_147_483_647 ? value : 0;

/**
 * Reads an execution.
 * @returns undefined for what is no trade: without a side, a quantity, a price or an id
 */
export const readExecution = (contract: Contract, told: TwsExecution): Execution | undefined => {
  const [execId, tradeId, version] = EXEC_ID.exec(told.execId ?? '') ?? [];
  const side = sideOfExecution(told.side);
  const quantity = positive(told.shares);
  const price = finite(told.price);
  if (execId === undefined || tradeId === undefined || side === undefined) return undefined;
  if (quantity === undefined || price === undefined) return undefined;
  const total = positive(told.cumQty);
  // The order has traded at least this.
  if (total !== undefined && total < quantity) return undefined;
  if (price <= 0 && !BELOW_ZERO.has(contract.secType ?? '')) return undefined;
  return {
    tradeId,
    version: Number(version),
    execId,
    orderId: idOf(told.orderId),
    permId: idOf(told.permId),
    clientId: told.clientId ?? 0,
    ref: told.orderRef ?? '',
    account: told.acctNumber ?? '',
    contract,
    side,
    quantity,
    price,
    total,
    time: readTwsTime(told.time),
  };
};

/** What a trade cost, and what it realised. */
export interface Commission {
  readonly execId: string;
  /** In `currency`; positive is paid. */
  readonly commission: number;
  readonly currency: string;
  /** In `currency`, after commissions; undefined for a trade that opens. */
  readonly realised: number | undefined;
}

/** @returns undefined where it says no amount */
export const readCommission = (told: CommissionReport): Commission | undefined => {
  const commission = finite(told.commission);
  const { execId, currency } = told;
  if (execId === undefined || commission === undefined) return undefined;
  return { execId, commission, currency: currency ?? '', realised: finite(told.realizedPNL) };
};
