import { describe, expect, it } from 'vitest';
import { taguchiLoss } from './taguchi-loss.js';

const nominal = { kind: 'nominal', target: 10, tolerance: 0.5, lossAtLimit: 0.001 } as const;
const smaller = { kind: 'smaller', limit: 200, lossAtLimit: 4 } as const;
const larger = { kind: 'larger', limit: 5, lossAtLimit: 2 } as const;

describe('taguchiLoss', () => {
  it('has the constants that the tests of the R package SixSigma ask for', () => {
    const lossAtLimit = 0.001;
    expect(taguchiLoss({ loss: nominal }).k).toBeCloseTo(0.001 / 0.5 ** 2, 15);
    expect(taguchiLoss({ loss: { kind: 'smaller', limit: 0.5, lossAtLimit } }).k).toBeCloseTo(0.004, 15);
    expect(taguchiLoss({ loss: { kind: 'larger', limit: 0.5, lossAtLimit } }).k).toBeCloseTo(0.00025, 15);
  });

  it('loses by the square of the distance from the target', () => {
    const { msd, averageLoss, totalLoss } = taguchiLoss({ loss: nominal, values: [9, 10, 12], units: 300 });
    expect(msd).toBeCloseTo(5 / 3, 15);
    expect(averageLoss).toBeCloseTo(0.02 / 3, 15);
    expect(totalLoss).toBeCloseTo(2, 12);
  });

  it('loses at its limit what was said', () => {
    expect(taguchiLoss({ loss: nominal, values: [9.5] }).averageLoss).toBeCloseTo(0.001, 15);
    expect(taguchiLoss({ loss: smaller, values: [200] }).averageLoss).toBeCloseTo(4, 14);
    expect(taguchiLoss({ loss: larger, values: [5] }).averageLoss).toBeCloseTo(2, 14);
  });

  it('expects from mean and standard deviation what the values themselves lose', () => {
    // 90 and 110 have mean 100 and, divided by n, a variance of 100.
    const summary = { mean: 100, deviation: 10 };
    const latency = taguchiLoss({ loss: smaller, values: [90, 110], summary });
    expect(latency.averageLoss).toBeCloseTo(1.01, 14);
    expect(latency.expectedLoss).toBeCloseTo(1.01, 14);
    const centred = taguchiLoss({ loss: { ...nominal, target: 97 }, values: [90, 110], summary });
    expect(centred.msd).toBe(109);
    expect(centred.expectedLoss).toBeCloseTo(centred.averageLoss!, 14);
  });

  it('comes close to the integral where larger is best', () => {
    // The mean of 1 / y^2 of a normal y with mean 10 and sd 0.1 is 0.0100030015 (numerical integration).
    const { k, expectedLoss } = taguchiLoss({ loss: larger, summary: { mean: 10, deviation: 0.1 } });
    expect(expectedLoss! / k).toBeCloseTo(0.0100030015, 7);
  });

  it('says that without values there is no average', () => {
    const { averageLoss, notes } = taguchiLoss({ loss: nominal });
    expect(averageLoss).toBeUndefined();
    expect(notes).toEqual([expect.objectContaining({ code: 'EMPTY' })]);
  });

  it('refuses values that cannot be', () => {
    const badData = expect.objectContaining({ code: 'BAD_DATA' });
    expect(() => taguchiLoss({ loss: larger, values: [0] })).toThrowError(badData);
    expect(() => taguchiLoss({ loss: smaller, values: [-1] })).toThrowError(badData);
    expect(() => taguchiLoss({ loss: nominal, values: [Number.NaN] })).toThrowError(badData);
    expect(() => taguchiLoss({ loss: { ...nominal, tolerance: 0 } })).toThrowError(
      expect.objectContaining({ code: 'BAD_CONFIG' }),
    );
  });
});
