import { createHash } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  type ConsistencyProof,
  type InclusionProof,
  verifyConsistency,
  verifyInclusion,
} from './merkle-proofs.js';
import { MerkleTree } from './merkle-tree.js';

const sha256 = (bytes: Uint8Array): Buffer => createHash('sha256').update(bytes).digest();
const largestPowerBelow = (n: number): number => 2 ** (Math.ceil(Math.log2(n)) - 1);

/** MTH(D[n]) of RFC 6962 section 2.1, word for word. */
const treeHead = (leaves: readonly Uint8Array[]): Buffer => {
  if (leaves.length === 0) return sha256(Buffer.alloc(0));
  if (leaves.length === 1) return sha256(Buffer.concat([Buffer.of(0), leaves[0] as Uint8Array]));
  const k = largestPowerBelow(leaves.length);
  return sha256(Buffer.concat([Buffer.of(1), treeHead(leaves.slice(0, k)), treeHead(leaves.slice(k))]));
};

/** The leaves of the reference tests of Certificate Transparency. */
const reference = ['', '00', '10', '2021', '3031', '40414243', '5051525354555657'].map((hex) =>
  Buffer.from(hex, 'hex'),
);

const leaf = fc.uint8Array({ maxLength: 6 });
/** Equal leaves could stand in for each other. */
const tree = fc.uniqueArray(leaf, { minLength: 1, maxLength: 70, selector: String });
const index = fc.nat(1_000_000);

/** The same with one bit of a hash turned. */
const turned = (hex: string, bit: number): string => {
  const bytes = Buffer.from(hex, 'hex');
  const at = (bit >> 3) % bytes.length;
  bytes[at] = (bytes[at] as number) ^ (1 << (bit & 7));
  return bytes.toString('hex');
};

const inclusionOf = (leaves: readonly Uint8Array[], i: number): InclusionProof => {
  const { length: size } = leaves;
  const made = new MerkleTree(leaves);
  return { leaf: leaves[i] as Uint8Array, index: i, size, path: made.inclusionPath(i), root: made.root() };
};

const consistencyOf = (leaves: readonly Uint8Array[], first: number): ConsistencyProof => {
  const made = new MerkleTree(leaves);
  return {
    first,
    second: leaves.length,
    firstRoot: made.root(first),
    secondRoot: made.root(),
    proof: made.consistencyProof(first),
  };
};

describe('MerkleTree', () => {
  it('has the heads of the reference tests of Certificate Transparency', () => {
    const made = new MerkleTree(reference);
    expect(made.size).toBe(7);
    expect([0, 1, 3, 6, 7].map((size) => made.root(size))).toEqual([
      'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855',
      '6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d',
      'aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77',
      '76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef',
      'ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c',
    ]);
  });

  it('has the paths and proofs of those tests', () => {
    const made = new MerkleTree(reference);
    expect(made.inclusionPath(2, 3)).toEqual([
      'fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125',
    ]);
    expect(made.consistencyProof(3)).toEqual([
      '0298d122906dcfc10892cb53a73992fc5b9f493ea4c9badb27b791b4127a7fe7',
      '07506a85fd9dd2f120eb694f86011e5bb4662e5c415a62917033d4a9624487e7',
      'fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125',
      '837dbb152e9b079010717e84e865da4ebc0fa198a806d59d31bf15accef22d0e',
    ]);
    expect([made.inclusionPath(0, 1), made.consistencyProof(7), made.consistencyProof(0)]).toEqual([
      [],
      [],
      [],
    ]);
  });

  it('has at every size the head that the definition gives, however it grew', () => {
    fc.assert(
      fc.property(tree, (leaves) => {
        const grown = new MerkleTree();
        leaves.forEach((data, i) => {
          grown.append(data);
          expect(grown.root()).toBe(treeHead(leaves.slice(0, i + 1)).toString('hex'));
        });
        const whole = new MerkleTree(leaves);
        for (let i = 0; i <= leaves.length; i++)
          expect(whole.root(i)).toBe(treeHead(leaves.slice(0, i)).toString('hex'));
      }),
    );
  });

  it('takes a text as its UTF-8', () => {
    expect(new MerkleTree(['€', '']).root()).toBe(treeHead([Buffer.from('€'), Buffer.of()]).toString('hex'));
  });

  it('refuses leaves and sizes that it never had', () => {
    const made = new MerkleTree(reference);
    const asked: readonly (() => unknown)[] = [
      () => made.root(8),
      () => made.root(-1),
      () => made.root(1.5),
      () => made.inclusionPath(7),
      () => made.inclusionPath(-1),
      () => made.inclusionPath(3, 3),
      () => made.inclusionPath(0, 0),
      () => made.inclusionPath(0, 8),
      () => made.consistencyProof(8),
      () => made.consistencyProof(4, 3),
      () => made.consistencyProof(-1),
      () => made.consistencyProof(0.5),
      () => new MerkleTree().inclusionPath(0),
    ];
    for (const ask of asked) expect(ask).toThrowError(expect.objectContaining({ code: 'BAD_CONFIG' }));
  });
});

