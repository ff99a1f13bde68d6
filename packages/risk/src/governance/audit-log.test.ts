import { createHash } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type AuditHead, AuditLog, verifyAudit } from './audit-log.js';

const T = 1_700_000_000_000;

/** A log with these data in it: its lines, and its head after each of them. */
const logOf = (data: readonly unknown[]): { lines: string[]; heads: AuditHead[]; log: AuditLog } => {
  const lines: string[] = [];
  const log = new AuditLog((line) => lines.push(line));
  const heads = data.map((item, i) => {
    log.append(T + i, item);
    return log.head();
  });
  return { lines, heads, log };
};

const items = (n: number): unknown[] => Array.from({ length: n }, (_, i) => ({ by: 'alice', did: i }));

/** Writes the log anew from its data, as somebody with the program but without the anchors could. */
const forged = (lines: readonly string[], k: number): string[] => {
  const data = lines.map((line) => JSON.parse(line).data as unknown);
  return logOf(data.with(k, 'forged')).lines;
};

describe('AuditLog', () => {
  it('writes canonical JSON whose hash sha256sum confirms', () => {
    const { lines, log } = logOf([{ did: 'halt', by: 'alice' }]);
    const text = '{"at":1700000000000,"data":{"by":"alice","did":"halt"},"previous":"","seq":0}';
    const hash = createHash('sha256').update(text).digest('hex');
    expect(lines).toEqual([text.replace(',"previous"', `,"hash":"${hash}","previous"`)]);
    expect(log.head()).toEqual({ size: 1, hash });
  });

  it('chains each entry to the one before', () => {
    const { lines, heads } = logOf(items(3));
    const entries = lines.map((line) => JSON.parse(line));
    expect(entries.map((e) => e.previous)).toEqual(['', heads[0]?.hash, heads[1]?.hash]);
    expect(verifyAudit(lines)).toEqual({ ok: true, head: heads[2] });
  });

  it('goes on where it stopped', () => {
    const { lines, log } = logOf(items(3));
    const resumed = new AuditLog((line) => lines.push(line), log.head());
    resumed.append(T, 'after a restart');
    expect(verifyAudit(lines)).toEqual({ ok: true, head: resumed.head() });
    expect(resumed.head().size).toBe(4);
  });

  it('does not grow when an entry cannot be written', () => {
    const { log } = logOf(items(1));
    const before = log.head();
    expect(() => log.append(T, { x: Number.NaN })).toThrowError(
      expect.objectContaining({ code: 'BAD_ENTRY' }),
    );
    expect(log.head()).toEqual(before);
    const full = new AuditLog(() => {
      throw new Error('disk full');
    });
    expect(() => full.append(T, 1)).toThrowError('disk full');
    expect(full.head()).toEqual({ size: 0, hash: '' });
  });
});

