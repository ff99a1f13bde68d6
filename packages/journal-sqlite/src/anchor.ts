import { createPrivateKey, createPublicKey, type KeyObject, sign, verify } from 'node:crypto';
import { canonicalJson, type JournalHead, MikroBotError } from '@mikrobot/core';
import type { Problem } from './entry-rows.js';

/** A signed head: whoever keeps it elsewhere can tell later whether the journal up to there is still the same, and still there. */
export interface Anchor extends JournalHead {
  /** The journal's chain; see `JournalReader.journal`. */
  readonly journal: string;
  /** The time of the last entry before it, epoch ms. */
  readonly at: number;
  /** Ed25519 (RFC 8032) over the canonical JSON of the other members, base64. */
  readonly signature: string;
}

/** Signs with a key that it keeps to itself: a file, a smart card, a service. */
export interface AnchorSigner {
  /** @returns an Ed25519 signature of the bytes, 64 bytes */
  sign(bytes: Uint8Array): Uint8Array;
}

/** Where signed heads go: somewhere that who can write the journal cannot change. */
export interface AnchorSink {
  put(anchor: Anchor): void;
}

const isEd25519 = (key: KeyObject): KeyObject => {
  if (key.asymmetricKeyType === 'ed25519') return key;
  throw new MikroBotError('BAD_CONFIG', `Heads are signed with Ed25519, not ${key.asymmetricKeyType}.`, {
    where: 'anchor, key',
    hint: 'Make one with: openssl genpkey -algorithm ed25519',
  });
};

const keyOf = (key: KeyObject | string, read: (pem: string) => KeyObject): KeyObject => {
  if (typeof key !== 'string') return isEd25519(key);
  try {
    return isEd25519(read(key));
  } catch (error) {
    if (error instanceof MikroBotError) throw error;
    // Without the cause: its text may hold parts of the key.
    throw new MikroBotError('BAD_CONFIG', 'This is no key in PEM.', { where: 'anchor, key' });
  }
};

/** A signer with a key in memory. @throws `MikroBotError` `BAD_CONFIG` for what is no Ed25519 key. */
export const ed25519Signer = (privateKey: KeyObject | string): AnchorSigner => {
  const key = keyOf(privateKey, createPrivateKey);
  return { sign: (bytes) => sign(undefined, bytes, key) };
};

const bytesOf = ({ journal, seq, hash, at }: Omit<Anchor, 'signature'>): Uint8Array =>
  Buffer.from(canonicalJson({ journal, seq, hash, at }));

/** Signs a head. */
export const signHead = (head: Omit<Anchor, 'signature'>, signer: AnchorSigner): Anchor => ({
  ...head,
  signature: Buffer.from(signer.sign(bytesOf(head))).toString('base64'),
});

/** Holds a chain against signed heads, while it is walked. */
export class AnchorCheck {
  readonly #anchors: readonly Anchor[];
  #next = 0;
  #bad: Problem | undefined;
  agreed = 0;

  /** @throws `MikroBotError` `BAD_CONFIG` for anchors without a key. */
  constructor(
    journal: string,
    options: {
      readonly anchors?: readonly Anchor[] | undefined;
      readonly publicKey?: KeyObject | string | undefined;
    },
  ) {
    const { anchors = [], publicKey } = options;
    this.#anchors = [...anchors].sort((a, b) => a.seq - b.seq);
    if (anchors.length === 0) return;
    if (publicKey === undefined) {
      throw new MikroBotError('BAD_CONFIG', 'Anchors say nothing without the key that signed them.', {
        where: 'verify, publicKey',
      });
    }
    const key = keyOf(publicKey, createPublicKey);
    const forged = this.#anchors.find(
      (anchor) =>
        anchor.journal !== journal ||
        !verify(undefined, bytesOf(anchor), key, Buffer.from(anchor.signature, 'base64')),
    );
    if (forged !== undefined)
      this.#bad = {
        kind: 'anchor',
        seq: forged.seq,
        detail:
          forged.journal === journal
            ? `the anchor at ${forged.seq} was not signed with this key, or was changed`
            : `the anchor at ${forged.seq} is of journal ${forged.journal}`,
      };
  }

  /** An anchor that is not genuine, or says otherwise. */
  get forged(): Problem | undefined {
    return this.#bad;
  }

  /** Told each head in turn; false when an anchor says otherwise. */
  at({ seq, hash }: JournalHead): boolean {
    if (this.#bad !== undefined) return true;
    for (
      let anchor = this.#anchors[this.#next];
      anchor !== undefined && anchor.seq <= seq;
      anchor = this.#anchors[++this.#next]
    ) {
      // What was exported is not walked here.
      if (anchor.seq < seq) continue;
      if (anchor.hash !== hash) {
        this.#bad = {
          kind: 'anchor',
          seq: Math.max(0, seq - 1),
          detail: `the anchor at ${seq} vouches for another history`,
        };
        return false;
      }
      this.agreed++;
    }
    return true;
  }

  /** What is wrong once the chain has ended at a head: entries that an anchor vouches for are gone. */
  problem({ seq }: JournalHead): Problem | undefined {
    if (this.#bad !== undefined) return this.#bad;
    const beyond = this.#anchors.at(-1);
    return beyond === undefined || beyond.seq <= seq
      ? undefined
      : { kind: 'truncated', seq, detail: `entries ${seq} to ${beyond.seq - 1} are gone, an anchor says` };
  }
}
