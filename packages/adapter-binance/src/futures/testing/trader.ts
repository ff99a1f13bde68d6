import {
  type AccountState,
  type AdapterEvents,
  type Clock,
  type ConnectionState,
  type OrderEvent,
  type OrderRequest,
  seededRandom,
  systemClock,
  type Tick,
} from '@mikrobot/core';
import type { BinanceSimulator } from '@mikrobot/simulators';
import { EventEmitter } from 'eventemitter3';
import { LineState } from '../../connection/line-state.js';
import type { BinanceFuturesOptions } from '../../options.js';
import { secrets } from '../../testing/bot-keys.js';
import { orderRequest } from '../../testing/order-request.js';
import type { FuturesNotices } from '../notices.js';
import { openSession, type Session } from '../session.js';
import type { Trading } from '../trading.js';
import { symbol } from './futures-bench.js';

/** A session on a simulated venue, and everything that it told. */
export interface Trader {
  readonly session: Session;
  readonly trading: Trading;
  readonly events: OrderEvent[];
  readonly accounts: AccountState[];
  readonly lines: ConnectionState[];
  readonly ticks: Tick[];
  readonly notices: (readonly [name: string, ...values: unknown[]])[];
  /** A market buy of 0.01, or as given, with an id of its own. */
  order(given?: Partial<OrderRequest>): OrderRequest;
  /** The types of events of an order. */
  told(id: string): readonly string[];
}

let count = 0;

/** Opens a session, past every bot: orders need no approval here. */
export const openTrader = async (
  venue: BinanceSimulator,
  options: Partial<BinanceFuturesOptions> & { readonly clock?: Clock } = {},
): Promise<Trader> => {
  const clock = options.clock ?? systemClock();
  const voice = Object.assign(new EventEmitter<AdapterEvents>(), {
    notices: new EventEmitter<FuturesNotices>(),
  });
  const [events, accounts, lines, ticks]: [OrderEvent[], AccountState[], ConnectionState[], Tick[]] = [
    [],
    [],
    [],
    [],
  ];
  const notices: (readonly [string, ...unknown[]])[] = [];
  voice
    .on('order', (event) => events.push(event))
    .on('account', (state) => accounts.push(state))
    .on('connection', (state) => lines.push(state))
    .on('tick', (tick) => ticks.push(tick));
  for (const name of ['balance', 'marginCall', 'limit', 'trouble', 'clock'] as const)
    voice.notices.on(name, (...values: readonly unknown[]) => notices.push([name, ...values]));
  const session = await openSession({
    options: { symbols: [symbol], secrets, absentAfter: 1_000, ...options },
    endpoints: venue.futures,
    clock,
    random: seededRandom(1),
    adapter: voice,
    line: new LineState((state) => voice.emit('connection', state)),
    abort: new AbortController().signal,
  });
  return {
    session,
    trading: session.trading!,
    events,
    accounts,
    lines,
    ticks,
    notices,
    order(given = {}) {
      count += 1;
      return orderRequest({
        id: `t-${Math.floor(clock.now()).toString(36)}-${count}`,
        symbol,
        quantity: 0.01,
        reduceOnly: given.side === 'sell',
        ...given,
      });
    },
    told: (id) => events.filter((event) => event.id === id).map(({ type }) => type),
  };
};
