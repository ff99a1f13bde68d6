import type {
  AccountState,
  BrokerAdapter,
  ConnectionState,
  FillEvent,
  OrderEvent,
  Tick,
} from '@mikrobot/core';

const told = (event: OrderEvent): string => {
  switch (event.type) {
    case 'fill':
      return `fill of ${event.id}: ${event.side} ${event.quantity} at ${event.price}, ${event.remaining} left, trade ${event.tradeId}`;
    case 'replaced':
      return `replaced of ${event.id}: ${event.quantity} at ${event.price ?? 'no price'}`;
    case 'cancelled':
      return `cancelled of ${event.id}: ${event.reason}`;
    case 'rejected':
      return `rejected of ${event.id}: ${event.code} ${event.detail}`;
    default:
      return `${event.type} of ${event.id}`;
  }
};

/** Everything that an adapter emitted, and what the card did meanwhile, in order. */
export class Tape {
  readonly orders: OrderEvent[] = [];
  readonly ticks: Tick[] = [];
  readonly accounts: AccountState[] = [];
  readonly connections: ConnectionState[] = [];
  heartbeats = 0;
  /** What happened, line by line, for a failure. */
  readonly lines: string[] = [];

  listen(adapter: BrokerAdapter): void {
    adapter.on('order', (event) => {
      this.orders.push(event);
      this.note(told(event));
    });
    // An adapter may reuse its tick.
    adapter.on('tick', (tick) => this.ticks.push({ ...tick }));
    adapter.on('account', (state) => this.accounts.push(state));
    adapter.on('heartbeat', () => {
      this.heartbeats += 1;
    });
    adapter.on('connection', (state) => {
      this.connections.push(state);
      this.note(`connection ${state.state}${state.dataLost ? ', data lost' : ''}: ${state.detail}`);
    });
  }

  note(line: string): void {
    this.lines.push(line);
  }

  /** Everything emitted so far: a later count shows whether something came. */
  get count(): number {
    return this.orders.length + this.ticks.length + this.accounts.length + this.heartbeats;
  }

  of(id: string): readonly OrderEvent[] {
    return this.orders.filter((event) => event.id === id);
  }

  fills(id: string): readonly FillEvent[] {
    return this.of(id).filter((event) => event.type === 'fill');
  }
}
