import { type Clock, MikroBotError } from '@mikrobot/core';
import { isWarning, LineEndedError, TwsError } from '../errors.js';
import type { Commands, LineEvents, Notice, Request } from './line.js';

/** What {@link Requests} work with. */
export interface RequestParts {
  readonly clock: Clock;
  readonly events: LineEvents;
  readonly name: string;
  /** Sends when it may; false when it never will. `unsent` when it was dropped after all. */
  readonly send: (command: (commands: Commands) => void, unsent: () => void) => boolean;
  readonly nextId: () => number;
  /** Ends the line: TWS keeps an answer open whose end could be taken for that of another. */
  readonly giveUp: (why: string) => void;
}

type ErrorOf = (what: string) => unknown;

interface Open {
  readonly tolerate: ReadonlySet<number>;
  readonly fail: (errorOf: ErrorOf) => void;
}

interface Asked<T> {
  readonly answer: Promise<readonly T[]>;
  /** Nothing of the answer can come any more. */
  readonly over: Promise<void>;
}

const TIMEOUT = 10_000;
const nothing = (): void => undefined;

/** The requests of one line that wait for their answers. */
export class Requests {
  readonly #parts: RequestParts;
  readonly #open = new Map<number, Open>();
  readonly #turns = new Map<string, Promise<void>>();
  #ended: string | undefined;

  constructor(parts: RequestParts) {
    this.#parts = parts;
  }

  /** See {@link Line.request}. */
  request<T>(request: Request<T>): Promise<readonly T[]> {
    const { alone } = request;
    const before = alone === undefined ? undefined : this.#turns.get(alone);
    if (before !== undefined) {
      const asked = before.then(() => this.#ask(request));
      this.#queue(
        alone as string,
        asked.then(({ over }) => over),
      );
      return asked.then(({ answer }) => answer);
    }
    const { answer, over } = this.#ask(request);
    if (alone !== undefined) this.#queue(alone, over);
    return answer;
  }

  /** Takes a notice. @returns whether it ended a request, and so concerns nobody else */
  take({ id, code, text }: Notice): boolean {
    const open = this.#open.get(id);
    if (open === undefined || isWarning(code) || open.tolerate.has(code)) return false;
    open.fail((what) => new TwsError(what, code, text));
    return true;
  }

  /** A message was lost that may have been a part of any answer. */
  failAll(why: string): void {
    for (const { fail } of [...this.#open.values()]) fail(incomplete(why));
  }

  /** The line has ended. */
  end(why: string): void {
    this.#ended = why;
    for (const { fail } of [...this.#open.values()]) fail((what) => new LineEndedError(what, why));
  }

  #queue(name: string, over: Promise<void>): void {
    this.#turns.set(name, over);
    void over.then(() => {
      if (this.#turns.get(name) === over) this.#turns.delete(name);
    });
  }

  #ask<T>(request: Request<T>): Asked<T> {
    const { what, alone, timeout = TIMEOUT } = request;
    const { clock, events, name, send, nextId, giveUp } = this.#parts;
    let release = nothing;
    const over = new Promise<void>((resolve) => {
      release = resolve;
    });
    const answer = new Promise<readonly T[]>((resolve, reject) => {
      if (this.#ended !== undefined) {
        release();
        reject(new LineEndedError(what, this.#ended));
        return;
      }
      const id = nextId();
      const parts: T[] = [];
      let disarm = nothing;
      let stop = nothing;
      const arm = (late: () => void): void => {
        disarm();
        disarm = clock.arm(`${name} request ${id}`, clock.now() + timeout, late);
      };
      const finish = (): void => {
        disarm();
        stop();
        release();
      };
      const fail = (errorOf: ErrorOf): void => {
        if (!this.#open.delete(id)) return;
        // Its end would be taken for that of the next of this name, so it is waited for.
        if (alone === undefined || stop === nothing || this.#ended !== undefined) finish();
        else {
          arm(() => {
            finish();
            giveUp(`it did not end its answer (${what})`);
          });
        }
        reject(errorOf(what));
      };
      const done = (): void => {
        finish();
        if (this.#open.delete(id)) resolve(parts);
      };
      this.#open.set(id, { tolerate: new Set(request.tolerate), fail });
      const ask = (commands: Commands): void => {
        if (!this.#open.has(id)) return;
        arm(() => fail(incomplete(`no complete answer within ${timeout} ms`)));
        try {
          stop = request.listen(events, id, (part) => parts.push(part), done);
          request.ask(commands, id);
        } catch (error) {
          fail(() => error);
        }
      };
      const unsent = (): void => fail((asked) => new LineEndedError(asked, 'it was not sent'));
      if (!send(ask, unsent)) unsent();
    });
    return { answer, over };
  }
}

const incomplete =
  (why: string): ErrorOf =>
  (where) =>
    new MikroBotError('TIMED_OUT', `${why}.`, { where });
