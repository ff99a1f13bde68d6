import { type EntryKind, MemoryJournal, type Strategy } from '@mikrobot/core';
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

/** A journal in memory that keeps no lines, and counts the orders that were about to be sent. */
export class CountingJournal extends MemoryJournal {
  intents = 0;

  constructor() {
    super({ keep: false });
  }

  override append(kind: EntryKind, at: number, tape: number, data: unknown): number {
    // Intents of changes and cancellations name their command; an order's own intent is the order.
    if (kind === 'out:intent' && !Object.hasOwn(data as object, 'command')) this.intents += 1;
    return super.append(kind, at, tape, data);
  }
}
