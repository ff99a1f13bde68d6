import type { Clock } from '@mikrobot/core';
import type { Envelope } from '../protocol/envelope.js';
import type { Requests, RequestType } from '../protocol/requests.js';
import type { Drops } from './drops.js';
import type { Peer } from './peer.js';
import { type AnyOutcome, type Asked, addPart, readReply, unreadable } from './read-reply.js';
import type { AskOptions, AskOutcome } from './terminal.js';

/** Requests that may be open at a time: what the EA takes. */
const IN_FLIGHT = 16;
const TIMEOUT = 10_000;

interface Open extends Asked {
  readonly onAck: (() => void) | undefined;
  readonly settle: (outcome: AnyOutcome) => void;
}

/** The requests to one terminal that wait for their answers. Ids are never used twice, over all connections. */
export class Asks {
  readonly #clock: Clock;
  readonly #name: string;
  readonly #drops: Drops;
  readonly #open = new Map<number, Open>();
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
      const notSent = (code: 'LINE_DOWN' | 'BUSY' | 'TOO_LONG', detail: string): void =>
        resolve({ outcome: 'not-sent', code, detail });
      if (peer === undefined) {
        notSent('LINE_DOWN', 'no terminal is connected');
        return;
      }
      if (this.#open.size >= IN_FLIGHT) {
        notSent('BUSY', `${IN_FLIGHT} requests are open`);
        return;
      }
      this.#id += 1;
      const id = this.#id;
      const fault = peer.send(type, data, id);
      if (fault !== undefined) {
        notSent(fault, `the ${type} could not be sent`);
        return;
      }
      const disarm = this.#clock.arm(`${this.#name} request ${id}`, this.#clock.now() + timeout, () =>
        this.#end(id, { outcome: 'lost', detail: `no answer within ${timeout} ms` }),
      );
      this.#open.set(id, {
        type,
        coid: 'coid' in data ? String(data.coid) : undefined,
        parts: { symbol: [], position: [], order: [], deal: [], bar: [] },
        items: 0,
        dropped: 0,
        onAck,
        settle: (outcome) => {
          disarm();
          resolve(outcome as AskOutcome<T>);
        },
      });
    });
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
  }
}
