import { MikroBotError } from '@mikrobot/core';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { defectRates, opportunitiesNeeded } from './defect-rates.js';
import { longTermZ, ppmOfCpk, shortTermZ, zBench } from './process-z.js';
import { dpmoOfSigma, sigmaLevel, sigmaLevelOfYield, yieldOfSigma } from './sigma-level.js';
import { rolledYield, stageYields, throughputYield } from './yields.js';

const code = (run: () => unknown): string => {
  try {
    run();
  } catch (error) {
    return error instanceof MikroBotError ? error.code : String(error);
  }
  return 'nothing was thrown';
};

describe('sigma levels', () => {
  // The table that Motorola published, with the shift of 1.5.
  it.each([
    [6, 3.4, 1],
    [5, 233, 0],
    [4, 6210, 0],
    [3, 66_807, 0],
    [2, 308_538, 0],
    [1, 691_462, 0],
  ])('%d sigma are %d DPMO', (sigma, dpmo, digits) => {
    expect(Number(dpmoOfSigma(sigma).toFixed(digits))).toBe(dpmo);
  });

  it('without a shift and with both tails 3 sigma are 2700 ppm', () => {
    expect(dpmoOfSigma(3, { shift: 0, tails: 'two' })).toBeCloseTo(2699.796063, 6);
  });

  it('and DPMO lead to each other', () => {
    fc.assert(
      fc.property(
        fc.double({ min: -3, max: 8, noNaN: true }),
        fc.double({ min: 0, max: 3, noNaN: true }),
        (sigma, shift) => {
          expect(sigmaLevel(dpmoOfSigma(sigma, { shift }), { shift })).toBeCloseTo(sigma, 6);
          expect(dpmoOfSigma(sigma, { shift }) / 1e6 + yieldOfSigma(sigma, { shift })).toBeCloseTo(1, 12);
        },
      ),
    );
  });

  it('are not claimed for no defects, nor for defects alone', () => {
    expect(sigmaLevel(0)).toBeUndefined();
    expect(sigmaLevel(1_000_000)).toBeUndefined();
    expect(sigmaLevelOfYield(1)).toBeUndefined();
    expect(sigmaLevelOfYield(0.5)).toBe(1.5);
  });

  it('refuse what is no rate', () => {
    expect(code(() => sigmaLevel(-1))).toBe('BAD_DATA');
    expect(code(() => sigmaLevel(Number.NaN))).toBe('BAD_DATA');
    expect(code(() => sigmaLevel(1_000_001))).toBe('BAD_DATA');
    expect(code(() => dpmoOfSigma(Infinity))).toBe('BAD_CONFIG');
    expect(code(() => sigmaLevel(3.4, { shift: Number.NaN }))).toBe('BAD_CONFIG');
  });
});

describe('defect rates', () => {
  it('count 57 defects in 500 units of 6 opportunities', () => {
    const rates = defectRates({ units: 500, opportunitiesPerUnit: 6, defects: 57 });
    expect(rates).toMatchObject({ opportunities: 3000, dpu: 0.114, dpo: 0.019, dpmo: 19_000, notes: [] });
    // mpmath: exp(-0.114); sqrt(2) erfinv(1 - 2 * 0.019) + 1.5
    expect(rates.throughputYield).toBeCloseTo(0.892257955882408, 13);
    expect(rates.sigmaLevel).toBeCloseTo(3.57485473439331, 12);
    expect(rates.dpmoUpper).toBeGreaterThan(19_000);
    expect(rates.sigmaLevelShown).toBeLessThan(rates.sigmaLevel!);
  });

  it('show little by 100 units without a defect', () => {
    // 1 - 0.05^(1/100), by hand.
    const rates = defectRates({ units: 100, defects: 0 });
    expect(rates.dpmo).toBe(0);
    expect(rates.sigmaLevel).toBeUndefined();
    expect(rates.dpmoUpper).toBeCloseTo(29_513.0496, 4);
    expect(rates.notes.map((note) => note.code)).toEqual(['NOT_ENOUGH_DATA']);
  });

  it('say why nothing is known of no units', () => {
    const rates = defectRates({ units: 0, defects: 0 });
    expect(rates.dpmo).toBeUndefined();
    expect(rates.notes.map((note) => note.code)).toEqual(['EMPTY']);
  });

  it('end at a million when everything failed', () => {
    expect(defectRates({ units: 4, defects: 4 })).toMatchObject({
      dpmo: 1e6,
      dpmoUpper: 1e6,
      sigmaLevel: undefined,
    });
  });

  it('refuse more defects than opportunities, parts of units and an odd confidence', () => {
    expect(code(() => defectRates({ units: 3, defects: 4 }))).toBe('BAD_DATA');
    expect(code(() => defectRates({ units: 1.5, defects: 0 }))).toBe('BAD_DATA');
    expect(code(() => defectRates({ units: 3, defects: -1 }))).toBe('BAD_DATA');
    expect(code(() => defectRates({ units: 3, defects: 0 }, { confidence: 95 }))).toBe('BAD_CONFIG');
  });

  it('need 881,097 clean opportunities to show 3.4 DPMO at 95 %', () => {
    // ln(0.05) / ln(1 - 3.4e-6) = 881096.23 (mpmath)
    expect(opportunitiesNeeded(3.4)).toBe(881_097);
  });

  it('need the 299 of the well-known 1 % at 95 %, and 473 with one defect', () => {
    expect(opportunitiesNeeded(10_000)).toBe(299);
    expect(opportunitiesNeeded(10_000, { defects: 1 })).toBe(473);
  });

  it('are shown by just as many opportunities as are needed', () => {
    fc.assert(
      fc.property(
        fc.double({ min: 500, max: 400_000, noNaN: true }),
        fc.integer({ min: 0, max: 5 }),
        fc.double({ min: 0.5, max: 0.999, noNaN: true }),
        (dpmo, defects, confidence) => {
          const units = opportunitiesNeeded(dpmo, { defects, confidence });
          const upper = (n: number) => defectRates({ units: n, defects }, { confidence }).dpmoUpper!;
          expect(upper(units)).toBeLessThanOrEqual(dpmo * (1 + 1e-9));
          if (units > defects + 1) expect(upper(units - 1)).toBeGreaterThan(dpmo * (1 - 1e-9));
        },
      ),
    );
  });

  it('refuse a claim of no defects at all', () => {
    expect(code(() => opportunitiesNeeded(0))).toBe('BAD_CONFIG');
    expect(code(() => opportunitiesNeeded(1e6))).toBe('BAD_CONFIG');
    expect(() => opportunitiesNeeded(0)).toThrow(
      /no number of opportunities shows a DPMO of 0\. Claim one above 0/,
    );
    expect(code(() => opportunitiesNeeded(3.4, { defects: 0.5 }))).toBe('BAD_CONFIG');
  });
});

