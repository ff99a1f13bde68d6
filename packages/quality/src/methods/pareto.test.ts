import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type ParetoInput, pareto } from './pareto.js';

const of = (counts: readonly number[]): ParetoInput => ({
  causes: counts.map((count, i) => ({ cause: `c${i}`, count })),
});
const badData = expect.objectContaining({ code: 'BAD_DATA' });

describe('pareto', () => {
  it('orders the causes of defects in purchase orders as the manual of qcc does', () => {
    const counts = {
      'contact num.': 94,
      'price code': 80,
      'supplier code': 27,
      'part num.': 33,
      'schedule date': 66,
    };
    const { rows, vitalFew, total } = pareto({
      causes: Object.entries(counts).map(([cause, count]) => ({ cause, count })),
    });
    expect(total).toBe(300);
    expect(rows.map(({ cause, cumulativeLoss }) => [cause, cumulativeLoss])).toEqual([
      ['contact num.', 94],
      ['price code', 174],
      ['schedule date', 240],
      ['part num.', 273],
      ['supplier code', 300],
    ]);
    expect(rows.map(({ cumulativeShare }) => cumulativeShare)).toEqual([94 / 300, 0.58, 0.8, 0.91, 1]);
    // 240 of 300 are exactly 80 %.
    expect(vitalFew).toEqual(['contact num.', 'price code', 'schedule date']);
  });

  it('weighs counts by cost', () => {
    const { rows, vitalFew } = pareto({
      causes: [
        { cause: 'late fill', count: 100, cost: 1 },
        { cause: 'missed stop', count: 2, cost: 450 },
      ],
    });
    expect(rows.map(({ cause, loss, share }) => [cause, loss, share])).toEqual([
      ['missed stop', 900, 0.9],
      ['late fill', 100, 0.1],
    ]);
    expect(vitalFew).toEqual(['missed stop']);
  });

  it('finds the 4 % of 25 causes that make 64 % of the loss', () => {
    // 640 of 1000 in one cause, 160 in four more, 200 in the other twenty: the rule holds on both levels, exactly.
    const { first, nested } = pareto(of([640, 40, 40, 40, 40, ...Array<number>(20).fill(10)]));
    expect(first).toMatchObject({ causes: ['c0', 'c1', 'c2', 'c3', 'c4'], actualShare: 0.8, holds: true });
    expect(nested).toMatchObject({ causes: ['c0'], actualShare: 0.64, holds: true, needed: ['c0'] });
    expect(nested?.causeShare).toBeCloseTo(0.04, 15);
    expect(nested?.lossShare).toBeCloseTo(0.64, 15);
    expect(nested?.neededShare).toBe(0.04);
  });

  it('says that the rule does not hold where all causes weigh the same', () => {
    const { first, nested } = pareto(of(Array<number>(100).fill(1)));
    expect(first).toMatchObject({ actualShare: 0.2, holds: false, neededShare: 0.8 });
    expect(nested).toMatchObject({ actualShare: 0.04, holds: false, neededShare: 0.64 });
  });

  it('keeps the given order of causes that weigh the same', () => {
    expect(pareto(of([1, 2, 1, 2])).rows.map(({ cause }) => cause)).toEqual(['c1', 'c3', 'c0', 'c2']);
  });

  it.each([{ causes: [] }, of([0, 0])])('has no shares where nothing was lost', (input) => {
    const { rows, vitalFew, nested, notes } = pareto(input);
    expect(rows.every(({ share, vital }) => share === undefined && !vital)).toBe(true);
    expect([vitalFew, nested]).toEqual([[], undefined]);
    expect(notes).toEqual([expect.objectContaining({ code: 'EMPTY' })]);
  });

  it('refuses what it cannot add up', () => {
    expect(() => pareto(of([1, -1]))).toThrowError(badData);
    expect(() => pareto(of([Number.NaN]))).toThrowError(badData);
    const twice = { cause: 'x', count: 1 };
    expect(() => pareto({ causes: [twice, twice] })).toThrowError(/named twice/);
    expect(() => pareto({ causes: [twice, { cause: 'y', count: 1, cost: 2 }] })).toThrowError(/a cost/);
    expect(() => pareto({ causes: [twice], share: 1 })).toThrowError(
      expect.objectContaining({ code: 'BAD_CONFIG' }),
    );
  });

  it('names the fewest causes that reach the share', () => {
    const counts = fc.array(fc.integer({ min: 0, max: 1000 }), { minLength: 1, maxLength: 40 });
    fc.assert(
      fc.property(counts, (given) => {
        fc.pre(given.some((n) => n > 0));
        const { rows, vitalFew, total } = pareto(of(given));
        const sums = rows.map(({ cumulativeLoss }) => cumulativeLoss);
        expect(sums.at(-1)).toBe(total);
        // In integers, without fractions: five times the sum against four times the whole.
        expect(5 * sums[vitalFew.length - 1]!).toBeGreaterThanOrEqual(4 * total);
        if (vitalFew.length > 1) expect(5 * sums[vitalFew.length - 2]!).toBeLessThan(4 * total);
      }),
    );
  });
});
