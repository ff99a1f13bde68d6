import type { Clock } from '@mikrobot/core';
import {
  type Contract,
  EventName,
  type Order,
  type OrderState,
  type Execution as TwsExecution,
} from '@stoqey/ib';
import type { Line, Request } from '../line/line.js';
import { listen } from '../listen.js';
import { type Execution, readExecution } from './execution.js';
import { readSeenOrder, type SeenOrder } from './seen-order.js';

/** Ms that a list may take. */
const TIMEOUT = 4_000;

/** Everything that TWS says of the account's orders and trades. */
export interface Lists {
  /** Orders that TWS shows as open, whoever made them; the last that was shown of each. */
  readonly open: readonly SeenOrder[];
  /** Orders that ended today. */
  readonly completed: readonly SeenOrder[];
  /** Trades since the day's begin. */
  readonly executions: readonly Execution[];
  /** Epoch ms. */
  readonly askedAt: number;
}

type TakeOrder = (contract: Contract, order: Order, state: OrderState) => void;

const all =
  (stops: readonly (() => void)[]): (() => void) =>
  () => {
    for (const stop of stops) stop();
  };

/** Asks TWS what it has: always whole lists, or an error. */
export class VenueOrders {
  readonly #clock: Clock;
  readonly #account: string;
  #current: { readonly line: Line; readonly lists: Promise<Lists> } | undefined;
  #next: { readonly line: Line; readonly lists: Promise<Lists> } | undefined;

  constructor(clock: Clock, account: string) {
    this.#clock = clock;
    this.#account = account;
  }

  /**
   * All lists, begun after this call. Many questions at once, as after a reconnect, share them.
   * @throws `MikroBotError` when one of them did not come whole
   */
  lists(line: Line): Promise<Lists> {
    if (this.#current?.line !== line) return this.#begin(line);
    if (this.#next?.line !== line) {
      const lists = this.#current.lists
        .catch(() => undefined)
        .then(() => {
          this.#next = undefined;
          return this.#begin(line);
        });
      this.#next = { line, lists };
    }
    return this.#next.lists;
  }

  /** Orders that TWS shows as open. */
  async openOrders(line: Line): Promise<readonly SeenOrder[]> {
    const shown = await line.request<SeenOrder>({
      what: 'open orders',
      alone: 'open orders',
      timeout: TIMEOUT,
      ask: (commands) => commands.reqAllOpenOrders(),
      listen: (events, _id, add, done) => {
        const take = this.#taking(add);
        return all([
          listen(
            events,
            EventName.openOrder,
            (_orderId: number, contract: Contract, order: Order, state: OrderState) =>
              take(contract, order, state),
          ),
          listen(events, EventName.openOrderEnd, done),
        ]);
      },
    });
    const last = new Map<string, SeenOrder>();
    for (const seen of shown)
      last.set(seen.permId > 0 ? `${seen.permId}` : `${seen.clientId}.${seen.orderId}`, seen);
    return [...last.values()];
  }

  #begin(line: Line): Promise<Lists> {
    const lists = this.#ask(line);
    const current = { line, lists };
    this.#current = current;
    const clear = (): void => {
      if (this.#current === current) this.#current = undefined;
    };
    lists.then(clear, clear);
    return lists;
  }

  async #ask(line: Line): Promise<Lists> {
    const askedAt = this.#clock.now();
    const [executions, open, completed] = await Promise.all([
      this.#executions(line),
      this.openOrders(line),
      line.request(this.#completed()),
    ]);
    return { executions, open, completed, askedAt };
  }

  #completed(): Request<SeenOrder> {
    return {
      what: 'completed orders',
      alone: 'completed orders',
      timeout: TIMEOUT,
      ask: (commands) => commands.reqCompletedOrders(false),
      listen: (events, _id, add, done) =>
        all([
          listen(events, EventName.completedOrder, this.#taking(add)),
          listen(events, EventName.completedOrdersEnd, done),
        ]),
    };
  }

  async #executions(line: Line): Promise<readonly Execution[]> {
    const listed = await line.request<Execution>({
      what: 'executions',
      timeout: TIMEOUT,
      ask: (commands, id) => commands.reqExecutions(id, { acctCode: this.#account }),
      listen: (events, id, add, done) =>
        all([
          listen(events, EventName.execDetails, (of: number, contract: Contract, told: TwsExecution) => {
            const read = of === id ? readExecution(contract, told) : undefined;
            if (read?.account === this.#account) add(read);
          }),
          listen(events, EventName.execDetailsEnd, (of: number) => {
            if (of === id) done();
          }),
        ]),
    });
    // A corrected trade can be listed with its correction.
    const trades = new Map<string, Execution>();
    for (const execution of listed) {
      const { version = 0 } = trades.get(execution.tradeId) ?? {};
      if (execution.version >= version) trades.set(execution.tradeId, execution);
    }
    return [...trades.values()];
  }

  #taking(add: (seen: SeenOrder) => void): TakeOrder {
    return (contract, order, state) => {
      const seen = order.whatIf === true ? undefined : readSeenOrder(contract, order, state);
      if (seen?.account === this.#account) add(seen);
    };
  }
}
