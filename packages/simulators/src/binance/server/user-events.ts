import type { FaultState } from './faults.js';

/** An event of an account, as the venue words it. */
export type UserEvent = Readonly<Record<string, unknown>>;
/** Takes the events of an account. */
export type UserListener = (event: UserEvent) => void;

/** A name to match an event by: its type and, of an order, its execution type: `executionReport TRADE`. */
const eventName = (event: UserEvent): string => {
  const order = event.o;
  const detail = typeof order === 'object' && order !== null && 'x' in order ? order.x : event.x;
  return detail === undefined ? String(event.e) : `${event.e} ${detail}`;
};

/** Carries the events of accounts to those who listen, with what is to go wrong on the way. */
export class UserEvents {
  readonly #faults: FaultState;
  readonly #listeners = new Map<string, Set<UserListener>>();
  readonly #shutdown = new Set<() => void>();
  readonly #terminate = new Set<(account: string | undefined) => void>();
  #held: { readonly account: string; readonly event: UserEvent } | undefined;

  constructor(faults: FaultState) {
    this.#faults = faults;
  }

  /** Listens to an account; returns the way to stop. */
  listen(account: string, listener: UserListener): () => void {
    const listeners = this.#listeners.get(account) ?? new Set();
    this.#listeners.set(account, listeners.add(listener));
    return () => listeners.delete(listener);
  }

  /** Calls when the server is about to shut down; returns the way to stop. */
  onShutdown(listener: () => void): () => void {
    this.#shutdown.add(listener);
    return () => this.#shutdown.delete(listener);
  }

  /** Calls when the streams of an account, or of all, are ended by the venue; returns the way to stop. */
  onTerminate(listener: (account: string | undefined) => void): () => void {
    this.#terminate.add(listener);
    return () => this.#terminate.delete(listener);
  }

  shutdown(): void {
    for (const listener of this.#shutdown) listener();
  }

  terminate(account: string | undefined): void {
    for (const listener of this.#terminate) listener(account);
  }

  tell(account: string, event: UserEvent): void {
    if (this.#faults.muted) {
      this.#faults.count('muted-event');
      return;
    }
    const held = this.#held;
    if (this.#faults.swaps > 0 && held === undefined) {
      this.#held = { account, event };
      return;
    }
    this.#deliver(account, event);
    if (held === undefined) return;
    this.#held = undefined;
    this.#faults.swaps--;
    this.#faults.count('reordered-events');
    this.#deliver(held.account, held.event);
  }

  #deliver(account: string, event: UserEvent): void {
    const listeners = this.#listeners.get(account) ?? [];
    for (const listener of listeners) listener(event);
    if (this.#faults.twice.take(eventName(event)) === undefined) return;
    this.#faults.count('duplicated-event');
    for (const listener of listeners) listener(event);
  }
}
