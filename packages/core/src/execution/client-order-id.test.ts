import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { MemoryJournal } from '../journal/memory-journal.js';
import { legSuffix } from '../risk/approved-order.js';
import { clientOrderId, SignalIds } from './client-order-id.js';

const journal = (id: string) => new MemoryJournal({ id });
const purposes = ['enter', 'reduce', 'protect'] as const;

/** All ids that one signal can lead to: its own orders, and legs at some attempts. */
const family = (signal: string, attempts: readonly number[]): readonly string[] =>
  purposes.flatMap((purpose) => {
    const own = clientOrderId(signal, purpose);
    const legs = Object.values(legSuffix).flatMap((leg) =>
      attempts.map((n) => own + leg + (n > 0 ? n.toString(36) : '')),
    );
    return [own, ...legs];
  });

describe('client order ids', () => {
  it('keep within 26 ASCII characters at the longest journal name, 78 billion signals and 46,000 attempts', () => {
    const ids = new SignalIds(journal('zzzzzz'), 'U1234567', 36 ** 7 - 1);
    for (const id of family(ids.next(), [0, 36 ** 3 - 1])) {
      expect(id).toMatch(/^[a-z0-9-]{1,26}$/);
    }
  });

  it('never collide within a journal: signals, purposes, legs and attempts', () => {
    const ids = new SignalIds(journal('mem0'), 'A1');
    const seen = new Set<string>();
    const attempts = Array.from({ length: 40 }, (_, i) => i);
    let count = 0;
    for (let n = 0; n < 4_000; n++) {
      for (const id of family(ids.next(), attempts)) {
        seen.add(id);
        count++;
      }
    }
    expect(seen.size).toBe(count);
  });

  it('never collide between any two orders, however far apart their signals are', () => {
    const order = fc.record({
      n: fc.nat(36 ** 5),
      purpose: fc.constantFrom(...purposes),
      leg: fc.constantFrom(undefined, 's', 't'),
      attempt: fc.nat(2_000),
    });
    const idOf = ({
      n,
      purpose,
      leg,
      attempt,
    }: {
      n: number;
      purpose: (typeof purposes)[number];
      leg: string | undefined;
      attempt: number;
    }): string => {
      const own = clientOrderId(new SignalIds(journal('mem0'), 'A1', n).next(), purpose);
      return leg === undefined ? own : own + leg + (attempt > 0 ? attempt.toString(36) : '');
    };
    /** The same order's id reads back as the order it stands for. */
    const read = (id: string) => /^mem0-[0-9a-z]{4}-([0-9a-z]+)-([exp])(?:([st])([0-9a-z]*))?$/.exec(id);
    fc.assert(
      fc.property(order, (o) => {
        const parts = read(idOf(o));
        expect(Number.parseInt(parts?.[1] as string, 36)).toBe(o.n);
        expect(parts?.[2]).toBe({ enter: 'e', reduce: 'x', protect: 'p' }[o.purpose]);
        expect(parts?.[3]).toBe(o.leg);
        if (o.leg !== undefined) expect(Number.parseInt(parts?.[4] || '0', 36)).toBe(o.attempt);
      }),
      { numRuns: 1_000 },
    );
  });

  it('tell journals and accounts apart', () => {
    const stems = ['a1', 'a2', 'b'].flatMap((id) =>
      ['U1', 'U2', 'DU1234567', ''].map((account) => new SignalIds(journal(id), account).next()),
    );
    expect(new Set(stems).size).toBe(12);
  });

  it('use one id for closing a position in part or whole, and another for entering', () => {
    expect(clientOrderId('s', 'flatten')).toBe(clientOrderId('s', 'reduce'));
    expect(clientOrderId('s', 'enter')).not.toBe(clientOrderId('s', 'reduce'));
  });

  it.each(['', 'toolong', 'MEM0', 'me-m', 'mém'])(
    'refuse a journal called %j, for its orders could not be told apart',
    (id) => {
      expect(() => new SignalIds(journal(id), 'A1')).toThrowError(
        expect.objectContaining({
          code: 'BAD_CONFIG',
          message: expect.stringContaining('1 to 6 characters of a-z and 0-9'),
        }),
      );
    },
  );
});

describe('SignalIds', () => {
  it('counts on from where it is told to begin', () => {
    const ids = new SignalIds(journal('mem0'), 'A1', 35);
    const [a, b] = [ids.next(), ids.next()];
    expect([a.split('-')[2], b.split('-')[2]]).toEqual(['z', '10']);
    expect(a.split('-').slice(0, 2)).toEqual(b.split('-').slice(0, 2));
  });

  it('continues after ids of a journal, the highest wins', () => {
    const old = new SignalIds(journal('mem0'), 'A1', 1_000);
    const [first, second] = [old.next(), old.next()];
    const ids = new SignalIds(journal('mem0'), 'A1');
    ids.continueAfter(second);
    ids.continueAfter(first);
    expect(ids.next()).toBe(old.next());
  });

  it('is not moved by ids of another journal or account', () => {
    const ids = new SignalIds(journal('mem0'), 'A1');
    const first = ids.next();
    ids.continueAfter(new SignalIds(journal('mem1'), 'A1', 50).next());
    ids.continueAfter(new SignalIds(journal('mem0'), 'A2', 50).next());
    ids.continueAfter('by hand');
    expect(ids.next()).toBe(first.replace(/0$/, '1'));
  });
});
