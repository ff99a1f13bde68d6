import type { Entry, EntryKind, Journal, JournalHead, MaybePromise } from '@mikrobot/core';

/** Passes everything on to another journal: what traps and planted bugs change stands in their own classes. */
export class ThroughJournal implements Journal {
  readonly id: string;
  protected readonly inner: Journal;

  constructor(inner: Journal) {
    this.id = inner.id;
    this.inner = inner;
  }

  append(kind: EntryKind, at: number, tape: number, data: unknown): number {
    return this.inner.append(kind, at, tape, data);
  }

  commit(): MaybePromise<void> {
    return this.inner.commit();
  }

  head(): JournalHead {
    return this.inner.head();
  }

  read(from?: number): Iterable<Entry> {
    return this.inner.read?.(from) ?? [];
  }

  last(kind: EntryKind): Entry | undefined {
    return this.inner.last?.(kind);
  }

  idle(): void {
    this.inner.idle?.();
  }
}
