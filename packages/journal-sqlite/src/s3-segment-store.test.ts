import { createHash } from 'node:crypto';
import { expect, it } from 'vitest';
import { readHistory, verifyHistory } from './history.js';
import { type S3Client, type S3Put, s3SegmentStore } from './s3-segment-store.js';
import { openJournal } from './sqlite-journal.js';
import { many, write } from './testing/samples.js';
import { tempFolder } from './testing/temp-folder.js';

const temp = tempFolder();
const now = Date.UTC(2024, 0, 1);
const year = 365 * 86_400_000;

/** A bucket with object lock, as S3 documents it: a checksum that does not fit, a key that exists and a lock in the past are refused. */
class LockedBucket implements S3Client {
  readonly objects = new Map<string, S3Put>();

  async put(object: S3Put): Promise<void> {
    const { Bucket, Key, Body, ChecksumSHA256, IfNoneMatch, ObjectLockRetainUntilDate } = object;
    if (createHash('sha256').update(Body).digest('base64') !== ChecksumSHA256) throw new Error('BadDigest');
    if (IfNoneMatch === '*' && this.objects.has(`${Bucket}/${Key}`)) throw new Error('PreconditionFailed');
    if (ObjectLockRetainUntilDate.getTime() <= now) throw new Error('InvalidArgument: must be in the future');
    this.objects.set(`${Bucket}/${Key}`, { ...object, Body: Body.slice() });
  }

  async get({
    Bucket,
    Key,
  }: {
    readonly Bucket: string;
    readonly Key: string;
  }): Promise<Uint8Array | undefined> {
    return this.objects.get(`${Bucket}/${Key}`)?.Body;
  }

  async list({
    Bucket,
    Prefix,
  }: {
    readonly Bucket: string;
    readonly Prefix: string;
  }): Promise<readonly string[]> {
    const all = [...this.objects.keys()].filter((key) => key.startsWith(`${Bucket}/${Prefix}`));
    return all.map((key) => key.slice(Bucket.length + 1));
  }

  /** What a user with every right may try. */
  delete(key: string): void {
    const object = this.objects.get(key);
    if (object !== undefined && object.ObjectLockRetainUntilDate.getTime() > now)
      throw new Error('AccessDenied');
    this.objects.delete(key);
  }
}

const storeIn = (bucket: S3Client, until = now + year) =>
  s3SegmentStore(bucket, { bucket: 'audit', prefix: 'bots/alpha/', retainUntil: () => new Date(until) });

it('exports under object lock, and reads and verifies from there', async () => {
  const bucket = new LockedBucket();
  const store = storeIn(bucket);
  const journal = openJournal({ file: temp('a'), id: 'j1' });
  write(journal, [...many(20), { kind: 'out:books', at: 1, tape: 1, data: {} }]);
  await journal.exportSegment(store, { most: 10 });
  await journal.exportSegment(store);
  expect([...bucket.objects.keys()]).toEqual([
    'audit/bots/alpha/j1-000000000000-000000000009.jsonl.gz',
    'audit/bots/alpha/j1-000000000010-000000000019.jsonl.gz',
  ]);
  for (const [key, { ObjectLockMode }] of bucket.objects) {
    expect(ObjectLockMode).toBe('COMPLIANCE');
    expect(() => bucket.delete(key)).toThrow('AccessDenied');
  }
  expect(await verifyHistory(journal, store)).toMatchObject({ ok: true, entries: 21 });
  const seen: number[] = [];
  for await (const { seq } of readHistory(journal, store)) seen.push(seq);
  expect(seen).toHaveLength(21);
  journal.close();
});

it('never replaces an object', async () => {
  const store = storeIn(new LockedBucket());
  await store.put('a', Buffer.from('one'));
  await expect(store.put('a', Buffer.from('two'))).rejects.toMatchObject({
    code: 'JOURNAL_FAILED',
    where: 's3://audit/bots/alpha/a',
    message: expect.stringContaining('PreconditionFailed'),
  });
  expect(Buffer.from((await store.get('a')) as Uint8Array).toString()).toBe('one');
});

it('says what the bucket refused', async () => {
  await expect(storeIn(new LockedBucket(), now - 1).put('a', Buffer.from('x'))).rejects.toThrow(
    /InvalidArgument/,
  );
  const down = (): Promise<never> => Promise.reject(new Error('503 Slow Down'));
  const store = storeIn({ put: down, get: down, list: down });
  for (const call of [store.get('a'), store.list()])
    await expect(call).rejects.toMatchObject({
      code: 'JOURNAL_FAILED',
      message: expect.stringContaining('503'),
    });
});
