import type { Decision, Refusal, Signal, Stage } from '@mikrobot/core';

/** All refusals (or holds) of one rule with one code. */
export interface RefusalCount {
  readonly stage: Stage;
  readonly rule: string;
  readonly code: string;
  readonly count: number;
  /** The first of them, for an example. `time` in epoch ms. */
  readonly first: {
    readonly time: number;
    readonly symbol: string;
    readonly limit: number | string;
    readonly actual: number | string;
  };
}

/** What became of the signals. `signals` = refused + held + unknown + executed, when every signal got its decision. */
export interface Funnel {
  readonly signals: number;
  readonly refused: number;
  /** A person has to decide. */
  readonly held: number;
  /** Nobody knew yet whether the venue has the order. */
  readonly unknown: number;
  /** The venue took the order. */
  readonly executed: number;
  /** Signals that were a person's approval of a held one. */
  readonly approvals: number;
  readonly refusedAt: Readonly<Record<Stage, number>>;
  /** Most frequent first. */
  readonly refusals: readonly RefusalCount[];
  readonly holds: readonly RefusalCount[];
}

/** Counts refusals by stage, rule and code. */
class RefusalTally {
  readonly #rows = new Map<string, RefusalCount>();

  add(refusal: Refusal, time: number, symbol: string): void {
    const { stage, rule, code, limit, actual } = refusal;
    const key = JSON.stringify([stage, rule, code]);
    const row = this.#rows.get(key);
    const first = row?.first ?? { time, symbol, limit, actual };
    this.#rows.set(key, { stage, rule, code, count: (row?.count ?? 0) + 1, first });
  }

  rows(): RefusalCount[] {
    return [...this.#rows.values()].sort((a, b) => b.count - a.count);
  }
}

/** Counts signals and decisions. */
export class FunnelCounter {
  readonly #outcomes: Record<Decision['outcome'], number> = { executed: 0, refused: 0, held: 0, unknown: 0 };
  readonly #refusedAt: Record<Stage, number> = { validate: 0, assess: 0, execute: 0 };
  readonly #refusals = new RefusalTally();
  readonly #holds = new RefusalTally();
  #signals = 0;
  #approvals = 0;

  signal({ approval }: Signal): void {
    this.#signals += 1;
    if (approval !== undefined) this.#approvals += 1;
  }

  decision(decision: Decision): void {
    this.#outcomes[decision.outcome] += 1;
    const { symbol } = decision.signal;
    if (decision.outcome === 'refused') {
      this.#refusedAt[decision.refusal.stage] += 1;
      this.#refusals.add(decision.refusal, decision.time, symbol);
    } else if (decision.outcome === 'held') this.#holds.add(decision.refusal, decision.time, symbol);
  }

  result(): Funnel {
    return {
      signals: this.#signals,
      ...this.#outcomes,
      approvals: this.#approvals,
      refusedAt: { ...this.#refusedAt },
      refusals: this.#refusals.rows(),
      holds: this.#holds.rows(),
    };
  }
}
