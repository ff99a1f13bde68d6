import type { ObservedIssue } from './observed-bot.js';
import type { IssueCount } from './result.js';

/** Counts issues by code. */
export class IssueCounter {
  readonly #rows = new Map<string, IssueCount>();

  add({ code, time, detail, symbol }: ObservedIssue): void {
    const row = this.#rows.get(code);
    const first = row?.first ?? { time, detail, symbol: symbol ?? null };
    this.#rows.set(code, { code, count: (row?.count ?? 0) + 1, first });
  }

  result(): IssueCount[] {
    return [...this.#rows.values()].sort((a, b) => b.count - a.count);
  }
}
