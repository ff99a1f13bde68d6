import { MikroBotError } from '@mikrobot/core';
import { describe, expect, it } from 'vitest';
import { betaCdf, betaQuantile, betaTailQuantile } from './beta.js';
import { chiSquaredCdf, chiSquaredQuantile, chiSquaredTailQuantile } from './chi-squared.js';
import { binomialCdf, binomialQuantile, geometricQuantile, poissonCdf, poissonQuantile } from './discrete.js';
import { fCdf, fQuantile, fTailQuantile } from './f.js';
import { gammaCdf, gammaQuantile, gammaTailQuantile } from './gamma.js';
import { noncentralTCdf, noncentralTQuantile, noncentralTTail } from './noncentral-t.js';
import { normalCdf, normalDensity, normalLogTail, normalQuantile, normalTailQuantile } from './normal.js';
import { studentCdf, studentQuantile, studentTail } from './student-t.js';
import { rangeMean } from './studentized-range.js';

const codeOf = (call: () => unknown): string | undefined => {
  try {
    call();
  } catch (error) {
    return error instanceof MikroBotError ? error.code : String(error);
  }
  return undefined;
};

describe('Arguments that make no sense', () => {
  it.each([Number.NaN, -0.1, 1.1, Number.POSITIVE_INFINITY])('are refused as a probability: %s', (p) => {
    expect(codeOf(() => normalQuantile(p))).toBe('BAD_DATA');
    expect(codeOf(() => normalTailQuantile(p))).toBe('BAD_DATA');
    expect(codeOf(() => studentQuantile(p, 3))).toBe('BAD_DATA');
    expect(codeOf(() => chiSquaredQuantile(p, 3))).toBe('BAD_DATA');
    expect(codeOf(() => gammaQuantile(p, 3, 1))).toBe('BAD_DATA');
    expect(codeOf(() => betaQuantile(p, 3, 1))).toBe('BAD_DATA');
    expect(codeOf(() => fQuantile(p, 3, 1))).toBe('BAD_DATA');
    expect(codeOf(() => noncentralTQuantile(p, 3, 1))).toBe('BAD_DATA');
    expect(codeOf(() => binomialQuantile(p, 3, 0.5))).toBe('BAD_DATA');
    expect(codeOf(() => binomialCdf(1, 3, p))).toBe('BAD_DATA');
    expect(codeOf(() => poissonQuantile(p, 3))).toBe('BAD_DATA');
    expect(codeOf(() => geometricQuantile(p, 0.5))).toBe('BAD_DATA');
  });

  it.each([Number.NaN, 0, -1, Number.POSITIVE_INFINITY])('are refused as degrees of freedom: %s', (df) => {
    expect(codeOf(() => studentTail(1, df))).toBe('BAD_CONFIG');
    expect(codeOf(() => studentQuantile(0.1, df))).toBe('BAD_CONFIG');
    expect(codeOf(() => chiSquaredCdf(1, df))).toBe('BAD_CONFIG');
    expect(codeOf(() => chiSquaredQuantile(0, df))).toBe('BAD_CONFIG');
    expect(codeOf(() => gammaCdf(1, df, 1))).toBe('BAD_CONFIG');
    expect(codeOf(() => gammaCdf(1, 1, df))).toBe('BAD_CONFIG');
    expect(codeOf(() => betaCdf(0.5, df, 1))).toBe('BAD_CONFIG');
    expect(codeOf(() => betaCdf(0.5, 1, df))).toBe('BAD_CONFIG');
    expect(codeOf(() => fCdf(1, df, 1))).toBe('BAD_CONFIG');
    expect(codeOf(() => fCdf(1, 1, df))).toBe('BAD_CONFIG');
    expect(codeOf(() => noncentralTCdf(1, df, 1))).toBe('BAD_CONFIG');
  });

  it('are refused as noncentrality, mean, trials and size', () => {
    expect(codeOf(() => noncentralTCdf(1, 5, Number.NaN))).toBe('BAD_CONFIG');
    expect(codeOf(() => poissonCdf(1, -1))).toBe('BAD_CONFIG');
    expect(codeOf(() => binomialCdf(1, 2.5, 0.5))).toBe('BAD_CONFIG');
    expect(codeOf(() => geometricQuantile(0.5, 0))).toBe('BAD_CONFIG');
    expect(codeOf(() => rangeMean(1))).toBe('BAD_CONFIG');
  });

  it('are refused as a place: NaN', () => {
    for (const figure of [normalCdf, normalDensity, normalLogTail])
      expect(codeOf(() => figure(Number.NaN))).toBe('BAD_DATA');
    expect(codeOf(() => studentCdf(Number.NaN, 3))).toBe('BAD_DATA');
    expect(codeOf(() => chiSquaredCdf(Number.NaN, 3))).toBe('BAD_DATA');
    expect(codeOf(() => betaCdf(Number.NaN, 3, 3))).toBe('BAD_DATA');
    expect(codeOf(() => fCdf(Number.NaN, 3, 3))).toBe('BAD_DATA');
    expect(codeOf(() => noncentralTTail(Number.NaN, 3, 3))).toBe('BAD_DATA');
    expect(codeOf(() => poissonCdf(Number.NaN, 3))).toBe('BAD_DATA');
  });
});

