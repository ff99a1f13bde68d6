import type { Entry, EntryKind } from '@mikrobot/core';
import fc from 'fast-check';
import { type JournalOptions, openJournal, type SqliteJournal } from '../sqlite-journal.js';

/** What is handed to `append`. */
export type Write = Omit<Entry, 'seq'>;

/** Any entry that JSON can say. */
export const anyWrite: fc.Arbitrary<Write> = fc.record({
  kind: fc.constantFrom<EntryKind>('in:order', 'in:timer', 'out:signal', 'out:decision', 'out:books'),
  at: fc.double({ min: 0, max: 2e12, noNaN: true }),
  tape: fc.nat(),
  data: fc.oneof(
    fc.jsonValue({ stringUnit: 'grapheme' }),
    fc.record({ id: fc.constantFrom('j1-0abc-1', 'j1-0abc-1-e', 'j1-0abc-2-es1', 'foreign"1'), n: fc.nat() }),
  ),
});

/** The life of one signal: held, approved by a person as another signal, executed, filled and protected. */
export const story: readonly Write[] = [
  { kind: 'in:venue', at: 999.5, tape: 0, data: { name: 'paper' } },
  {
    kind: 'out:signal',
    at: 1_000,
    tape: 7,
    data: { id: 'j1-0abc-1', symbol: 'EURUSD', source: 'run', side: 'buy' },
  },
  { kind: 'out:decision', at: 1_000, tape: 7, data: { signal: 'j1-0abc-1', outcome: 'held', until: 9_000 } },
  {
    kind: 'out:signal',
    at: 1_500,
    tape: 8,
    data: { id: 'j1-0abc-2', symbol: 'GBPUSD', source: 'run', side: 'sell' },
  },
  {
    kind: 'out:decision',
    at: 1_500,
    tape: 8,
    data: {
      signal: 'j1-0abc-2',
      outcome: 'refused',
      refusal: { stage: 'assess', rule: 'limit', code: 'TOO_MUCH', limit: 1, actual: 2 },
    },
  },
  { kind: 'in:command', at: 2_000, tape: 9, data: { do: 'approve', signal: 'j1-0abc-1', by: 'ann' } },
  {
    kind: 'out:signal',
    at: 2_000,
    tape: 9,
    data: {
      id: 'j1-0abc-3',
      symbol: 'EURUSD',
      source: 'run',
      side: 'buy',
      approval: { of: 'j1-0abc-1', by: 'ann' },
    },
  },
  {
    kind: 'out:intent',
    at: 2_000,
    tape: 9,
    data: {
      id: 'j1-0abc-3-e',
      symbol: 'EURUSD',
      owner: 'run',
      purpose: 'enter',
      side: 'buy',
      quantity: 0.2,
      type: 'market',
    },
  },
  {
    kind: 'in:answer',
    at: 2_001,
    tape: 9,
    data: { n: 0, command: 'submit', id: 'j1-0abc-3-e', answer: { outcome: 'accepted' } },
  },
  {
    kind: 'out:decision',
    at: 2_001,
    tape: 9,
    data: { signal: 'j1-0abc-3', outcome: 'executed', order: 'j1-0abc-3-e' },
  },
  {
    kind: 'in:order',
    at: 2_002,
    tape: 9,
    data: { type: 'accepted', id: 'j1-0abc-3-e', symbol: 'EURUSD', time: 2_002 },
  },
  ...([1, 1, 2] as const).map(
    (n): Write => ({
      kind: 'in:order',
      at: 2_002 + n,
      tape: 9,
      data: {
        type: 'fill',
        id: 'j1-0abc-3-e',
        symbol: 'EURUSD',
        time: 2_002 + n,
        tradeId: `t${n}`,
        side: 'buy',
        quantity: 0.1,
        price: 1.1,
        remaining: 0.2 - n / 10,
        commission: 0.3,
        profit: 0,
      },
    }),
  ),
  {
    kind: 'out:intent',
    at: 2_004,
    tape: 9,
    data: {
      id: 'j1-0abc-3-es',
      symbol: 'EURUSD',
      owner: 'run',
      purpose: 'protect',
      side: 'sell',
      quantity: 0.2,
      type: 'stop',
      price: 1.09,
    },
  },
  {
    kind: 'out:intent',
    at: 2_500,
    tape: 9,
    data: { command: 'cancel', id: 'j1-0abc-3-es', reason: 'why not' },
  },
  {
    kind: 'in:order',
    at: 2_600,
    tape: 9,
    data: { type: 'cancelled', id: 'j1-0abc-3-es', symbol: 'EURUSD', time: 2_600, reason: '' },
  },
  {
    kind: 'in:order',
    at: 2_700,
    tape: 9,
    data: { type: 'accepted', id: '4711', symbol: 'EURUSD', time: 2_700 },
  },
  {
    kind: 'out:trade',
    at: 2_800,
    tape: 9,
    data: {
      owner: 'run',
      symbol: 'EURUSD',
      side: 'buy',
      quantity: 0.2,
      opened: 2_003,
      closed: 2_800,
      profit: 12.5,
      exit: 'order',
    },
  },
];

/** Appends and makes durable. */
export const write = (journal: SqliteJournal, writes: readonly Write[]): void => {
  for (const { kind, at, tape, data } of writes) journal.append(kind, at, tape, data);
  journal.commit();
};

/** So many small entries. */
export const many = (count: number, from = 0): readonly Write[] =>
  Array.from({ length: count }, (_, i) => ({
    kind: 'in:timer',
    at: 1_000 + from + i,
    tape: from + i,
    data: { id: `desk.${from + i}` },
  }));

/** A journal with entries in it, closed again. */
export const journalFile = (
  file: string,
  writes: readonly Write[],
  options: Pick<JournalOptions, 'id' | 'durability'> = {},
): string => {
  const journal = openJournal({ id: 'j1', ...options, file });
  write(journal, writes);
  journal.close();
  return file;
};
