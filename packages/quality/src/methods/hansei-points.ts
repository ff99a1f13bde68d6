import type { HanseiDay } from './hansei-day.js';

/** One thing that the data say. */
export interface HanseiPoint {
  readonly about: 'decisions' | 'trades' | 'metrics' | 'incidents' | 'promises';
  readonly text: string;
}

/** The figures of a day. Money is in the report's currency. */
export interface HanseiFacts {
  /** As counted at the strategies; undefined when nobody counted. */
  readonly signals: number | undefined;
  /** Executed, refused, held and unknown together. */
  readonly decided: number;
  readonly executed: number;
  readonly refused: number;
  readonly held: number;
  readonly unknown: number;
  readonly trades: number;
  readonly won: number;
  readonly lost: number;
  /** Fraction of trades that won; undefined without trades. */
  readonly winRate: number | undefined;
  /** Of all trades, net. */
  readonly profit: number;
  readonly promises: number;
  readonly kept: number;
}

/** Adds up a day. */
export const hanseiFacts = ({ signals, decisions, trades, promises }: HanseiDay): HanseiFacts => {
  const won = trades.filter(({ profit }) => profit > 0).length;
  return {
    signals,
    decided: decisions.executed + decisions.refused + decisions.held + decisions.unknown,
    ...decisions,
    trades: trades.length,
    won,
    lost: trades.filter(({ profit }) => profit < 0).length,
    winRate: trades.length > 0 ? won / trades.length : undefined,
    profit: trades.reduce((sum, { profit }) => sum + profit, 0),
    promises: promises.length,
    kept: promises.filter(({ kept }) => kept).length,
  };
};

type Verdict = 'wentWell' | 'wentBadly' | 'unclear';
type Judged = HanseiPoint & { readonly verdict: Verdict };

/** A number with at most two decimals. */
export const short = (value: number): string => String(Number(value.toFixed(2)));

const decisionPoints = ({ refusals }: HanseiDay, facts: HanseiFacts): readonly Judged[] => {
  const { signals, decided, refused, held, unknown } = facts;
  const about = 'decisions';
  const points: Judged[] = [];
  if (signals !== undefined && signals !== decided) {
    points.push({ about, verdict: 'wentBadly', text: `${signals} signals got ${decided} decisions.` });
  } else if (signals !== undefined && signals > 0) {
    points.push({ about, verdict: 'wentWell', text: `Each of ${signals} signals got one decision.` });
  }
  if (unknown > 0) {
    const text = `Nobody knows whether the venue has ${unknown} of the orders.`;
    points.push({ about, verdict: 'wentBadly', text });
  }
  const coded = Object.values(refusals).reduce((sum, n) => sum + n, 0);
  if (coded < refused + held) {
    const text = `${refused + held - coded} of ${refused + held} refused or held signals have no code.`;
    points.push({ about, verdict: 'unclear', text });
  }
  return points;
};

const tradePoints = (
  { currency }: HanseiDay,
  { trades, won, lost, profit }: HanseiFacts,
): readonly Judged[] =>
  trades === 0
    ? []
    : [
        {
          about: 'trades',
          verdict: profit > 0 ? 'wentWell' : profit < 0 ? 'wentBadly' : 'unclear',
          text: `${trades} trades made ${short(profit)} ${currency}: ${won} won, ${lost} lost.`,
        },
      ];

const metricPoints = ({ metrics }: HanseiDay): readonly Judged[] =>
  metrics.map(({ name, unit, verdict, index, bound, required, defects }) => {
    const figures = [
      index === undefined ? [] : `index ${short(index)}`,
      bound === undefined ? [] : `lower bound ${short(bound)}`,
      required === undefined ? [] : `required ${short(required)}`,
      defects === 0 ? [] : `${defects} outside the limits`,
    ].flat();
    const verdicts = { capable: 'wentWell', 'not capable': 'wentBadly', unproven: 'unclear' } as const;
    return {
      about: 'metrics',
      verdict: verdicts[verdict],
      text: `${name}${unit === undefined ? '' : ` (${unit})`} is ${verdict}${figures.length > 0 ? `: ${figures.join(', ')}` : ''}.`,
    };
  });

const incidentPoints = ({ incidents }: HanseiDay, { decided }: HanseiFacts): readonly Judged[] => {
  if (incidents.length === 0 && decided > 0)
    return [{ about: 'incidents', verdict: 'wentWell', text: 'There was no incident.' }];
  return incidents.map(({ what, cause, severity, minutes }) => ({
    about: 'incidents',
    verdict: 'wentBadly',
    text: `${what} (${severity}${minutes === undefined ? '' : `, ${short(minutes)} min`}), because of: ${cause}.`,
  }));
};

const promisePoints = ({ promises }: HanseiDay): readonly Judged[] =>
  promises.map(({ what, owner, kept, why }) => ({
    about: 'promises',
    verdict: kept ? 'wentWell' : 'wentBadly',
    text: `${owner} ${kept ? 'kept' : 'did not keep'} the promise: ${what}${why === undefined ? '' : ` (${why})`}.`,
  }));

/** What went well, what went badly and what is unclear, in the order decisions, trades, metrics, incidents, promises. */
export const hanseiPoints = (
  day: HanseiDay,
  facts: HanseiFacts,
): Readonly<Record<Verdict, readonly HanseiPoint[]>> => {
  const all = [
    ...decisionPoints(day, facts),
    ...tradePoints(day, facts),
    ...metricPoints(day),
    ...incidentPoints(day, facts),
    ...promisePoints(day),
  ];
  const of = (wanted: Verdict): readonly HanseiPoint[] =>
    all.filter(({ verdict }) => verdict === wanted).map(({ about, text }) => ({ about, text }));
  return { wentWell: of('wentWell'), wentBadly: of('wentBadly'), unclear: of('unclear') };
};
