import { goldenFiles, newTally, runCheck, tallyText } from '@mikrobot/golden';
import { afterAll, describe, expect, it } from 'vitest';
import { solveArl } from './arl-solver.js';
import { solveAttributePurge, solveAttributes, solveOverdispersion } from './attribute-solver.js';
import { solveAutocorrelation, solveDetection } from './autocorrelation-solver.js';
import { solveCapability } from './capability-solver.js';
import { solveCharts } from './charts-solver.js';
import { solveDistributions } from './distributions-solver.js';
import { solveDrift } from './drift-solver.js';
import { solveCusum, solveEwma } from './memory-solver.js';
import { solveMethods } from './methods-solver.js';
import { solveNormality } from './normality-solver.js';
import { solveSixSigma } from './six-sigma-solver.js';
import type { Solver } from './solver.js';
import { solveStreaming } from './streaming-solver.js';
import { solveOperatingCurve, solveT2 } from './t2-solver.js';

const testData = new URL('../../test-data/', import.meta.url);

const files: Readonly<Record<string, readonly Solver[]>> = {
  'stats-normality.json': [solveNormality],
  'stats-distributions.json': [solveDistributions],
  'quality-arl.json': [solveArl, solveDistributions],
  'quality-sixsigma.json': [solveMethods, solveT2, solveOperatingCurve, solveSixSigma, solveCapability],
  'stats-drift.json': [solveDrift],
  'quality-streaming.json': [
    solveStreaming,
    solveCharts,
    solveAttributePurge,
    solveAutocorrelation,
    solveDetection,
  ],
  'quality-constants.json': [solveCharts],
  'quality-rules.json': [solveCharts],
  'quality-charts.json': [solveCharts, solveAttributes, solveOverdispersion, solveEwma, solveCusum],
  'quality-capability.json': [solveCharts, solveCapability],
};

describe.each(Object.entries(files))('the numbers of %s', (name, solvers) => {
  describe.each(goldenFiles(name, testData, process.env.GOLDEN_DIR))('in $from', (file) => {
    const tally = newTally();
    it.each(file.checks.map((check) => [check.id, check] as const))('%s is reproduced', (_, check) => {
      runCheck(
        check,
        (given) => solvers.map((solve) => solve(given)).find((answers) => answers !== undefined),
        tally,
      );
    });
    it('are all known', () => expect(tally.checks).toBe(file.checks.length));
    afterAll(() => console.log(tallyText(file, tally)));
  });
});
