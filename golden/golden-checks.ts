import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** A value of a golden file. `"?"` under `expect` is to be computed, though the file does not give it. */
export type Json = number | string | boolean | null | readonly Json[] | { readonly [key: string]: Json };

/** There is none, and that is the answer: no alarm was given, say. It is defined, and stands for null. */
export const NONE = Symbol('none');

/** What was computed: like {@link Json}, with `undefined` for what there is not. */
export type Answer =
  | number
  | string
  | boolean
  | null
  | undefined
  | typeof NONE
  | readonly Answer[]
  | { readonly [key: string]: Answer };

/** Answers by the keys of `expect`; more than was asked may be there. */
export type Answers = Readonly<Record<string, Answer>>;

export interface GoldenCheck {
  readonly id: string;
  readonly what: string;
  readonly inputs: Readonly<Record<string, Json>>;
  readonly expect: Readonly<Record<string, Json>>;
  readonly relTol?: number;
  readonly absTol?: number;
  /** The tolerance for those who do not round chart constants to three decimals, as the reference did. */
  readonly relTolExactD2?: number;
}

export interface GoldenFile {
  readonly from: string;
  readonly checks: readonly GoldenCheck[];
}

const beside = fileURLToPath(new URL('../../shared/golden/', import.meta.url));

/**
 * The committed copy of a golden file and, where there is one, that of a fuller folder: the given one, else the one beside the
 * repository. All of them must pass. A fuller folder need not have every file, but it must exist.
 * @param committed - the folder of the package's own copies, ending in a slash
 * @param folder - the environment's GOLDEN_DIR, or undefined
 */
export const goldenFiles = (
  name: string,
  committed: URL,
  folder: string | undefined,
): readonly GoldenFile[] => {
  // A folder that was named on purpose must not be passed over because of a misspelt path.
  if (folder && !existsSync(folder)) throw new Error(`GOLDEN_DIR names ${folder}, which does not exist.`);
  const fuller = join(folder || beside, name);
  const own = join(fileURLToPath(committed), name);
  return (existsSync(fuller) ? [own, fuller] : [own]).map((from) => {
    const { checks } = JSON.parse(readFileSync(from, 'utf8')) as { checks: readonly GoldenCheck[] };
    if (checks.length === 0) throw new Error(`${from} holds no checks.`);
    return { from, checks };
  });
};

/** How many leaves of checks were compared with a number, flag or text, and how many (`"?"`) only had to be defined. */
export interface Tally {
  checks: number;
  compared: number;
  computed: number;
}

/** A fresh count, for one file. */
export const newTally = (): Tally => ({ checks: 0, compared: 0, computed: 0 });

/** The counts as one line to print. */
export const tallyText = ({ from }: GoldenFile, { checks, compared, computed }: Tally): string =>
  `${from}: ${checks} checks ran, ${compared} leaves compared, ${computed} leaves ("?") computed`;

const isList = (value: unknown): value is readonly unknown[] => Array.isArray(value);

const requireDefined = (actual: Answer, where: string, tally: Tally): void => {
  if (actual === NONE) tally.computed++;
  else if (isList(actual)) {
    for (const [i, part] of actual.entries()) requireDefined(part, `${where}[${i}]`, tally);
    if (actual.length === 0) tally.computed++;
  } else if (typeof actual === 'object' && actual !== null) {
    for (const [key, part] of Object.entries(actual)) requireDefined(part, `${where}.${key}`, tally);
  } else if (
    actual === null ||
    actual === undefined ||
    (typeof actual === 'number' && !Number.isFinite(actual))
  ) {
    throw new Error(`${where} is to be computed, and is ${String(actual)}.`);
  } else tally.computed++;
};

/** Null in any form: alone, or as every item of a list. */
const isNull = (wanted: Json): boolean =>
  wanted === null || (isList(wanted) && wanted.every((part) => part === null));

const compare = (actual: Answer, wanted: Json, check: GoldenCheck, where: string, tally: Tally): void => {
  if (actual === NONE && wanted !== '?') {
    if (!isNull(wanted)) throw new Error(`${where} is said not to exist, not ${JSON.stringify(wanted)}.`);
    tally.compared++;
  } else if (wanted === '?') requireDefined(actual, where, tally);
  else if (isList(wanted)) {
    if (!isList(actual) || actual.length !== wanted.length)
      throw new Error(`${where} should have ${wanted.length} items: ${JSON.stringify(actual)}`);
    if (wanted.length === 0) tally.compared++;
    for (const [i, part] of wanted.entries()) compare(actual[i], part, check, `${where}[${i}]`, tally);
  } else if (typeof wanted === 'object' && wanted !== null) {
    const parts = actual as Readonly<Record<string, Answer>> | null | undefined;
    for (const [key, part] of Object.entries(wanted))
      compare(parts?.[key], part, check, `${where}.${key}`, tally);
  } else {
    const tolerance =
      typeof wanted === 'number'
        ? Math.max(
            check.absTol ?? 1e-12,
            Math.abs(wanted) * Math.max(check.relTol ?? 0, check.relTolExactD2 ?? 0),
          )
        : 0;
    const same =
      typeof wanted === 'number'
        ? typeof actual === 'number' && Math.abs(actual - wanted) <= tolerance
        : (actual ?? null) === wanted;
    if (!same) throw new Error(`${where} is ${JSON.stringify(actual)}, not ${JSON.stringify(wanted)}.`);
    tally.compared++;
  }
};

/**
 * Runs one check and throws what is wrong with it.
 * @param solve - computes the answers by the shape of inputs and expected keys, never by the id; undefined for a kind of check
 * that it does not know, which is a failure
 *
 * @example
 * ```ts
 * describe.each(goldenFiles('risk-sizing.json', testData, process.env.GOLDEN_DIR))('the numbers of $from', (file) => {
 *   const tally = newTally();
 *   it.each(file.checks.map((check) => [check.id, check] as const))('%s is reproduced', (_, check) => {
 *     runCheck(check, solve, tally);
 *   });
 *   afterAll(() => console.log(tallyText(file, tally)));
 * });
 * ```
 */
export const runCheck = (
  check: GoldenCheck,
  solve: (check: GoldenCheck) => Answers | undefined,
  tally: Tally,
): void => {
  const answers = solve(check);
  if (answers === undefined)
    throw new Error(`Nothing here computes ${Object.keys(check.expect)} of ${Object.keys(check.inputs)}.`);
  if (Object.keys(check.expect).length === 0) throw new Error('The check expects nothing.');
  for (const [key, wanted] of Object.entries(check.expect)) {
    // A key that nobody computes would pass where null is wanted.
    if (!(key in answers)) throw new Error(`Nothing here computes ${key}.`);
    compare(answers[key], wanted, check, key, tally);
  }
  tally.checks++;
};
