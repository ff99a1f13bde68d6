import {
  type AccountState,
  type Clock,
  type ConnectionState,
  type OrderEvent,
  type OrderRequest,
  seededRandom,
  systemClock,
  type Tick,
} from '@mikrobot/core';
import type { BinanceSimulator } from '@mikrobot/simulators';
import { secrets } from '../../testing/bot-keys.js';
import { orderRequest } from '../../testing/order-request.js';
import { KeyRing } from '../../transport/keys.js';
import { SpotSession } from '../session.js';
import { symbol } from './spot-bench.js';

/** A session on a simulated venue, and everything that it told. */
export interface Trader {
  readonly session: SpotSession;
  readonly events: OrderEvent[];
  readonly accounts: AccountState[];
  readonly lines: ConnectionState[];
  readonly ticks: Tick[];
  readonly beats: { count: number };
  /** An order of 0.1, or as given, with an id of its own. */
  order(given?: Partial<OrderRequest>): OrderRequest;
  /** The types of events of an order. */
  told(id: string): readonly string[];
}

/** Options of a {@link Trader}. */
export interface TraderOptions {
  readonly clock?: Clock;
  readonly recvWindow?: number;
  readonly symbols?: readonly string[];
}

/** Opens a session. */
export const openTrader = async (
  venue: BinanceSimulator,
  { clock = systemClock(), recvWindow = 5_000, symbols = [symbol] }: TraderOptions = {},
): Promise<Trader> => {
  const events: OrderEvent[] = [];
  const accounts: AccountState[] = [];
  const lines: ConnectionState[] = [];
  const ticks: Tick[] = [];
  const beats = { count: 0 };
  const session = new SpotSession({
    endpoints: venue.spot,
    symbols,
    keys: await KeyRing.load(secrets),
    recvWindow,
    absentAfter: 1_000,
    clock,
    random: seededRandom(1),
    events: {
      order: (event) => events.push(event),
      account: (state) => accounts.push(state),
      connection: (state) => lines.push(state),
      tick: (tick) => ticks.push(tick),
      heartbeat: () => {
        beats.count += 1;
      },
    },
  });
  await session.open(new AbortController().signal);
  let count = 0;
  return {
    session,
    events,
    accounts,
    lines,
    ticks,
    beats,
    order(given = {}) {
      count += 1;
      return orderRequest({
        id: `t-${Math.floor(clock.now()).toString(36)}-${count}`,
        symbol,
        quantity: 0.1,
        ...given,
      });
    },
    told: (id) => events.filter((event) => event.id === id).map(({ type }) => type),
  };
};
