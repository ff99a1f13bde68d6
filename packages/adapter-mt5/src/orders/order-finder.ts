import { type AccountMode, finalStates, type OrderRef, type QueryOutcome } from '@mikrobot/core';
import type { Terminal } from '../bridge/terminal.js';
import type { DealRecord, OrderRecord } from '../protocol/records.js';
import type { ServerTime } from '../server-time.js';
import { findLeg } from './find-leg.js';
import { tidy } from './lots.js';
import { foreignTicket, isClientId, legNamed } from './names.js';
import type { OrderNews } from './order-news.js';
import { fillsOf, stateOf, sumOf } from './reports.js';
import { sideOfOrder, typeOf } from './words.js';

/** What orders are looked up with. */
export interface FinderParts {
  readonly mode: AccountMode;
  readonly time: ServerTime;
  readonly news: OrderNews;
  readonly answerTimeout: number;
  ready(): Terminal | string;
}

/** What the expert advisor knows of an id. */
export type Findings =
  | QueryOutcome
  | {
      readonly outcome: 'records';
      readonly orders: readonly OrderRecord[];
      readonly deals: readonly DealRecord[];
      readonly isPending: boolean;
    };

const unknown = (detail: string): QueryOutcome => ({ outcome: 'unknown', detail });

/** Looks orders up by client order id, also those of an earlier life. */
export class OrderFinder {
  readonly #parts: FinderParts;

  constructor(parts: FinderParts) {
    this.#parts = parts;
  }

  async query({ id, venueId }: OrderRef): Promise<QueryOutcome> {
    const { mode, news, time } = this.#parts;
    const terminal = this.#parts.ready();
    if (typeof terminal === 'string') return unknown(terminal);
    // What cannot be sent is not there.
    if (!isClientId(id)) return { outcome: 'absent' };
    const ask = (coid: string): Promise<Findings> => this.#ask(terminal, coid, null);
    const leg = mode === 'hedging' ? legNamed(id) : undefined;
    if (leg !== undefined) return findLeg({ id, ...leg, news, time, ask });
    const found = await this.#ask(terminal, id, foreignTicket(id) ?? venueId ?? null);
    return found.outcome === 'records' ? this.#report(id, found) : this.#absent(id, found);
  }

  async #ask(terminal: Terminal, coid: string, order: string | null): Promise<Findings> {
    const asked = await terminal.ask('query', { coid, order }, { timeout: this.#parts.answerTimeout });
    if (asked.outcome !== 'answer') return unknown(asked.detail);
    const { answer, parts, dropped } = asked;
    if (dropped > 0) return unknown('a part of the answer cannot be read');
    if (answer.type === 'absent') return { outcome: 'absent' };
    if (answer.type === 'unknown') return unknown(answer.data.detail);
    const { state } = answer.data;
    const isPending = state === 'pending' || state === 'unknown';
    return { outcome: 'records', orders: parts.order, deals: parts.deal, isPending };
  }

  #absent(id: string, found: QueryOutcome): QueryOutcome {
    if (found.outcome === 'absent') this.#parts.news.orders.drop(id);
    return found;
  }

  #report(id: string, found: Extract<Findings, { outcome: 'records' }>): QueryOutcome {
    const { mode, news, time } = this.#parts;
    const ticket = foreignTicket(id);
    const records = found.orders.filter((one) => one.coid === id || one.ticket === ticket);
    const [first] = records;
    if (first === undefined) return unknown('the terminal knows its deals and not the order');
    const tickets = new Set(records.map((one) => one.ticket));
    const deals = found.deals.filter(({ order }) => order !== undefined && tickets.has(order));
    const { filled, averagePrice } = sumOf(deals);
    const traded = tidy(records.reduce((lots, { volume, left }) => lots + volume - left, 0));
    if (filled < traded) return unknown('the terminal does not have all of its deals yet');
    const order = news.orders.get(id);
    const parts = tidy(records.reduce((lots, { volume }) => lots + volume, 0));
    const quantity = Math.max(order?.quantity ?? 0, parts);
    // Of an exit from several positions more parts may follow.
    if (found.isPending && quantity > parts) return unknown('it is still being sent');
    // Of an exit of an earlier life nobody knows here how large it was: parts of it may never have been sent.
    const isWhole = order !== undefined || mode === 'netting' || deals.every(({ entry }) => entry === 'in');
    const ending = stateOf(records, filled, quantity);
    const state = ending === 'filled' && !isWhole ? 'cancelled' : ending;
    if (!finalStates.has(state)) news.orders.heard(id);
    // Its end was missed: what it was to close is free again.
    else if (order !== undefined) news.orders.end(order);
    const fills = fillsOf(deals, id, quantity, time);
    return {
      outcome: 'found',
      report: {
        id,
        venueId: first.ticket,
        symbol: first.symbol,
        side: sideOfOrder(first.type),
        type: typeOf(first.type),
        state,
        quantity,
        filled,
        averagePrice,
        price: first.price,
      },
      fills,
    };
  }
}
