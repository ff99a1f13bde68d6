import type { HanseiDay } from './hansei-day.js';
import type { HanseiPoint } from './hansei-points.js';
import { type ParetoResult, pareto } from './pareto.js';

/** A question that people answer. */
export interface HanseiAsk {
  readonly about: string;
  readonly question: string;
  /** Who promised, where a promise is carried over; undefined where somebody must be found. */
  readonly owner: string | undefined;
}

/** Adds up what was counted under the same name, in order of appearance. */
const added = (counts: readonly (readonly [cause: string, count: number])[]): ParetoResult => {
  const sums = new Map<string, number>();
  for (const [cause, count] of counts) if (count > 0) sums.set(cause, (sums.get(cause) ?? 0) + count);
  return pareto({ causes: [...sums].map(([cause, count]) => ({ cause, count })) });
};

/** What went wrong, by how often. */
export const causesOf = ({ decisions, refusals, metrics, incidents, promises }: HanseiDay): ParetoResult =>
  added([
    ...Object.entries(refusals).map(([code, n]) => [`refused ${code}`, n] as const),
    ['unknown outcome', decisions.unknown],
    ...metrics.map(({ name, defects }) => [`defects of ${name}`, defects] as const),
    ...incidents.map(({ cause }) => [`incident: ${cause}`, 1] as const),
    ['broken promise', promises.filter(({ kept }) => !kept).length],
  ]);

/** Money lost, by owner and symbol. */
export const lossesOf = ({ trades }: HanseiDay): ParetoResult =>
  added(trades.map(({ symbol, owner, profit }) => [`${owner} on ${symbol}`, Math.max(0, -profit)] as const));

const times = (n: number): string => (n === 1 ? 'once' : n === 2 ? 'twice' : `${n} times`);

/** What the report asks people: learnings from the vital few, actions on them, and what became of promises that were broken. */
export const asksOf = (
  { metrics, incidents, promises }: HanseiDay,
  causes: ParetoResult,
  losses: ParetoResult,
  wentWell: readonly HanseiPoint[],
): { readonly learnings: readonly HanseiAsk[]; readonly actions: readonly HanseiAsk[] } => {
  const ask = (about: string, question: string, owner?: string): HanseiAsk => ({ about, question, owner });
  const vital = causes.rows.filter(({ vital }) => vital);
  const broken = promises.filter(({ kept }) => !kept);
  const grave = incidents.filter(({ severity }) => severity === 'critical' || severity === 'high');
  const incapable = metrics.filter(({ verdict }) => verdict === 'not capable');
  return {
    learnings: [
      ...vital.map(({ cause, count }) =>
        ask(cause, `Why did "${cause}" happen ${times(count)}, and what did we not know?`),
      ),
      ...losses.vitalFew.map((cause) => ask(cause, `Did ${cause} lose by the plan, or by breaking it?`)),
      ...(wentWell.length > 0
        ? [ask('what went well', 'Which of what went well was our doing, and how do we keep it?')]
        : []),
    ],
    actions: [
      ...broken.map(({ what, owner }) =>
        ask(what, `What stood in the way of "${what}", and by when will it be done?`, owner),
      ),
      ...grave.map(({ what }) => ask(what, `What makes "${what}" impossible from now on?`)),
      ...incapable.map(({ name }) => ask(name, `What makes ${name} capable, and who does it by when?`)),
      ...vital
        .filter(({ cause }) => cause !== 'broken promise')
        .map(({ cause }) => ask(cause, `What will be done against "${cause}", by whom, by when?`)),
    ],
  };
};