describe('verifyInclusion', () => {
  it('holds for every leaf of every tree, with at most ceil(log2 n) hashes', () => {
    fc.assert(
      fc.property(tree, index, (leaves, i) => {
        const claim = inclusionOf(leaves, i % leaves.length);
        expect(verifyInclusion(claim)).toBe(true);
        expect(claim.path.length).toBeLessThanOrEqual(Math.ceil(Math.log2(leaves.length)));
      }),
    );
  });

  it('fails when the leaf, its place, the size, the path or the head is another', () => {
    fc.assert(
      fc.property(tree, index, index, leaf, (leaves, i, bit, other) => {
        const claim = inclusionOf(leaves, i % leaves.length);
        const { path, size, index: place } = claim;
        const wrong: Partial<InclusionProof>[] = [
          { index: size },
          { index: -1 },
          { index: place + 0.5 },
          { size: 0 },
          { root: turned(claim.root, bit) },
          { path: [...path, claim.root] },
        ];
        if (!Buffer.from(other).equals(claim.leaf as Uint8Array)) wrong.push({ leaf: other });
        if (path.length > 0) {
          const at = bit % path.length;
          wrong.push({ path: path.with(at, turned(path[at] as string, bit)) });
          wrong.push({ path: path.toSpliced(at, 1) });
          wrong.push({ path: path.with(at, 'no hash') });
          wrong.push({ index: place % 2 === 0 && place + 1 < size ? place + 1 : place - 1 });
        }
        for (const change of wrong) expect(verifyInclusion({ ...claim, ...change })).toBe(false);
      }),
    );
  });

  it('fails for another size than that of the head', () => {
    const claim = inclusionOf(reference.slice(0, 2), 1);
    expect(verifyInclusion(claim)).toBe(true);
    expect(verifyInclusion({ ...claim, index: 0, size: 1 })).toBe(false);
    expect(verifyInclusion({ ...claim, size: 5 })).toBe(false);
  });

  it('does not take an inner node for a leaf', () => {
    const [a, b] = [Buffer.of(1), Buffer.of(2)];
    const inner = Buffer.concat([treeHead([a]), treeHead([b])]);
    const { root, path } = inclusionOf([a, b, Buffer.of(3)], 2);
    expect(path).toEqual([treeHead([a, b]).toString('hex')]);
    const claim = { leaf: inner, index: 0, size: 2, path: [treeHead([Buffer.of(3)]).toString('hex')], root };
    expect(verifyInclusion(claim)).toBe(false);
  });
});

describe('verifyConsistency', () => {
  it('fails for a later size than that of the head', () => {
    const claim = consistencyOf(reference.slice(0, 4), 3);
    expect(verifyConsistency(claim)).toBe(true);
    expect(verifyConsistency({ ...claim, second: 8 })).toBe(false);
  });

  it('holds between any two sizes of a log', () => {
    fc.assert(
      fc.property(tree, index, (leaves, i) => {
        expect(verifyConsistency(consistencyOf(leaves, i % (leaves.length + 1)))).toBe(true);
      }),
    );
  });

  it('fails when a head, a size or the proof is another', () => {
    fc.assert(
      fc.property(tree, index, index, (leaves, i, bit) => {
        const claim = consistencyOf(leaves, 1 + (i % leaves.length));
        const { proof, first, second } = claim;
        const wrong: Partial<ConsistencyProof>[] = [
          { firstRoot: turned(claim.firstRoot, bit) },
          { secondRoot: turned(claim.secondRoot, bit) },
          { proof: [...proof, claim.firstRoot] },
          { first: second + 1 },
          { first: first - 0.5 },
          { first: -1 },
          { firstRoot: 'no hash' },
        ];
        if (first < second) wrong.push({ proof: [] }, { first: second }, { first: 0 });
        if (proof.length > 0) {
          const at = bit % proof.length;
          wrong.push({ proof: proof.with(at, turned(proof[at] as string, bit)) });
          wrong.push({ proof: proof.toSpliced(at, 1) });
        }
        for (const change of wrong) expect(verifyConsistency({ ...claim, ...change })).toBe(false);
      }),
    );
  });

  it('fails when an entry of the past was changed', () => {
    fc.assert(
      fc.property(tree, index, index, (leaves, i, j) => {
        const first = 1 + (i % leaves.length);
        const changed = leaves.with(j % first, Uint8Array.of(9, 9, 9, 9, 9, 9, 9));
        const honest = consistencyOf(leaves, first);
        const forged = consistencyOf(changed, first);
        expect(verifyConsistency({ ...forged, firstRoot: honest.firstRoot })).toBe(false);
      }),
    );
  });

  it('lets every log begin with nothing, but only with nothing', () => {
    const claim = consistencyOf(reference, 0);
    expect(verifyConsistency(claim)).toBe(true);
    expect(verifyConsistency({ ...claim, firstRoot: claim.secondRoot })).toBe(false);
    expect(verifyConsistency({ ...claim, proof: [claim.firstRoot] })).toBe(false);
  });

  it('counts beyond 32 bits', () => {
    const hash = treeHead([]).toString('hex');
    const claim = { first: 2 ** 40, second: 2 ** 40 + 1, firstRoot: hash, secondRoot: hash, proof: [hash] };
    expect(verifyConsistency(claim)).toBe(false);
    const grown = createHash('sha256')
      .update(Buffer.from(`01${hash}${hash}`, 'hex'))
      .digest('hex');
    expect(verifyConsistency({ ...claim, secondRoot: grown })).toBe(true);
  });
});
