import { MikroBotError } from '../errors/mikrobot-error.js';
import type { EntryKind } from '../journal/journal.js';
import type { Clock } from '../runtime/clock.js';
import type { TurnScheduler } from '../runtime/turn-scheduler.js';
import type { CommandOutcome, MaybePromise, QueryOutcome, Snapshot } from './broker-adapter.js';

/** What is asked of the venue, or of the journal. */
export type CommandName = 'submit' | 'amend' | 'cancel' | 'query' | 'snapshot' | 'commit';

/** The venue said what it holds. */
export interface SnapshotAnswer {
  readonly outcome: 'snapshot';
  readonly snapshot: Snapshot;
}

/** What comes back for each of them. */
export type Answer = CommandOutcome | QueryOutcome | SnapshotAnswer | { readonly outcome: 'durable' };

/** Commands that may wait for an answer at once; of more, the oldest is no longer listened for. Each was told `unknown` long ago. */
const MOST_OPEN = 10_000;

/** Nobody said what became of a command. */
export type NoAnswer = { readonly outcome: 'unknown'; readonly detail: string };

/** An answer as it is journalled: which command it answers. */
export interface AnswerInput {
  readonly n: number;
  readonly command: CommandName;
  readonly id: string;
  /** Given inside the call, not in a later turn: a replay must give it at the same place. */
  readonly sync: boolean;
  readonly answer: Answer;
}

/** An adapter that refuses before it has sent anything knows the outcome; whatever else it throws, nobody knows. */
const refusedAtOnce = (command: CommandName, error: unknown): CommandOutcome | undefined =>
  error instanceof MikroBotError && (command === 'submit' || command === 'amend' || command === 'cancel')
    ? { outcome: 'rejected', code: error.code, detail: error.message }
    : undefined;

/**
 * Calls the venue and brings each answer back as one journalled input: at once when the venue answers synchronously, in a turn
 * of its own when it answers later, and as `unknown` when it throws or stays silent for longer than the timeout.
 */
export class CommandLine {
  readonly #clock: Clock;
  readonly #timers: TurnScheduler;
  readonly #log: (kind: EntryKind, data: unknown) => void;
  readonly #enter: (input: AnswerInput) => void;
  readonly #timeout: number;
  readonly #open = new Map<number, { take: (answer: Answer) => void }>();
  #count = 0;

  constructor(parts: {
    readonly clock: Clock;
    readonly timers: TurnScheduler;
    readonly log: (kind: EntryKind, data: unknown) => void;
    /** Brings an answer through the one door. */
    readonly enter: (input: AnswerInput) => void;
    /** Ms after which silence counts as `unknown`. */
    readonly timeout: number;
  }) {
    this.#clock = parts.clock;
    this.#timers = parts.timers;
    this.#log = parts.log;
    this.#enter = parts.enter;
    this.#timeout = parts.timeout;
  }

  /** Commands without an answer. */
  get open(): number {
    return this.#open.size;
  }

  /** Calls the venue; `take` gets the first answer, and a late one after a timeout as well. */
  call<A extends Answer>(
    command: CommandName,
    id: string,
    run: () => MaybePromise<A>,
    take: (answer: A | NoAnswer) => void,
  ): void {
    const n = this.#count++;
    let result: MaybePromise<A | NoAnswer | CommandOutcome>;
    try {
      result = run();
    } catch (error) {
      result = refusedAtOnce(command, error) ?? { outcome: 'unknown', detail: String(error) };
    }
    if (!(result instanceof Promise)) {
      this.#log('in:answer', { n, command, id, sync: true, answer: result } satisfies AnswerInput);
      take(result as A | NoAnswer);
      return;
    }
    this.#await(n, command, id, result, take as (answer: Answer) => void);
  }

  /** Takes an answer that came in through the door. */
  answered({ n, answer }: AnswerInput): void {
    const waiting = this.#open.get(n);
    if (waiting === undefined) return;
    this.#open.delete(n);
    waiting.take(answer);
  }

  #await(
    n: number,
    command: CommandName,
    id: string,
    result: Promise<Answer>,
    take: (answer: Answer) => void,
  ): void {
    const timer = this.#timers.timer(this.#timeout, () => {
      // The entry stays: the true answer may still come, and then tells more than silence did.
      take({ outcome: 'unknown', detail: `no answer to ${command} within ${this.#timeout} ms` });
    });
    this.#open.set(n, {
      take: (answer) => {
        timer.unsubscribe();
        take(answer);
      },
    });
    const enter = (answer: Answer): void => this.#enter({ n, command, id, sync: false, answer });
    const settled = result.then(enter, (error) => enter({ outcome: 'unknown', detail: String(error) }));
    this.#clock.track?.(settled);
    if (this.#open.size > MOST_OPEN) this.#open.delete(this.#open.keys().next().value as number);
  }
}
