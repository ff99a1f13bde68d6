import { type OrderEvent, type OrderRequest, seededRandom } from '@mikrobot/core';
import { replayClock, type TwsSimulator } from '@mikrobot/simulators';
import { future, stock } from '../../contracts/contract-spec.js';
import { Rooms } from '../../rooms.js';
import type { Orders } from '../orders.js';
import { orderRequest } from './order-bench.js';

/** Pauses before new connections are of seconds. */
const SPEED = 8;

/** The adapter's rooms on a simulated TWS, without its port: orders need no approval here. */
export class Trader {
  readonly events: OrderEvent[] = [];
  readonly notes: string[] = [];
  readonly states: string[] = [];
  readonly rooms: Rooms;

  constructor(tws: TwsSimulator, { clientId = 7 } = {}) {
    this.rooms = new Rooms({
      options: {
        host: tws.host,
        port: tws.port,
        clientId,
        contracts: { ES: future('ES', { exchange: 'CME' }), AAPL: stock('AAPL') },
      },
      clock: replayClock({ start: Date.now(), speed: SPEED }),
      random: seededRandom(1),
      voice: {
        tick: () => undefined,
        account: () => undefined,
        heartbeat: () => undefined,
        order: (event) => this.events.push(event),
        connection: ({ state }) => this.states.push(state),
        note: (detail) => this.notes.push(detail),
      },
    });
  }

  async start(): Promise<this> {
    await this.rooms.session.start(new AbortController().signal);
    return this;
  }

  get orders(): Orders {
    const { orders } = this.rooms;
    if (orders === undefined) throw new Error('not started');
    return orders;
  }

  /** Types of the events of an order, in their order. */
  told(id: string): readonly string[] {
    return this.events.filter((event) => event.id === id).map(({ type }) => type);
  }

  /** Lots of an order that were told as traded. */
  filled(id: string): number {
    return this.events.reduce(
      (lots, event) => lots + (event.type === 'fill' && event.id === id ? event.quantity : 0),
      0,
    );
  }

  close(): void {
    this.rooms.close();
  }
}

/** A market order to buy 2 ES, or as given. */
export const marketOrder = (given: Partial<OrderRequest> = {}): OrderRequest =>
  orderRequest({ type: 'market', price: undefined, ...given });
