import type { Clock } from '@mikrobot/core';
import * as z from 'zod';
import { BinanceError, BinanceLineError } from '../errors.js';
import type { Wire } from './wire.js';

/** Whom a {@link UserSubscription} tells. */
export interface UserSubscriptionListener {
  /** The subscription is gone, though the socket is not. */
  onLost(reason: string): void;
  /** It is subscribed again. */
  onBack(): void;
  /** The socket answers pings but no requests, or refuses the subscription. */
  onDeaf(wire: Wire, reason: string): void;
}

/** What a {@link UserSubscription} is made of. */
export interface UserSubscriptionParts {
  readonly clock: Clock;
  readonly name: string;
  /** Ms between two looks. Default 30,000. */
  readonly lookEvery?: number;
  /** Makes a request on a socket; signed where the method says so. */
  readonly ask: (wire: Wire, method: string) => Promise<unknown>;
}

interface Watched {
  readonly wire: () => Wire;
  readonly listener: UserSubscriptionListener;
}

const subscribed = z.object({ subscriptionId: z.number() });
const subscriptions = z.array(z.object({ subscriptionId: z.number() }));

/**
 * The subscription to user data on the sockets of the WebSocket API. A user stream may end with its socket open and well, and then
 * silence looks like peace. So the venue is asked at intervals which subscriptions it has, and the stream is taken up again.
 */
export class UserSubscription {
  readonly #parts: UserSubscriptionParts;
  readonly #ids = new WeakMap<Wire, number>();
  #disarm: (() => void) | undefined;
  #watched: Watched | undefined;

  constructor(parts: UserSubscriptionParts) {
    this.#parts = parts;
  }

  /** Subscribes on a socket. Signed, as any type of key may: sessions are for Ed25519 alone. @throws what `ask` throws */
  async subscribe(wire: Wire): Promise<void> {
    const answer = subscribed.safeParse(await this.#parts.ask(wire, 'userDataStream.subscribe.signature'));
    if (!answer.success) throw new BinanceLineError('The subscription to user data has no id.', true);
    this.#ids.set(wire, answer.data.subscriptionId);
  }

  /** Looks after the stream from now on. @param wire - the socket that is in use */
  watch(wire: () => Wire, listener: UserSubscriptionListener): void {
    this.stop();
    this.#watched = { wire, listener };
    this.#arm();
  }

  /** Looks no more. */
  stop(): void {
    this.#disarm?.();
    this.#disarm = undefined;
    this.#watched = undefined;
  }

  /** The venue said that it ended a subscription. */
  terminated(wire: Wire, subscription: number | undefined): void {
    const watched = this.#watched;
    if (watched === undefined || wire !== watched.wire() || subscription !== this.#ids.get(wire)) return;
    void this.#again(wire, watched, 'The venue ended the user stream.');
  }

  #arm(): void {
    const { clock, name, lookEvery = 30_000 } = this.#parts;
    this.#disarm?.();
    this.#disarm = clock.arm(`${name} look`, clock.now() + lookEvery, () => void this.#look());
  }

  async #look(): Promise<void> {
    const watched = this.#watched;
    if (watched === undefined) return;
    const wire = watched.wire();
    try {
      const known = subscriptions.safeParse(await this.#parts.ask(wire, 'session.subscriptions'));
      if (this.#watched !== watched) return;
      const id = this.#ids.get(wire);
      const missing = known.success && !known.data.some(({ subscriptionId }) => subscriptionId === id);
      if (missing) await this.#again(wire, watched, 'The user stream was gone.');
    } catch (error) {
      // The venue answered, if only by an error: it hears us. That the stream is gone it did not say.
      const deaf = !(error instanceof BinanceError);
      if (deaf && this.#watched === watched) watched.listener.onDeaf(wire, 'It answers nothing.');
    }
    if (this.#watched === watched) this.#arm();
  }

  async #again(wire: Wire, watched: Watched, reason: string): Promise<void> {
    watched.listener.onLost(reason);
    try {
      await this.subscribe(wire);
      if (this.#watched === watched) watched.listener.onBack();
    } catch {
      // A fresh socket begins anew, with pauses that grow.
      if (this.#watched === watched) watched.listener.onDeaf(wire, 'User data could not be subscribed.');
    }
  }
}
