import type { Clock } from '@mikrobot/core';
import type { Envelope } from '../protocol/envelope.js';
import type { Requests, RequestType } from '../protocol/requests.js';
import type { Drops } from './drops.js';
import type { Peer } from './peer.js';
import { type AnyOutcome, type Asked, addPart, readReply, unreadable } from './read-reply.js';
import type { AskOptions, AskOutcome } from './terminal.js';

/** Requests that may be open at a time. */
const IN_FLIGHT = 16;
/** Requests that may wait until fewer are open. */
const WAITING = 1_024;
const TIMEOUT = 10_000;
/** What changes orders goes before what asks: a stop must not wait for the questions after a connection. */
const urgent: ReadonlySet<RequestType> = new Set<RequestType>(['order', 'protect', 'modify', 'cancel']);

type NotSent = Extract<AnyOutcome, { outcome: 'not-sent' }>;

interface Open extends Asked {
  readonly onAck: (() => void) | undefined;
  readonly settle: (outcome: AnyOutcome) => void;
}

interface Waiting {
  readonly isUrgent: boolean;
  readonly send: () => void;
  readonly refuse: (code: NotSent['code'], detail: string) => void;
}

/** The requests to one terminal that wait for their answers. Ids are never used twice, over all connections. */
export class Asks {
  readonly #clock: Clock;
  readonly #name: string;
  readonly #drops: Drops;
  readonly #open = new Map<number, Open>();
  /** The urgent first, each kind in its order. */
  #waiting: Waiting[] = [];
  #asked = 0;
  #id = 0;

  constructor(clock: Clock, name: string, drops: Drops) {
    this.#clock = clock;
    this.#name = name;
    this.#drops = drops;
  }

  /** See `Terminal.ask()`. @param peer - the connection, if it is up */
  ask<T extends RequestType>(
    peer: Peer | undefined,
    type: T,
    data: Requests[T],
    { timeout = TIMEOUT, onAck }: AskOptions,
  ): Promise<AskOutcome<T>> {
    return new Promise((resolve) => {
      let disarm = (): void => undefined;
      const settle = (outcome: AnyOutcome): void => {
        disarm();
        resolve(outcome as AskOutcome<T>);
      };
      const refuse: Waiting['refuse'] = (code, detail) => settle({ outcome: 'not-sent', code, detail });
      if (peer === undefined) {
        refuse('LINE_DOWN', 'no terminal is connected');
        return;
      }
      let id: number | undefined;
      const send = (): void => {
        id = this.#send(peer, type, data, { onAck, settle, refuse });
      };
      const waiting = { isUrgent: urgent.has(type), send, refuse };
      if (this.#open.size >= IN_FLIGHT && this.#waiting.length >= WAITING) {
        refuse('BUSY', `${WAITING} requests wait`);
        return;
      }
      this.#asked += 1;
      disarm = this.#clock.arm(`${this.#name} request ${this.#asked}`, this.#clock.now() + timeout, () => {
        if (id !== undefined) this.#end(id, { outcome: 'lost', detail: `no answer within ${timeout} ms` });
        else {
          this.#waiting = this.#waiting.filter((one) => one !== waiting);
          refuse('BUSY', `not its turn within ${timeout} ms`);
        }
      });
      if (this.#open.size < IN_FLIGHT) send();
      else this.#wait(waiting);
    });
  }

  #wait(waiting: Waiting): void {
    const place = waiting.isUrgent ? this.#waiting.findIndex(({ isUrgent }) => !isUrgent) : -1;
    this.#waiting.splice(place < 0 ? this.#waiting.length : place, 0, waiting);
  }

  #send<T extends RequestType>(
    peer: Peer,
    type: T,
    data: Requests[T],
    { onAck, settle, refuse }: Pick<Open, 'onAck' | 'settle'> & Pick<Waiting, 'refuse'>,
  ): number | undefined {
    this.#id += 1;
    const fault = peer.send(type, data, this.#id);
    if (fault !== undefined) {
      refuse(fault, `the ${type} could not be sent`);
      return undefined;
    }
    this.#open.set(this.#id, {
      type,
      coid: 'coid' in data ? String(data.coid) : undefined,
      parts: { symbol: [], position: [], order: [], deal: [], bar: [] },
      items: 0,
      dropped: 0,
      onAck,
      settle,
    });
    return this.#id;
  }

  /** Takes a line that names the request `re`. */
  take(re: number, message: Envelope): void {
    const open = this.#open.get(re);
    if (open === undefined) this.#drops.add('reply to nothing');
    else if (message.t === 'part') this.#part(re, open, message);
    else {
      const outcome = readReply(open, message);
      if (outcome === 'ack') open.onAck?.();
      else {
        if (outcome.outcome === 'lost') this.#drops.add('reply unreadable');
        this.#end(re, outcome);
      }
    }
  }

  /** The connection is over: what was asked may have been done. */
  end(detail: string): void {
    for (const { refuse } of this.#waiting.splice(0)) refuse('LINE_DOWN', detail);
    for (const id of [...this.#open.keys()]) this.#end(id, { outcome: 'lost', detail });
  }

  #part(re: number, open: Open, { d }: Envelope): void {
    const dropped = addPart(open, d);
    if (dropped === 'too many') this.#end(re, unreadable('the answer is too long'));
    else this.#drops.add('item unreadable', dropped);
  }

  #end(id: number, outcome: AnyOutcome): void {
    const open = this.#open.get(id);
    this.#open.delete(id);
    open?.settle(outcome);
    // One that cannot be sent leaves its place to the next.
    while (this.#open.size < IN_FLIGHT && this.#waiting.length > 0) this.#waiting.shift()?.send();
  }
}
