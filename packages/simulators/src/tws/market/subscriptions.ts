import type { TwsSession } from '../session.js';

/** What a client can be subscribed to; each has ids of its own. */
export type SubscriptionKind = 'top-of-book' | 'tick-by-tick' | 'real-time-bars' | 'history';

/** The subscriptions of all clients. They end with their connection, and when TWS has forgotten them. */
export class Subscriptions {
  readonly #open = new Map<TwsSession, Map<string, () => void>>();
  readonly #known = new WeakSet<TwsSession>();
  readonly #counts = new Map<SubscriptionKind, number>();

  has(session: TwsSession, kind: SubscriptionKind, requestId: number): boolean {
    return this.#open.get(session)?.has(`${kind}/${requestId}`) ?? false;
  }

  /** How many there are of a kind, of all clients: limits hold for the login. */
  count(kind: SubscriptionKind): number {
    return this.#counts.get(kind) ?? 0;
  }

  add(session: TwsSession, kind: SubscriptionKind, requestId: number, end: () => void): void {
    if (!this.#known.has(session)) {
      this.#known.add(session);
      session.onEnd(() => this.#endAll(session));
      session.onDataLost(() => this.#endAll(session));
    }
    const own = this.#open.get(session) ?? new Map<string, () => void>();
    this.#open.set(session, own);
    this.#counts.set(kind, this.count(kind) + 1);
    own.set(`${kind}/${requestId}`, () => {
      this.#counts.set(kind, this.count(kind) - 1);
      end();
    });
  }

  /** Ends one; false when there is none. */
  end(session: TwsSession, kind: SubscriptionKind, requestId: number): boolean {
    const own = this.#open.get(session);
    const end = own?.get(`${kind}/${requestId}`);
    own?.delete(`${kind}/${requestId}`);
    end?.();
    return end !== undefined;
  }

  /** Ends all of all clients. */
  close(): void {
    for (const session of [...this.#open.keys()]) this.#endAll(session);
  }

  #endAll(session: TwsSession): void {
    const own = this.#open.get(session);
    this.#open.delete(session);
    for (const end of own?.values() ?? []) end();
  }
}
