import type { Decision } from '../model/decision.js';
import type { Signal } from '../model/signal.js';

/** Held signals that are remembered at once; the oldest is forgotten first. */
const CAPACITY = 1_000;

/** A signal that waits for a person. */
export interface HeldSignal {
  readonly signal: Signal;
  /** Until when a yes counts, epoch ms. */
  readonly until: number;
  readonly code: string;
}

/** What waits for a person. An answer is taken once. */
export class HeldSignals {
  readonly #held = new Map<string, HeldSignal>();

  /** Held signals, oldest first, also those whose time is over and that nobody answered. */
  list(): readonly HeldSignal[] {
    return [...this.#held.values()];
  }

  add({ signal, until, refusal }: Extract<Decision, { outcome: 'held' }>): void {
    this.restore({ signal, until, code: refusal.code });
  }

  /** Takes up what waited in an earlier life. */
  restore(held: HeldSignal): void {
    this.#held.set(held.signal.id, held);
    if (this.#held.size > CAPACITY) this.#held.delete(this.#held.keys().next().value as string);
  }

  /** Removes and returns a held signal; undefined when there is none of that id or it was answered. */
  take(id: string): HeldSignal | undefined {
    const held = this.#held.get(id);
    this.#held.delete(id);
    return held;
  }
}
