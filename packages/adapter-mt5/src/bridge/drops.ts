/** Counts what was not taken, by kind and reason. Kinds are ours, so that nobody can make the list grow. */
export class Drops {
  readonly counts: Record<string, number> = {};

  add(what: string, times = 1): void {
    if (times > 0) this.counts[what] = (this.counts[what] ?? 0) + times;
  }
}
