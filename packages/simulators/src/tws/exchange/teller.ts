import type { Clock, Zone } from '@mikrobot/core';
import type { TwsSession, TwsSessions } from '../session.js';
import { zonedTime } from '../times.js';
import type { Field } from '../wire/field.js';
import type { TwsExecution } from './account.js';
import { commissionMessage, executionMessage } from './messages/execution.js';
import { openOrderMessage } from './messages/open-order.js';
import { orderStatusMessage } from './messages/order-status.js';
import type { TwsOrder, TwsOrderStatus } from './order.js';
import type { TwsRefusal } from './refusal.js';

/** What the teller reads of orders and executions to know whom they concern. */
type Concern = Pick<TwsOrder, 'clientId' | 'orderId'>;

/** Tells clients what becomes of orders: the client that an order belongs to, and the master client. */
export class Teller {
  /** The next executions that are told twice. */
  duplicates = 0;
  readonly #sessions: TwsSessions;
  readonly #clock: Clock;
  readonly #zone: Zone;
  readonly #master: number | undefined;

  constructor(sessions: TwsSessions, clock: Clock, zone: Zone, master: number | undefined) {
    this.#sessions = sessions;
    this.#clock = clock;
    this.#zone = zone;
    this.#master = master;
  }

  /** An order as it is now: what it is, and its status. */
  order(order: TwsOrder): void {
    this.#tell(order, (version) => openOrderMessage(version, order));
    this.status(order);
  }

  status(order: TwsOrder, status?: TwsOrderStatus): void {
    this.#tell(order, () => orderStatusMessage(order, status));
  }

  execution(execution: TwsExecution): void {
    const time = zonedTime(this.#zone, execution.time);
    const tell = (): void =>
      this.#tell(execution, (version) => executionMessage(version, -1, execution, time));
    tell();
    if (this.duplicates === 0) return;
    this.duplicates -= 1;
    tell();
  }

  commission(execution: TwsExecution): void {
    this.#tell(execution, () => commissionMessage(execution));
  }

  /** An error or a warning of an order. Text that is not the order's own is told to its client only. */
  notice(order: Concern, { code, text }: TwsRefusal): void {
    for (const session of this.#concerned(order)) session.error(order.orderId, code, text);
  }

  get now(): number {
    return this.#clock.now();
  }

  *#concerned({ clientId, orderId }: Concern): Iterable<TwsSession> {
    const owner = orderId === 0 ? undefined : this.#sessions.get(clientId);
    if (owner !== undefined) yield owner;
    const master = this.#master === undefined ? undefined : this.#sessions.get(this.#master);
    if (master !== undefined && master !== owner) yield master;
  }

  #tell(concern: Concern, write: (serverVersion: number) => readonly Field[]): void {
    for (const session of this.#concerned(concern)) session.send(write(session.serverVersion));
  }
}
