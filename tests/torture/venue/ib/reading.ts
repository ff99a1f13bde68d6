import type { WireMessage } from '@mikrobot/simulators';
import { listedAs } from './listing.js';

/** What a message to TWS is about, as far as the kill test cares. */
export type Kind = 'place' | 'cancel' | 'query' | 'other';

/** An order on the wire: new, or an old one with other terms. */
export interface PlacedOrder {
  readonly orderId: number;
  /** The client order id. */
  readonly ref: string;
  readonly symbol: string;
  readonly owner: string;
  readonly side: 'buy' | 'sell';
  readonly quantity: number;
  /** Whether TWS is to act on it, and on what waits for it. */
  readonly transmit: boolean;
  /** Order id of the entry that it is a leg of; 0 for none. */
  readonly parentId: number;
}

/** Fields of message 3 at the server versions of the kill test. Source: `placeOrder` of TWS API's EClient. */
const at = { symbol: 3, action: 16, quantity: 17, orderRef: 26, transmit: 27, parentId: 28 } as const;

/** Where message 3 has the order's reference. */
export const ORDER_REF = at.orderRef;

/** Of the three lists that a question about an order takes, executions and completed orders; the third is part of snapshots, too. */
const kinds: Readonly<Record<number, Kind>> = { 3: 'place', 4: 'cancel', 7: 'query', 99: 'query' };

/** What is asked; an order without a reference is a question about margin. */
export const kindOf = ({ id, fields }: WireMessage): Kind =>
  id === 3 && fields[at.orderRef] === '' ? 'other' : (kinds[id] ?? 'other');

/** The order that is placed. */
export const placedOrder = ({ fields }: WireMessage): PlacedOrder => {
  const text = (index: number): string => fields[index] ?? '';
  const listed = listedAs(text(at.symbol));
  return {
    orderId: Number(text(1)),
    ref: text(at.orderRef),
    symbol: listed?.symbol ?? text(at.symbol),
    owner: listed?.owner ?? '(nobody)',
    side: text(at.action) === 'BUY' ? 'buy' : 'sell',
    quantity: Number(text(at.quantity)),
    transmit: text(at.transmit) === '1',
    parentId: Number(text(at.parentId)),
  };
};

/** The order id that a cancel names; before server version 192 a version of the message stands before it. */
export const cancelledId = ({ fields }: WireMessage, serverVersion: number): number =>
  Number(fields[serverVersion < 192 ? 2 : 1]);
