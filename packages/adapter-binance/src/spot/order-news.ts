import { BoundedMap, type Clock, type OrderEvent } from '@mikrobot/core';
import { toFill, type VenueTrade } from '../mapper/trades.js';
import { type Execution, toOrderEvent } from '../mapper/venue-order.js';
import type { TradeLedger } from './trade-ledger.js';
import { unitsOf } from './units.js';

/** Ms for which an order's end waits for a trade that it counts and that was not told yet. */
const PATIENCE = 1_000;
const REMEMBERED = 10_000;

/** What the news of orders need. */
export interface OrderNewsParts {
  readonly clock: Clock;
  readonly name: string;
  /** The books of a symbol; undefined where it is not traded here. */
  readonly ledger: (symbol: string) => TradeLedger | undefined;
  readonly emit: (event: OrderEvent) => void;
  /** Asks the venue for the trades of an order. */
  readonly trades: (symbol: string, orderId: string) => Promise<readonly VenueTrade[]>;
  /** Something was not told that must have been. */
  readonly lost: (detail: string) => void;
}

interface Told {
  accepted: boolean;
  triggered: boolean;
  ended: boolean;
  /** The end, while a trade before it is awaited. */
  held: OrderEvent | undefined;
  disarm: (() => void) | undefined;
  /** Its newest report. */
  execution: Execution;
}

/**
 * Turns the reports of the user stream into order events. Reports can come twice and in the wrong order: each trade and each end is
 * told once, and no end before the trades that it counts.
 */
export class OrderNews {
  readonly #parts: OrderNewsParts;
  readonly #orders = new BoundedMap<string, Told>(REMEMBERED);
  readonly #trades = new BoundedMap<string, true>(REMEMBERED);
  #closed = false;

  constructor(parts: OrderNewsParts) {
    this.#parts = parts;
  }

  /** Whether anything was told of an order, and whether it ended. */
  heard(venueId: string): 'nothing' | 'working' | 'ended' {
    const told = this.#orders.get(venueId);
    if (told === undefined) return 'nothing';
    return told.ended || told.held !== undefined ? 'ended' : 'working';
  }

  take(execution: Execution): void {
    const { order, trade } = execution;
    const { venueId = '', symbol } = order.report;
    const key = `${symbol}-${venueId}`;
    const ledger = this.#parts.ledger(symbol);
    if (ledger === undefined) return;
    let told = this.#orders.get(key);
    if (told === undefined) {
      told = {
        accepted: false,
        triggered: false,
        ended: false,
        held: undefined,
        disarm: undefined,
        execution,
      };
      this.#orders.set(key, told);
    }
    if (order.report.filled >= told.execution.order.report.filled) told.execution = execution;
    if (trade !== undefined) this.#fill(trade, execution, ledger);
    else this.#state(told, execution);
    this.#settle(key, told, ledger);
  }

  close(): void {
    this.#closed = true;
  }

  #fill(trade: VenueTrade, { order, remaining }: Execution, ledger: TradeLedger): void {
    const booked = ledger.book(trade);
    if (this.#trades.has(trade.tradeId)) return;
    this.#trades.set(trade.tradeId, true);
    this.#parts.emit(
      toFill(trade, { id: order.report.id, arrived: order.arrived }, { ...booked, remaining }),
    );
  }

  #state(told: Told, execution: Execution): void {
    const event = toOrderEvent(execution);
    // What ends because the other order of its pair went to work was cancelled by the venue, though it calls it expired.
    const reason = execution.reason === '' ? 'the other order of its list ended it' : execution.reason;
    if (event === undefined || told.ended || told.held !== undefined) return;
    switch (event.type) {
      case 'accepted':
        // Whoever has traded was taken: news of it would be out of place now.
        if (told.accepted || told.execution.order.report.filled > 0) return;
        told.accepted = true;
        break;
      case 'triggered':
        if (told.triggered) return;
        told.triggered = true;
        break;
      case 'replaced':
        break;
      case 'expired':
        told.held = execution.order.listId === undefined ? event : { ...event, type: 'cancelled', reason };
        return;
      default:
        told.held = event;
        return;
    }
    this.#parts.emit(event);
  }

  /** Tells the end of an order once all its trades are known; asks for those that do not come. */
  #settle(key: string, told: Told, ledger: TradeLedger): void {
    const { report } = told.execution.order;
    const counted = unitsOf(report.filled);
    if (ledger.executed(report.venueId ?? '') >= counted) {
      told.disarm?.();
      told.disarm = undefined;
      this.#end(told);
      return;
    }
    if (told.disarm !== undefined) return;
    const { clock, name } = this.#parts;
    told.disarm = clock.arm(`${name} trades of ${key}`, clock.now() + PATIENCE, () => {
      void this.#fetch(told, ledger);
    });
  }

  async #fetch(told: Told, ledger: TradeLedger): Promise<void> {
    const { order } = told.execution;
    const { symbol, venueId = '', id } = order.report;
    try {
      const trades = await this.#parts.trades(symbol, venueId);
      if (this.#closed) return;
      let open = order.report.quantity;
      for (const trade of trades) {
        open -= trade.quantity;
        this.#fill(trade, { ...told.execution, remaining: Math.max(0, Number(open.toFixed(8))) }, ledger);
      }
    } catch {
      // Whatever the reason: the books do not know a trade that there was.
    }
    told.disarm = undefined;
    if (this.#closed) return;
    const missing = ledger.executed(venueId) < unitsOf(told.execution.order.report.filled);
    this.#end(told);
    if (missing) this.#parts.lost(`a trade of order ${id} was not told`);
  }

  #end(told: Told): void {
    const { held } = told;
    if (held === undefined) return;
    told.held = undefined;
    told.ended = true;
    this.#parts.emit(held);
  }
}
