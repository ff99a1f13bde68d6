import type { EntryKind } from '@mikrobot/core';
import type { JournalCard } from './card.js';

/** Values that storage has garbled before. */
const oddities: readonly unknown[] = [
  null,
  true,
  0,
  -1.5e-7,
  1.7976931348623157e308,
  2 ** 53,
  '',
  'quotes " and \\ and \n and \t and \u0000 and \u2028',
  'Grüße, 日本語, 🙂',
  [],
  {},
  [[1, [2, [3]]], { a: { b: { c: null } } }],
  { left: undefined, out: 1 },
  { "it's": 'a key', 'a.b': 1, '1': 2 },
];

/** What comes back. */
export const reading: readonly JournalCard[] = [
  {
    id: 'J-11',
    title: 'What was appended is read back in order, also what was not committed yet',
    needs: ['read'],
    pass: 'Number, kind, time, tape and data of every entry as appended.',
    async check(probe) {
      probe.fill(25);
      probe.holdsAll();
      await probe.journal.commit();
      probe.fill(5);
      probe.holdsAll();
    },
  },
  {
    id: 'J-12',
    title: 'Reading begins where it is told',
    needs: ['read'],
    pass: 'From 0 all, from the middle the rest, from the last one, from the end and beyond nothing.',
    async check(probe) {
      probe.fill(10);
      for (const from of [0, 4, 9, 10, 99]) {
        probe.equal(`entries from ${from}`, probe.read(from), probe.appended.slice(from));
      }
    },
  },
  {
    id: 'J-13',
    title: 'Data comes back as JSON has it',
    needs: ['read'],
    pass: 'Odd numbers, texts, nested and empty values are the same; what JSON leaves out is left out.',
    async check(probe) {
      for (const data of oddities) probe.append('out:issue', data);
      await probe.journal.commit();
      probe.holdsAll();
    },
  },
  {
    id: 'J-14',
    title: 'Times keep their fractions, and the tape its position',
    needs: ['read'],
    pass: 'Epoch ms with thousandths, time 0, and a tape of billions of ticks.',
    async check(probe) {
      probe.append('in:timer', {}, 1_700_000_000_000.125, 0);
      probe.append('in:timer', {}, 0, 4_000_000_000);
      probe.append('in:timer', {}, 1_700_000_000_000.001, 9_007_199_254_740_991);
      probe.holdsAll();
    },
  },
  {
    id: 'J-15',
    title: 'A reader may be left, and one may read while entries are appended',
    needs: ['read'],
    pass: 'Each reading gives all that was appended before it began, and the journal goes on.',
    async check(probe) {
      probe.fill(5);
      for (const entry of probe.journal.read!()) {
        probe.equal('the first entry', entry, probe.appended[0]);
        break;
      }
      const before = probe.appended.slice();
      const seen = [];
      for (const entry of probe.journal.read!()) {
        seen.push(entry);
        if (seen.length <= 3) probe.fill(1);
      }
      probe.equal('entries of before', seen.slice(0, 5), before);
      probe.holdsAll();
    },
  },
  {
    id: 'J-16',
    title: 'The newest entry of a kind is found',
    needs: ['last'],
    pass: 'Of each kind the newest, also when it was not committed; of a kind without entries nothing.',
    async check(probe) {
      probe.fill(12);
      await probe.journal.commit();
      probe.fill(3);
      for (const kind of ['in:order', 'out:signal', 'out:intent'] as const satisfies readonly EntryKind[]) {
        const expected = probe.appended.findLast((entry) => entry.kind === kind);
        probe.equal(`the last ${kind}`, probe.journal.last!(kind), expected);
      }
      probe.equal('the last books', probe.journal.last!('out:books'), undefined);
    },
  },
  {
    id: 'J-17',
    title: 'Ten thousand entries and a large one are no trouble',
    needs: ['read'],
    pass: 'All come back, the megabyte in the middle too.',
    async check(probe) {
      probe.fill(5_000);
      probe.append('out:books', { text: 'x'.repeat(1_000_000) });
      probe.fill(5_000);
      await probe.journal.commit();
      probe.holdsAll();
    },
  },
];
