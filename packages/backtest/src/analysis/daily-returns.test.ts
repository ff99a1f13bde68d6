import { describe, expect, it } from 'vitest';
import { DailyReturns } from './daily-returns.js';

const at = (text: string): number => Date.parse(`${text}Z`);

const returnsOf = (daysPerYear: number, samples: readonly (readonly [string, number])[]): number[] => {
  const daily = new DailyReturns(daysPerYear);
  for (const [time, equity] of samples) daily.sample(at(time), equity);
  return daily.returns();
};

describe('DailyReturns', () => {
  it('takes the last sample of each UTC day, and the start as the day before', () => {
    const returns = returnsOf(252, [
      ['2024-03-05T00:00', 100],
      ['2024-03-05T23:59', 110],
      ['2024-03-06T00:00', 500],
      ['2024-03-06T12:00', 99],
    ]);
    expect(returns).toHaveLength(2);
    expect(returns[0]).toBeCloseTo(0.1, 12);
    expect(returns[1]).toBeCloseTo(-0.1, 12);
  });

  it('counts Sunday evening to Monday where a year has 252 days', () => {
    const samples = [
      ['2024-03-08T12:00', 100],
      ['2024-03-10T22:00', 150],
      ['2024-03-11T12:00', 200],
    ] as const;
    expect(returnsOf(252, samples)).toEqual([0, 1]);
    expect(returnsOf(365, samples)).toEqual([0, 0.5, 200 / 150 - 1]);
  });

  it('ends with the loss of everything', () => {
    const samples = [
      ['2024-03-05T12:00', 100],
      ['2024-03-06T12:00', -20],
      ['2024-03-07T12:00', 50],
    ] as const;
    expect(returnsOf(252, samples)).toEqual([0, -1]);
  });

  it('has no returns without samples', () => {
    expect(new DailyReturns(252).returns()).toEqual([]);
  });
});
