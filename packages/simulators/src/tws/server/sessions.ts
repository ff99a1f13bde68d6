import type { TwsSessions } from '../session.js';
import type { ClientSession } from './client-session.js';

/** The clients that have started their API, by client id. */
export class Sessions implements TwsSessions {
  readonly #byId = new Map<number, ClientSession>();
  /** Ids of ended connections that TWS still holds, and until when, epoch ms. */
  readonly #held = new Map<number, number>();

  get(clientId: number): ClientSession | undefined {
    return this.#byId.get(clientId);
  }

  [Symbol.iterator](): IterableIterator<ClientSession> {
    return [...this.#byId.values()].values();
  }

  /** Whether a client may not have this id now. */
  isTaken(clientId: number, now: number): boolean {
    const until = this.#held.get(clientId) ?? Number.NEGATIVE_INFINITY;
    if (until <= now) this.#held.delete(clientId);
    return this.#byId.has(clientId) || until > now;
  }

  add(session: ClientSession): void {
    this.#byId.set(session.clientId, session);
  }

  /** @param heldUntil - epoch ms; undefined: another client may have the id at once */
  remove(session: ClientSession, heldUntil: number | undefined): void {
    this.#byId.delete(session.clientId);
    if (heldUntil !== undefined) this.#held.set(session.clientId, heldUntil);
  }

  /** No id is held any more. */
  release(): void {
    this.#held.clear();
  }
}
