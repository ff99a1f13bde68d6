import type { KeyObject } from 'node:crypto';
import type { Clock } from '@mikrobot/core';
import { EventEmitter } from 'eventemitter3';
import type { Envelope } from '../protocol/envelope.js';
import { type Hello, notices, tradeEvents } from '../protocol/from-ea.js';
import type { Requests, RequestType } from '../protocol/requests.js';
import { isTick } from '../protocol/tick.js';
import { Asks } from './asks.js';
import { Drops } from './drops.js';
import { EventSequence } from './event-sequence.js';
import type { Peer } from './peer.js';
import { Pulse, type PulseOptions } from './pulse.js';
import type { AskOptions, AskOutcome, Terminal, TerminalEvents, Up } from './terminal.js';

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

/** A connection of this terminal, and how far it is. */
interface Session {
  readonly peer: Peer;
  readonly hello: Hello;
  readonly pulse: Pulse;
  readonly disarm: () => void;
  /** Whether missed events are sent again. */
  readonly resuming: boolean;
  /** Whether one of them could not be had. */
  hasLost: boolean;
  isUp: boolean;
}

type Listener = (...values: unknown[]) => void;

/** The {@link Terminal} of one account. Connections come, proven, from the handshake. */
export class AccountTerminal implements Terminal {
  readonly account: string;
  readonly secret: KeyObject;
  readonly #parts: AccountTerminalParts;
  /** Typed where it is told and where it is listened to: no emitter can be told that a name chooses the type. */
  readonly #events = new EventEmitter();
  readonly #sequence = new EventSequence();
  readonly #drops = new Drops();
  readonly #asks: Asks;
  #session: Session | undefined;
  #hello: Hello | undefined;
  #closing: Promise<void> | undefined;

  constructor(parts: AccountTerminalParts) {
    this.#parts = parts;
    this.account = parts.account;
    this.secret = parts.secret;
    this.#asks = new Asks(parts.clock, `mt5 ${parts.account}`, this.#drops);
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
    return this.#parts.clock.now() - heardAt < within;
  }

  /**
   * Takes a connection that has proven the secret, in place of an old one.
   * @param mac - our own proof
   */
  attach(peer: Peer, hello: Hello, proto: number, mac: string): void {
    this.#session?.peer.refuse('SILENT', 'another connection took its place');
    const { clock, account, handshakeWithin } = this.#parts;
    const resumeFrom = this.#sequence.resumeFrom(hello.epoch);
    const pulse = new Pulse(clock, peer, this.#parts);
    this.#session = {
      peer,
      hello,
      pulse,
      resuming: resumeFrom !== null,
      hasLost: false,
      isUp: false,
      disarm: clock.arm(`mt5 ${account} resume`, clock.now() + handshakeWithin, () =>
        peer.refuse('HANDSHAKE_TIMEOUT', 'neither resumed nor reset was said'),
      ),
    };
    this.#hello = hello;
    peer.listener = { take: (message) => this.#take(message), ended: (detail) => this.#ended(peer, detail) };
    peer.send('welcome', { proto, mac, resumeFrom, now: Math.floor(clock.now()) });
    pulse.start();
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
      await this.#parts.closed();
    })();
    return this.#closing;
  }

  #take(message: Envelope): void {
    const { t, re, d } = message;
    if (t === 'tick') {
      if (isTick(d)) {
        if (this.#session?.isUp) this.#events.emit('tick', d);
      } else this.#drops.add('tick unreadable');
    } else if (typeof re === 'number') this.#asks.take(re, message);
    else if (t === 'deal' || t === 'order' || t === 'position') this.#tradeEvent(t, message);
    else if (Object.hasOwn(notices, t)) this.#notice(t as keyof typeof notices, d);
    else this.#drops.add('unknown type');
  }

  #tradeEvent(t: keyof typeof tradeEvents, { seq, d }: Envelope): void {
    const session = this.#session as Session;
    // Without an answer to our welcome nobody knows yet where the numbers go on.
    if (!session.isUp && !session.resuming) {
      this.#drops.add('event before reset');
      return;
    }
    if (typeof seq !== 'number') {
      this.#lose(`${t} without a number`);
      return;
    }
    const place = this.#sequence.take(seq);
    if (place === 'repeated') {
      this.#drops.add('event repeated');
      return;
    }
    if (place === 'after a gap') this.#lose('gap of events');
    const checked = tradeEvents[t].safeParse(d);
    if (!checked.success) {
      this.#lose(`${t} unreadable`);
      return;
    }
    this.#events.emit(t, checked.data, seq);
  }

  #notice<T extends keyof typeof notices>(t: T, d: Envelope['d']): void {
    const session = this.#session as Session;
    if (t === 'resumed' || t === 'reset') {
      this.#caughtUp(session, t, d);
      return;
    }
    const checked = notices[t].safeParse(d);
    if (!checked.success) {
      this.#drops.add(`${t} unreadable`);
      return;
    }
    if ('code' in checked.data) {
      session.peer.hangUp(`the EA says ${checked.data.code}`);
      return;
    }
    if (session.isUp) this.#events.emit(t, checked.data);
  }

  #caughtUp(session: Session, t: 'resumed' | 'reset', d: Envelope['d']): void {
    const checked = notices[t].safeParse(d);
    if (!checked.success) {
      session.peer.refuse('BAD_ENVELOPE', `the ${t} cannot be read`);
      return;
    }
    const last = 'to' in checked.data ? checked.data.to : checked.data.lastSeq;
    const isWhole = t === 'resumed' && session.resuming && !session.hasLost && last === this.#sequence.last;
    if (t === 'resumed' && session.isUp) {
      this.#drops.add('resumed twice');
      return;
    }
    this.#sequence.restart(session.hello.epoch, last);
    if (session.isUp) {
      this.#events.emit('reset', 'the terminal has lost events');
      return;
    }
    session.disarm();
    session.isUp = true;
    this.#events.emit('up', { hello: session.hello, resumed: isWhole } satisfies Up);
  }

  /** An event is missing, and its number says nothing about it. */
  #lose(what: string): void {
    const session = this.#session as Session;
    this.#drops.add(what);
    session.hasLost = true;
    if (session.isUp) this.#events.emit('reset', what);
    // The connection may end before it is up, and the next one must not take itself for whole.
    else this.#sequence.forget();
  }

  #ended(peer: Peer, detail: string): void {
    const session = this.#session;
    if (session?.peer !== peer) return;
    this.#session = undefined;
    session.disarm();
    session.pulse.stop();
    this.#asks.end(detail);
    if (session.isUp) this.#events.emit('down', detail);
  }
}
