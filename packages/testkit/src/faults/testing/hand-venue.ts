import {
  type AdapterEvents,
  type ApprovedOrder,
  type Bar,
  type BrokerAdapter,
  type Capabilities,
  type CommandOutcome,
  type Instrument,
  type MaybePromise,
  type OrderRef,
  type QueryOutcome,
  type Snapshot,
  VirtualClock,
} from '@mikrobot/core';
import { EventEmitter } from 'eventemitter3';

const capabilities: Capabilities = {
  orderTypes: {
    market: 'native',
    limit: 'native',
    stop: 'native',
    'stop-limit': 'none',
    'trailing-stop': 'none',
  },
  timeInForce: { GTC: 'native', DAY: 'none', GTD: 'none', IOC: 'none', FOK: 'none' },
  bracket: 'none',
  amend: 'native',
  reduceOnly: 'none',
  history: 'none',
};

/** A venue that takes everything, keeps a list of what it heard, and tells only what a test has it tell. */
export class HandVenue extends EventEmitter<AdapterEvents> implements BrokerAdapter {
  readonly name = 'hand';
  readonly clock = new VirtualClock(1_000_000);
  readonly capabilities = capabilities;
  readonly heard: string[] = [];
  closed = false;
  /** How commands are answered. */
  answer: () => MaybePromise<CommandOutcome> = () => ({ outcome: 'accepted', venueId: 'v1' });

  connect(): void {
    this.heard.push('connect');
  }

  instruments(): readonly Instrument[] {
    return [];
  }

  subscribe(): () => void {
    return () => undefined;
  }

  async *history(): AsyncGenerator<Bar> {
    // It has no past.
  }

  snapshot(): Snapshot {
    this.heard.push('snapshot');
    return {
      complete: true,
      asOf: this.clock.now(),
      account: {
        id: 'A1',
        currency: 'USD',
        mode: 'netting',
        live: false,
        balance: 1,
        equity: 1,
        margin: 0,
        leverage: 1,
      },
      orders: [],
      positions: [{ symbol: 'EURUSD', quantity: 1, averagePrice: 1.1 }],
    };
  }

  submit({ request }: ApprovedOrder): MaybePromise<CommandOutcome> {
    this.heard.push(`submit ${request.id}`);
    return this.answer();
  }

  amend({ request }: ApprovedOrder): MaybePromise<CommandOutcome> {
    this.heard.push(`amend ${request.id}`);
    return this.answer();
  }

  cancel({ id }: OrderRef): MaybePromise<CommandOutcome> {
    this.heard.push(`cancel ${id}`);
    return this.answer();
  }

  query({ id }: OrderRef): QueryOutcome {
    this.heard.push(`query ${id}`);
    return { outcome: 'absent' };
  }

  close(): void {
    this.closed = true;
  }
}
