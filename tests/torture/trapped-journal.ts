import type { Entry, EntryKind, Journal, MaybePromise, OrderRequest } from '@mikrobot/core';
import { ThroughJournal } from './through-journal.js';
import type { Trap } from './trap.js';
import { isStop } from './venue/record.js';

const isOrder = (data: unknown): data is OrderRequest =>
  typeof data === 'object' && data !== null && 'purpose' in data && 'side' in data;

interface Answered {
  readonly command: string;
  readonly id: string;
  readonly answer: { readonly outcome: string };
}

/** Passes everything on to the journal, and falls into the trap at the steps that a journal sees. */
export class TrappedJournal extends ThroughJournal {
  readonly #trap: Trap;
  /** Exits that filled whose reversal goes on, by signal. */
  readonly #left = new Set<string>();
  #intends = false;
  #stopping = false;

  constructor(inner: Journal, trap: Trap) {
    super(inner);
    this.#trap = trap;
  }

  override append(kind: EntryKind, at: number, tape: number, data: unknown): number {
    this.#before(kind, data);
    const seq = super.append(kind, at, tape, data);
    this.#after(kind, data);
    return seq;
  }

  override commit(): MaybePromise<void> {
    if (this.#intends) this.#trap.at('intent-not-committed');
    this.#intends = false;
    return super.commit();
  }

  override *read(from?: number): Generator<Entry> {
    yield* super.read(from);
    this.#trap.at('start-books');
  }

  #before(kind: EntryKind, data: unknown): void {
    const trap = this.#trap;
    if (kind === 'out:intent' && isOrder(data)) {
      if (isStop(data.id)) trap.at('stop-missing');
      else if (data.purpose !== 'protect') {
        if (data.id.endsWith('-e') && this.#left.delete(data.id.slice(0, -2))) trap.at('reversal-between');
        trap.at('intent-not-appended');
      }
    } else if (kind === 'in:answer') {
      const { command, id } = data as Answered;
      if (command === 'amend') trap.at('amend-answered');
      else if (command === 'submit') trap.at(isStop(id) ? 'stop-answered' : 'answer-not-journalled');
    } else if (kind === 'in:order' && (data as { type: string }).type === 'fill')
      trap.at('fill-not-journalled');
    if (this.#stopping && (kind === 'in:answer' || kind === 'in:order')) trap.at('stop-draining');
  }

  #after(kind: EntryKind, data: unknown): void {
    const trap = this.#trap;
    switch (kind) {
      case 'out:intent':
        if (isOrder(data)) {
          this.#intends = !isStop(data.id) && data.purpose !== 'protect';
        }
        break;
      case 'out:signal':
        trap.at('signal-undecided');
        break;
      case 'out:decision':
        if ((data as { outcome: string }).outcome === 'held') trap.at('signal-held');
        break;
      case 'in:command':
        if ((data as { do: string }).do === 'approve') trap.at('approval-taken');
        break;
      case 'in:answer': {
        const { command, answer } = data as Answered;
        if (command === 'submit' && answer.outcome === 'accepted') trap.at('order-accepted');
        break;
      }
      case 'in:order':
        this.#told(data as { type: string; id: string; remaining?: number });
        break;
      case 'out:books':
        trap.at(this.#stopping ? 'stop-kept' : 'checkpoint');
        break;
      case 'out:state':
        if ((data as { state: string }).state === 'stopping') {
          this.#stopping = true;
          trap.at('stop-begun');
        }
        break;
    }
  }

  #told({ type, id, remaining = 0 }: { type: string; id: string; remaining?: number }): void {
    if (type !== 'fill') return;
    if (remaining > 0) this.#trap.at('partial-fill');
    else if (id.endsWith('-x')) this.#left.add(id.slice(0, -2));
  }
}
