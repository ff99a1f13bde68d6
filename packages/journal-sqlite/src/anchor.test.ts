import { createPublicKey, generateKeyPairSync, verify } from 'node:crypto';
import { appendFileSync, readFileSync, writeFileSync } from 'node:fs';
import { canonicalJson, MikroBotError } from '@mikrobot/core';
import Database from 'libsql';
import { describe, expect, it } from 'vitest';
import { type Anchor, ed25519Signer } from './anchor.js';
import { anchorFile } from './anchor-file.js';
import { openJournal, readJournal } from './sqlite-journal.js';
import { journalFile, many, write } from './testing/samples.js';
import { tempFolder } from './testing/temp-folder.js';

const temp = tempFolder();
const { privateKey, publicKey } = generateKeyPairSync('ed25519');
const signer = ed25519Signer(privateKey);

/** A journal of 30 entries with anchors at 10, 20 and 30. */
const anchored = (): { readonly file: string; readonly anchors: readonly Anchor[] } => {
  const [file, sink] = [temp('bot.journal'), anchorFile(temp('anchors'))];
  const journal = openJournal({ file, id: 'j1', anchor: { signer, sink } });
  for (const from of [0, 10, 20]) {
    write(journal, many(10, from));
    journal.anchor();
  }
  journal.close();
  return { file, anchors: sink.list() };
};

const verified = (file: string, anchors: readonly Anchor[], key = publicKey) => {
  const reader = readJournal(file);
  const found = reader.verify({ anchors, publicKey: key });
  reader.close();
  return found;
};

describe('anchors', () => {
  it('are heads signed with Ed25519 over their canonical JSON, as node:crypto checks by hand', () => {
    const { anchors, file } = anchored();
    expect(anchors.map(({ seq, at }) => [seq, at])).toEqual([
      [10, 1_009],
      [20, 1_019],
      [30, 1_029],
    ]);
    for (const { signature, ...head } of anchors)
      expect(
        verify(undefined, Buffer.from(canonicalJson(head)), publicKey, Buffer.from(signature, 'base64')),
      ).toBe(true);
    expect(verified(file, anchors)).toMatchObject({ ok: true, anchors: 3 });
  });

  it('tell of a journal that was cut, even with everything beside it made anew', () => {
    const { file, anchors } = anchored();
    const db = new Database(file);
    db.exec('DELETE FROM entries WHERE seq >= 25');
    db.close();
    openJournal({ file, acceptLoss: true }).close();
    const [good, found] = [verified(file, []), verified(file, anchors)];
    expect(good.ok).toBe(true);
    expect(found).toMatchObject({ ok: false, anchors: 2, problem: { kind: 'truncated', seq: 25 } });
  });

  it('tell of a chain that was written anew from some entry on', () => {
    const { anchors } = anchored();
    const forged = journalFile(temp('forged'), [...many(15), ...many(15, 99)]);
    expect(verified(forged, anchors)).toMatchObject({
      ok: false,
      anchors: 1,
      problem: { kind: 'anchor', seq: 19, detail: 'the anchor at 20 vouches for another history' },
    });
  });

  it('are refused when they were changed, signed by another key, or of another journal', () => {
    const { file, anchors } = anchored();
    const changed = anchors.map((anchor) => ({ ...anchor, at: 5 }));
    const other = generateKeyPairSync('ed25519').publicKey;
    const foreign = journalFile(temp('b'), many(30), { id: 'j2' });
    expect(verified(file, changed)).toMatchObject({ ok: false, problem: { kind: 'anchor', seq: 10 } });
    expect(verified(file, anchors, other)).toMatchObject({ ok: false, problem: { kind: 'anchor' } });
    expect(verified(foreign, anchors).problem?.detail).toMatch(/is of journal j1/);
    expect(() => readJournal(file).verify({ anchors })).toThrow(/without the key/);
  });

  it('come by themselves in idle moments and at the end, of what is durable only', () => {
    const seen: number[] = [];
    let broken = true;
    const failures: unknown[] = [];
    const put = ({ seq }: Anchor): void => {
      if (broken) throw new Error('no line');
      seen.push(seq);
    };
    const failed = (error: unknown): number => failures.push(error);
    const journal = openJournal({ file: temp('a'), anchor: { signer, sink: { put }, every: 10, failed } });
    write(journal, many(12));
    journal.idle();
    expect(failures).toHaveLength(1);
    broken = false;
    for (const { kind, at, tape, data } of many(5, 12)) journal.append(kind, at, tape, data);
    journal.idle();
    journal.idle();
    expect(seen).toEqual([12]);
    journal.close();
    expect(seen).toEqual([12, 17]);
  });

  it('need a signer, and sign nothing while the journal is empty', () => {
    const plain = openJournal({ file: temp('a') });
    expect(() => plain.anchor()).toThrow(expect.objectContaining({ code: 'BAD_CONFIG' }));
    plain.close();
    const empty = openJournal({ file: temp('a'), anchor: { signer, sink: anchorFile(temp('anchors')) } });
    expect(empty.anchor()).toBeUndefined();
    empty.close();
  });

  it('take keys as PEM, and never show a key in an error', () => {
    const pem = privateKey.export({ type: 'pkcs8', format: 'pem' }).toString();
    const bytes = Buffer.from('anything');
    const key = createPublicKey(publicKey.export({ type: 'spki', format: 'pem' }).toString());
    expect(verify(undefined, bytes, key, ed25519Signer(pem).sign(bytes))).toBe(true);
    const secret = pem.split('\n')[1] as string;
    const cut = pem.replace('-----END PRIVATE KEY-----', '');
    const rsa = generateKeyPairSync('rsa', { modulusLength: 2_048 }).privateKey;
    for (const bad of [cut, secret, rsa]) {
      try {
        ed25519Signer(bad);
        expect.unreachable();
      } catch (error) {
        expect(error).toBeInstanceOf(MikroBotError);
        const { message, stack, cause } = error as Error;
        expect(`${message} ${stack} ${String(cause)}`).not.toContain(secret);
      }
    }
  });
});

describe('a file of anchors', () => {
  it('is only added to, and outlives a line that was cut off', () => {
    const { anchors } = anchored();
    const [a, b] = anchors as [Anchor, Anchor];
    const file = temp('anchors');
    const sink = anchorFile(file);
    expect(sink.list()).toEqual([]);
    sink.put(a);
    const before = readFileSync(file, 'utf8');
    appendFileSync(file, '{"journal":"j1","se');
    sink.put(b);
    expect(readFileSync(file, 'utf8').startsWith(before)).toBe(true);
    expect(sink.list()).toEqual([a, b]);
  });

  it('refuses what is no anchor, and says in which line', () => {
    const file = temp('anchors');
    writeFileSync(file, '\n{"journal":"j1","seq":-1}\n');
    expect(() => anchorFile(file).list()).toThrow(
      expect.objectContaining({ code: 'BAD_JOURNAL', where: `${file}, line 2` }),
    );
    expect(() => anchorFile(temp('no/folder')).put({} as Anchor)).toThrow(
      expect.objectContaining({ code: 'JOURNAL_FAILED' }),
    );
  });
});
