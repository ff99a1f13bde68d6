import { BoundedMap, type CommandOutcome, type OrderRef, type OrderRequest, opposite } from '@mikrobot/core';
import type { Commands, Line } from '../line/line.js';
import type { OrderBook } from './order-book.js';
import type { OrderParts } from './parts.js';
import { amendedOrder, orderCount, unsupported, type WireOrder, wireOrders } from './to-wire.js';
import { type Settle, type TrackedOrder, track } from './tracked-order.js';
import type { VenueOrders } from './venue-orders.js';
import { orderTypeOf } from './words.js';

/** Ms that a command waits for its answer. */
const ANSWER_TIMEOUT = 4_000;
const REMEMBERED = 20_000;

/** What order commands need. */
export interface OrderDeskParts extends OrderParts {
  readonly book: OrderBook;
  readonly venue: VenueOrders;
}

const rejected = (code: string, detail: string): CommandOutcome => ({ outcome: 'rejected', code, detail });

/** Where a leg stands; a trailing stop without a first price has none until TWS tells it. */
const bracketPrice = ({ bracket }: OrderRequest, leg: 'stop' | 'target'): number | undefined =>
  leg === 'stop' ? bracket?.stop : bracket?.target;

const LINE_DOWN = rejected('LINE_DOWN', 'TWS or its line to IB is down; nothing was sent');

const unsaid = (id: string): CommandOutcome =>
  rejected('TIMED_OUT', `TWS did not say whether it has order ${id}; nothing was sent`);

/**
 * Places, changes and cancels orders. Nothing is sent while TWS does not reach IB: it would keep the order and send it later, and a
 * change that crosses such a gap has left two live orders. Nothing is ever sent twice.
 */
export class OrderDesk {
  readonly #parts: OrderDeskParts;
  /** When each order was sent, epoch ms: it may be on its way for a while. */
  readonly #sentAt = new BoundedMap<string, number>(REMEMBERED);

  constructor(parts: OrderDeskParts) {
    this.#parts = parts;
  }

  /** When an order was sent in this process, epoch ms; undefined for one that was not. */
  sentAt(id: string): number | undefined {
    return this.#sentAt.get(id);
  }

