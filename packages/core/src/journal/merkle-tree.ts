import { hash } from 'node:crypto';
import { MikroBotError } from '../errors/mikrobot-error.js';

/** SHA-256 in lower-case hex, 64 characters. */
export type HexHash = string;

/** The data of a leaf: bytes, or a text that stands for its UTF-8. */
export type Leaf = Uint8Array | string;

/** The head of a tree without leaves. */
export const EMPTY_TREE: HexHash = hash('sha256', '');

/** The prefixes 0 and 1 keep a leaf from being passed off as an inner node (RFC 6962 section 2.1). */
export const leafHash = (leaf: Leaf): HexHash =>
  hash('sha256', Buffer.concat([Buffer.of(0), typeof leaf === 'string' ? Buffer.from(leaf) : leaf]));
/** The hash of an inner node; see {@link leafHash}. */
export const nodeHash = (left: HexHash, right: HexHash): HexHash =>
  hash('sha256', Buffer.from(`01${left}${right}`, 'hex'));

/** The largest power of two below n, for n > 1. */
const splitOf = (n: number): number => {
  let k = 1;
  while (k * 2 < n) k *= 2;
  return k;
};

/**
 * The append-only Merkle tree of RFC 6962 section 2.1 (Certificate Transparency): who keeps a head can later be shown, with
 * log2(n) hashes, that an entry is in the log, and that the log only grew. Appending costs two hashes on average.
 *
 * @example
 * ```ts
 * const tree = new MerkleTree(journal.lines());
 * const proof = { leaf: line, index: 7, size: tree.size, path: tree.inclusionPath(7), root: tree.root() };
 * verifyInclusion(proof); // true
 * ```
 */
export class MerkleTree {
  /** `#levels[h][i]` is the hash of the complete subtree over the 2^h leaves from i * 2^h. */
  readonly #levels: HexHash[][] = [[]];

  constructor(leaves: Iterable<Leaf> = []) {
    for (const leaf of leaves) this.append(leaf);
  }

  /** Leaves so far. */
  get size(): number {
    return (this.#levels[0] as HexHash[]).length;
  }

  /** Adds a leaf at the end. */
  append(leaf: Leaf): void {
    let node = leafHash(leaf);
    for (let h = 0; ; h++) {
      this.#levels[h] ??= [];
      const level = this.#levels[h] as HexHash[];
      level.push(node);
      if (level.length % 2 === 1) return;
      node = nodeHash(level.at(-2) as HexHash, node);
    }
  }

  /**
   * The tree head over the first `size` leaves; over all when left out.
   * @throws {@link MikroBotError} `BAD_CONFIG` when the tree never had that size.
   */
  root(size = this.size): HexHash {
    this.#checkSize(size, 0);
    return size === 0 ? EMPTY_TREE : this.#hashOf(0, size);
  }

  /**
   * The audit path of a leaf in the tree of the first `size` leaves (section 2.1.1), from the leaf's sibling upwards.
   * @param index - of the leaf, from 0
   * @throws {@link MikroBotError} `BAD_CONFIG` when there is no such leaf or size.
   */
  inclusionPath(index: number, size = this.size): readonly HexHash[] {
    this.#checkSize(size, 1);
    if (!Number.isInteger(index) || index < 0 || index >= size)
      throw new MikroBotError('BAD_CONFIG', `There is no leaf ${index} of ${size}.`, { where: 'MerkleTree' });
    return this.#path(index, 0, size);
  }

  /**
   * Shows that the tree of `size` leaves begins with the tree of the first `first` leaves (section 2.1.2). Empty when the two are
   * the same, or `first` is 0.
   * @throws {@link MikroBotError} `BAD_CONFIG` when there are no such sizes.
   */
  consistencyProof(first: number, size = this.size): readonly HexHash[] {
    this.#checkSize(size, 0);
    if (!Number.isInteger(first) || first < 0 || first > size)
      throw new MikroBotError('BAD_CONFIG', `A tree of ${size} leaves never had ${first}.`, {
        where: 'MerkleTree',
      });
    return first === 0 ? [] : this.#subproof(first, 0, size, true);
  }

  #checkSize(size: number, least: number): void {
    if (Number.isInteger(size) && size >= least && size <= this.size) return;
    throw new MikroBotError('BAD_CONFIG', `The tree has ${this.size} leaves, not ${size}.`, {
      where: 'MerkleTree',
    });
  }

  /** Splits always leave a start that is a multiple of the part's power of two, so every complete part is in a level. */
  #hashOf(start: number, end: number): HexHash {
    const n = end - start;
    const h = Math.log2(n);
    if (Number.isInteger(h)) return this.#levels[h]?.[start / n] as HexHash;
    const middle = start + splitOf(n);
    return nodeHash(this.#hashOf(start, middle), this.#hashOf(middle, end));
  }

  #path(index: number, start: number, end: number): HexHash[] {
    if (end - start === 1) return [];
    const middle = start + splitOf(end - start);
    return index < middle
      ? [...this.#path(index, start, middle), this.#hashOf(middle, end)]
      : [...this.#path(index, middle, end), this.#hashOf(start, middle)];
  }

  /** @param known - whether the verifier has the hash of the old part already */
  #subproof(first: number, start: number, end: number, known: boolean): HexHash[] {
    if (first === end) return known ? [] : [this.#hashOf(start, end)];
    const middle = start + splitOf(end - start);
    return first <= middle
      ? [...this.#subproof(first, start, middle, known), this.#hashOf(middle, end)]
      : [...this.#subproof(first, middle, end, false), this.#hashOf(start, middle)];
  }
}
