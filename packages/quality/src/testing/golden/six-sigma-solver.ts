import type { Answers, GoldenCheck } from '@mikrobot/golden';
import { capability } from '../../capability/capability.js';
import { bissellInterval, cpInterval } from '../../capability/intervals.js';
import { defectRates } from '../../six-sigma/defect-rates.js';
import { longTermZ, ppmOfCpk } from '../../six-sigma/process-z.js';
import { dpmoOfSigma, sigmaLevel, yieldOfSigma } from '../../six-sigma/sigma-level.js';
import { rolledYield, stageYields } from '../../six-sigma/yields.js';
import { dataset, valuesOf } from './datasets.js';
import type { Solver } from './solver.js';

type Inputs = GoldenCheck['inputs'];

const list = (given: Inputs[string]): readonly number[] =>
  Array.isArray(given) ? (given as number[]) : [given as number];

/** A list where a list was given, else the one number. */
const like = (given: Inputs[string], answers: readonly (number | undefined)[]) =>
  Array.isArray(given) ? answers : answers[0];

const dpmoTable: Solver = ({ inputs, expect }) => {
  if (!('sigma' in inputs && 'dpmoShifted' in expect)) return undefined;
  const each = (of: (sigma: number) => number) => like(inputs.sigma!, list(inputs.sigma!).map(of));
  return {
    dpmoShifted: each((sigma) => dpmoOfSigma(sigma)),
    yieldPct: each((sigma) => 100 * yieldOfSigma(sigma)),
    ppmUnshiftedTwoSided: each((sigma) => dpmoOfSigma(sigma, { shift: 0, tails: 'two' })),
    dpmoShiftedTwoSided: each((sigma) => dpmoOfSigma(sigma, { tails: 'two' })),
  };
};

const sigmaOfDpmo: Solver = ({ inputs, expect }) =>
  'dpmo' in inputs && 'sigma' in expect
    ? {
        sigma: like(
          inputs.dpmo!,
          list(inputs.dpmo!).map((dpmo) => sigmaLevel(dpmo)),
        ),
      }
    : undefined;

const ppm: Solver = ({ inputs, expect }) => {
  if (!('cpk' in inputs && 'ppmOneTail' in expect)) return undefined;
  const { oneTail, twoTails, z } = ppmOfCpk(inputs.cpk as number);
  return { ppmOneTail: oneTail, ppmCentredTwoTail: twoTails, Zbench: z };
};

/** The reference names the number of defects DPU, as if all opportunities were one unit. */
const stages: Solver = ({ inputs, expect }) => {
  if (!('rework' in inputs && 'FTY' in expect)) return undefined;
  const yields = stageYields({
    opportunities: inputs.opportunities as number,
    defects: list(inputs.defects!),
    rework: list(inputs.rework!),
  });
  return {
    Yield: yields.yield,
    FTY: yields.firstTimeYield,
    RTY: yields.rolledThroughputYield,
    DPU: yields.defects,
    DPMO: yields.dpmo,
  };
};

const rolled: Solver = ({ inputs, expect }) => {
  if (!('fty' in inputs && 'RTY' in expect)) return undefined;
  const { rolledThroughputYield, normalisedYield, defectsPerUnit, sigmaLevel } = rolledYield(
    list(inputs.fty!),
  );
  return { RTY: rolledThroughputYield, YNA: normalisedYield, TDPU: defectsPerUnit, sigmaST: sigmaLevel };
};

const counted: Solver = ({ inputs, expect }) => {
  if (!('units' in inputs && 'DPO' in expect)) return undefined;
  const { dpu, dpo, dpmo, throughputYield, sigmaLevel } = defectRates({
    units: inputs.units as number,
    opportunitiesPerUnit: inputs.opportunitiesPerUnit as number,
    defects: inputs.defects as number,
  });
  return { DPU: dpu, DPO: dpo, DPMO: dpmo, TPYpoisson: throughputYield, sigma: sigmaLevel };
};

const study = (inputs: Inputs) => {
  const values = Array.isArray(inputs.data)
    ? (inputs.data as number[])
    : valuesOf(dataset(String(inputs.dataset).replace(/ data$/, ''))!.phaseOne);
  const specification = { lower: inputs.LSL as number, upper: inputs.USL as number };
  return capability(values, { specification, method: 'normal', autocorrelation: 'ignore' });
};

/** Its sigma is the overall one: what is named Cp and Cpk there are Pp and Ppk. */
const overallCapability: Solver = ({ inputs, expect }) => {
  if (!('CpkCI' in expect && 'ZLT' in expect)) return undefined;
  const { indices, n } = study(inputs);
  const { pp, ppk } = indices;
  const z = 3 * ppk!.value;
  const ends = ({ lower, upper }: { readonly lower: number; readonly upper: number }) => [lower, upper];
  return {
    Cp: pp!.value,
    Cpk: ppk!.value,
    Z: z,
    CpCI: ends(cpInterval(pp!.value, n)),
    CpkCI: ends(bissellInterval(ppk!.value, n)),
    ZLT: longTermZ(z),
  };
};

const bench: Solver = ({ inputs, expect }) => {
  if (!('Zbench' in expect && 'pBelow' in expect)) return undefined;
  const { expected, zBench } = study(inputs);
  const { below, above, total } = expected.overall;
  return { pBelow: below, pAbove: above, ppmTotal: 1e6 * total!, Zbench: zBench.overall };
};

const solvers = [dpmoTable, sigmaOfDpmo, ppm, stages, rolled, counted, overallCapability, bench];

/** Rates of defects, sigma levels, yields, and capability by the overall sigma. */
export const solveSixSigma: Solver = (check) =>
  solvers.reduce<Answers | undefined>((answers, solve) => answers ?? solve(check), undefined);
