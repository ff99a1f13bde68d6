import { Observable, type OperatorFunction, type Subscriber } from 'rxjs';
import type { Decision } from '../model/decision.js';
import type { Priority } from '../model/signal.js';
import type { ApprovedOrder } from '../risk/approved-order.js';
import { PriorityQueue } from '../runtime/priority-queue.js';
import type { Desk } from './desk.js';
import { type HaltScope, within } from './halts.js';

type Item = ApprovedOrder | Decision;

const refusedByQueue = (desk: Desk, item: Item): Decision =>
  item.kind === 'decision' ? item : desk.orders.abandon(item, 'QUEUE_FULL', desk.queueLimit, 'one more');

/**
 * The line of one instrument: one order at a time waits for its answer, by priority, so that a later order never overtakes the
 * one that it depends on. Final decisions stand in the same line; what closes a position does not stand in line at all.
 */
class Lane {
  readonly #desk: Desk;
  readonly #emit: (decision: Decision) => void;
  readonly #queue: PriorityQueue<Item>;
  #busy = false;

  constructor(desk: Desk, emit: (decision: Decision) => void) {
    this.#desk = desk;
    this.#emit = emit;
    this.#queue = new PriorityQueue(desk.queueLimit);
  }

  take(item: Item): void {
    const { priority } = item.signal;
    if (item.kind === 'approved' && priority === 'critical') {
      this.#desk.orders.place(item, this.#emit);
    } else if (!this.#busy) {
      this.#serve(item);
    } else {
      const displaced = this.#queue.push(item, priority satisfies Priority);
      if (displaced !== undefined) this.#emit(refusedByQueue(this.#desk, displaced));
    }
  }

  /** Refuses the entries of a scope that wait; reductions keep their place. */
  refuse(scope: HaltScope, why: string): void {
    for (const item of this.#queue.drain()) {
      const { symbol, source } = item.signal;
      const adds = item.kind === 'approved' && item.request.purpose === 'enter';
      if (adds && within(scope, symbol, source))
        this.#emit(this.#desk.orders.abandon(item, 'HALTED', 'not halted', why));
      else this.#queue.push(item, item.signal.priority);
    }
  }

  #serve(item: Item): void {
    if (item.kind === 'decision') {
      this.#emit(item);
      return;
    }
    this.#busy = true;
    let inside = true;
    this.#desk.orders.place(item, (decision) => {
      this.#busy = false;
      this.#emit(decision);
      // The next order must not go out inside the answer to this one.
      if (!inside || this.#queue.size > 0) this.#desk.loop.defer(() => this.#next());
    });
    inside = false;
  }

  #next(): void {
    while (!this.#busy) {
      const item = this.#queue.shift();
      if (item === undefined) return;
      this.#serve(item);
    }
  }
}

const run = (source: Observable<Item>, desk: Desk, subscriber: Subscriber<Decision>): (() => void) => {
  const lanes = new Map<string, Lane>();
  let open = 0;
  let ended = false;
  const finish = (): void => {
    if (ended && open === 0) subscriber.complete();
  };
  const emit = (decision: Decision): void => {
    open--;
    subscriber.next(decision);
    finish();
  };
  const stopListening = desk.onRefuse((scope, why) => {
    for (const lane of lanes.values()) lane.refuse(scope, why);
  });
  const subscription = source.subscribe({
    next(item) {
      const { symbol } = item.signal;
      let lane = lanes.get(symbol);
      if (lane === undefined) {
        lane = new Lane(desk, emit);
        lanes.set(symbol, lane);
      }
      open++;
      lane.take(item);
    },
    error: (error) => subscriber.error(error),
    complete() {
      ended = true;
      finish();
    },
  });
  return () => {
    subscription.unsubscribe();
    stopListening();
  };
};

/**
 * Last stage: hands approved orders to the venue and emits the decision on each signal, exactly one, once it is known. Completes
 * after its source when no order waits for an answer.
 */
export const execute =
  (desk: Desk): OperatorFunction<ApprovedOrder | Decision, Decision> =>
  (source) =>
    new Observable((subscriber) => run(source, desk, subscriber));
