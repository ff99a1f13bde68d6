import { type Entry, type EntryKind, type Journal, type JournalHead, MemoryJournal } from '@mikrobot/core';
import type { Chance } from './chance.js';

/** What a process does with its journal. */
export interface JournalUse {
  /** False once the process is dead: what its code still does reaches nothing. */
  readonly alive: () => boolean;
  /** Told before and after each step; it may kill the process. */
  readonly at: (when: 'append' | 'before commit' | 'after commit') => void;
  /** Makes a commit last; undefined for commits that are done at once. */
  readonly later: ((done: () => void) => Promise<void>) | undefined;
}

/** What a bot writes that only looks whether all is well. */
const ROUTINE: ReadonlySet<EntryKind> = new Set(['in:timer', 'in:answer', 'in:account']);

/** The journal as one process sees it. */
class OpenJournal implements Journal {
  readonly id: string;
  readonly #store: CrashableJournal;
  readonly #use: JournalUse;

  constructor(store: CrashableJournal, use: JournalUse) {
    this.id = store.id;
    this.#store = store;
    this.#use = use;
  }

  append(kind: EntryKind, at: number, tape: number, data: unknown): number {
    const { memory } = this.#store;
    if (!this.#use.alive()) return memory.size;
    const seq = memory.append(kind, at, tape, data);
    if (!ROUTINE.has(kind)) this.#store.stirred++;
    this.#use.at('append');
    return seq;
  }

  commit(): void | Promise<void> {
    const use = this.#use;
    if (use.alive()) use.at('before commit');
    if (!use.alive()) return new Promise(() => undefined);
    const upTo = this.#store.memory.size;
    const done = (): void => {
      if (!use.alive()) return;
      this.#store.durable(upTo);
      use.at('after commit');
    };
    if (use.later !== undefined) return use.later(done);
    done();
    return use.alive() ? undefined : new Promise(() => undefined);
  }

  head(): JournalHead {
    return this.#store.memory.head();
  }

  read(from?: number): Iterable<Entry> {
    return this.#store.memory.read(from);
  }

  last(kind: EntryKind): Entry | undefined {
    // Looked for in the texts: reading each entry back would take longer than the rest of the world.
    const line = this.#store.memory
      .lines()
      .findLast((text) => text.slice(0, 60).includes(`"kind":"${kind}"`));
    return line === undefined ? undefined : (JSON.parse(line) as Entry);
  }

  idle(): void {
    if (this.#use.alive()) this.#store.memory.idle();
  }
}

/** A journal that outlives the processes that write it, and loses what they had not committed when they died. */
export class CrashableJournal {
  readonly id = 'sim1';
  memory = new MemoryJournal({ id: this.id });
  /** Entries so far that tell of something new: while there are none, the bot is quiet. */
  stirred = 0;
  #durable = 0;

  /** Opens it for one process. */
  open(use: JournalUse): Journal {
    return new OpenJournal(this, use);
  }

  /** What a commit reached. */
  durable(upTo: number): void {
    this.#durable = Math.max(this.#durable, upTo);
  }

  /**
   * The process died: what was appended since the last commit is lost, or a part of it, or by luck nothing.
   * @returns how many entries were lost
   */
  crash(chance: Chance): number {
    const lines = this.memory.lines();
    const kept = chance.pick([this.#durable, lines.length, chance.whole(this.#durable, lines.length)]);
    if (kept === lines.length) return 0;
    const rest = new MemoryJournal({ id: this.id });
    for (const line of lines.slice(0, kept)) {
      const { kind, at, tape, data } = JSON.parse(line) as Entry;
      rest.append(kind, at, tape, data);
    }
    this.memory = rest;
    return lines.length - kept;
  }
}
