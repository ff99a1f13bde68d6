import { hash } from 'node:crypto';
import { canonicalJson, MerkleTree, verifyConsistency, verifyInclusion } from '@mikrobot/core';
import { type Answers, type GoldenCheck, goldenFiles, newTally, runCheck, tallyText } from '@mikrobot/golden';
import { afterAll, describe, expect, it } from 'vitest';
import { type AuditHead, AuditLog, verifyAudit } from './audit-log.js';
import { toBase32 } from './base32.js';
import { approveRequest, claimRequest, payloadHash, rejectRequest, requestApproval } from './four-eyes.js';
import { hotp, type OtpAlgorithm, totp, verifyTotp } from './totp.js';

/* Published vectors of RFC 4226, 4648, 6238, 6962, 8785 and FIPS 180-4, and properties that follow from their principles. */

const text = (check: GoldenCheck, key: string): string => check.inputs[key] as string;
const number = (check: GoldenCheck, key: string): number => check.inputs[key] as number;
const secretOf = (check: GoldenCheck): Buffer => Buffer.from(text(check, 'secretAscii'), 'ascii');
const algorithmOf = (check: GoldenCheck): OtpAlgorithm =>
  ('algorithm' in check.inputs ? text(check, 'algorithm') : 'sha1') as OtpAlgorithm;

const oneTimeCode = (check: GoldenCheck): Answers => {
  const at = (digits: number) =>
    totp(secretOf(check), number(check, 'unixTime') * 1_000, { algorithm: algorithmOf(check), digits });
  return { totp: at('digits' in check.inputs ? number(check, 'digits') : 8), totp6: at(6) };
};

const codeWindow = (check: GoldenCheck): Answers => {
  const options = { algorithm: algorithmOf(check), digits: number(check, 'digits') };
  const secret = secretOf(check);
  const verify = (code: string, last: number | undefined) =>
    verifyTotp(code, { ...options, secret, time: number(check, 'unixTime') * 1_000, last });
  const codes = (check.inputs.candidateTimes as number[]).map((s) => totp(secret, s * 1_000, options));
  const first = codes.map((code) => verify(code, undefined));
  const replays = first.flatMap((result, i) =>
    result.outcome === 'valid' ? [verify(codes[i] as string, result.step).outcome !== 'valid'] : [],
  );
  const acceptedAt = first.map(({ outcome }) => outcome === 'valid');
  return {
    [`acceptAtTime${number(check, 'unixTime')}`]: acceptedAt,
    replayRejected: replays.length > 0 && replays.every(Boolean),
  };
};

const merkle = (check: GoldenCheck): Answers => {
  const leaves = (check.inputs.leavesHex as string[]).map((hex) => Buffer.from(hex, 'hex'));
  const tree = new MerkleTree(leaves);
  const [size, root] = [tree.size, tree.root()];
  if ('index' in check.inputs) {
    const index = number(check, 'index');
    const path = tree.inclusionPath(index);
    expect(verifyInclusion({ leaf: leaves[index] as Buffer, index, size, path, root })).toBe(true);
    return { root, path };
  }
  if ('first' in check.inputs) {
    const first = number(check, 'first');
    const proof = tree.consistencyProof(first);
    const firstRoot = tree.root(first);
    expect(verifyConsistency({ first, second: size, firstRoot, secondRoot: root, proof })).toBe(true);
    return { root, proof };
  }
  return { root };
};

/** JSON.parse would put keys that look like numbers first, so the order is read off the text. */
const valuesIn = (canonical: string): unknown[] =>
  [...canonical.matchAll(/"(?:[^"\\]|\\.)*":("(?:[^"\\]|\\.)*")/g)].map(([, value]) =>
    JSON.parse(value as string),
  );

const canonical = (check: GoldenCheck): Answers => {
  const value: unknown = JSON.parse(text(check, 'json'));
  const written = canonicalJson(value);
  return { canonical: written, sha256: payloadHash(value), valuesInOrder: valuesIn(written) as string[] };
};

/** What somebody with access to the log does to entry `k`. */
const tamper = (op: string, lines: readonly string[], k: number): readonly string[] => {
  const [a, b] = [lines[k] as string, lines[k + 1] as string];
  const middle = a.indexOf('entry');
  if (op.startsWith('flip')) return lines.with(k, `${a.slice(0, middle)}F${a.slice(middle + 1)}`);
  if (op.startsWith('delete')) return lines.toSpliced(k, 1);
  if (op.startsWith('swap')) return lines.with(k, b).with(k + 1, a);
  if (op.startsWith('truncate')) return lines.slice(0, k);
  if (op.startsWith('insert')) return lines.toSpliced(k, 0, logOf(k + 1, 'inserted').lines[k] as string);
  if (op.startsWith('rewrite')) {
    const head = verifyAudit(lines.slice(0, k));
    if (!head.ok) throw new Error('the part before is bad');
    return [...lines.slice(0, k), ...logOf(lines.length - k, 'rewritten', head.head).lines];
  }
  throw new Error(`Nobody here knows how to ${op}.`);
};

