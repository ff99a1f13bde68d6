import {
  type AccountState,
  type ConnectionState,
  type OrderEvent,
  type OrderRequest,
  type Tick,
  VirtualClock,
} from '@mikrobot/core';
import { capabilitiesOf } from '../capabilities.js';
import { type MetaTrader5Options, settingsOf } from '../options.js';
import { Rooms } from '../rooms.js';
import { StandInTerminal } from './stand-in-terminal.js';
import { NOW, type Wire } from './wire-records.js';

/** A market buy of one lot, or as given. */
export const orderRequest = (given: Partial<OrderRequest> = {}): OrderRequest => ({
  id: 'j1-0abc-1-e',
  symbol: 'EURUSD',
  owner: 'breakout EURUSD',
  purpose: 'enter',
  side: 'buy',
  quantity: 1,
  type: 'market',
  price: undefined,
  limitPrice: undefined,
  trail: undefined,
  timeInForce: 'GTC',
  goodTill: undefined,
  bracket: undefined,
  reduceOnly: false,
  ...given,
});

/** Lets everything that waits for nothing but its turn happen. */
export const settled = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

/** The rooms of an adapter on a terminal without a socket, in time that stands still. */
export class RoomBench {
  readonly clock = new VirtualClock(NOW);
  readonly terminal = new StandInTerminal();
  readonly orders: OrderEvent[] = [];
  readonly connections: ConnectionState[] = [];
  readonly accounts: AccountState[] = [];
  readonly ticks: Tick[] = [];
  beats = 0;
  readonly rooms: Rooms;

  constructor(options: Partial<MetaTrader5Options> = {}) {
    const settings = settingsOf({
      bridge: { open: async () => this.terminal },
      account: '5000001',
      clock: this.clock,
      ...options,
    });
    this.rooms = new Rooms(settings, capabilitiesOf(settings.mode), this.clock, {
      tick: (tick) => void this.ticks.push({ ...tick }),
      order: (event) => void this.orders.push(event),
      account: (state) => void this.accounts.push(state),
      heartbeat: () => {
        this.beats += 1;
      },
      connection: (state) => void this.connections.push(state),
    });
  }

  /** Begins to connect. @returns what the start comes to */
  start(abort = new AbortController().signal): Promise<void> {
    return this.rooms.session.start(abort);
  }

  /** Connected, and up. */
  static async up(options: Partial<MetaTrader5Options> = {}, hello: Wire = {}): Promise<RoomBench> {
    const bench = new RoomBench(options);
    const started = bench.start();
    await settled();
    bench.terminal.up(hello);
    await started;
    return bench;
  }

  /** What was told of orders since the last call, in short. */
  news(): readonly string[] {
    return this.orders.splice(0).map(shortly);
  }

  /** Requests of a type that the terminal was asked. */
  asked(type: string): readonly Wire[] {
    return this.terminal.asked.filter((one) => one.type === type).map(({ data }) => data);
  }
}

/** An order event in a few words. */
const shortly = (event: OrderEvent): string => {
  const { type, id } = event;
  switch (event.type) {
    case 'fill':
      return `fill ${id} ${event.side} ${event.quantity} at ${event.price}, ${event.remaining} left, ${event.tradeId}`;
    case 'replaced':
      return `replaced ${id} ${event.quantity} at ${event.price}`;
    case 'rejected':
      return `rejected ${id} ${event.code}`;
    default:
      return `${type} ${id}`;
  }
};