describe('yields', () => {
  it('of the three stages in the SixSigma manual', () => {
    const yields = stageYields({ opportunities: 1915, defects: [3, 5, 12], rework: [1, 2, 4] });
    expect(yields.yield).toBeCloseTo(0.9895561, 7);
    expect(yields.firstTimeYield).toBeCloseTo(0.9859008, 7);
    expect(yields.rolledThroughputYield).toBeCloseTo(0.9859563, 7);
    expect(yields.dpmo).toBeCloseTo(10_443.86, 2);
  });

  it('roll up to their product, whose root is the normalised yield', () => {
    const { rolledThroughputYield, normalisedYield, defectsPerUnit } = rolledYield([0.98, 0.95, 0.99, 0.97]);
    expect(rolledThroughputYield).toBeCloseTo(0.98 * 0.95 * 0.99 * 0.97, 12);
    expect(normalisedYield ** 4).toBeCloseTo(rolledThroughputYield, 12);
    expect(throughputYield(defectsPerUnit!)).toBeCloseTo(rolledThroughputYield, 12);
  });

  it('of a stage that lets nothing pass have no defects per unit', () => {
    expect(rolledYield([0.9, 0])).toMatchObject({
      rolledThroughputYield: 0,
      defectsPerUnit: undefined,
      sigmaLevel: undefined,
    });
  });

  it('refuse stages that do not belong together', () => {
    expect(code(() => stageYields({ opportunities: 10, defects: [1, 2], rework: [1] }))).toBe('BAD_DATA');
    expect(code(() => stageYields({ opportunities: 10, defects: [6, 6] }))).toBe('BAD_DATA');
    expect(code(() => stageYields({ opportunities: 10, defects: [] }))).toBe('BAD_DATA');
    expect(code(() => rolledYield([]))).toBe('BAD_DATA');
    expect(code(() => rolledYield([98]))).toBe('BAD_DATA');
    expect(code(() => throughputYield(-0.1))).toBe('BAD_DATA');
  });
});

describe('Z', () => {
  it('of Cpk 1 promises 1350 ppm beyond one limit and 2700 beyond both', () => {
    expect(ppmOfCpk(1).oneTail).toBeCloseTo(1349.898, 3);
    expect(ppmOfCpk(1).twoTails).toBeCloseTo(2699.796, 3);
    expect(ppmOfCpk(1.5).z).toBe(4.5);
  });

  it('bench puts both tails together', () => {
    // Two tails of 3 sigma: mpmath gives sqrt(2) erfinv(1 - 2 * 0.00269979606).
    expect(zBench(0.00134989803, 0.00134989803)).toBeCloseTo(2.78217496727909, 11);
    expect(zBench(0, 0)).toBeUndefined();
    expect(zBench(0.5, 0.5)).toBeUndefined();
    expect(code(() => zBench(0.7, 0.7))).toBe('BAD_DATA');
  });

  it('of the long term is worse by the shift', () => {
    expect(longTermZ(4.5)).toBe(3);
    expect(shortTermZ(longTermZ(6))).toBe(6);
    expect(code(() => longTermZ(Number.NaN))).toBe('BAD_CONFIG');
  });
});
