import { type CardGroup, cardGroups, groupOf } from './card.js';
import type { CardResult } from './run-card.js';
import type { AdapterReport } from './test-adapter.js';

const count = (results: readonly CardResult[], outcome: CardResult['outcome']): number =>
  results.filter((result) => result.outcome === outcome).length;

const row = (name: string, results: readonly CardResult[]): string => {
  const cells = (['passed', 'failed', 'skipped'] as const).map((outcome) =>
    String(count(results, outcome)).padStart(8),
  );
  return `${name.padEnd(44)}${cells.join('')}`;
};

/** A report as text: a row a group, then every failure with what happened, and every skip with its reason. */
export const formatReport = ({ adapter, results }: AdapterReport): string => {
  const groups = (Object.keys(cardGroups) as CardGroup[]).map((group) =>
    row(
      `${group}  ${cardGroups[group]}`,
      results.filter((result) => groupOf(result) === group),
    ),
  );
  const failures = results.filter(({ outcome }) => outcome === 'failed');
  const skips = results.filter(({ outcome }) => outcome === 'skipped');
  return [
    `${adapter}: ${results.length} cards`,
    '',
    `${''.padEnd(44)}  passed  failed skipped`,
    ...groups,
    row('all', results),
    ...failures.flatMap(({ reason }) => ['', `FAILED ${reason}`]),
    ...(skips.length === 0 ? [] : ['', 'Skipped:']),
    ...skips.map(({ id, title, reason }) => `  ${id}  ${title}: ${reason}`),
  ].join('\n');
};
