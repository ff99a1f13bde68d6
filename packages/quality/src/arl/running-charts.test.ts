import { normal, type Random } from '@mikrobot/core';
import { describe, expect, it } from 'vitest';
import { cusumChart } from '../charts/cusum.js';
import { ewmaChart } from '../charts/ewma.js';
import { type RuleSet, westernElectric } from '../charts/rules.js';
import { ZoneChart } from '../charts/zone-chart.js';
import { cusumArl } from './cusum.js';
import { designChart } from './design.js';
import { ewmaArl } from './ewma.js';
import { ruleSetArl } from './rule-set.js';
import { type SimulatedArl, simulateArl } from './simulate.js';

const known = { center: 0, sigma: 1 };
const options = { runs: 4_000, seed: 12 };
const off =
  (shift: number) =>
  (random: Random): number =>
    normal(random) + shift;
const agrees = ({ arl, standardError }: SimulatedArl, exact: number): void =>
  expect(Math.abs(arl - exact)).toBeLessThan(4 * standardError);

describe('the charts of this package run as long as the equations say', () => {
  it.each([0, 1])('a CUSUM with a head start, at a shift of %d', (shift) => {
    const kind = cusumChart({ k: 0.5, h: 3, headStart: 1.5 });
    const simulated = simulateArl(() => kind.running(kind.designFor(known)), off(shift), options);
    agrees(simulated, cusumArl({ k: 0.5, h: 3, shift, headStart: 1.5 }));
  });

  it.each([
    ['exact', 0],
    ['exact', 1],
    ['asymptotic', 0],
    ['asymptotic', 1],
  ] as const)('an EWMA with %s limits, at a shift of %d', (limits, shift) => {
    const kind = ewmaChart({ lambda: 0.1, width: 2, limits });
    const simulated = simulateArl(() => kind.running(kind.designFor(known)), off(shift), options);
    agrees(simulated, ewmaArl({ lambda: 0.1, L: 2, shift, limits }));
  });

  it('an EWMA that was designed, with what ewmaChart does by default', () => {
    const design = designChart({ scheme: 'ewma', inControlArl: 60, shift: 1 });
    if (design.scheme !== 'ewma') throw new Error(design.scheme);
    const kind = ewmaChart({ lambda: design.lambda, width: design.L });
    const start = () => kind.running(kind.designFor(known));
    agrees(simulateArl(start, off(0), options), design.inControlArl);
    agrees(simulateArl(start, off(1), options), design.shiftArl);
  });

  it.each([
    [westernElectric, 0],
    [['we1', 'we4'], 0.5],
    [['nelson8', 'nelson5', 'nelson7'], 1],
  ] as readonly (readonly [RuleSet, number])[])('rules %j at a shift of %d', (rules, shift) => {
    const limits = { ...known, lower: -3, upper: 3 };
    const plot = { check: () => undefined, value: (x: number) => x, limits: () => limits };
    const simulated = simulateArl(() => new ZoneChart(plot, { rules }), off(shift), options);
    agrees(simulated, ruleSetArl({ rules, shift }).arl);
  });
});
