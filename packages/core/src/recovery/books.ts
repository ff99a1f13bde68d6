import { BracketBook } from '../execution/bracket-book.js';
import { Halts } from '../execution/halts.js';
import { OrderRecords } from '../execution/order-record.js';
import { TradeBook } from '../execution/trade-book.js';
import type { Position } from '../model/account.js';
import type { Signal } from '../model/signal.js';
import { HeldSignals } from '../signal/held-signals.js';

/** One owner's holding of one symbol. */
export interface Ledger {
  readonly owner: string;
  readonly position: Position;
}

/** A position that core wants closed, whatever strategies say. */
export interface Closing {
  readonly symbol: string;
  readonly owner: string;
  readonly why: string;
  /** Only so many lots of it; all when left out. */
  readonly lots?: number | undefined;
}

/** All that must outlive the process beside what policies remember. */
export interface Books {
  readonly records: OrderRecords;
  readonly brackets: BracketBook;
  readonly trades: TradeBook;
  readonly halts: Halts;
  readonly held: HeldSignals;
  /** Signals that have no decision yet, by id. */
  readonly undecided: Map<string, Signal>;
  /** By {@link ledgerKey}. */
  readonly closing: Map<string, Closing>;
  /** What closing orders closed too much, and nobody has closed again yet. By {@link ledgerKey}. */
  readonly excess: Map<string, Closing>;
  /** Signed lots of a symbol that are known to be somebody else's, and are in no ledger. */
  readonly others: Map<string, number>;
  ledgers(): readonly Ledger[];
  readonly paused: boolean;
}

/** Names one owner's ledger of one symbol. */
export const ledgerKey = (symbol: string, owner: string): string => `${symbol}\n${owner}`;

/** Books that are filled from a journal. */
export class RecalledBooks implements Books {
  readonly records = new OrderRecords();
  readonly brackets = new BracketBook();
  readonly trades = new TradeBook();
  readonly halts = new Halts();
  readonly held = new HeldSignals();
  readonly undecided = new Map<string, Signal>();
  readonly closing = new Map<string, Closing>();
  readonly positions = new Map<string, Ledger>();
  readonly excess = new Map<string, Closing>();
  readonly others = new Map<string, number>();
  paused = false;

  ledgers(): readonly Ledger[] {
    return [...this.positions.values()];
  }
}
