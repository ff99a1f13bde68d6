import type {
  CommandOutcome,
  OrderEvent,
  OrderRef,
  OrderReport,
  OrderRequest,
  QueryOutcome,
  Side,
} from '@mikrobot/core';
import {
  type CommissionReport,
  type Contract,
  EventName,
  type Order,
  type OrderState,
  type Execution as TwsExecution,
} from '@stoqey/ib';
import { LineEndedError } from '../errors.js';
import type { Line } from '../line/line.js';
import { finite } from '../line/numbers.js';
import { listen } from '../listen.js';
import { type Execution, readCommission, readExecution } from './execution.js';
import { FillDesk } from './fill-desk.js';
import { OrderBook } from './order-book.js';
import { OrderDesk } from './order-desk.js';
import { OrderFinder } from './order-finder.js';
import { OrderNews } from './order-news.js';
import { OrderQuery } from './order-query.js';
import type { OrderParts } from './parts.js';
import { Recovery } from './recovery.js';
import { foreignReport, reportOf, workingState } from './reports.js';
import { readSeenOrder, type SeenOrder } from './seen-order.js';
import { type TrackedOrder, waitsForEntry } from './tracked-order.js';
import { VenueOrders } from './venue-orders.js';
import { askWhatIf, type WhatIf } from './what-if.js';
import { ended } from './words.js';

/** What a margin check is about. */
export interface WhatIfQuestion {
  readonly symbol: string;
  readonly side: Side;
  /** Lots. */
  readonly quantity: number;
}

/** The orders of one account: commands, news, look-ups, and what is caught up with after each interruption. */
export class Orders {
  readonly #parts: OrderParts;
  readonly #voice: OrderParts['tell'];
  readonly #book: OrderBook;
  readonly #venue: VenueOrders;
  readonly #finder: OrderFinder;
  readonly #news: OrderNews;
  readonly #fills: FillDesk;
  readonly #desk: OrderDesk;
  readonly #query: OrderQuery;
  readonly #recovery: Recovery;
  readonly #leave: () => void;
  #line: Line | undefined;
  #stops: (() => void)[] = [];
  /** News that came before the first recovery; undefined after it. */
  #early: OrderEvent[] | undefined = [];
  #upSince = 0;
  #toldAt = 0;
  #closed = false;
  readonly #twins = new Set<number>();

