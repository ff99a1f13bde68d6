import type { Desk } from './desk.js';
import { within } from './halts.js';
import type { OrderRecord, OrderRecords } from './order-record.js';

/** Whether an order closes a position or a part of it, and is no leg. */
export const isExit = ({ request: { purpose } }: OrderRecord): boolean =>
  purpose === 'reduce' || purpose === 'flatten';

/** Whether an order is of a ledger. */
const isOf = ({ request }: OrderRecord, symbol: string, owner: string): boolean =>
  within({ symbol, owner }, request.symbol, request.owner);

/** Exits in front of a venue where closing orders lock what they sell: they wait until no leg stands in their way. */
export class ExitGate {
  readonly #desk: Desk;
  readonly #records: OrderRecords;
  readonly #waiting = new Map<OrderRecord, () => void>();

  constructor(desk: Desk, records: OrderRecords) {
    this.#desk = desk;
    this.#records = records;
  }

  /** Whether an order has to wait while legs of its ledger work. */
  stops(record: OrderRecord): boolean {
    return this.#desk.capabilities.closingLocks === true && isExit(record);
  }

  /** Keeps an exit until {@link open}. */
  wait(record: OrderRecord, go: () => void): void {
    this.#waiting.set(record, go);
  }

  /** An order has ended: it waits no longer. */
  forget(record: OrderRecord): void {
    this.#waiting.delete(record);
  }

  /** Whether an exit of the ledger waits. */
  waits(symbol: string, owner: string): boolean {
    return [...this.#waiting.keys()].some((record) => isOf(record, symbol, owner));
  }

  /** Whether an exit of the ledger waits or works. */
  exits(symbol: string, owner: string): boolean {
    for (const record of this.#records.working())
      if (isExit(record) && isOf(record, symbol, owner)) return true;
    return false;
  }

  /**
   * No leg of the ledger is left: what waited goes out. An exit that finds less than it was to close, because a leg traded
   * meanwhile, must not.
   * @param tooLate - told of such an exit
   */
  open(symbol: string, owner: string, tooLate: (record: OrderRecord) => void): void {
    for (const [record, go] of [...this.#waiting]) {
      const { request, state } = record;
      if (!isOf(record, symbol, owner)) continue;
      this.#waiting.delete(record);
      if (state !== 'intended') continue;
      if (Math.abs(this.#desk.book.position(symbol, owner).quantity) >= request.quantity) go();
      else tooLate(record);
    }
  }
}
