import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { cholesky, covarianceOf } from './matrix.js';

const entry = fc.integer({ min: -400, max: 400 }).map((x) => x / 8);
const rows = fc.array(fc.array(entry, { minLength: 4, maxLength: 4 }), { minLength: 10, maxLength: 30 });

describe('the factor of a matrix', () => {
  it('multiplies back to it', () => {
    fc.assert(
      fc.property(rows, (data) => {
        const matrix = covarianceOf(data, [0, 0, 0, 0]);
        const lower = cholesky(matrix);
        if (!lower) return;
        for (const [i, row] of matrix.entries()) {
          for (const [j, value] of row.entries()) {
            const back = lower[i]!.reduce((sum, entry, k) => sum + entry * (lower[j]![k] ?? 0), 0);
            expect(back).toBeCloseTo(value, 8);
          }
        }
      }),
    );
  });
});