const logOf = (n: number, what: string, from?: AuditHead): { lines: string[]; heads: AuditHead[] } => {
  const lines: string[] = [];
  const log = new AuditLog((line) => lines.push(line), from);
  const heads = Array.from({ length: n }, (_, i) => {
    log.append(i, `${what} entry`);
    return log.head();
  });
  return { lines, heads };
};

const chain = (check: GoldenCheck): Answers => {
  const n = number(check, 'n');
  const { lines, heads } = logOf(n, 'an');
  expect(verifyAudit(lines, heads)).toMatchObject({ ok: true });
  const results = (check.inputs.ops as string[]).map((op) =>
    [1, Math.floor(n / 2), n - 2].map((k) => {
      const changed = tamper(op, lines, k);
      const [bare, anchored] = [verifyAudit(changed), verifyAudit(changed, heads.slice(-1))];
      const exact = verifyAudit(changed, heads);
      return { k, bare: !bare.ok, anchored: !anchored.ok, index: exact.ok ? undefined : exact.index };
    }),
  );
  return {
    detectedByChain: results.map((tries) => tries.every((t) => t.bare)),
    detectedWithExternalAnchor: results.map((tries) => tries.every((t) => t.anchored)),
    firstBadIndexReported: results.flat().every((t) => t.index === t.k),
  };
};

interface Case {
  readonly requester: string;
  readonly approvers: readonly string[];
  readonly need: number;
  readonly expired?: boolean;
  readonly payloadChangedAfterApproval?: boolean;
  readonly rejectedBy?: readonly string[];
  readonly usedTwice?: boolean;
}
const KNOWN = new Set<string>([
  'requester',
  'approvers',
  'need',
  'expired',
  'payloadChangedAfterApproval',
  'rejectedBy',
  'usedTwice',
]);

/** Whether the last use that the case tells of may be made. */
const isApproved = (given: Case): boolean => {
  for (const key of Object.keys(given)) if (!KNOWN.has(key)) throw new Error(`Unknown in a case: ${key}.`);
  const payload = { change: 1 };
  let request = requestApproval({ ...given, payload, time: 0, lifetime: 1_000 });
  for (const by of given.approvers) request = approveRequest(request, { by, payload, time: 1 }).request;
  for (const by of given.rejectedBy ?? []) request = rejectRequest(request, { by, time: 2 }).request;
  const use = {
    payload: given.payloadChangedAfterApproval ? { change: 2 } : payload,
    time: given.expired ? 1_000 : 3,
  };
  const first = claimRequest(request, use);
  const last = given.usedTwice ? claimRequest(first.request, use) : first;
  return last.refusal === undefined;
};

const solve = (check: GoldenCheck): Answers | undefined => {
  const { inputs, expect: wanted } = check;
  if ('candidateTimes' in inputs) return codeWindow(check);
  if ('unixTime' in inputs) return oneTimeCode(check);
  if ('counters' in inputs) {
    const secret = secretOf(check);
    return { codes: (inputs.counters as number[]).map((counter) => hotp(secret, counter)) };
  }
  if ('base32' in wanted) return { base32: toBase32(secretOf(check)) };
  if ('leavesHex' in inputs) return merkle(check);
  // Hashing itself is node:crypto's.
  if ('messages' in inputs) return { hex: (inputs.messages as string[]).map((m) => hash('sha256', m)) };
  if ('json' in inputs) return canonical(check);
  if ('ops' in inputs) return chain(check);
  if ('cases' in inputs) return { approved: (inputs.cases as unknown as Case[]).map(isApproved) };
  return undefined;
};

const testData = new URL('../test-data/', import.meta.url);

describe.each(goldenFiles('governance.json', testData, process.env.GOLDEN_DIR))(
  'the vectors of $from',
  (file) => {
    const tally = newTally();
    it.each(file.checks.map((check) => [check.id, check] as const))('%s is reproduced', (_, check) => {
      runCheck(check, solve, tally);
    });
    afterAll(() => console.log(tallyText(file, tally)));
  },
);

describe('what the vectors leave to be computed', () => {
  const only = (key: string): Answers => {
    const [file] = goldenFiles('governance.json', testData, undefined);
    const check = file?.checks.find(({ inputs }) => key in inputs) as GoldenCheck;
    return solve(check) as Answers;
  };

  it('accepts the codes of one step around, each once', () => {
    expect(only('candidateTimes')).toEqual({
      acceptAtTime59: [true, true, true, false, false],
      replayRejected: true,
    });
  });

  it('grants what two other people want in time, and nothing else', () => {
    expect(only('cases')).toEqual({ approved: [false, true, false, true, false, false, false, false] });
  });
});