  constructor(parts: OrderParts) {
    const { session, clock, account, clientId } = parts;
    const told: OrderParts = {
      ...parts,
      tell: (event) => {
        if (this.#early === undefined) this.#tell(event);
        else this.#early.push(event);
      },
    };
    this.#parts = told;
    this.#voice = parts.tell;
    this.#book = new OrderBook(clientId);
    this.#venue = new VenueOrders(clock, account);
    const shared = { ...told, book: this.#book, venue: this.#venue };
    this.#finder = new OrderFinder(shared);
    this.#news = new OrderNews({
      ...shared,
      recheck: () => this.#recovery.again(),
      refused: (order) => this.#desk.refused(order),
    });
    this.#fills = new FillDesk({ ...told, toldAt: () => this.#toldAt }, (order, fill) =>
      this.#news.filled(order, fill),
    );
    this.#desk = new OrderDesk(shared);
    this.#recovery = new Recovery({
      ...shared,
      news: this.#news,
      took: (execution, silent) => this.#take(execution, silent),
    });
    this.#query = new OrderQuery({
      ...shared,
      fills: this.#fills,
      adopt: (seen) => this.#finder.adopt(seen, true),
      took: (execution) => this.#take(execution),
      sentAt: (id) => this.#desk.sentAt(id),
      upSince: () => this.#upSince,
    });
    this.#leave = session.onUp((line, { first }) => this.#up(line, first));
  }

  submit(request: OrderRequest): Promise<CommandOutcome> {
    return this.#desk.submit(request);
  }

  amend(request: OrderRequest, replaces: OrderRef): Promise<CommandOutcome> {
    return this.#desk.amend(request, replaces);
  }

  cancel(ref: OrderRef): Promise<CommandOutcome> {
    return this.#desk.cancel(ref);
  }

  query(ref: OrderRef): Promise<QueryOutcome> {
    return this.#query.query(ref);
  }

  /**
   * Orders of the account that work, whoever made them. Those that are not ours are named `tws-<permanent id>`; legs of a bracket whose
   * entry has not traded are left out.
   * @throws `MikroBotError` when the list did not come whole
   */
  async openOrders(): Promise<readonly OrderReport[]> {
    const shown = await this.#venue.openOrders(await this.#needLine());
    const reports: OrderReport[] = [];
    const works = new Set(shown.filter(({ status }) => !ended.has(status)).map(({ ref }) => ref));
    // Legs of an entry that TWS shows no more, and of which it counts no trade, are awake for all that is known.
    const sleeps = (order: TrackedOrder): boolean =>
      waitsForEntry(order) && (works.has(order.entry?.id ?? '') || (order.entry?.counted ?? 0) > 0);
    for (const seen of shown) {
      if (ended.has(seen.status)) continue;
      const order = this.#finder.of(seen);
      if (order === undefined || order.shown?.permId !== seen.permId)
        reports.push(foreignReport(seen, this.#parts));
      else if ((order.revived || (order.ended ?? order.ending?.end) === undefined) && !sleeps(order))
        reports.push(reportOf(order, workingState(order)));
    }
    return reports;
  }

  /** What a market order would do to the account. */
  whatIf({ symbol, side, quantity }: WhatIfQuestion): Promise<WhatIf> {
    const request: OrderRequest = {
      id: '',
      symbol,
      owner: '',
      purpose: 'enter',
      side,
      quantity,
      type: 'market',
      price: undefined,
      limitPrice: undefined,
      trail: undefined,
      timeInForce: 'DAY',
      goodTill: undefined,
      bracket: undefined,
      reduceOnly: false,
    };
    return askWhatIf(request, { ...this.#parts, book: this.#book });
  }

  close(): void {
    this.#closed = true;
    this.#leave();
    for (const stop of this.#stops) stop();
    this.#desk.lineEnded('closed');
    this.#fills.close();
    this.#news.close();
  }

  async #needLine(): Promise<Line> {
    const { line, reachesVenue } = this.#parts.session;
    if (line === undefined || !reachesVenue) throw new LineEndedError('open orders', 'TWS does not reach IB');
    return line;
  }

  async #up(line: Line, first: boolean): Promise<void> {
    if (this.#line !== line) this.#listenTo(line);
    this.#upSince = this.#parts.clock.now();
    // Until TWS shows them: it may have forgotten some.
    for (const order of this.#book.working()) order.missing = true;
    await this.#recovery.run(line, first);
    this.#upSince = this.#parts.clock.now();
    const early = this.#early ?? [];
    this.#early = undefined;
    for (const event of early) this.#tell(event);
  }

  /** Tells news of an order, after the trades of its family from before this process: who does not know those would misread it. */
  #tell(event: OrderEvent): void {
    if (this.#closed) return;
    for (const one of [...this.#fills.older(event.id), event]) {
      this.#toldAt = Math.max(this.#toldAt, one.time);
      this.#voice(one);
    }
  }

  #listenTo(line: Line): void {
    for (const stop of this.#stops) stop();
    this.#line = line;
    this.#book.ids.told(line.nextOrderId);
    this.#stops = [
      listen(
        line.events,
        EventName.openOrder,
        (_id: number, contract: Contract, order: Order, state: OrderState) => {
          const seen = order.whatIf === true ? undefined : readSeenOrder(contract, order, state);
          if (seen !== undefined) this.#shown(seen);
        },
      ),
      listen(
        line.events,
        EventName.orderStatus,
        (
          orderId: number,
          status: string,
          filled: number,
          _remaining: number,
          _average: number,
          permId?: number,
          _parentId?: number,
          _last?: number,
          clientId?: number,
          whyHeld?: string,
        ) => {
          const order = this.#book.find(clientId, orderId, permId ?? 0);
          const report = { orderId, status, filled: finite(filled), permId: permId ?? 0, clientId };
          if (order !== undefined) this.#news.status(order, { ...report, whyHeld: whyHeld ?? '' });
        },
      ),
      listen(line.events, EventName.execDetails, (of: number, contract: Contract, told: TwsExecution) => {
        // Answers to questions are taken by whoever asked.
        if (of !== -1) return;
        const execution = readExecution(contract, told);
        if (execution !== undefined) this.#take(execution);
        else if (told.acctNumber === this.#parts.account)
          this.#parts.note(
            `a trade (${told.execId}) makes no sense and is not booked: compare the positions`,
          );
      }),
      listen(line.events, EventName.commissionReport, (told: CommissionReport) => {
        const commission = readCommission(told);
        if (commission !== undefined) this.#fills.commission(commission);
      }),
      line.onNotice(({ id, code, text }) => {
        const order = id > 0 ? this.#book.byOrderId(id) : undefined;
        if (order !== undefined) this.#news.notice(order, code, text);
      }),
      line.onEnd((why) => this.#desk.lineEnded(why)),
    ];
  }

  #shown(seen: SeenOrder): void {
    // A client's ids are one row, whatever account its orders are for.
    if (seen.clientId === this.#parts.clientId) this.#book.ids.saw(seen.orderId);
    if (seen.account !== this.#parts.account) return;
    const order = this.#finder.of(seen) ?? this.#finder.adopt(seen);
    if (order === undefined) return;
    const { permId } = order;
    if (permId > 0 && seen.permId > 0 && permId !== seen.permId && !this.#twins.has(seen.permId)) {
      this.#twins.add(seen.permId);
      this.#parts.note(
        `TWS shows order ${order.id} twice, as ${permId} and as ${seen.permId}: cancel the second one in TWS`,
      );
    }
    this.#news.shown(order, seen);
  }

  #take(execution: Execution, silent = false): void {
    const { account, clientId } = this.#parts;
    if (execution.clientId === clientId) this.#book.ids.saw(execution.orderId);
    if (execution.account !== account) return;
    const order = this.#finder.of(execution) ?? this.#finder.adoptTraded(execution);
    if (order !== undefined) this.#fills.take(order, execution, silent);
  }
}
