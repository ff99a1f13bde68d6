import type { Clock } from '@mikrobot/core';
import type { EventEmitter } from 'eventemitter3';
import type { Envelope } from '../protocol/envelope.js';
import { type Hello, notices, tradeEvents } from '../protocol/from-ea.js';
import { isTick } from '../protocol/tick.js';
import type { Asks } from './asks.js';
import type { Drops } from './drops.js';
import type { EventSequence } from './event-sequence.js';
import type { Peer } from './peer.js';
import { Pulse, type PulseOptions } from './pulse.js';
import type { Up } from './terminal.js';

/** What the sessions of a terminal share. */
export interface SessionParts extends PulseOptions {
  readonly account: string;
  readonly clock: Clock;
  /** Ms that a connection has to send missed events. */
  readonly handshakeWithin: number;
  /** Where `TerminalEvents` are told. */
  readonly events: EventEmitter;
  readonly sequence: EventSequence;
  readonly drops: Drops;
  readonly asks: Asks;
  readonly ended: () => void;
}

/** What a welcome says beside what is known here. */
export interface Welcome {
  readonly proto: number;
  /** Our own proof. */
  readonly mac: string;
}

/** One connection of a terminal, from its welcome to its end. It is up once missed events are told, or given up. */
export class AccountSession {
  readonly peer: Peer;
  readonly hello: Hello;
  readonly #parts: SessionParts;
  readonly #pulse: Pulse;
  readonly #disarm: () => void;
  /** Whether missed events are sent again. */
  readonly #isResuming: boolean;
  /** Whether one of them could not be had. */
  #hasLost = false;
  #isUp = false;

  constructor(peer: Peer, hello: Hello, welcome: Welcome, parts: SessionParts) {
    this.peer = peer;
    this.hello = hello;
    this.#parts = parts;
    const { account, clock, handshakeWithin, sequence } = parts;
    const resumeFrom = sequence.resumeFrom(hello.epoch);
    this.#isResuming = resumeFrom !== null;
    this.#disarm = clock.arm(`mt5 ${account} resume`, clock.now() + handshakeWithin, () =>
      peer.refuse('HANDSHAKE_TIMEOUT', 'neither resumed nor reset was said'),
    );
    this.#pulse = new Pulse(clock, peer, parts);
    peer.listener = { take: (message) => this.#take(message), ended: (detail) => this.#ended(detail) };
    peer.send('welcome', { ...welcome, resumeFrom, now: Math.floor(clock.now()) });
    this.#pulse.start();
  }

  get isUp(): boolean {
    return this.#isUp;
  }

  #take(message: Envelope): void {
    const { events, asks, drops } = this.#parts;
    const { t, re, d } = message;
    if (t === 'tick') {
      if (!isTick(d)) drops.add('tick unreadable');
      else if (this.#isUp) events.emit('tick', d);
    } else if (typeof re === 'number') asks.take(re, message);
    else if (t === 'deal' || t === 'order' || t === 'position') this.#tradeEvent(t, message);
    else if (t === 'resumed' || t === 'reset') this.#caughtUp(t, d);
    else if (Object.hasOwn(notices, t)) this.#notice(t as keyof typeof notices, d);
    else drops.add('unknown type');
  }

  #tradeEvent(t: keyof typeof tradeEvents, { seq, d }: Envelope): void {
    const { events, sequence, drops } = this.#parts;
    // Without an answer to our welcome nobody knows yet where the numbers go on.
    if (!this.#isUp && !this.#isResuming) {
      drops.add('event before reset');
      return;
    }
    if (typeof seq !== 'number') {
      this.#lose(`${t} without a number`);
      return;
    }
    const place = sequence.take(seq);
    if (place === 'repeated') {
      drops.add('event repeated');
      return;
    }
    if (place === 'after a gap') this.#lose('gap of events');
    const checked = tradeEvents[t].safeParse(d);
    if (checked.success) events.emit(t, checked.data, seq);
    else this.#lose(`${t} unreadable`);
  }

  #notice(t: keyof typeof notices, d: Envelope['d']): void {
    const checked = notices[t].safeParse(d);
    if (!checked.success) this.#parts.drops.add(`${t} unreadable`);
    else if ('code' in checked.data) this.peer.hangUp(`the EA says ${checked.data.code}`);
    else if (this.#isUp) this.#parts.events.emit(t, checked.data);
  }

  #caughtUp(t: 'resumed' | 'reset', d: Envelope['d']): void {
    const { events, sequence, drops } = this.#parts;
    const checked = notices[t].safeParse(d);
    if (!checked.success) {
      this.peer.refuse('BAD_ENVELOPE', `the ${t} cannot be read`);
      return;
    }
    if (t === 'resumed' && this.#isUp) {
      drops.add('resumed twice');
      return;
    }
    const last = 'to' in checked.data ? checked.data.to : checked.data.lastSeq;
    const isWhole = t === 'resumed' && this.#isResuming && !this.#hasLost && last === sequence.last;
    sequence.restart(this.hello.epoch, last);
    if (this.#isUp) {
      events.emit('reset', 'the terminal has lost events');
      return;
    }
    this.#disarm();
    this.#isUp = true;
    events.emit('up', { hello: this.hello, resumed: isWhole } satisfies Up);
  }

  /** An event is missing, and its number says nothing about it. */
  #lose(what: string): void {
    this.#parts.drops.add(what);
    this.#hasLost = true;
    if (this.#isUp) this.#parts.events.emit('reset', what);
    // The connection may end before it is up, and the next one must not take itself for whole.
    else this.#parts.sequence.forget();
  }

  #ended(detail: string): void {
    const wasUp = this.#isUp;
    this.#isUp = false;
    this.#disarm();
    this.#pulse.stop();
    this.#parts.ended();
    this.#parts.asks.end(detail);
    if (wasUp) this.#parts.events.emit('down', detail);
  }
}
