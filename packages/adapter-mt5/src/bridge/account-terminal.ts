import type { KeyObject } from 'node:crypto';
import type { Clock } from '@mikrobot/core';
import { EventEmitter } from 'eventemitter3';
import type { Hello } from '../protocol/from-ea.js';
import type { Requests, RequestType } from '../protocol/requests.js';
import { AccountSession, type SessionParts, type Welcome } from './account-session.js';
import { Asks } from './asks.js';
import { Drops } from './drops.js';
import { EventSequence } from './event-sequence.js';
import type { Peer } from './peer.js';
import type { PulseOptions } from './pulse.js';
import type { AskOptions, AskOutcome, Terminal, TerminalEvents } from './terminal.js';

/** What an {@link AccountTerminal} is made of. */
export interface AccountTerminalParts extends PulseOptions {
  readonly account: string;
  readonly clock: Clock;
  readonly secret: KeyObject;
  /** Ms that a connection has to send missed events. */
  readonly handshakeWithin: number;
  /** Called when the adapter takes leave. */
  readonly closed: () => Promise<void>;
}

type Listener = (...values: unknown[]) => void;

/** The {@link Terminal} of one account. Connections come, proven, from the handshake. */
export class AccountTerminal implements Terminal {
  readonly account: string;
  readonly secret: KeyObject;
  readonly #clock: Clock;
  readonly #closed: () => Promise<void>;
  /** Typed where it is told and where it is listened to: no emitter can be told that a name chooses the type. */
  readonly #events = new EventEmitter();
  readonly #drops = new Drops();
  readonly #asks: Asks;
  readonly #sessionParts: SessionParts;
  #session: AccountSession | undefined;
  #hello: Hello | undefined;
  #closing: Promise<void> | undefined;

  constructor({ account, secret, clock, closed, beat, silence, handshakeWithin }: AccountTerminalParts) {
    this.account = account;
    this.secret = secret;
    this.#clock = clock;
    this.#closed = closed;
    this.#asks = new Asks(clock, `mt5 ${account}`, this.#drops);
    this.#sessionParts = {
      account,
      clock,
      beat,
      silence,
      handshakeWithin,
      events: this.#events,
      sequence: new EventSequence(),
      drops: this.#drops,
      asks: this.#asks,
      ended: () => {
        this.#session = undefined;
      },
    };
  }

  get state(): 'up' | 'down' {
    return this.#session?.isUp ? 'up' : 'down';
  }

  get hello(): Hello | undefined {
    return this.#hello;
  }

  get drops(): Readonly<Record<string, number>> {
    return this.#drops.counts;
  }

  /** Whether a connection is there that has been heard within so many ms. */
  isAlive(within: number): boolean {
    const heardAt = this.#session?.peer.heardAt ?? Number.NEGATIVE_INFINITY;
    return this.#clock.now() - heardAt < within;
  }

  /** Takes a connection that has proven the secret, in place of an old one. */
  attach(peer: Peer, hello: Hello, welcome: Welcome): void {
    this.#session?.peer.refuse('SILENT', 'another connection took its place');
    this.#hello = hello;
    this.#session = new AccountSession(peer, hello, welcome, this.#sessionParts);
  }

  ask<T extends RequestType>(type: T, data: Requests[T], options: AskOptions = {}): Promise<AskOutcome<T>> {
    return this.#asks.ask(this.#session?.isUp ? this.#session.peer : undefined, type, data, options);
  }

  on<K extends keyof TerminalEvents>(name: K, listener: TerminalEvents[K]): () => void {
    this.#events.on(name, listener as Listener);
    return () => void this.#events.off(name, listener as Listener);
  }

  close(): Promise<void> {
    this.#closing ??= (async () => {
      this.#session?.peer.leave();
      this.#events.removeAllListeners();
      await this.#closed();
    })();
    return this.#closing;
  }
}
