import { mkdtempSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openJournal, readJournal } from '@mikrobot/journal-sqlite';
import type { Figure, Scenario } from '../scenario.js';

/** Entries in a transaction; a journal writes by itself once 4,096 wait. */
const GROUP = 4_000;

/** What a bot writes for one signal: 8 entries, about 220 bytes of text each. */
const entriesOf = (n: number): readonly (readonly [string, object])[] => {
  const signal = `j1-0abc-${n.toString(36)}`;
  const order = { id: `${signal}-e`, symbol: 'EURUSD', time: 1_700_000_000_000 + n };
  return [
    [
      'out:signal',
      {
        id: signal,
        kind: 'signal',
        source: 'sma EURUSD',
        symbol: 'EURUSD',
        intent: 'enter',
        side: 'buy',
        stop: 1.0995,
        target: 1.11,
        confidence: 0.9,
        reason: 'fast over slow',
        quote: { bid: 1.1, ask: 1.10012, time: order.time },
        approval: undefined,
      },
    ],
    [
      'out:intent',
      {
        ...order,
        owner: 'sma EURUSD',
        purpose: 'enter',
        side: 'buy',
        quantity: 0.13,
        type: 'market',
        timeInForce: 'IOC',
        bracket: { stop: 1.0995, target: 1.11, trail: undefined },
      },
    ],
    [
      'in:answer',
      {
        n,
        command: 'submit',
        id: order.id,
        sync: false,
        answer: { outcome: 'accepted', venueId: String(n) },
      },
    ],
    [
      'out:decision',
      {
        signal,
        outcome: 'executed',
        time: order.time,
        order: order.id,
        verdicts: [{ policy: 'fixed-fractional', outcome: 'shrink', quantity: 0.13 }],
      },
    ],
    ['in:order', { ...order, type: 'accepted', venueId: String(n) }],
    [
      'in:order',
      {
        ...order,
        type: 'fill',
        tradeId: `t${n}`,
        side: 'buy',
        quantity: 0.13,
        price: 1.10012,
        remaining: 0,
        commission: 0.39,
        profit: 0,
      },
    ],
    [
      'in:account',
      {
        id: '0abc',
        currency: 'USD',
        balance: 10_000 + n / 100,
        equity: 10_010.55,
        margin: 366.7,
        leverage: 30,
      },
    ],
    ['in:timer', { id: `desk.${n}` }],
  ];
};

