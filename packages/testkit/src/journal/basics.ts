import type { JournalCard } from './card.js';

/** What every journal does. */
export const basics: readonly JournalCard[] = [
  {
    id: 'J-01',
    title: 'The id fits into client order ids',
    needs: [],
    pass: '1 to 6 characters of a-z and 0-9.',
    async check(probe) {
      probe.ok(
        'the id has 1 to 6 of a-z and 0-9',
        /^[a-z0-9]{1,6}$/.test(probe.journal.id),
        probe.journal.id,
      );
    },
  },
  {
    id: 'J-02',
    title: 'An empty journal is empty',
    needs: [],
    pass: 'The next number is 0, the hash is empty, nothing is read and there is no last entry.',
    async check(probe) {
      probe.equal('the head', probe.journal.head(), { seq: 0, hash: '' });
      if (probe.journal.read !== undefined) probe.equal('the entries', probe.read(), []);
      probe.equal('the last signal', probe.journal.last?.('out:signal'), undefined);
      await probe.journal.commit();
    },
  },
  {
    id: 'J-03',
    title: 'Entries are numbered from 0 without a gap',
    needs: [],
    pass: '`append` returns 0, 1, 2 …, whatever is committed between; the head names the next.',
    async check(probe) {
      for (let i = 0; i < 20; i++) {
        probe.equal('the number of an entry', probe.append('in:timer', { i }), i);
        if (i % 3 === 0) await probe.journal.commit();
        if (i % 5 === 0) probe.equal('the next number', probe.journal.head().seq, i + 1);
      }
    },
  },
  {
    id: 'J-04',
    title: 'The head’s hash changes with every entry, and with nothing else',
    needs: [],
    pass: '64 hex digits, another one after each entry; the same when asked twice, after a commit and after idle time.',
    async check(probe) {
      const seen = new Set<string>();
      for (let i = 0; i < 10; i++) {
        // The same words each time: the chain must tell them apart all the same.
        probe.append('in:timer', { id: 'same' }, 1_700_000_000_000);
        const { hash } = probe.journal.head();
        probe.ok('the hash has 64 hex digits', /^[0-9a-f]{64}$/.test(hash), hash);
        seen.add(hash);
        await probe.journal.commit();
        probe.journal.idle?.();
        probe.equal('the hash after a commit', probe.journal.head().hash, hash);
      }
      probe.equal('different hashes', seen.size, 10);
    },
  },
  {
    id: 'J-05',
    title: 'A commit may come at any time, often and at once',
    needs: [],
    pass: 'Without entries, twice, and ten together: all succeed, and the head is what was appended.',
    async check(probe) {
      await probe.journal.commit();
      await probe.journal.commit();
      const commits = Array.from({ length: 10 }, (_, i) => {
        probe.append('out:intent', { i });
        return probe.journal.commit();
      });
      await Promise.all(commits);
      probe.equal('the next number', probe.journal.head().seq, 10);
    },
  },
  {
    id: 'J-06',
    title: 'An entry that is no JSON is told, and nothing takes its number in silence',
    needs: [],
    pass: 'A bigint or a circle throws `BAD_ENTRY` or `JOURNAL_FAILED`, at the latest when the head is asked for.',
    async check(probe) {
      const circle: Record<string, unknown> = {};
      circle.self = circle;
      probe.fill(3);
      const work = async (): Promise<void> => {
        probe.journal.append('out:issue', 0, 0, circle);
        await probe.journal.commit();
        probe.journal.head();
      };
      await probe.refuses('appending a circle', work, 'BAD_ENTRY', 'JOURNAL_FAILED');
    },
  },
];
