import { type EntryKind, type Journal, MemoryJournal } from '@mikrobot/core';
import { describe, expect, it } from 'vitest';
import { formatReport } from '../suite/report.js';
import { allJournalCards, journalCards, testJournal } from './test-journal.js';

describe('The journal in memory', () => {
  // It does not survive the process, and nobody else can open it.
  const allowedSkips = allJournalCards.map(({ id }) => id).filter((id) => id.startsWith('J-2'));
  for (const card of journalCards({ create: () => ({ journal: new MemoryJournal() }), allowedSkips })) {
    it(card.title, card.run);
  }
});

describe('The suite for journals', () => {
  it('says what became of each card, and why it was skipped', async () => {
    const report = await testJournal({ create: () => ({ journal: new MemoryJournal() }) });
    expect(report.ok).toBe(true);
    const text = formatReport(report);
    expect(text).toMatch(/^J {2}Journal +13 +0 +7$/m);
    expect(text).toContain(
      'J-25  A second writer is refused, and the first goes on: nothing was given to second it',
    );
    expect(text).not.toContain('Brackets');
  });

  it('names the journal that cannot be made', async () => {
    const create = () => Promise.reject(new Error('disk full'));
    await expect(testJournal({ create })).rejects.toThrowError(/disk full/);
  });

  /** A log on a disk that outlives its writers. */
  const onDisk = (over: (journal: MemoryJournal) => Partial<Journal> = () => ({})) => {
    const disk: { lines: [EntryKind, number, number, unknown][]; open: boolean; full: boolean } = {
      lines: [],
      open: false,
      full: false,
    };
    const open = (): Journal => {
      const memory = new MemoryJournal({ id: 'disk' });
      for (const line of disk.lines) memory.append(...line);
      const pending: [EntryKind, number, number, unknown][] = [];
      disk.open = true;
      const journal: Journal = {
        id: 'disk',
        append: (...line) => {
          pending.push(line);
          return memory.append(...line);
        },
        commit: () => {
          memory.head();
          disk.lines.push(...pending.splice(0));
        },
        head: () => memory.head(),
        read: (from) => memory.read(from),
        last: (kind) => memory.last(kind),
      };
      return { ...journal, ...over(memory) };
    };
    return { disk, open };
  };

  it.each<[string, string, (journal: MemoryJournal) => Partial<Journal>]>([
    ['counts from 1', 'J-03', (memory) => ({ append: (...line) => memory.append(...line) + 1 })],
    [
      'has one hash for all',
      'J-04',
      (memory) => ({ head: () => ({ ...memory.head(), hash: 'a'.repeat(64) }) }),
    ],
    [
      'reads from one too late',
      'J-12',
      (memory) => ({ read: (from = 0) => memory.read(from === 0 ? 0 : from + 1) }),
    ],
    [
      'rounds times',
      'J-14',
      (memory) => ({ append: (kind, at, tape, data) => memory.append(kind, Math.round(at), tape, data) }),
    ],
    [
      'finds the first for the last',
      'J-16',
      (memory) => ({ last: (kind) => memory.entries().find((e) => e.kind === kind) }),
    ],
    ['commits nothing', 'J-23', () => ({ commit: () => undefined })],
    [
      'swallows what is no JSON',
      'J-06',
      (memory) => ({
        append: (kind, at, tape, data) => {
          try {
            return memory.append(kind, at, tape, JSON.parse(JSON.stringify(data)));
          } catch {
            return memory.append(kind, at, tape, null);
          }
        },
      }),
    ],
  ])('catches a journal that %s', async (_, id, over) => {
    const { open } = onDisk(over);
    const create = () => ({ journal: open(), crash: open });
    const { results } = await testJournal({ create });
    expect(results.filter(({ outcome }) => outcome === 'failed').map((result) => result.id)).toContain(id);
  });

  it('catches a log that takes two writers', async () => {
    const { open } = onDisk();
    const card = journalCards({ create: () => ({ journal: open(), second: open }) }).find(
      ({ id }) => id === 'J-25',
    );
    await expect(card?.run()).rejects.toThrowError(
      /opening it twice: expected "JOURNAL_LOCKED"; got "no error"/,
    );
  });
});
