import type {
  AdapterEvents,
  ApprovedOrder,
  BrokerAdapter,
  Capabilities,
  CommandOutcome,
  Instrument,
  MaybePromise,
  OrderRef,
  QueryOutcome,
  Snapshot,
  StreamRequest,
} from '@mikrobot/core';
import { EventEmitter } from 'eventemitter3';
import type { Trap } from './trap.js';
import { isStop } from './venue/record.js';
import type { WhenSent } from './when-sent.js';

/** Passes everything on to the adapter, and falls into the trap at the steps that an adapter sees. */
export class TrappedAdapter extends EventEmitter<AdapterEvents> implements BrokerAdapter {
  readonly name: string;
  readonly capabilities: Capabilities;
  readonly #inner: BrokerAdapter;
  readonly #trap: Trap;
  /** Whether the bot has not begun to trade. */
  readonly #starting: () => boolean;
  readonly #whenSent: WhenSent;

  constructor(inner: BrokerAdapter, trap: Trap, starting: () => boolean, whenSent: WhenSent) {
    super();
    this.name = inner.name;
    this.capabilities = inner.capabilities;
    this.#inner = inner;
    this.#trap = trap;
    this.#starting = starting;
    this.#whenSent = whenSent;
    inner.on('tick', (tick) => this.emit('tick', tick));
    inner.on('order', (event) => this.emit('order', event));
    inner.on('account', (state) => this.emit('account', state));
    inner.on('connection', (state) => this.emit('connection', state));
    inner.on('heartbeat', () => this.emit('heartbeat'));
  }

  connect(abort: AbortSignal): MaybePromise<void> {
    return this.#inner.connect(abort);
  }

  instruments(): MaybePromise<readonly Instrument[]> {
    return this.#inner.instruments();
  }

  subscribe(stream: StreamRequest): MaybePromise<() => void> {
    return this.#inner.subscribe(stream);
  }

  history(query: Parameters<BrokerAdapter['history']>[0]): ReturnType<BrokerAdapter['history']> {
    return this.#inner.history(query);
  }

  async snapshot(): Promise<Snapshot> {
    const answer = this.#inner.snapshot();
    if (this.#starting()) this.#trap.at('start-snapshot');
    const snapshot = await answer;
    if (this.#starting()) this.#trap.at('start-compared');
    return snapshot;
  }

  submit(order: ApprovedOrder): MaybePromise<CommandOutcome> {
    const stop = isStop(order.request.id);
    const trap = this.#trap;
    trap.at(stop ? 'stop-committed' : 'intent-committed');
    const answer = this.#inner.submit(order);
    this.#whenSent(order.request.id, () => {
      if (stop && this.#starting()) trap.at('start-protecting');
      trap.at(stop ? 'stop-sent' : 'submit-sent');
    });
    return answer;
  }

  submitPair(stop: ApprovedOrder, target: ApprovedOrder): MaybePromise<CommandOutcome> {
    const trap = this.#trap;
    trap.at('stop-committed');
    const answer = this.#inner.submitPair?.(stop, target);
    if (answer === undefined) throw new TypeError('This venue takes no pairs.');
    this.#whenSent(stop.request.id, () => {
      if (this.#starting()) trap.at('start-protecting');
      trap.at('stop-sent');
    });
    return answer;
  }

  amend(order: ApprovedOrder, replaces: OrderRef): MaybePromise<CommandOutcome> {
    this.#trap.at('amend-not-sent');
    const answer = this.#inner.amend(order, replaces);
    this.#whenSent(replaces.id, () => {
      if (this.#starting()) this.#trap.at('start-protecting');
      this.#trap.at('amend-sent');
    });
    return answer;
  }

  cancel(ref: OrderRef): MaybePromise<CommandOutcome> {
    this.#trap.at('cancel-not-sent');
    const answer = this.#inner.cancel(ref);
    this.#whenSent(ref.id, () => this.#trap.at('cancel-sent'));
    return answer;
  }

  query(ref: OrderRef): MaybePromise<QueryOutcome> {
    const answer = this.#inner.query(ref);
    if (this.#starting()) this.#trap.at('start-asking');
    return answer;
  }

  close(): MaybePromise<void> {
    return this.#inner.close();
  }
}
