import {
  type AccountState,
  type Clock,
  type ConnectionState,
  type OrderEvent,
  type OrderRequest,
  type Side,
  seededRandom,
  systemClock,
  type Tick,
} from '@mikrobot/core';
import type { BinanceSimulator } from '@mikrobot/simulators';
import { KeyRing } from '../../transport/keys.js';
import { SpotSession } from '../session.js';
import { secrets, symbol } from './spot-bench.js';

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
      const side: Side = given.side ?? 'buy';
      return {
        id: `t-${Math.floor(clock.now()).toString(36)}-${count}`,
        symbol,
        owner: 'test',
        purpose: side === 'buy' ? 'enter' : 'flatten',
        side,
        quantity: 0.1,
        type: 'market',
        price: undefined,
        limitPrice: undefined,
        trail: undefined,
        timeInForce: 'GTC',
        goodTill: undefined,
        bracket: undefined,
        reduceOnly: false,
        ...given,
      };
    },
    told: (id) => events.filter((event) => event.id === id).map(({ type }) => type),
  };
};

/** Waits until something holds. @throws Error after a few seconds, naming it */
export const until = async (what: string, holds: () => unknown): Promise<void> => {
  const end = performance.now() + 5_000;
  while (!(await holds())) {
    if (performance.now() > end) throw new Error(`${what}: waited in vain`);
    await new Promise((resolve) => setTimeout(resolve, 2));
  }
};