const inFolder = async <T>(run: (file: string) => T | Promise<T>): Promise<T> => {
  const folder = mkdtempSync(join(tmpdir(), 'mikrobot-bench-'));
  try {
    return await run(join(folder, 'bot.journal'));
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
};

const seconds = (since: bigint): number => Number(process.hrtime.bigint() - since) / 1e9;

type Append = (kind: never, at: number, tape: number, data: unknown) => number;

/** Appends the entries of so many signals; `group` is called after each so many entries. */
const fill = (append: Append, signals: number, group: () => void, every = GROUP): number => {
  let count = 0;
  for (let n = 0; n < signals; n++) {
    for (const [kind, data] of entriesOf(n)) {
      append(kind as never, 1_700_000_000_000 + n, n * 60, data);
      if (++count % every === 0) group();
    }
  }
  group();
  return count;
};

/** The least that SQLite needs for the same rows: prepared inserts of finished lines, in the same groups, with the same flushes. */
const bareInserts = (file: string, signals: number): number => {
  const Database = createRequire(import.meta.resolve('@mikrobot/journal-sqlite/package.json'))('libsql');
  const db = new Database(`${file}-bare`);
  for (const pragma of ['journal_mode = WAL', 'synchronous = FULL', 'wal_autocheckpoint = 16384'])
    db.pragma(pragma);
  db.exec(
    'CREATE TABLE entries (seq INTEGER PRIMARY KEY, kind TEXT, subject TEXT, line TEXT, hash TEXT) STRICT',
  );
  db.exec('CREATE INDEX a ON entries (kind); CREATE INDEX b ON entries (subject)');
  const rows: unknown[][] = [];
  fill(
    (kind, at, tape, data) =>
      rows.push([
        rows.length,
        kind,
        `j1-0abc-${tape}`,
        JSON.stringify({ at, data, kind, tape }),
        'f'.repeat(64),
      ]),
    signals,
    () => undefined,
  );
  const insert = db.prepare('INSERT INTO entries VALUES (?, ?, ?, ?, ?)');
  const since = process.hrtime.bigint();
  for (let i = 0; i < rows.length; i += GROUP) {
    db.exec('BEGIN');
    for (const row of rows.slice(i, i + GROUP)) insert.run(row);
    db.exec('COMMIT');
  }
  const rate = rows.length / seconds(since);
  db.close();
  return rate;
};

const SIGNALS = 30_000;

export const durable: Scenario = {
  name: 'durable journal, chained, in groups of 4,000',
  run: () =>
    inFolder((file): readonly Figure[] => {
      const journal = openJournal({ file, id: 'j1' });
      fill(journal.append.bind(journal), 2_000, () => journal.commit());
      const since = process.hrtime.bigint();
      const count = fill(journal.append.bind(journal), SIGNALS, () => journal.commit());
      const rate = count / seconds(since);
      let read = process.hrtime.bigint();
      const lookUps = 20_000;
      let found = 0;
      for (let i = 0; i < lookUps; i++)
        found += journal.bySignal(`j1-0abc-${((i * 7_919) % SIGNALS).toString(36)}`).length;
      const byKey = [lookUps / seconds(read), found / seconds(read)] as const;
      read = process.hrtime.bigint();
      for (let i = 0; i < lookUps; i++) journal.get((i * 7_919) % count);
      const gets = lookUps / seconds(read);
      read = process.hrtime.bigint();
      const { ok, entries } = journal.verify();
      const verified = entries / seconds(read);
      if (!ok) throw new Error('the journal is not what was written');
      read = process.hrtime.bigint();
      let all = 0;
      for (const _ of journal.read()) all++;
      const reads = all / seconds(read);
      journal.close();
      return [
        { name: 'entries a second', value: rate, unit: '/s', floor: 100_000, more: true },
        { name: 'share of bare inserts', value: rate / bareInserts(file, SIGNALS), unit: 'x' },
        { name: 'entries by number a second', value: gets, unit: '/s', floor: 50_000, more: true },
        { name: 'look-ups by signal a second', value: byKey[0], unit: '/s' },
        { name: 'entries by signal a second', value: byKey[1], unit: '/s', floor: 50_000, more: true },
        { name: 'entries read in order and checked a second', value: reads, unit: '/s' },
        { name: 'entries verified a second', value: verified, unit: '/s', floor: 200_000, more: true },
      ];
    }),
};

export const single: Scenario = {
  name: 'durable journal, one commit an entry',
  run: () =>
    inFolder((file): readonly Figure[] => {
      const pace = (durability: 'power' | 'process', signals: number): number => {
        const journal = openJournal({ file: `${file}-${durability}`, id: 'j1', durability });
        const since = process.hrtime.bigint();
        const count = fill(journal.append.bind(journal), signals, () => journal.commit(), 1);
        const rate = count / seconds(since);
        journal.close();
        return rate;
      };
      return [
        { name: 'flushed to disk', value: pace('power', 250), unit: '/s', more: true },
        {
          name: 'safe from the end of the process only',
          value: pace('process', 2_500),
          unit: '/s',
          more: true,
        },
      ];
    }),
};

export const callers: Scenario = {
  name: 'durable journal, 10 callers that share commits',
  run: () =>
    inFolder(async (file): Promise<readonly Figure[]> => {
      const journal = openJournal({ file, id: 'j1', group: true });
      const each = 500;
      const since = process.hrtime.bigint();
      await Promise.all(
        Array.from({ length: 10 }, async (_, caller) => {
          for (let i = 0; i < each; i++) {
            journal.append('in:timer', i, i, { id: `caller${caller}.${i}` });
            await journal.commit();
          }
        }),
      );
      const rate = (10 * each) / seconds(since);
      const reader = readJournal(file);
      const { ok, entries } = reader.verify();
      if (!ok || entries !== 10 * each) throw new Error(`${entries} of ${10 * each} entries are there`);
      reader.close();
      journal.close();
      return [{ name: 'entries a second, each awaited', value: rate, unit: '/s', more: true }];
    }),
};
