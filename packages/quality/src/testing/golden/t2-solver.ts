import type { Answers, GoldenCheck } from '@mikrobot/golden';
import { xbarOperatingCurve } from '../../arl/operating-characteristic.js';
import { t2Chart } from '../../charts/hotelling-t2.js';
import { t2PhaseOneLimit, t2PhaseTwoLimit } from '../../charts/t2-limits.js';
import { dataset, groupsOf } from './datasets.js';

/** Hotelling's T² of individual vectors, judged among themselves; the confidence stands in the words ("limit at 0.999"). */
export const solveT2 = ({ inputs, expect, what }: GoldenCheck): Answers | undefined => {
  if (!('T2' in expect)) return undefined;
  const rows = groupsOf(dataset(String(inputs.dataset))!.phaseOne);
  const confidence = Number(/limit at (0?\.\d+)/.exec(what)?.[1] ?? inputs.confidence);
  const kind = t2Chart({ confidence }).retrospective;
  const chart = kind.running(kind.estimate(rows).design!);
  const points = rows.map((row) => chart.push(row));
  const own = t2PhaseOneLimit(rows.length, rows[0]!.length, confidence);
  return {
    T2: points.map(({ value }) => value),
    UCLbeta: own,
    // qcc 3.0 uses the same limit of Tracy, Young and Mason.
    UCLqcc: own,
    beyond: points.filter(({ violations }) => violations.length > 0).map(({ index }) => index),
    UCLphase2F: t2PhaseTwoLimit(rows.length, rows[0]!.length, confidence),
  };
};

/** What an X̄ chart sees of shifts. */
export const solveOperatingCurve = ({ inputs, expect }: GoldenCheck): Answers | undefined => {
  if (!('beta' in expect && 'ARL' in expect) || !Array.isArray(inputs.shift)) return undefined;
  const points = xbarOperatingCurve(inputs.n as number, inputs.shift as number[]);
  return { beta: points.map(({ beta }) => beta), ARL: points.map(({ arl }) => arl) };
};
