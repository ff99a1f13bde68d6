import { type CommandOutcome, type MaybePromise, MikroBotError } from '@mikrobot/core';
import type { Line } from './line.js';
import type { Facts, LiveScript } from './live-script.js';
import type { Fault, FaultRule, FaultyCall } from './script.js';

/** One call, and how it can fail. */
export interface Call<T> {
  readonly on: FaultyCall;
  readonly facts: Facts;
  /** Asks the venue. */
  readonly run: () => MaybePromise<T>;
  /** The outcome that says that nobody knows; undefined where there is none. */
  readonly unknown?: (detail: string) => T;
  /** The outcome that says that nothing was sent. */
  readonly refused?: (code: string, detail: string) => T;
  /** The answer with nothing in it that can be relied on. */
  readonly emptied?: (answer: T) => T;
}

type As = FaultRule['as'];

/** No answer for ever. */
export const silence = <T>(): Promise<T> => new Promise<T>(() => undefined);

/** A rejection of a command that was never sent. */
export const notSent = (code: string, detail: string): CommandOutcome => ({
  outcome: 'rejected',
  code,
  detail,
});

/** Passes calls to the venue, or has them go wrong. */
export class FaultyCalls {
  readonly #venue: string;
  readonly #line: Line;
  readonly #script: LiveScript;

  constructor(venue: string, line: Line, script: LiveScript) {
    this.#venue = venue;
    this.#line = line;
    this.#script = script;
  }

  call<T>(call: Call<T>): MaybePromise<T> {
    const { state } = this.#line;
    if (state === 'severed') return silence();
    if (state === 'cut') return this.#whileCut(call);
    const fault = this.#script.next(call.on, call.facts);
    return fault === undefined ? this.#pass(call) : this.#fail(call, fault);
  }

  #fail<T>(call: Call<T>, fault: Fault & { readonly rule: FaultRule }): MaybePromise<T> {
    const { on } = call;
    const { rule, ms = 0 } = fault;
    switch (rule.do) {
      case 'lose-request':
        return this.#lost(call, `the request ${on} was lost`, rule.as, ms);
      case 'lose-answer':
        this.#unheard(call);
        return this.#lost(call, `the answer to ${on} was lost`, rule.as, ms);
      case 'delay-request':
        return this.#later(call, ms, () => this.#pass(call));
      case 'delay-answer':
        return this.#delayed(call, ms);
      case 'duplicate': {
        const answer = this.#pass(call);
        this.#unheard(call);
        return answer;
      }
      case 'refuse':
        return (call.refused as NonNullable<Call<T>['refused']>)('NOT_SENT', `${on} was refused unsent`);
      case 'throw':
        throw new Error(`${on} failed before it was sent`);
      case 'incomplete': {
        const answer = this.#pass(call);
        const emptied = call.emptied as NonNullable<Call<T>['emptied']>;
        return answer instanceof Promise ? answer.then(emptied) : emptied(answer);
      }
      default:
        return this.#break(call, fault);
    }
  }

  /** The line breaks, or the process dies, at this call. */
  #break<T>(call: Call<T>, { rule, ms }: Fault & { readonly rule: FaultRule }): MaybePromise<T> {
    if (rule.when === 'after') this.#unheard(call);
    if (rule.do === 'sever') this.#line.sever();
    else this.#line.cut({ ...rule.line, ...(ms === undefined ? {} : { ms }) });
    const as = rule.as ?? (rule.line?.calls === 'silence' ? 'silence' : undefined);
    return this.#lost(call, `the line broke during ${call.on}`, as);
  }

  /** The venue's own answer. When the line breaks while it is given, it is lost. */
  #pass<T>(call: Call<T>): MaybePromise<T> {
    const whole = this.#line.watch();
    const answer = call.run();
    if (!whole()) return this.#lost(call, `the line broke during ${call.on}`);
    if (!(answer instanceof Promise)) return answer;
    this.#line.track(answer);
    return answer;
  }

  /** The venue does it; nobody hears what it said. */
  #unheard<T>(call: Call<T>): void {
    try {
      const answer = call.run();
      if (!(answer instanceof Promise)) return;
      this.#line.track(answer);
      answer.catch(() => undefined);
    } catch {
      // What the venue said is lost, an exception too.
    }
  }

  #delayed<T>(call: Call<T>, ms: number): Promise<T> {
    const answer = this.#pass(call);
    // Nobody waits for it yet: should it fail meanwhile, that is no error of the process.
    if (answer instanceof Promise) answer.catch(() => undefined);
    return this.#later(call, ms, () => answer);
  }

  #later<T>(call: Call<T>, ms: number, answer: () => MaybePromise<T>): Promise<T> {
    const whole = this.#line.watch();
    return this.#after(ms, () => (whole() ? answer() : this.#lost(call, `the line broke during ${call.on}`)));
  }

  #whileCut<T>(call: Call<T>): MaybePromise<T> {
    const { calls = 'unknown' } = this.#line.broken ?? {};
    const detail = `${call.on}: the line is down`;
    if (calls === 'refused' && call.refused !== undefined) return call.refused('NOT_CONNECTED', detail);
    return this.#lost(call, detail, calls === 'silence' ? 'silence' : undefined);
  }

  #lost<T>({ on, unknown }: Call<T>, detail: string, as?: As, ms = 0): MaybePromise<T> {
    if (as === 'silence' || this.#line.state === 'severed') return silence();
    const tell = (): MaybePromise<T> => {
      if (unknown !== undefined && as !== 'error') return unknown(detail);
      return Promise.reject(this.#error(on, detail));
    };
    return ms === 0 ? tell() : this.#after(ms, tell);
  }

  #after<T>(ms: number, answer: () => MaybePromise<T>): Promise<T> {
    const late = new Promise<T>((resolve, reject) => {
      this.#line.after(ms, () => {
        try {
          resolve(answer());
        } catch (error) {
          reject(error);
        }
        // From here on it takes no time.
        this.#line.track(late);
      });
    });
    return late;
  }

  /** A command that fails like a socket, and tells nothing of its outcome; the others as the port says. */
  #error(on: FaultyCall, detail: string): Error {
    if (on === 'submit' || on === 'amend' || on === 'cancel' || on === 'query') return new Error(detail);
    return new MikroBotError('PREFLIGHT_FAILED', `${detail}.`, { where: this.#venue });
  }
}
