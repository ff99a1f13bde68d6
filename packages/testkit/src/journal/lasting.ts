import type { Journal } from '@mikrobot/core';
import type { JournalCard } from './card.js';
import type { Probe } from './probe.js';

/** Opens the log again. */
const again = async (probe: Probe, how: 'reopen' | 'crash'): Promise<void> => {
  const { subject } = probe;
  probe.journal = (await subject[how]?.()) as Journal;
};

/** What outlives the process, and who may write. */
export const lasting: readonly JournalCard[] = [
  {
    id: 'J-21',
    title: 'A journal that is opened again goes on where it ended',
    needs: ['read', 'reopen'],
    pass: 'The same id, head and entries; the next entry has the next number and continues the chain.',
    async check(probe) {
      probe.fill(10);
      await probe.journal.commit();
      const { id } = probe.journal;
      const head = probe.journal.head();
      await again(probe, 'reopen');
      probe.equal('id and head', [probe.journal.id, probe.journal.head()], [id, head]);
      probe.holdsAll();
      probe.equal('the next number', probe.append('in:timer', {}), 10);
      probe.ok('the hash goes on', probe.journal.head().hash !== head.hash, head.hash);
      await probe.journal.commit();
      probe.holdsAll();
    },
  },
  {
    id: 'J-22',
    title: 'A close is a commit',
    needs: ['read', 'reopen'],
    pass: 'Entries that nobody committed are there when it is opened again.',
    async check(probe) {
      probe.fill(7);
      await again(probe, 'reopen');
      probe.holdsAll();
    },
  },
  {
    id: 'J-23',
    title: 'What was committed outlives a crash',
    needs: ['read', 'crash'],
    pass: 'After a commit, all of it is there, with the head that it had.',
    async check(probe) {
      for (let i = 0; i < 5; i++) {
        probe.fill(3);
        await probe.journal.commit();
        const head = probe.journal.head();
        await again(probe, 'crash');
        probe.holdsAll();
        probe.equal('the head', probe.journal.head(), head);
      }
    },
  },
  {
    id: 'J-24',
    title: 'What was not committed is lost from the end, never from the middle',
    needs: ['read', 'crash'],
    pass: 'After a crash the entries are a beginning of what was appended, with at least all that was committed; it goes on.',
    async check(probe) {
      probe.fill(5);
      await probe.journal.commit();
      probe.fill(5);
      await again(probe, 'crash');
      const kept = probe.read();
      probe.ok('the committed ones are kept', kept.length >= 5, kept.length);
      probe.equal('they are a beginning', kept, probe.appended.slice(0, kept.length));
      probe.equal('the next number', probe.journal.append('in:timer', 0, 0, {}), kept.length);
      await probe.journal.commit();
    },
  },
  {
    id: 'J-25',
    title: 'A second writer is refused, and the first goes on',
    needs: ['read', 'second'],
    pass: '`JOURNAL_LOCKED`: two bots on one journal would give two orders one id.',
    async check(probe) {
      probe.fill(3);
      await probe.journal.commit();
      await probe.refuses('opening it twice', () => probe.subject.second?.(), 'JOURNAL_LOCKED');
      probe.fill(3);
      await probe.journal.commit();
      probe.holdsAll();
    },
  },
  {
    id: 'J-26',
    title: 'A crash frees the lock',
    needs: ['crash', 'second'],
    pass: 'The writer after the crash is taken, and then a second one is refused again.',
    async check(probe) {
      await probe.journal.commit();
      await again(probe, 'crash');
      probe.append('in:timer', {});
      await probe.journal.commit();
      await probe.refuses('opening it twice', () => probe.subject.second?.(), 'JOURNAL_LOCKED');
    },
  },
  {
    id: 'J-27',
    title: 'A journal that cannot be written says so',
    needs: ['read', 'break'],
    pass: '`commit` throws or rejects with `JOURNAL_FAILED`, each time; what was committed before can still be read.',
    async check(probe) {
      probe.fill(3);
      await probe.journal.commit();
      const kept = probe.appended.slice();
      await probe.subject.break?.();
      probe.fill(2);
      await probe.refuses('a commit', () => probe.journal.commit(), 'JOURNAL_FAILED');
      await probe.refuses('a second commit', () => probe.journal.commit(), 'JOURNAL_FAILED');
      const reader = await probe.subject.reader?.();
      const read = reader === undefined ? probe.read() : [...reader.read()];
      probe.equal('what was committed', read.slice(0, 3), kept);
    },
  },
];
