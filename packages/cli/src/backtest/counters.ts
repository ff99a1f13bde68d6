import {
  type Entry,
  type EntryKind,
  type Journal,
  type JournalHead,
  MemoryJournal,
  type Strategy,
} from '@mikrobot/core';
import { tap } from 'rxjs';

/** Counts what strategies want, where they say it: before core has seen it. */
export class DraftCounter {
  count = 0;

  /** The same strategy, counted. */
  of(strategy: Strategy): Strategy {
    return {
      name: strategy.name,
      params: strategy.params,
      bind: (symbol, params) => {
        const bound = strategy.bind(symbol, params);
        const signals: typeof bound.signals = (context) =>
          bound.signals(context).pipe(
            tap(() => {
              this.count += 1;
            }),
          );
        return { ...bound, signals };
      },
    };
  }
}

type Data = Readonly<Record<string, unknown>>;

/** A journal in memory that keeps no lines, only counts of what concerns orders. */
export class CountingJournal implements Journal {
  readonly #inner = new MemoryJournal({ keep: false });
  readonly id = this.#inner.id;
  /** Orders that were about to be sent. */
  intents = 0;
  /** Orders that the venue answered with a no. */
  refusals = 0;

  append(kind: EntryKind, at: number, tape: number, data: unknown): number {
    this.#count({ kind, data });
    return this.#inner.append(kind, at, tape, data);
  }

  commit(): void {
    this.#inner.commit();
  }

  head(): JournalHead {
    return this.#inner.head();
  }

  #count({ kind, data }: Pick<Entry, 'kind' | 'data'>): void {
    // Intents of changes and cancellations name their command; an order's own intent is the order.
    if (kind === 'out:intent' && !('command' in (data as Data))) this.intents += 1;
    if (kind !== 'in:answer') return;
    const { command, answer } = data as { readonly command: string; readonly answer: Data };
    if (command === 'submit' && answer.outcome === 'rejected') this.refusals += 1;
  }
}
