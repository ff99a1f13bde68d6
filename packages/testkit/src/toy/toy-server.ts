import { systemClock } from '@mikrobot/core';

const clock = systemClock();

/** An order in the toy venue's words. */
export interface ToyOrder {
  /** Client order id. */
  readonly cid: string;
  readonly buy: boolean;
  readonly kind: 'MKT' | 'LMT' | 'STP';
  readonly qty: number;
  readonly px: number;
  readonly ioc: boolean;
  state: 'open' | 'done' | 'cancelled';
  readonly trades: ToyTrade[];
}

/** A trade in the toy venue's words. */
export interface ToyTrade {
  /** Its number: no two trades share one. */
  readonly no: number;
  /** Lots. */
  readonly qty: number;
  readonly px: number;
  /** Realised profit, USD. */
  readonly pnl: number;
  /** Lots of the order that are still open. */
  readonly left: number;
  /** Epoch ms. */
  readonly ts: number;
}

/** What one connection is told. */
export interface ToyLine {
  /** The market moved. */
  quote(bid: number, ask: number, ts: number): void;
  /** An order changed, by a trade or otherwise. */
  order(order: ToyOrder, trade: ToyTrade | undefined, ts: number): void;
  /** The connection broke. */
  dropped(): void;
}

const isOpen = ({ state }: ToyOrder): boolean => state === 'open';

/**
 * A venue to practise on: market, limit and stop orders of EURUSD on one netting account, no brackets, no amendments. It stands for
 * the other end of a socket. Its fields are what a test does to it.
 */
export class ToyServer {
  /** Who is connected. */
  readonly lines = new Set<ToyLine>();
  /** By client order id. */
  readonly orders = new Map<string, ToyOrder>();
  bid = 1.1;
  ask = 1.1001;
  /** Signed lots of EURUSD that the account holds. */
  net = 0;
  /** Their average price. */
  paid = 0;
  /** USD. */
  balance = 10_000;
  /** Lots that a quote trades of a limit order. */
  depth = Number.POSITIVE_INFINITY;
  /** Ms by which the venue's clock is ahead. */
  skew = 0;
  /** What the next order command meets. */
  fate: 'lose answer' | 'lose request' | 'NO_MONEY' | 'TOO_MANY' | undefined;
  /** Whether questions stay without an answer. */
  blind = false;
  /** Whether the next trade is told twice. */
  repeat = false;
  /** Whether it can be reached. */
  up = true;
  #trades = 0;
  #waiting: (() => void)[] = [];

  /** The venue's clock, epoch ms. */
  now(): number {
    return clock.now() + this.skew;
  }

  /** Connects as soon as the venue can be reached. Rejects when aborted. */
  async dial(line: ToyLine, abort: AbortSignal): Promise<void> {
    while (!this.up && !abort.aborted) {
      await new Promise<void>((resolve) => {
        this.#waiting.push(resolve);
        abort.addEventListener('abort', () => resolve(), { once: true });
      });
    }
    if (abort.aborted) throw new Error('aborted');
    this.lines.add(line);
  }

  /** Breaks every connection, or lets connections be built again. */
  setLine(up: boolean): void {
    this.up = up;
    if (up) for (const resolve of this.#waiting.splice(0)) resolve();
    else for (const line of [...this.lines]) if (this.lines.delete(line)) line.dropped();
  }

  /**
   * One request over the wire, and its answer. Rejects where one of them is lost.
   * @param asks - whether it only asks; else it is an order command
   */
  async call<T>(asks: boolean, work: () => T): Promise<T | { readonly error: string }> {
    const { fate } = this;
    if (!asks) this.fate = undefined;
    if (!this.up || (asks && this.blind) || (!asks && fate === 'lose request')) throw new Error('timed out');
    if (!asks && (fate === 'NO_MONEY' || fate === 'TOO_MANY')) return { error: fate };
    const answer = work();
    if (!asks && fate === 'lose answer') throw new Error('socket hang up');
    return answer;
  }

  /** Takes a new order. Its trades and its acceptance are told before the answer. */
  place(order: ToyOrder): { readonly error?: string } {
    if (this.orders.has(order.cid)) return { error: 'DUPLICATE' };
    this.orders.set(order.cid, order);
    this.tell(order);
    this.#match(order);
    if (order.ioc && isOpen(order)) this.cancel(order.cid);
    return {};
  }

  /** Ends an order that is open. */
  cancel(cid: string): { readonly error?: string } {
    const order = this.orders.get(cid);
    if (order?.state !== 'open') return { error: 'NOT_OPEN' };
    order.state = 'cancelled';
    this.tell(order);
    return {};
  }

  /** What is asked for at the start and after a break. */
  state(): {
    readonly net: number;
    readonly paid: number;
    readonly balance: number;
    readonly open: readonly ToyOrder[];
    readonly ts: number;
  } {
    const { net, paid, balance } = this;
    return { net, paid, balance, open: [...this.orders.values()].filter(isOpen), ts: this.now() };
  }

  /** The market moves. */
  quote(bid: number, ask: number): void {
    this.bid = bid;
    this.ask = ask;
    for (const line of this.lines) line.quote(bid, ask, this.now());
    for (const order of this.state().open) this.#match(order);
  }

  #match(order: ToyOrder): void {
    const { buy, kind, px, qty, trades } = order;
    const price = buy ? this.ask : this.bid;
    const above = buy ? price - px : px - price;
    if ((kind === 'LMT' && above > 0) || (kind === 'STP' && above < 0)) return;
    const open = trades.at(-1)?.left ?? qty;
    const lots = kind === 'LMT' ? Math.min(open, this.depth) : open;
    const left = Number((open - lots).toFixed(2));
    const pnl = this.book(buy ? lots : -lots, price);
    this.#trades += 1;
    const trade = { no: this.#trades, qty: lots, px: price, pnl, left, ts: this.now() };
    trades.push(trade);
    if (left === 0) order.state = 'done';
    this.tell(order, trade);
    if (this.repeat) this.tell(order, trade);
    this.repeat = false;
  }

  /** Trades signed lots, as a person does by hand. @returns the profit that this realises, USD */
  book(lots: number, price: number): number {
    const before = this.net;
    this.net = Number((before + lots).toFixed(2));
    if (before * lots >= 0) {
      this.paid = (this.paid * Math.abs(before) + price * Math.abs(lots)) / Math.abs(this.net || 1);
      return 0;
    }
    const closed = Math.min(Math.abs(before), Math.abs(lots));
    const pnl = closed * Math.sign(before) * (price - this.paid) * 100_000;
    this.balance += pnl;
    if (before * this.net < 0) this.paid = price;
    return pnl;
  }

  /** Tells everybody who is connected. */
  tell(order: ToyOrder, trade?: ToyTrade): void {
    for (const line of this.lines) line.order(order, trade, this.now());
  }
}
