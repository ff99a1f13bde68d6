import type { CapabilityResult } from '../capability/result.js';
import { verdict } from '../capability/verdict.js';
import type { FittedDistribution } from '../fitting/fitted-distribution.js';
import type { Capable } from '../monitor/capability-of.js';

/** What a caption tells. */
interface Told extends Omit<Capable, 'steady' | 'fits'> {
  readonly confidence: number;
  /** Why there is no index. */
  readonly lack: string;
}

const ofStudy = (result: CapabilityResult): Told => {
  // The index that a verdict would stand on; what it is held against does not matter.
  const index = verdict(result, { minimum: 1 }).index === 'ppk' ? 'ppk' : 'cpk';
  const { value = null, lower = null, upper = null } = result.indices[index] ?? {};
  const { confidence, n, notes, distribution } = result;
  const method =
    result.method === 'percentile' && distribution.name !== undefined
      ? `percentiles, ${distribution.name}`
      : result.method;
  return { index, value, lower, upper, confidence, method, n, lack: notes[0]?.detail ?? 'it is not known.' };
};

const ofMonitor = (capable: Capable): Told => ({
  ...capable,
  method: capable.fits ? capable.method : `${capable.method} (does not fit)`,
  confidence: 0.95,
  lack: capable.steady ? 'all values are the same.' : 'it is not known.',
});

const two = (value: number): string => value.toFixed(2).replace('-', '−');

/** Cpk (or Ppk, where a verdict stands on that) with its interval and the method's name, or why there is none. */
export const capabilityCaption = (
  n: number,
  result: CapabilityResult | Capable | undefined,
  distribution: FittedDistribution | undefined,
): string => {
  if (n === 0) return 'No values yet.';
  if (result === undefined)
    return `n = ${n}${distribution === undefined ? '' : `, curve: ${distribution.name}`}`;
  const {
    index,
    value,
    lower,
    upper,
    confidence,
    method,
    n: studied,
    lack,
  } = 'index' in result ? ofMonitor(result) : ofStudy(result);
  const name = index === 'ppk' ? 'Ppk' : 'Cpk';
  if (value === null) return `${name} —: ${lack}`;
  const sure = `${Number((confidence * 100).toPrecision(6))} %`;
  const interval = lower === null || upper === null ? '' : ` (${sure}: ${two(lower)} to ${two(upper)})`;
  return `${name} ${two(value)}${interval}, ${method}, n = ${studied}`;
};
