import { realpathSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname } from 'node:path';
import { type Check, fail, ok } from './check.js';

/** Packages that the command stands on and that themselves use core. */
const SIBLINGS = [
  '@mikrobot/adapter-paper',
  '@mikrobot/backtest',
  '@mikrobot/journal-sqlite',
  '@mikrobot/matching',
  '@mikrobot/strategies',
];

interface Found {
  readonly folder: string;
  readonly version: string;
}

/** Where `name` is found from a file, as Node finds it. */
const find = (name: string, from: string): Found => {
  const require = createRequire(from);
  const path = realpathSync(require.resolve(`${name}/package.json`));
  return { folder: dirname(path), version: (require(path) as { version: string }).version };
};

/** Every copy of `name` that this package and its siblings would load. */
const copiesOf = (name: string, from: string, through: readonly string[]): readonly Found[] => {
  const places = [from, ...through.map((sibling) => `${find(sibling, from).folder}/package.json`)];
  const copies = new Map(places.map((place) => find(name, place)).map((found) => [found.folder, found]));
  return [...copies.values()];
};

const oneCopy = (name: string, from: string, through: readonly string[], why: string): Check => {
  try {
    const copies = copiesOf(name, from, through);
    const [first] = copies;
    if (first !== undefined && copies.length === 1) return ok(name, `${first.version}, one copy`);
    const list = copies.map(({ folder, version }) => `${version} in ${folder}`).join(' and ');
    return fail(name, `${copies.length} copies: ${list}`, `${why} Run: npm dedupe; then: npm ls ${name}.`);
  } catch (error) {
    return fail(name, `not found: ${(error as Error).message.split('\n')[0]}`, 'Run: npm install.');
  }
};

/**
 * Whether all packages share one core and one RxJS.
 * @param from - file or URL from which packages are looked for
 */
export const checkPackages = (from: string = import.meta.url): readonly Check[] => [
  oneCopy('@mikrobot/core', from, SIBLINGS, 'Approvals of one copy mean nothing to another.'),
  oneCopy(
    'rxjs',
    from,
    ['@mikrobot/core', '@mikrobot/strategies'],
    'Errors in one copy are not seen by another.',
  ),
];
