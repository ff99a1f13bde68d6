import { type KillName, stepNames } from './steps.js';

/** What a kill showed. */
export interface Kill {
  readonly name: KillName;
  /** Orders and commands whose outcome was not on record. */
  readonly inFlight: number;
}

/** A fault, and how to see it again. */
export interface Fault {
  readonly world: string;
  readonly seed: number;
  /** How many kills the world had seen. */
  readonly kills: number;
  readonly last: KillName | undefined;
  readonly what: readonly string[];
  /** Where the journal and the venue's record lie. */
  readonly kept: string | undefined;
}

interface Row {
  kills: number;
  inFlight: number;
  recovered: number;
  faults: number;
}

const median = (values: readonly number[]): number => {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)] ?? 0;
};

/** Counts kills by step. */
export class Tally {
  readonly rows = new Map<KillName, Row>();
  readonly faults: Fault[] = [];
  /** Ms from the start of a process until its bot trades. */
  readonly restarts: number[] = [];
  /** The longest time without protection while a bot was connected, ms. */
  longestNaked = 0;
  orders = 0;
  trades = 0;

  killed({ name, inFlight }: Kill): void {
    const row = this.#row(name);
    row.kills++;
    if (inFlight > 0) row.inFlight++;
  }

  recovered(name: KillName): void {
    this.#row(name).recovered++;
  }

  failed(fault: Fault): void {
    this.faults.push(fault);
    if (fault.last !== undefined) this.#row(fault.last).faults++;
  }

  get kills(): number {
    return this.#sum('kills');
  }

  get inFlight(): number {
    return this.#sum('inFlight');
  }

  /** The table, and what it adds up to. */
  toString(): string {
    const names: readonly KillName[] = [...stepNames.filter((name) => this.rows.has(name)), 'random'];
    const line = (name: string, { kills, inFlight, recovered, faults }: Row): string =>
      name.padEnd(24) + [kills, inFlight, recovered, faults].map((n) => String(n).padStart(11)).join('');
    const total: Row = {
      kills: this.kills,
      inFlight: this.inFlight,
      recovered: this.#sum('recovered'),
      faults: this.faults.length,
    };
    return [
      `${'step'.padEnd(24)}      kills  in flight  recovered     faults`,
      ...names.map((name) => line(name, this.#row(name))),
      line('total', total),
      `${this.orders} orders, ${this.trades} trades; restart: median ${Math.round(median(this.restarts))} ms, ` +
        `longest ${Math.round(Math.max(0, ...this.restarts))} ms; longest without a stop while connected: ${Math.round(this.longestNaked)} ms`,
    ].join('\n');
  }

  toJSON(): object {
    return {
      steps: Object.fromEntries(this.rows),
      kills: this.kills,
      inFlight: this.inFlight,
      restart: { median: median(this.restarts), longest: Math.max(0, ...this.restarts) },
      longestNaked: this.longestNaked,
      orders: this.orders,
      trades: this.trades,
      faults: this.faults,
    };
  }

  #row(name: KillName): Row {
    let row = this.rows.get(name);
    if (row === undefined) {
      row = { kills: 0, inFlight: 0, recovered: 0, faults: 0 };
      this.rows.set(name, row);
    }
    return row;
  }

  #sum(field: keyof Row): number {
    let sum = 0;
    for (const row of this.rows.values()) sum += row[field];
    return sum;
  }
}