  async submit(request: OrderRequest): Promise<CommandOutcome> {
    const { account, book, contracts } = this.#parts;
    const line = this.#line();
    if (line === undefined) return LINE_DOWN;
    const contract = contracts.find(request.symbol);
    if (contract === undefined) return rejected('UNKNOWN_INSTRUMENT', `${request.symbol} is not traded here`);
    if (!contract.tradable) return rejected('UNSUPPORTED_ORDER', `${request.symbol} can only be watched`);
    const why = unsupported(request, contract.contract.secType);
    if (why !== undefined) return rejected('UNSUPPORTED_ORDER', why);
    // What became of the first, a query tells.
    if (book.byRef(request.id) !== undefined)
      return { outcome: 'unknown', detail: `order ${request.id} was sent before; it is not sent again` };
    const terms = {
      account,
      outsideRegularHours: contract.spec.outsideRegularHours === true,
      secType: contract.contract.secType,
    };
    const orders = wireOrders(request, terms, book.ids.take(orderCount(request)));
    const tracked = this.#track(request, orders);
    const entry = tracked[0]!;
    const answer = this.#answer(entry, 'submit', (settle) => {
      entry.submitting = settle;
    });
    const unsent = (outcome: CommandOutcome): void => {
      if (outcome.outcome === 'rejected')
        for (const order of tracked) {
          book.forget(order);
          this.#sentAt.delete(order.id);
        }
      entry.submitting?.(outcome);
    };
    this.#send(
      line,
      (commands) => {
        for (const { id } of tracked) this.#sentAt.set(id, this.#parts.clock.now());
        for (const { orderId, order } of orders) commands.placeOrder(orderId, contract.contract, order);
      },
      unsent,
    );
    return answer;
  }

  async amend(request: OrderRequest, { id, venueId }: OrderRef): Promise<CommandOutcome> {
    const { book, contracts } = this.#parts;
    book.learn(venueId);
    const line = this.#line();
    if (line === undefined) return LINE_DOWN;
    const order = await this.#known(line, id);
    if (this.#line() !== line) return LINE_DOWN;
    if (order === 'unsaid') return unsaid(id);
    const contract = contracts.find(request.symbol);
    const isOurs = order?.clientId === book.clientId && order.orderId > 0;
    if (order === undefined || contract === undefined || !isOurs)
      return rejected('NOT_FOUND', `there is no order ${id} that could be changed`);
    if (order.ended !== undefined || order.ending !== undefined)
      return rejected('ENDED', `order ${id} has ended`);
    const shown = order.shown?.order ?? order.sent;
    // An id that TWS does not know opens a new order.
    if (order.missing)
      return rejected('NOT_SHOWN', `TWS does not show order ${id}; it is not changed blindly`);
    const isLeaving = order.cancelling !== undefined || order.status === 'PendingCancel';
    if (shown === undefined || !order.accepted || order.amending !== undefined || isLeaving)
      return rejected('PENDING', `order ${id} waits for an answer of TWS; it cannot be changed now`);
    if (order.type !== request.type)
      return rejected('UNSUPPORTED_ORDER', `a ${order.type} order cannot become a ${request.type} order`);
    // A leg that sleeps stays its entry's.
    const { entry } = order;
    const isOver = entry === undefined || (entry.ended ?? entry.ending?.end) !== undefined;
    const sleeps = !isOver && entry.status !== 'Filled' && entry.clientId === book.clientId;
    const parent = sleeps ? { parentId: entry.orderId } : {};
    const wire = { ...amendedOrder(shown, request), ...parent };
    const price = request.type === 'market' ? undefined : request.price;
    order.most = Math.max(order.most, request.quantity);
    const answer = this.#answer(order, 'amend', (settle) => {
      order.amending = settle && { settle, quantity: request.quantity, price };
    });
    this.#send(
      line,
      (commands) => void commands.placeOrder(order.orderId, contract.contract, wire),
      (outcome) => order.amending?.settle(outcome),
      () => (order.ended ?? order.ending?.end) === undefined,
    );
    return answer;
  }

  async cancel({ id, venueId }: OrderRef): Promise<CommandOutcome> {
    const { book } = this.#parts;
    book.learn(venueId);
    const line = this.#line();
    if (line === undefined) return LINE_DOWN;
    const order = await this.#known(line, id);
    if (this.#line() !== line) return LINE_DOWN;
    if (order === 'unsaid') return unsaid(id);
    if (order === undefined) return rejected('NOT_FOUND', `TWS shows no order ${id}`);
    if (order.ended !== undefined && !order.revived)
      return rejected('ENDED', `order ${id} has ended: ${order.ended}`);
    if (order.clientId !== book.clientId || order.orderId === 0)
      return rejected(
        'OTHER_CLIENT',
        `order ${id} belongs to client ${order.clientId}, which alone can cancel it`,
      );
    if (order.cancelling !== undefined)
      return { outcome: 'unknown', detail: `a cancel of ${id} is under way` };
    order.cancelAsked = true;
    const answer = this.#answer(order, 'cancel', (settle) => {
      order.cancelling = settle;
    });
    this.#send(
      line,
      (commands) => void commands.cancelOrder(order.orderId, ''),
      (outcome) => order.cancelling?.(outcome),
    );
    return answer;
  }

  /**
   * TWS did not take an order: of a bracket, what it took must not stay. Without its entry no leg may stay, and without its stop no
   * entry that has not traded.
   */
  refused(order: TrackedOrder): void {
    const { entry, legs } = order;
    if (legs.length > 0) {
      this.#withdraw(legs);
      for (const leg of legs) this.#parts.book.close(leg, 'cancelled');
    } else if (entry !== undefined && order === entry.legs.at(-1) && !entry.accepted) {
      this.#withdraw([...entry.legs.filter((leg) => leg !== order), entry]);
      const { code, detail } = order.refusal ?? { code: 'REJECTED', detail: '' };
      // The order that was to transmit all was refused; the answer waits until TWS has ended the others.
      const settle = entry.submitting;
      if (settle !== undefined) {
        const cancelled = (outcome: CommandOutcome): void => {
          const isGone = outcome.outcome === 'accepted' && entry.ending !== undefined && entry.counted === 0;
          if (isGone) this.#parts.book.close(entry, 'rejected');
          const why = `the stop was refused: ${detail}`;
          settle(isGone ? rejected(code, why) : { outcome: 'unknown', detail: why });
        };
        entry.submitting = cancelled;
      }
    }
  }

  /** Every command that waits is unknown from now on. */
  lineEnded(why: string): void {
    for (const order of this.#parts.book.working()) {
      const outcome = { outcome: 'unknown', detail: why } as const;
      order.submitting?.(outcome);
      order.amending?.settle(outcome);
      order.cancelling?.(outcome);
    }
  }

  /**
   * Sends when it is its turn, if that still makes sense then.
   * @param unsent - nothing was sent, and nothing will be; unknown where a part may have been
   */
  #send(
    line: Line,
    command: (commands: Commands) => void,
    unsent: (outcome: CommandOutcome) => void,
    isWanted = () => true,
  ): void {
    const drop = (): void => unsent(LINE_DOWN);
    const atItsTurn = (commands: Commands): void => {
      // What TWS gets while it does not reach IB, it keeps and sends later.
      if (this.#line() !== line) drop();
      else if (!isWanted()) unsent(rejected('ENDED', 'it has ended meanwhile; nothing was sent'));
      else
        try {
          command(commands);
        } catch (error) {
          unsent({ outcome: 'unknown', detail: error instanceof Error ? error.message : String(error) });
        }
    };
    if (!line.send(atItsTurn, 'order', drop)) drop();
  }

  #line(): Line | undefined {
    const { line, reachesVenue } = this.#parts.session;
    return line?.isOpen === true && reachesVenue ? line : undefined;
  }

  /**
   * An order of an earlier process is only known once TWS has shown it. It is known by its mark alone: TWS gives an order id again when
   * somebody has reset them.
   */
  async #known(line: Line, id: string): Promise<TrackedOrder | 'unsaid' | undefined> {
    const { book, venue } = this.#parts;
    const order = book.byRef(id);
    if (order !== undefined) return order;
    try {
      await venue.openOrders(line);
    } catch {
      return book.byRef(id) ?? 'unsaid';
    }
    return book.byRef(id);
  }

  #track(request: OrderRequest, orders: readonly WireOrder[]): readonly TrackedOrder[] {
    const { book, clock } = this.#parts;
    const tracked: TrackedOrder[] = [];
    for (const { leg, orderId, order } of orders) {
      const entry = tracked[0];
      const isLeg = leg !== 'entry' && entry !== undefined;
      const made = track({
        id: order.orderRef ?? '',
        symbol: request.symbol,
        clientId: book.clientId,
        orderId,
        permId: 0,
        side: isLeg ? opposite(request.side) : request.side,
        type: isLeg ? orderTypeOf(order.orderType, order.lmtPrice) : request.type,
        tif: order.tif ?? '',
        goodTill: isLeg ? undefined : request.goodTill,
        quantity: request.quantity,
        price: isLeg ? bracketPrice(request, leg) : request.price,
        entry: isLeg ? entry : undefined,
        sent: order,
      });
      if (isLeg) entry.legs.push(made);
      tracked.push(made);
      book.add(made);
      this.#sentAt.set(made.id, clock.now());
    }
    return tracked;
  }

  /** Waits for the answer to one command. What comes after the deadline is told as news, if at all. */
  #answer(
    order: TrackedOrder,
    command: string,
    set: (settle: Settle | undefined) => void,
  ): Promise<CommandOutcome> {
    const { answerTimeout = ANSWER_TIMEOUT, clock } = this.#parts;
    return new Promise((resolve) => {
      const settle: Settle = (outcome) => {
        set(undefined);
        disarm();
        resolve(outcome);
      };
      const disarm = clock.arm(`ib ${command} ${order.id}`, clock.now() + answerTimeout, () =>
        settle({ outcome: 'unknown', detail: `TWS gave no answer to ${command} within ${answerTimeout} ms` }),
      );
      set(settle);
    });
  }

  #withdraw(orders: readonly TrackedOrder[]): void {
    const line = this.#line();
    const live = orders.filter(({ ended }) => ended === undefined);
    for (const order of live) order.cancelAsked = true;
    line?.send((commands) => {
      for (const { orderId } of live) commands.cancelOrder(orderId, '');
    }, 'order');
  }
}
