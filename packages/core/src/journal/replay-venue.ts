import { EventEmitter } from 'eventemitter3';
import type {
  AdapterEvents,
  BrokerAdapter,
  Capabilities,
  CommandOutcome,
  MaybePromise,
  QueryOutcome,
  Snapshot,
} from '../execution/broker-adapter.js';
import type { AnswerInput, SnapshotAnswer } from '../execution/command-line.js';
import type { Bar } from '../model/bar.js';
import type { Instrument } from '../model/instrument.js';
import type { Clock } from '../runtime/clock.js';
import type { Entry, EntryKind } from './journal.js';
import { MemoryJournal } from './memory-journal.js';

/** What the first lines of a log say of the venue. */
export interface VenueRecord {
  /** Refusals name it. */
  readonly name: string;
  readonly capabilities: Capabilities;
  readonly instruments: readonly Instrument[];
  readonly snapshot: Snapshot;
  readonly realTime: boolean;
}

const never = <T>(): Promise<T> => new Promise<T>(() => undefined);

/** Recorded answers by the number of the command that they answer. */
export class RecordedAnswers {
  readonly #byNumber: ReadonlyMap<number, AnswerInput>;
  #next = 0;

  constructor(entries: readonly Entry[]) {
    const answers = entries.filter((e) => e.kind === 'in:answer').map((e) => e.data as AnswerInput);
    this.#byNumber = new Map(answers.map((a) => [a.n, a]));
  }

  /** The answer that came at once; a promise that never settles where it came later, for then the log brings it. */
  take<A>(): MaybePromise<A> {
    const answer = this.#byNumber.get(this.#next++);
    return answer?.sync === true ? (answer.answer as A) : never<A>();
  }

  /** Whether the next command was a wait for the journal. */
  get awaitsJournal(): boolean {
    return this.#byNumber.get(this.#next)?.command === 'commit';
  }
}

/** Time as the log tells it. Timers never fire by themselves: the log says when they did. */
export class ReplayClock implements Clock {
  readonly #recorded: () => number;
  /** Set while inputs are fed; else the log's next line tells the time. */
  at: number | undefined;

  constructor(recorded: () => number) {
    this.#recorded = recorded;
  }

  now(): number {
    return this.at ?? this.#recorded();
  }

  arm(): () => void {
    return () => undefined;
  }
}

/** Keeps the replayed log, and is as slow to commit as the recorded one was. The past that it shows is the recorded books. */
export class ReplayJournal extends MemoryJournal {
  readonly #answers: RecordedAnswers;
  readonly #past: readonly Entry[];

  constructor(id: string, answers: RecordedAnswers, entries: readonly Entry[]) {
    super({ id, first: entries[0]?.seq ?? 0 });
    this.#answers = answers;
    const recalled = entries.some((e) => e.kind === 'in:books');
    this.#past = recalled ? entries.filter((e) => e.kind === 'in:venue' || e.kind === 'in:books') : [];
  }

  override *read(): Generator<Entry> {
    yield* this.#past;
  }

  override last(kind: EntryKind): Entry | undefined {
    return this.#past.find((entry) => entry.kind === kind);
  }

  override commit(): MaybePromise<void> {
    return this.#answers.awaitsJournal ? this.#answers.take<void>() : undefined;
  }
}

/** Feeds a log in the parts in which a bot lives. */
export interface ReplayFeeder {
  /** What came before the venue described itself. */
  beforeVenue(): void;
  /** What came before the bot was active. */
  beforeActive(): void;
  rest(): Promise<void>;
}

/** Answers as the log says the venue did. */
export class ReplayVenue extends EventEmitter<AdapterEvents> implements BrokerAdapter {
  readonly name: string;
  readonly capabilities: Capabilities;
  readonly clock: ReplayClock;
  readonly realTime: boolean;
  readonly #record: VenueRecord;
  readonly #answers: RecordedAnswers;
  #began = false;
  /** Feeds the log's inputs of each part of the bot's life; set by whoever replays. */
  feeder: ReplayFeeder | undefined;

  constructor(record: VenueRecord, answers: RecordedAnswers, clock: ReplayClock) {
    super();
    this.name = record.name;
    this.capabilities = record.capabilities;
    this.realTime = record.realTime;
    this.clock = clock;
    this.#record = record;
    this.#answers = answers;
  }

  connect(): void {
    this.feeder?.beforeVenue();
  }

  instruments(): readonly Instrument[] {
    return this.#record.instruments;
  }

  subscribe(): () => void {
    this.feeder?.beforeActive();
    this.emit('heartbeat');
    return () => undefined;
  }

  async *history(): AsyncIterable<Bar> {
    // A log holds no bars.
  }

  /** The first is the one that the bot began with; the later ones are answers like others. */
  snapshot(): MaybePromise<Snapshot> {
    if (!this.#began) {
      this.#began = true;
      return this.#record.snapshot;
    }
    const answer = this.#answers.take<SnapshotAnswer>();
    // A bot that concludes otherwise asks where the log has another answer.
    return 'snapshot' in answer ? answer.snapshot : never<Snapshot>();
  }

  submit(): MaybePromise<CommandOutcome> {
    return this.#answers.take();
  }

  submitPair(): MaybePromise<CommandOutcome> {
    return this.#answers.take();
  }

  amend(): MaybePromise<CommandOutcome> {
    return this.#answers.take();
  }

  cancel(): MaybePromise<CommandOutcome> {
    return this.#answers.take();
  }

  query(): MaybePromise<QueryOutcome> {
    return this.#answers.take();
  }

  close(): void {
    // There is no line to close.
  }

  play(): Promise<void> {
    return this.feeder?.rest() ?? Promise.resolve();
  }
}
