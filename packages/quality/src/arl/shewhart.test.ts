import { MikroBotError } from '@mikrobot/core';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { xbarOperatingCurve } from './operating-characteristic.js';
import { shewhartArl, shewhartLimit, shewhartSignalProbability } from './shewhart.js';

const refuses = (f: () => unknown): void => {
  expect(f).toThrowError(MikroBotError);
  expect(f).toThrowError(expect.objectContaining({ code: 'BAD_CONFIG' }));
};
const close = (actual: number, wanted: number, relative: number): void =>
  expect(Math.abs(actual / wanted - 1)).toBeLessThan(relative);

describe('a Shewhart chart', () => {
  // mpmath 1.3, 40 digits.
  it.each([
    [0, 370.39834734495884, 370.39834734495884],
    [0.25, 281.1525235677659, 133.15943173631544],
    [0.5, 155.2242007526253, 33.40077927355819],
    [1.5, 14.967685005613903, 1.5664926818996],
    [2, 6.302962987143029, 1.0758380673575416],
  ])('off by %d has the run lengths of its tails, alone and in fives', (shift, one, five) => {
    close(shewhartArl({ L: 3, shift }), one, 1e-13);
    close(shewhartArl({ L: 3, shift: -shift, subgroupSize: 5 }), five, 1e-13);
  });

  it('signals half as often with one side, when in control', () => {
    expect(shewhartSignalProbability({ L: 3, shift: 0, sided: 'one' })).toBeCloseTo(0.00134989803163, 14);
    close(shewhartLimit(740.796694689917, { sided: 'one' }), 3, 1e-12);
  });

  it('gets limits whose ARL is the one asked for', () => {
    fc.assert(
      fc.property(
        fc.double({ min: 2.1, max: 1e9, noNaN: true }),
        fc.constantFrom('one', 'two'),
        (arl, sided) => {
          close(shewhartArl({ L: shewhartLimit(arl, { sided }), shift: 0, sided }), arl, 1e-9);
        },
      ),
    );
  });

  it.each([Number.NaN, 0, 1, Number.POSITIVE_INFINITY])('has no limits for an ARL of %d', (arl) =>
    refuses(() => shewhartLimit(arl)),
  );

  it('has no limits above the centre that signal at every other sample on one side', () =>
    refuses(() => shewhartLimit(2, { sided: 'one' })));

  it('refuses nonsense', () => {
    refuses(() => shewhartArl({ L: 0, shift: 0 }));
    refuses(() => shewhartArl({ L: 3, shift: Number.NaN }));
    refuses(() => shewhartArl({ L: 3, shift: 0, subgroupSize: 1.5 }));
    refuses(() => shewhartArl({ L: 3, shift: 0, sided: 'upper' as never }));
    refuses(() => shewhartLimit(370, { sided: 'upper' as never }));
  });
});

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