describe('verifyAudit', () => {
  it('passes an empty log and one that is as it was written, with all its anchors', () => {
    expect(verifyAudit([])).toEqual({ ok: true, head: { size: 0, hash: '' } });
    fc.assert(
      fc.property(fc.array(fc.jsonValue({ stringUnit: 'grapheme' }), { maxLength: 12 }), (data) => {
        const { lines, heads, log } = logOf(data);
        expect(verifyAudit(lines, [{ size: 0, hash: '' }, ...heads].reverse())).toEqual({
          ok: true,
          head: log.head(),
        });
      }),
    );
  });

  it('takes data with any keys', () => {
    const { lines, log } = logOf([JSON.parse('{"__proto__":{"a":1},"constructor":2}')]);
    expect(verifyAudit(lines)).toEqual({ ok: true, head: log.head() });
  });

  const log = fc.array(fc.jsonValue(), { minLength: 3, maxLength: 10 }).map(logOf);
  const nat = fc.nat(1_000_000);

  it('finds the entry of any changed character', () => {
    const character = fc.string({ minLength: 1, maxLength: 1 });
    fc.assert(
      fc.property(log, nat, nat, character, ({ lines }, i, j, c) => {
        const k = i % lines.length;
        const line = lines[k] as string;
        const at = j % line.length;
        if (line[at] === c) return;
        const changed = lines.with(k, line.slice(0, at) + c + line.slice(at + 1));
        expect(verifyAudit(changed)).toMatchObject({ ok: false, index: k });
      }),
      { numRuns: 500 },
    );
  });

  it('finds the place of a missing, inserted or exchanged entry', () => {
    fc.assert(
      fc.property(log, nat, ({ lines }, i) => {
        const k = i % (lines.length - 1);
        const [a, b] = [lines[k] as string, lines[k + 1] as string];
        const wrong = { ok: false, index: k, fault: 'WRONG_NUMBER' };
        expect(verifyAudit(lines.toSpliced(k, 1))).toEqual(wrong);
        expect(verifyAudit(lines.toSpliced(k, 0, b))).toEqual(wrong);
        expect(verifyAudit(lines.with(k, b).with(k + 1, a))).toEqual(wrong);
        expect(verifyAudit(lines.toSpliced(k + 1, 0, a))).toEqual({ ...wrong, index: k + 1 });
      }),
    );
  });

  it('says what is wrong', () => {
    const { lines } = logOf(items(4));
    const change = (find: string, put: string) =>
      verifyAudit(lines.with(2, (lines[2] as string).replace(find, put)));
    expect(change('"alice"', '"mallory"')).toEqual({ ok: false, index: 2, fault: 'WRONG_HASH' });
    expect(change('"did":2', '"did":2.0')).toEqual({ ok: false, index: 2, fault: 'NOT_AN_ENTRY' });
    expect(change('{', '{ ')).toEqual({ ok: false, index: 2, fault: 'NOT_AN_ENTRY' });
    expect(change('{', '')).toEqual({ ok: false, index: 2, fault: 'NOT_AN_ENTRY' });
    const other = logOf(['another', ...items(4).slice(1)]);
    expect(verifyAudit(lines.with(2, other.lines[2] as string))).toEqual({
      ok: false,
      index: 2,
      fault: 'BROKEN_LINK',
    });
  });

  it('does not see a cut tail or a log written anew without an anchor', () => {
    const { lines } = logOf(items(10));
    expect(verifyAudit(lines.slice(0, 7)).ok).toBe(true);
    expect(verifyAudit(forged(lines, 4)).ok).toBe(true);
  });

  it('sees both with one, and says where at the earliest', () => {
    const { lines, heads } = logOf(items(10));
    const anchors = [heads[9], heads[3]] as AuditHead[];
    expect(verifyAudit(lines, anchors).ok).toBe(true);
    expect(verifyAudit(lines.slice(0, 7), anchors)).toEqual({ ok: false, index: 7, fault: 'CUT' });
    expect(verifyAudit([], anchors)).toEqual({ ok: false, index: 0, fault: 'CUT' });
    expect(verifyAudit(forged(lines, 6), anchors)).toEqual({ ok: false, index: 4, fault: 'NOT_AS_ANCHORED' });
    expect(verifyAudit(forged(lines, 2), anchors)).toEqual({ ok: false, index: 0, fault: 'NOT_AS_ANCHORED' });
    expect(verifyAudit(forged(lines, 2), [...anchors, heads[1] as AuditHead])).toMatchObject({ index: 2 });
  });

  it('sees what was written anew at exactly its entry when every head is anchored', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 9 }), (k) => {
        const { lines, heads } = logOf(items(10));
        expect(verifyAudit(forged(lines, k), heads)).toEqual({
          ok: false,
          index: k,
          fault: 'NOT_AS_ANCHORED',
        });
      }),
    );
  });

  it('passes a log that grew after it was anchored', () => {
    const { lines, heads, log } = logOf(items(10));
    expect(verifyAudit(lines, [heads[4] as AuditHead])).toEqual({ ok: true, head: log.head() });
  });

  it('does not pass an anchor of an empty log that is none', () => {
    expect(verifyAudit([], [{ size: 0, hash: 'x' }])).toEqual({
      ok: false,
      index: 0,
      fault: 'NOT_AS_ANCHORED',
    });
  });
});
