import { createHash } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { MikroBotError } from '../errors/mikrobot-error.js';
import { collectGarbage } from '../testing/collect-garbage.js';
import type { EntryKind } from './journal.js';
import { MemoryJournal, type MemoryJournalOptions, verifyChain } from './memory-journal.js';

interface Write {
  readonly kind: EntryKind;
  readonly at: number;
  readonly tape: number;
  readonly data: unknown;
}

const write: fc.Arbitrary<Write> = fc.record({
  kind: fc.constantFrom<EntryKind>('in:order', 'in:timer', 'out:signal', 'out:decision'),
  at: fc.double({ min: 0, max: 2e12, noNaN: true }),
  tape: fc.nat(),
  data: fc.jsonValue(),
});

const journalOf = (writes: readonly Write[], options?: MemoryJournalOptions): MemoryJournal => {
  const journal = new MemoryJournal(options);
  for (const { kind, at, tape, data } of writes) journal.append(kind, at, tape, data);
  return journal;
};

/** The chain as its description says, with nothing but node:crypto. */
const chainByHand = (lines: readonly string[]): string => {
  let hash = '';
  for (const line of lines) hash = createHash('sha256').update(hash).update(line, 'utf8').digest('hex');
  return hash;
};

const holds = (lines: readonly string[], journal: MemoryJournal): boolean => {
  try {
    verifyChain(lines, journal.head());
    return true;
  } catch (error) {
    expect(error).toBeInstanceOf(MikroBotError);
    expect((error as MikroBotError).code).toBe('REPLAY_DIVERGED');
    return false;
  }
};

describe('MemoryJournal', () => {
  it('gives back what was written, numbered from 0 without a gap', () => {
    fc.assert(
      fc.property(fc.array(write, { maxLength: 20 }), (writes) => {
        const journal = new MemoryJournal();
        const numbers = writes.map(({ kind, at, tape, data }) => journal.append(kind, at, tape, data));
        expect(numbers).toEqual(writes.map((_, i) => i));
        expect(journal.size).toBe(writes.length);
        // JSON has no -0; everything else comes back as it went in.
        expect(journal.entries()).toEqual(
          JSON.parse(JSON.stringify(writes.map((w, seq) => ({ seq, ...w })))),
        );
        expect(journal.lines().every((line) => !line.includes('\n'))).toBe(true);
      }),
    );
  });

  it('chains its lines by SHA-256, as node:crypto computes it by hand', () => {
    fc.assert(
      fc.property(fc.array(write, { maxLength: 20 }), (writes) => {
        const journal = journalOf(writes);
        expect(journal.head()).toEqual({ seq: writes.length, hash: chainByHand(journal.lines()) });
      }),
    );
  });

  it('has the hash that sha256sum gives of one known line', () => {
    const journal = new MemoryJournal();
    journal.append('in:timer', 1_700_000_000_000, 0, { id: 'desk.0' });
    expect(journal.lines()).toEqual([
      '{"seq":0,"kind":"in:timer","at":1700000000000,"tape":0,"data":{"id":"desk.0"}}',
    ]);
    expect(journal.head().hash).toBe('c4f382e467e409c6e827d9ea65391c4ae39b1fa3a4f96710dd4b8864dac8021c');
  });

  it('has no hash while it is empty', () => {
    expect(new MemoryJournal().head()).toEqual({ seq: 0, hash: '' });
  });

  it('gives the same chain whenever its head is asked for, also across its groups', () => {
    const [often, once] = [new MemoryJournal(), new MemoryJournal()];
    for (let i = 0; i < 10_000; i++) {
      often.append('in:timer', i, i, { id: `t${i}` });
      once.append('in:timer', i, i, { id: `t${i}` });
      if (i % 777 === 0) often.head();
    }
    expect(often.head()).toEqual(once.head());
    expect(once.lines()).toHaveLength(10_000);
    expect(once.head().hash).toBe(chainByHand(once.lines()));
  });

  it('has the same head whether it keeps its lines or not', () => {
    fc.assert(
      fc.property(fc.array(write, { maxLength: 20 }), (writes) => {
        const flat = journalOf(writes, { keep: false });
        expect(flat.head()).toEqual(journalOf(writes).head());
        expect(flat.size).toBe(writes.length);
        expect([flat.lines(), flat.entries()]).toEqual([[], []]);
      }),
    );
  });

  it('keeps memory flat without its lines', async () => {
    const journal = new MemoryJournal({ keep: false });
    const text = 'x'.repeat(1_000);
    const grow = (entries: number): void => {
      for (let i = 0; i < entries; i++) journal.append('out:signal', i, i, { text: `${text}${i}` });
    };
    const used = async (): Promise<number> => {
      await collectGarbage();
      return process.memoryUsage().heapUsed;
    };
    grow(8_192);
    const before = await used();
    // 40 MB of entries.
    grow(40_960);
    expect((await used()) - before).toBeLessThan(4_000_000);
  });

  it('stands still at an entry that cannot be written, and names it', () => {
    const journal = new MemoryJournal();
    journal.append('in:timer', 1, 0, { id: 'a' });
    journal.append('in:order', 2, 0, { venueId: 5n });
    journal.append('in:timer', 3, 0, { id: 'b' });
    for (let i = 0; i < 3; i++) {
      expect(() => journal.head()).toThrowError(
        expect.objectContaining({ code: 'BAD_ENTRY', where: 'journal, entry 1 (in:order)' }),
      );
    }
  });
});