describe('The ends of what can happen', () => {
  it('are the quantiles of 0 and 1', () => {
    expect([normalQuantile(0), normalQuantile(1)]).toEqual([-Infinity, Infinity]);
    expect([studentQuantile(0, 3), studentQuantile(1, 3)]).toEqual([-Infinity, Infinity]);
    expect([noncentralTQuantile(0, 3, 1), noncentralTQuantile(1, 3, 1)]).toEqual([-Infinity, Infinity]);
    expect([chiSquaredQuantile(0, 3), chiSquaredQuantile(1, 3)]).toEqual([0, Infinity]);
    expect([chiSquaredTailQuantile(1, 3), chiSquaredTailQuantile(0, 3)]).toEqual([0, Infinity]);
    expect([gammaTailQuantile(1, 3, 1), gammaTailQuantile(0, 3, 1)]).toEqual([0, Infinity]);
    expect([betaQuantile(0, 2, 3), betaQuantile(1, 2, 3), betaTailQuantile(0, 2, 3)]).toEqual([0, 1, 1]);
    expect([fQuantile(0, 2, 3), fQuantile(1, 2, 3), fTailQuantile(0, 2, 3)]).toEqual([0, Infinity, Infinity]);
    expect([binomialQuantile(0, 7, 0.4), binomialQuantile(1, 7, 0.4)]).toEqual([0, 7]);
    expect([poissonQuantile(0, 4), poissonQuantile(1, 4), geometricQuantile(1, 0.1)]).toEqual([
      0,
      Infinity,
      Infinity,
    ]);
  });

  it('have nothing beyond them', () => {
    expect([normalCdf(-Infinity), normalCdf(Infinity), normalDensity(Infinity)]).toEqual([0, 1, 0]);
    expect([studentCdf(-Infinity, 2), studentCdf(Infinity, 2)]).toEqual([0, 1]);
    expect([noncentralTCdf(-Infinity, 2, 1), noncentralTTail(-Infinity, 2, 1)]).toEqual([0, 1]);
    expect([chiSquaredCdf(-1, 2), chiSquaredCdf(0, 2), chiSquaredCdf(Infinity, 2)]).toEqual([0, 0, 1]);
    expect([betaCdf(-1, 2, 2), betaCdf(0, 2, 2), betaCdf(1, 2, 2), betaCdf(2, 2, 2)]).toEqual([0, 0, 1, 1]);
    expect([fCdf(0, 2, 2), fCdf(Infinity, 2, 2)]).toEqual([0, 1]);
    expect([binomialCdf(-1, 5, 0.5), binomialCdf(5, 5, 0.5)]).toEqual([0, 1]);
  });
});
