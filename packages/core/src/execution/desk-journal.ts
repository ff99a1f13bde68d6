import type { EntryKind, Journal } from '../journal/journal.js';
import type { IntentRecord } from '../recovery/recall.js';
import type { TurnLoop } from '../runtime/turn-loop.js';
import type { MaybePromise } from './broker-adapter.js';
import type { CommandLine } from './command-line.js';

/** What a desk puts on record, and how it learns that this is durable. A journal that fails stops nothing that reduces risk. */
export class DeskJournal {
  readonly #journal: Journal;
  readonly #loop: TurnLoop;
  readonly #line: () => CommandLine;
  readonly #realTime: boolean;
  readonly #failed: (detail: string) => void;
  #broken = false;
  #writing = false;
  /** Entries since the books were written down. */
  sinceBooks = 0;

  constructor(parts: {
    readonly journal: Journal;
    readonly loop: TurnLoop;
    /** Brings the answer of a journal that is late. */
    readonly line: () => CommandLine;
    /** Whether the market moves by itself. */
    readonly realTime: boolean;
    /** Told when the journal fails, once until it works again. */
    readonly failed: (detail: string) => void;
  }) {
    this.#journal = parts.journal;
    this.#loop = parts.loop;
    this.#line = parts.line;
    this.#realTime = parts.realTime;
    this.#failed = parts.failed;
  }

  log(kind: EntryKind, data: unknown): void {
    this.sinceBooks++;
    this.#writeSoon();
    try {
      this.#journal.append(kind, this.#loop.now, this.#loop.tape, data);
    } catch (error) {
      this.#fails(error);
    }
  }

  /**
   * Puts on record what the venue is to be asked, and calls back once that is durable: at once, or in a later turn.
   * @param then - with a sentence when the journal could not be written
   */
  intend(intent: IntentRecord, id: string, then: (failure: string | undefined) => void): void {
    this.log('out:intent', intent);
    this.#commit(id, then);
  }

  /** Makes durable what is on record so far. Nobody waits for it; a failure is told. */
  harden(): void {
    this.#commit('', () => undefined);
  }

  /** Makes everything durable at the end. */
  async keep(): Promise<void> {
    try {
      await this.#journal.commit();
    } catch (error) {
      this.#fails(error);
    }
  }

  #commit(id: string, then: (failure: string | undefined) => void): void {
    let durable: MaybePromise<void>;
    try {
      durable = this.#journal.commit();
    } catch (error) {
      this.#fails(error);
      then(String(error));
      return;
    }
    if (!(durable instanceof Promise)) {
      this.#broken = false;
      then(undefined);
      return;
    }
    const barrier = durable.then(() => ({ outcome: 'durable' as const }));
    let told = false;
    this.#line().call(
      'commit',
      id,
      () => barrier,
      (answer) => {
        const failure = answer.outcome === 'durable' ? undefined : answer.detail;
        if (failure === undefined) this.#broken = false;
        else this.#fails(failure);
        // What goes out without its answer must not go out again when that comes late.
        if (told) return;
        told = true;
        then(failure);
      },
    );
  }

  /**
   * Where nothing may come for minutes, what a turn put on record is written at its end: else a crash would take it, and readers
   * would not see it. A played market has ticks enough.
   */
  #writeSoon(): void {
    if (this.#writing || !this.#realTime) return;
    this.#writing = true;
    this.#loop.defer(() => {
      this.#writing = false;
      this.#journal.idle?.();
    });
  }

  /** What is not on record would be forgotten by a restart, so nothing new is entered. */
  #fails(error: unknown): void {
    if (this.#broken) return;
    this.#broken = true;
    this.#failed(String(error));
  }
}