describe('verifyChain', () => {
  const log = fc.array(write, { minLength: 2, maxLength: 12 }).map((writes) => journalOf(writes));
  const index = fc.nat(100);

  it('passes an untouched log', () => {
    fc.assert(fc.property(log, (journal) => holds(journal.lines(), journal)));
    expect(holds([], new MemoryJournal())).toBe(true);
  });

  it('catches any changed character', () => {
    fc.assert(
      fc.property(
        log,
        index,
        index,
        fc.string({ minLength: 1, maxLength: 1 }),
        (journal, i, j, character) => {
          const lines = [...journal.lines()];
          const line = lines[i % lines.length] as string;
          const at = j % line.length;
          if (line[at] === character) return;
          lines[i % lines.length] = line.slice(0, at) + character + line.slice(at + 1);
          expect(holds(lines, journal)).toBe(false);
        },
      ),
    );
  });

  it('catches any missing, repeated, exchanged, cut or added line', () => {
    fc.assert(
      fc.property(log, index, index, (journal, i, j) => {
        const lines = journal.lines();
        const [a, b] = [i % lines.length, j % lines.length];
        const exchanged = lines.with(a, lines[b] as string).with(b, lines[a] as string);
        const changes: readonly (readonly string[])[] = [
          lines.toSpliced(a, 1),
          lines.toSpliced(a, 0, lines[b] as string),
          a === b ? lines.slice(1) : exchanged,
          lines.slice(0, a),
          [...lines, '{}'],
          ['', ...lines],
        ];
        for (const changed of changes) expect(holds(changed, journal)).toBe(false);
      }),
    );
  });

  it('catches two lines joined into one, and a head of another log', () => {
    const journal = journalOf([
      { kind: 'in:timer', at: 1, tape: 0, data: { id: 'a' } },
      { kind: 'in:timer', at: 2, tape: 0, data: { id: 'b' } },
    ]);
    const [first, second] = journal.lines() as [string, string];
    expect(holds([createHash('sha256').update(first).digest('hex') + second], journal)).toBe(false);
    expect(holds(journal.lines(), journalOf([]))).toBe(false);
  });

  it('says where the chain ends and where it should', () => {
    const journal = journalOf([{ kind: 'in:timer', at: 1, tape: 0, data: {} }]);
    expect(() => verifyChain([], journal.head())).toThrowError(
      `the chain of 0 entries ends in (nothing), not in ${journal.head().hash} after 1. The log was changed, cut or reordered.`,
    );
  });
});
