import { type Bot, type Decision, type Fill, type OrderEvent, type Stage, sign } from '@mikrobot/core';

/** One thing that a bot can be seen doing, and how often it was. */
export interface Sighting {
  readonly name: keyof typeof sights;
  readonly what: string;
  readonly count: number;
}

/** Everything that the demo shows, in the order of its list. */
export const sights = {
  partialFill: 'orders that filled in parts',
  trailingStop: 'trailing stops that followed the market and filled better than where they began',
  partialClose: 'partial closes',
  reversal: 'reversals: a position closed and the opposite one entered',
  refusedByValidate: 'signals refused by validate (form, age, confidence)',
  refusedByAssess: 'signals refused by assess (risk)',
  refusedByExecute: 'signals refused by execute (the venue said no)',
  unknownResolved: 'orders whose outcome was unknown, then found out',
  approvedInTime: 'held signals that a person approved',
  approvedTooLate: 'held signals that a person approved too late',
} as const;

const refusals: Readonly<Record<Stage, keyof typeof sights>> = {
  validate: 'refusedByValidate',
  assess: 'refusedByAssess',
  execute: 'refusedByExecute',
};

interface TrailedEntry {
  /** Client order id. */
  readonly id: string;
  readonly stop: number;
  readonly long: boolean;
}

/** Watches a bot's streams and keeps which order or signal showed what. */
export class Witness {
  readonly #seen = new Map<keyof typeof sights, Set<string>>();
  /** Entries that carry a trailing stop, by their signal. */
  readonly #trailed = new Map<string, TrailedEntry>();
  readonly #unknown = new Set<string>();
  /** Reversals under way: what was closed for them. */
  readonly #turning = new Set<string>();

  constructor(bot: Pick<Bot, 'decisions$' | 'orders$' | 'fills$'>) {
    bot.decisions$.subscribe((decision) => this.#decision(decision));
    bot.orders$.subscribe((event) => this.#order(event));
    bot.fills$.subscribe((fill) => this.#fill(fill));
  }

  /** All sights with their counts, 0 for what did not happen. */
  sightings(): readonly Sighting[] {
    return (Object.keys(sights) as (keyof typeof sights)[]).map((name) => ({
      name,
      what: sights[name],
      count: this.#seen.get(name)?.size ?? 0,
    }));
  }

  /** How much better a trailing stop filled than where it began, in price; undefined for any other fill. */
  gained(fill: Fill): number | undefined {
    const entry = this.#trailed.get(fill.signal);
    // Legs are named after their entry: `s` is the stop's.
    if (entry === undefined || !fill.id.startsWith(`${entry.id}s`)) return undefined;
    return (fill.price - entry.stop) * (entry.long ? 1 : -1);
  }

  #see(name: keyof typeof sights, id: string): void {
    const ids = this.#seen.get(name) ?? new Set();
    this.#seen.set(name, ids.add(id));
  }

  #decision(decision: Decision): void {
    const { outcome, signal } = decision;
    if (outcome === 'refused') {
      const late = decision.refusal.code === 'HOLD_EXPIRED';
      this.#see(late ? 'approvedTooLate' : refusals[decision.refusal.stage], signal.id);
      return;
    }
    if (outcome === 'held') return;
    const { id, bracket, side } = decision.order;
    if (outcome === 'unknown') this.#unknown.add(id);
    if (signal.approval !== undefined) this.#see('approvedInTime', signal.id);
    if (bracket?.trail !== undefined && bracket.stop !== undefined) {
      this.#trailed.set(signal.id, { id, stop: bracket.stop, long: sign(side) > 0 });
    }
  }

  #order({ id }: OrderEvent): void {
    if (this.#unknown.delete(id)) this.#see('unknownResolved', id);
  }

  #fill(fill: Fill): void {
    const { id, purpose, remaining, signal } = fill;
    if (remaining > 0) this.#see('partialFill', id);
    if (purpose === 'reduce') this.#see('partialClose', id);
    if ((this.gained(fill) ?? 0) > 0) this.#see('trailingStop', id);
    // A reversal's two orders come from one signal: the old position is left first, then the new one entered.
    if (purpose === 'flatten') this.#turning.add(signal);
    if (purpose === 'enter' && this.#turning.has(signal)) this.#see('reversal', signal);
  }
}
