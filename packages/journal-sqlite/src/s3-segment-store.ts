import { createHash } from 'node:crypto';
import { MikroBotError } from '@mikrobot/core';
import type { SegmentStore } from './segment.js';

/** What is asked of object storage to keep an object; named as the parameters of S3's PutObject. */
export interface S3Put {
  readonly Bucket: string;
  readonly Key: string;
  readonly Body: Uint8Array;
  readonly ContentType: string;
  /** The service refuses a body that has another SHA-256, base64. */
  readonly ChecksumSHA256: string;
  /** `*`: the service refuses a key that exists. */
  readonly IfNoneMatch: '*';
  /** `COMPLIANCE`: nobody can delete or replace it before the date, not even the account's owner. */
  readonly ObjectLockMode: 'COMPLIANCE' | 'GOVERNANCE';
  readonly ObjectLockRetainUntilDate: Date;
}

/** The three calls of an S3 client that are needed; a few lines around any SDK. */
export interface S3Client {
  put(object: S3Put): Promise<void>;
  /** Undefined when there is no such key. */
  get(object: { readonly Bucket: string; readonly Key: string }): Promise<Uint8Array | undefined>;
  /** All keys that begin with the prefix, over all pages. */
  list(where: { readonly Bucket: string; readonly Prefix: string }): Promise<readonly string[]>;
}

/** How segments are kept in a bucket, which must have object lock switched on. */
export interface S3Options {
  readonly bucket: string;
  /** Before each name, such as `bots/alpha/`. Default none. */
  readonly prefix?: string | undefined;
  /** Until when a segment that is put now can be neither deleted nor replaced. */
  readonly retainUntil: () => Date;
  /** Default `COMPLIANCE`. */
  readonly mode?: 'COMPLIANCE' | 'GOVERNANCE' | undefined;
}

/** Keeps segments in a bucket of S3, or of a service that speaks like it, under object lock. */
export const s3SegmentStore = (client: S3Client, options: S3Options): SegmentStore => {
  const { bucket, prefix = '', retainUntil, mode = 'COMPLIANCE' } = options;
  const failed = (name: string, cause: unknown): MikroBotError =>
    new MikroBotError('JOURNAL_FAILED', `The bucket did not do it: ${String(cause)}.`, {
      where: `s3://${bucket}/${prefix}${name}`,
      hint: 'Check the bucket, its object lock, and what the key may do there.',
      cause,
    });
  return {
    put: (name, bytes) =>
      client
        .put({
          Bucket: bucket,
          Key: prefix + name,
          Body: bytes,
          ContentType: 'application/gzip',
          ChecksumSHA256: createHash('sha256').update(bytes).digest('base64'),
          IfNoneMatch: '*',
          ObjectLockMode: mode,
          ObjectLockRetainUntilDate: retainUntil(),
        })
        .catch((cause: unknown) => Promise.reject(failed(name, cause))),
    get: (name) =>
      client
        .get({ Bucket: bucket, Key: prefix + name })
        .catch((cause: unknown) => Promise.reject(failed(name, cause))),
    list: async () => {
      const keys = await client
        .list({ Bucket: bucket, Prefix: prefix })
        .catch((cause: unknown) => Promise.reject(failed('', cause)));
      return keys.map((key) => key.slice(prefix.length));
    },
  };
};
