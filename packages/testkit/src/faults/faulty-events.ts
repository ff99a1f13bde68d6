import type { Line } from './line.js';
import type { Facts, LiveScript } from './live-script.js';
import type { FaultTarget, FaultyEvent } from './script.js';

/** Ms after which an event that was to be overtaken goes on its way all the same. */
const OVERTAKEN_WITHIN = 1_000;

/** One event on its way to the bot. */
export interface Passing {
  readonly channel: FaultyEvent;
  readonly on: FaultTarget;
  readonly facts: Facts;
  /** Tells it now. */
  readonly tell: () => void;
  /** Makes what tells it later: the adapter may use the event's object again. Default `tell`. */
  readonly copy?: () => () => void;
}

/** Whether a bot that missed it knows less of its orders. */
const matters = (channel: FaultyEvent): boolean => channel === 'order' || channel === 'account';

/** Passes events to the bot, or has them go wrong. */
export class FaultyEvents {
  readonly #line: Line;
  readonly #script: LiveScript;
  /** Events that wait for the next of their kind to go first. */
  readonly #behind = new Map<FaultyEvent, (() => void)[]>();

  constructor(line: Line, script: LiveScript) {
    this.#line = line;
    this.#script = script;
  }

  pass(event: Passing): void {
    const fault = this.#line.state === 'up' ? this.#script.next(event.on, event.facts) : undefined;
    const { ms } = fault ?? {};
    switch (fault?.do) {
      case 'drop':
        this.#lose(event);
        return;
      case 'delay':
        this.#after(ms ?? 0, event);
        return;
      case 'duplicate':
        this.#twice(event, ms);
        return;
      case 'reorder':
        this.#behindNext(event, ms ?? OVERTAKEN_WITHIN);
        return;
      case 'cut':
        this.#line.cut({ ...fault?.rule.line, ...(ms === undefined ? {} : { ms }) });
        break;
      case 'sever':
        this.#line.sever();
        return;
      default:
    }
    this.#arrive(event, event.tell);
  }

  /** It is at the bot's end of the line, if the line is whole. */
  #arrive(event: Passing, tell: () => void): void {
    const { state, broken } = this.#line;
    if (state === 'severed') return;
    if (state === 'cut') {
      if (broken?.events === 'kept' && matters(event.channel)) this.#line.keep(later(event, tell));
      else this.#lose(event);
      return;
    }
    tell();
    const waiting = this.#behind.get(event.channel);
    if (waiting === undefined || waiting.length === 0) return;
    for (const next of waiting.splice(0)) next();
  }

  #lose({ channel }: Passing): void {
    if (matters(channel)) this.#line.missed = true;
  }

  #twice(event: Passing, ms: number | undefined): void {
    const again = later(event, event.tell);
    this.#arrive(event, event.tell);
    if (ms === undefined) this.#arrive(event, again);
    else this.#line.after(ms, () => this.#arrive(event, again));
  }

  #after(ms: number, event: Passing): void {
    const tell = later(event, event.tell);
    this.#line.after(ms, () => this.#arrive(event, tell));
  }

  #behindNext(event: Passing, within: number): void {
    const tell = later(event, event.tell);
    const waiting = this.#behind.get(event.channel) ?? [];
    this.#behind.set(event.channel, waiting);
    const arrive = (): void => this.#arrive(event, tell);
    waiting.push(arrive);
    this.#line.after(within, () => {
      const index = waiting.indexOf(arrive);
      if (index < 0) return;
      waiting.splice(index, 1);
      arrive();
    });
  }
}

/** What tells an event later; made once, for a copy of a copy is not needed. */
const later = (event: Passing, tell: () => void): (() => void) =>
  tell === event.tell ? (event.copy?.() ?? tell) : tell;
