import { describe, expect, it } from 'vitest';
import { follow, said } from '../test-support/policy-run.js';
import { kelly } from './kelly.js';

// 10,000 USD; EURUSD bought at 1.1001, stop 1.0901: a lot loses 1,000.
const even = { target: 1.1101, confidence: 0.51 };

describe('kelly', () => {
  it("risks half of Kelly's fraction", () => {
    // p - (1 - p) = 0.02; 0.01 of 10,000 is 100.
    expect(follow(kelly({ most: 1 })).judge(even)).toEqual({ cap: expect.closeTo(0.1, 9) });
    expect(follow(kelly({ most: 1, fraction: 0.25 })).judge(even)).toEqual({ cap: expect.closeTo(0.05, 9) });
  });

  it('risks at most a hundredth of the balance', () => {
    const sure = { target: 1.1301, confidence: 0.9 };
    expect(follow(kelly()).judge(sure)).toEqual({ cap: expect.closeTo(0.1, 9) });
    expect(follow(kelly({ most: 0.02 })).judge(sure)).toEqual({ cap: expect.closeTo(0.2, 9) });
  });

  it('takes probability and payoff from its settings when they stand there', () => {
    const settings = { most: 1, winProbability: 0.6, payoff: 1 };
    const silent = { confidence: undefined, target: undefined };
    expect(follow(kelly(settings)).judge(silent)).toEqual({ cap: expect.closeTo(1, 9) });
    // A payoff of 3 from the target: 0.6 - 0.4 / 3.
    const half = (0.6 - 0.4 / 3) / 2;
    const run = follow(kelly({ most: 1, winProbability: 0.6 }));
    expect(run.judge({ target: 1.1301 })).toEqual({ cap: expect.closeTo(half * 10, 9) });
  });

  it("counts a short's target downwards", () => {
    const short = { side: 'sell', stop: 1.11, target: 1.09, confidence: 0.51 } as const;
    expect(follow(kelly({ most: 1 })).judge(short)).toEqual({ cap: expect.closeTo(0.1, 9) });
  });

  it('refuses entries without an edge', () => {
    expect(follow(kelly()).judge({ target: 1.1101, confidence: 0.4 })).toEqual({
      code: 'NO_EDGE',
      limit: 0,
      actual: expect.closeTo(-0.2, 9),
    });
    expect(said(follow(kelly({ payoff: 1 })).judge({ confidence: 0.5 }))).toBe('refuse NO_EDGE');
  });

  it.each([
    [{ confidence: undefined }, { code: 'INCOMPLETE', limit: 'a confidence', actual: 'none' }],
    [{ confidence: 1.5 }, { code: 'INVALID', limit: 'a confidence from 0 to 1', actual: 1.5 }],
    [{ confidence: -0.5 }, { code: 'INVALID', limit: 'a confidence from 0 to 1', actual: -0.5 }],
    [{ confidence: Number.NaN }, { code: 'INVALID', limit: 'a confidence from 0 to 1', actual: 'NaN' }],
    [{ target: undefined }, { code: 'INCOMPLETE', limit: 'a target', actual: 'none' }],
    [
      { target: 1.1001 },
      { code: 'INVALID', limit: 'a target on the winning side of 1.1001', actual: 1.1001 },
    ],
    [
      { target: Number.NaN },
      { code: 'INVALID', limit: 'a target on the winning side of 1.1001', actual: 'NaN' },
    ],
    [
      { target: Number.POSITIVE_INFINITY },
      { code: 'INVALID', limit: 'a target on the winning side of 1.1001', actual: 'Infinity' },
    ],
    [{ stop: undefined }, { code: 'NO_STOP', limit: 'a protective stop', actual: 'none' }],
    [{ rate: undefined }, { code: 'NO_RATE', limit: 'a rate to USD', actual: 'none for EURUSD' }],
  ])('refuses %j', (signal, refusal) => {
    expect(follow(kelly()).judge(signal)).toEqual(refusal);
  });

  it('knows confidences of exactly 0 and 1', () => {
    expect(said(follow(kelly()).judge({ confidence: 0 }))).toBe('refuse NO_EDGE');
    expect(follow(kelly()).judge({ confidence: 1 })).toEqual({ cap: expect.closeTo(0.1, 9) });
  });
});
