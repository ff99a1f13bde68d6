import type { Entry, Signal } from '@mikrobot/core';
import type { JournalReader } from '@mikrobot/journal-sqlite';
import { pairs } from '../output/table.js';
import { moment, wishOf } from './story-lines.js';

/** Entries that are read at once, from the end of the journal to its beginning. */
const CHUNK = 10_000;

/** A signal and how it was decided. */
export interface ListedSignal {
  readonly id: string;
  /** Epoch ms. */
  readonly time: number;
  readonly source: string;
  readonly wish: string;
  /** `executed`, `refused` …; `undecided` when the journal ends before it. */
  readonly outcome: string;
  /** Why it was refused or held. */
  readonly code: string | undefined;
}

interface DecisionRecord {
  readonly outcome: string;
  readonly refusal?: { readonly code: string };
}

function* between(reader: JournalReader, from: number, to: number): Generator<Entry> {
  for (const entry of reader.read(from)) {
    if (entry.seq >= to) return;
    yield entry;
  }
}

/** The last signals of a journal, the newest last. Reads no more of it than it must. */
export const latestSignals = (reader: JournalReader, most: number): readonly ListedSignal[] => {
  const first = reader.first();
  let signals: readonly Signal[] = [];
  let end = (reader.last('out:signal')?.seq ?? first - 1) + 1;
  while (end > first && signals.length < most) {
    const from = Math.max(first, end - CHUNK);
    const found = [...between(reader, from, end)].filter(({ kind }) => kind === 'out:signal');
    signals = [...found.map(({ data }) => data as Signal), ...signals];
    end = from;
  }
  return signals.slice(-most).map((signal) => {
    const { id, time, source } = signal;
    const decision = reader.bySignal(id).find(({ kind }) => kind === 'out:decision');
    const { outcome = 'undecided', refusal } = (decision?.data ?? {}) as Partial<DecisionRecord>;
    return { id, time, source, wish: wishOf(signal), outcome, code: refusal?.code };
  });
};

/** The list for people. */
export const latestLines = (signals: readonly ListedSignal[]): readonly string[] =>
  pairs(
    signals.map(({ id, time, source, wish, outcome, code }) => [
      id,
      `${moment(time)}  ${outcome.toUpperCase().padEnd(9)}  ${wish}, by ${source}${code === undefined ? '' : `: ${code}`}`,
    ]),
    '',
  );
