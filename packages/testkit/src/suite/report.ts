import { cardGroups } from '../adapter/card.js';
import type { CardResult, SuiteReport } from './result.js';

const groups: Readonly<Record<string, string>> = { ...cardGroups, J: 'Journal' };

const count = (results: readonly CardResult[], outcome: CardResult['outcome']): number =>
  results.filter((result) => result.outcome === outcome).length;

const row = (name: string, results: readonly CardResult[]): string => {
  const cells = (['passed', 'failed', 'skipped'] as const).map((outcome) =>
    String(count(results, outcome)).padStart(8),
  );
  return `${name.padEnd(44)}${cells.join('')}`;
};

/** A report as text: a row a group, then every failure with what happened, and every skip with its reason. */
export const formatReport = ({ name, results }: SuiteReport): string => {
  const rows = Object.entries(groups).flatMap(([letter, title]) => {
    const own = results.filter(({ id }) => id.startsWith(letter));
    return own.length === 0 ? [] : [row(`${letter}  ${title}`, own)];
  });
  const failures = results.filter(({ outcome }) => outcome === 'failed');
  const skips = results.filter(({ outcome }) => outcome === 'skipped');
  return [
    `${name}: ${results.length} cards`,
    '',
    `${''.padEnd(44)}  passed  failed skipped`,
    ...rows,
    row('all', results),
    ...failures.flatMap(({ reason }) => ['', `FAILED ${reason}`]),
    ...(skips.length === 0 ? [] : ['', 'Skipped:']),
    ...skips.map(({ id, title, reason }) => `  ${id}  ${title}: ${reason}`),
  ].join('\n');
};
