import { EMPTY_TREE, type HexHash, type Leaf, leafHash, nodeHash } from './merkle-tree.js';

/** What is claimed of one leaf. */
export interface InclusionProof {
  readonly leaf: Leaf;
  /** From 0. */
  readonly index: number;
  /** Leaves of the tree whose head is `root`. */
  readonly size: number;
  readonly path: readonly HexHash[];
  readonly root: HexHash;
}

/** What is claimed of two heads of one log. */
export interface ConsistencyProof {
  /** Leaves at the first head and at the second. */
  readonly first: number;
  readonly second: number;
  readonly firstRoot: HexHash;
  readonly secondRoot: HexHash;
  readonly proof: readonly HexHash[];
}

const isHash = (value: unknown): boolean => typeof value === 'string' && /^[0-9a-f]{64}$/.test(value);
const areSizes = (small: number, large: number): boolean =>
  Number.isSafeInteger(small) && Number.isSafeInteger(large) && small >= 0 && small <= large;
/** Bit shifts would cut sizes to 32 bits. */
const half = (n: number): number => Math.floor(n / 2);

/** Whether the leaf is in the tree of that head (RFC 9162 section 2.1.3.2). False, never an error, for a proof that is none. */
export const verifyInclusion = ({ leaf, index, size, path, root }: InclusionProof): boolean => {
  if (!areSizes(index, size) || index === size || !path.every(isHash)) return false;
  let node = index;
  let last = size - 1;
  let result = leafHash(leaf);
  for (const sibling of path) {
    if (last === 0) return false;
    if (node % 2 === 1 || node === last) {
      result = nodeHash(sibling, result);
      // A last node without a sibling rises until it is a right child.
      while (node % 2 === 0 && node !== 0) {
        node = half(node);
        last = half(last);
      }
    } else {
      result = nodeHash(result, sibling);
    }
    node = half(node);
    last = half(last);
  }
  return last === 0 && result === root;
};

/**
 * Whether the log of the second head begins with the log of the first (RFC 9162 section 2.1.4.2). False, never an error, for a
 * proof that is none.
 */
export const verifyConsistency = (claim: ConsistencyProof): boolean => {
  const { first, second, firstRoot, secondRoot, proof } = claim;
  if (!areSizes(first, second) || !isHash(firstRoot) || !isHash(secondRoot) || !proof.every(isHash))
    return false;
  if (first === second) return proof.length === 0 && firstRoot === secondRoot;
  // Every log begins with nothing.
  if (first === 0) return proof.length === 0 && firstRoot === EMPTY_TREE;
  const [start, ...rest] = Number.isInteger(Math.log2(first)) ? [firstRoot, ...proof] : proof;
  if (start === undefined) return false;
  let node = first - 1;
  let last = second - 1;
  while (node % 2 === 1) {
    node = half(node);
    last = half(last);
  }
  let before = start;
  let after = start;
  for (const sibling of rest) {
    if (last === 0) return false;
    if (node % 2 === 1 || node === last) {
      before = nodeHash(sibling, before);
      after = nodeHash(sibling, after);
      while (node % 2 === 0 && node !== 0) {
        node = half(node);
        last = half(last);
      }
    } else {
      after = nodeHash(after, sibling);
    }
    node = half(node);
    last = half(last);
  }
  return last === 0 && before === firstRoot && after === secondRoot;
};
