import type { Bot } from '../bot.js';
import { MikroBotError } from '../errors/mikrobot-error.js';
import type { BrokerAdapter } from '../execution/broker-adapter.js';
import type { AnswerInput } from '../execution/command-line.js';
import type { Signal } from '../model/signal.js';
import type { PolicyStore, SavedPolicies } from '../risk/policy-store.js';
import type { Clock } from '../runtime/clock.js';
import type { Input } from '../runtime/input.js';
import { canonicalJson } from './canonical-json.js';
import type { Entry, Journal } from './journal.js';
import {
  RecordedAnswers,
  ReplayClock,
  type ReplayFeeder,
  ReplayJournal,
  ReplayVenue,
  type VenueRecord,
} from './replay-venue.js';

/** A tick as the bot saw it: what a tape gives back. */
export interface SeenTick {
  readonly symbol: string;
  /** The tick's own time, epoch ms. */
  readonly time: number;
  /** The bot's clock when it took the tick, epoch ms. */
  readonly seen: number;
  readonly bid: number;
  readonly ask: number;
  readonly volume: number;
}

/** What a bot is given in a replay instead of its venue, its clock and its journal. */
export interface ReplayParts {
  readonly adapter: BrokerAdapter;
  readonly clock: Clock;
  readonly journal: Journal;
  /** What policies remembered when the log began. */
  readonly store: PolicyStore;
}

/** What is replayed. */
export interface ReplayInput {
  /** The log, from its first line. */
  readonly entries: readonly Entry[];
  /** Id of the journal that it comes from: part of every client order id. */
  readonly journalId: string;
  /** The ticks, so that the strategies run again. Without them the recorded signals are the input. */
  readonly ticks?: Iterable<SeenTick>;
}

/** Whether the replay concluded the same. */
export interface ReplayResult {
  readonly equal: boolean;
  /** With ticks the whole logs were compared, byte for byte; without, the decisions. */
  readonly compared: 'log' | 'decisions';
  /** Lines or decisions of the recorded log. */
  readonly recorded: number;
  readonly replayed: number;
  /** The first line or decision that differs, as text. */
  readonly firstDifference?: {
    readonly at: number;
    readonly recorded: string | undefined;
    readonly replayed: string | undefined;
  };
}

/** Inputs that the replay feeds: not those that the replayed bot asks for itself. */
const isFed = (entry: Entry): boolean =>
  entry.kind.startsWith('in:') &&
  entry.kind !== 'in:venue' &&
  entry.kind !== 'in:policies' &&
  entry.kind !== 'in:books' &&
  !(entry.kind === 'in:answer' && (entry.data as AnswerInput).sync);

const stateOf = (entry: Entry): { readonly state: string; readonly reason: string } | undefined =>
  entry.kind === 'out:state' ? (entry.data as { state: string; reason: string }) : undefined;

/** What follows from ticks alone: without them it is fed like an input. */
const followsTicks = (entry: Entry): boolean =>
  entry.kind === 'out:mark' || (entry.kind === 'out:signal' && (entry.data as Signal).origin === 'strategy');

const asInput = ({ kind, data }: Entry): Input => ({ kind: kind.replace('out:', 'in:'), data }) as Input;

/** Feeds the log's inputs at their place among the ticks. */
class Feeder implements ReplayFeeder {
  readonly #bot: Bot;
  readonly #venue: ReplayVenue;
  readonly #clock: ReplayClock;
  readonly #entries: readonly Entry[];
  readonly #ticks: Iterator<SeenTick> | undefined;
  #next = 0;

  constructor(bot: Bot, venue: ReplayVenue, clock: ReplayClock, { entries, ticks }: ReplayInput) {
    this.#bot = bot;
    this.#venue = venue;
    this.#clock = clock;
    this.#entries = entries;
    this.#ticks = ticks?.[Symbol.iterator]();
  }

  beforeVenue(): void {
    this.#feedUntil(this.#entries.findIndex((e) => e.kind === 'in:venue'));
  }

  beforeActive(): void {
    this.#feedUntil(this.#entries.findIndex((e) => stateOf(e)?.state === 'active'));
  }

