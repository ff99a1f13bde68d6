import { type Clock, type Purpose, type Random, seededRandom } from '@mikrobot/core';
import { checkScript } from './check-script.js';
import type { Fault, FaultRule, FaultScript, FaultTarget } from './script.js';

/** What a rule can ask of a call or an event. */
export interface Facts {
  readonly id?: string | undefined;
  readonly symbol?: string | undefined;
  readonly purpose?: Purpose | undefined;
}

/** Keeps the random streams of the rules apart: 2^32 divided by the golden ratio. */
const STRIDE = 0x9e3779b9;
/** Ms of a delay that says none. */
const DELAY = 100;

const hasId = (wanted: string, id: string | undefined): boolean =>
  id !== undefined && (wanted.startsWith('*') ? id.endsWith(wanted.slice(1)) : id === wanted);

/** One rule with its count and its own stream of chance, so that taking another rule away changes nothing for this one. */
class LiveRule {
  readonly rule: FaultRule;
  readonly #random: Random;
  readonly #nth: ReadonlySet<number> | undefined;
  #seen = 0;
  #fired = 0;

  constructor(rule: FaultRule, seed: number) {
    this.rule = rule;
    this.#random = seededRandom(seed);
    this.#nth = rule.nth === undefined ? undefined : new Set([rule.nth].flat());
  }

  /** Counts what matches; says whether the rule wants to fire. */
  wants(target: FaultTarget, { id, symbol, purpose }: Facts): boolean {
    const { rule } = this;
    if (rule.on !== target && !(rule.on === 'order' && target.startsWith('order:'))) return false;
    if (rule.symbol !== undefined && rule.symbol !== symbol) return false;
    if (rule.purpose !== undefined && rule.purpose !== purpose) return false;
    if (rule.id !== undefined && !hasId(rule.id, id)) return false;
    this.#seen++;
    // Drawn whether it may still fire or not, so that the stream does not depend on `most`.
    const drawn = rule.rate === undefined || this.#random() < rule.rate;
    if (this.#fired >= (rule.most ?? Number.POSITIVE_INFINITY)) return false;
    return this.#nth === undefined ? drawn : this.#nth.has(this.#seen);
  }

  fire(): number | undefined {
    this.#fired++;
    const { ms, do: kind } = this.rule;
    if (ms === undefined) return kind.startsWith('delay') ? DELAY : undefined;
    if (typeof ms === 'number') return ms;
    return Math.round(ms[0] + this.#random() * (ms[1] - ms[0]));
  }
}

/** A script at work: decides which rule fires at what passes by, and keeps what fired. */
export class LiveScript {
  /** What happened so far, in order. */
  readonly faults: Fault[] = [];
  readonly #clock: Clock;
  readonly #counts = new Map<FaultTarget, number>();
  #rules: readonly LiveRule[] = [];

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  /** @throws `MikroBotError` `BAD_CONFIG` naming the rule that could never fire. */
  use(script: FaultScript): void {
    checkScript(script);
    const { seed = 1, rules = [] } = script;
    this.#rules = rules.map((rule, i) => new LiveRule(rule, seed + i * STRIDE));
    this.#counts.clear();
  }

  /** The fault that happens now; of several rules that fire, the first in the script wins. */
  next(on: FaultTarget, facts: Facts): (Fault & { readonly rule: FaultRule }) | undefined {
    if (this.#rules.length === 0) return undefined;
    const nth = (this.#counts.get(on) ?? 0) + 1;
    this.#counts.set(on, nth);
    let first: LiveRule | undefined;
    for (const rule of this.#rules) if (rule.wants(on, facts)) first ??= rule;
    if (first === undefined) return undefined;
    const { rule } = first;
    const fault = { at: this.#clock.now(), on, do: rule.do, nth, id: facts.id, ms: first.fire(), rule };
    this.faults.push(fault);
    return fault;
  }

  /** Keeps what was done to the line. */
  note(done: 'cut' | 'restore' | 'sever', ms?: number): void {
    const at = this.#clock.now();
    this.faults.push({ at, on: 'line', do: done, nth: 0, id: undefined, ms, rule: undefined });
  }
}
