import { describe, expect, it } from 'vitest';
import { xbarOperatingCurve } from './operating-characteristic.js';

describe('the operating characteristic of an X̄ chart', () => {
  it('is that of qcc 3.0 for n = 5', () => {
    const points = xbarOperatingCurve(5, [0, 1, 2]);
    expect(points.map(({ arl }) => arl)).toEqual([
      expect.closeTo(370.398347344956, 9),
      expect.closeTo(4.49531222661442, 12),
      expect.closeTo(1.07583806735754, 12),
    ]);
  });

  it('is the same for shifts up and down', () => {
    const [up, down] = xbarOperatingCurve(4, [0.7, -0.7]);
    expect(up!.beta).toBeCloseTo(down!.beta, 14);
  });

  it('is refused for what is no sample size', () => {
    expect(() => xbarOperatingCurve(0, [1])).toThrow(expect.objectContaining({ code: 'BAD_CONFIG' }));
  });
});