  async rest(): Promise<void> {
    this.#feedUntil(this.#entries.length);
    while (this.#tick());
    this.#clock.at = undefined;
    const end = this.#entries.map(stateOf).find((s) => s?.state === 'stopping');
    if (end !== undefined) await this.#bot.stop(end.reason);
  }

  #feedUntil(end: number): void {
    const { loop } = this.#bot.desk;
    for (; this.#next < end; this.#next++) {
      const entry = this.#entries[this.#next] as Entry;
      if (!isFed(entry) && !this.#isInjected(entry)) continue;
      while (this.#ticks !== undefined && loop.tape < entry.tape) if (!this.#tick()) break;
      this.#clock.at = entry.at;
      if (this.#ticks === undefined) this.#showQuotes(this.#next);
      this.#bot.input(...this.#turn(end));
    }
    this.#clock.at = undefined;
  }

  #isInjected(entry: Entry): boolean {
    return this.#ticks === undefined && followsTicks(entry);
  }

  /** An input with what strategies raised in its turn: what policies want done comes after all of that. */
  #turn(end: number): readonly Input[] {
    const first = this.#entries[this.#next] as Entry;
    const inputs = [asInput(first)];
    for (; this.#next + 1 < end; this.#next++) {
      const entry = this.#entries[this.#next + 1] as Entry;
      if (isFed(entry) || entry.tape !== first.tape || entry.kind === 'out:command') break;
      if (this.#isInjected(entry)) inputs.push(asInput(entry));
    }
    return inputs;
  }

  #tick(): boolean {
    const next = this.#ticks?.next();
    if (next === undefined || next.done === true) return false;
    const { seen, symbol, time, bid, ask, volume } = next.value;
    this.#clock.at = seen;
    this.#venue.emit('tick', { symbol, time, bid, ask, volume });
    return true;
  }

  /** Without ticks, the quotes that an input's turn saw are those that its signals and marks carry. */
  #showQuotes(from: number): void {
    const { tape } = this.#entries[from] as Entry;
    for (let i = from + 1; i < this.#entries.length; i++) {
      const entry = this.#entries[i] as Entry;
      // Another tick is another turn.
      if (isFed(entry) || entry.tape !== tape) return;
      if (entry.kind === 'out:mark') this.#bot.desk.policies.showMark(entry.data);
      if (entry.kind !== 'out:signal') continue;
      const { symbol, quote } = entry.data as Signal;
      this.#bot.desk.markets.setQuote(symbol, quote);
    }
  }
}

const compare = (
  recorded: readonly string[],
  replayed: readonly string[],
  compared: 'log' | 'decisions',
): ReplayResult => {
  const sizes = { compared, recorded: recorded.length, replayed: replayed.length };
  const longest = Math.max(recorded.length, replayed.length);
  for (let at = 0; at < longest; at++) {
    if (recorded[at] === replayed[at]) continue;
    return {
      equal: false,
      ...sizes,
      firstDifference: { at, recorded: recorded[at], replayed: replayed[at] },
    };
  }
  return { equal: true, ...sizes };
};

const decisions = (entries: readonly Entry[]): readonly string[] =>
  entries.filter((e) => e.kind === 'out:decision').map((e) => canonicalJson(e.data));

/**
 * Runs a log again, without venue, timers or clock, and says whether the bot concludes the same. With the ticks the strategies
 * run too and the whole log must come out byte for byte; without them the recorded signals are judged again and the decisions
 * must be the same.
 * @param make - makes the bot as it was, but with the given adapter, clock, journal and store
 * @throws `MikroBotError` `REPLAY_DIVERGED` when the log does not begin with the venue's record.
 *
 * @example
 * ```ts
 * const result = await replay({ entries: journal.entries(), journalId: journal.id }, (parts) => createBot({ ...config, ...parts }));
 * ```
 */
export const replay = async (
  input: ReplayInput,
  make: (parts: ReplayParts) => Bot,
): Promise<ReplayResult> => {
  const { entries, journalId } = input;
  const record = entries.find((e) => e.kind === 'in:venue')?.data as VenueRecord | undefined;
  if (record === undefined) {
    throw new MikroBotError('REPLAY_DIVERGED', 'the log has no record of its venue.', {
      hint: 'Replay a whole log, from its first line.',
    });
  }
  const answers = new RecordedAnswers(entries);
  const journal = new ReplayJournal(journalId, answers, entries);
  const last = entries.length - 1;
  const clock = new ReplayClock(() => (entries[Math.min(journal.size, last)] as Entry).at);
  const venue = new ReplayVenue(record, answers, clock);
  const saved = entries.find((e) => e.kind === 'in:policies')?.data as SavedPolicies | undefined;
  const store: PolicyStore = { load: () => saved, save: () => undefined };
  const bot = make({ adapter: venue, clock, journal, store });
  venue.feeder = new Feeder(bot, venue, clock, input);
  await bot.run();
  return input.ticks === undefined
    ? compare(decisions(entries), decisions(journal.entries()), 'decisions')
    : compare(
        // A durable journal orders the members of an entry, one in memory does not: compared is what they say.
        entries.map((e) => canonicalJson(e)),
        journal.entries().map((e) => canonicalJson(e)),
        'log',
      );
};
