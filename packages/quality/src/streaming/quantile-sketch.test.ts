import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { P2Quantile } from './p2-quantile.js';
import { QuantileSketch } from './quantile-sketch.js';

const value = fc.oneof(
  fc.constant(0),
  fc.double({ min: -1e6, max: 1e6, noNaN: true }).filter((x) => Math.abs(x) > 1e-6),
  fc.integer({ min: -20, max: 20 }),
);

const sketchOf = (values: readonly number[], accuracy = 0.01) => {
  const sketch = new QuantileSketch({ accuracy });
  for (const x of values) sketch.push(x);
  return sketch;
};

describe('a quantile sketch', () => {
  it('is within its accuracy of the true order statistic, negative values and zeros included', () => {
    fc.assert(
      fc.property(
        fc.array(value, { minLength: 1, maxLength: 200 }),
        fc.double({ min: 0, max: 1, noNaN: true }),
        fc.constantFrom(0.001, 0.01, 0.05),
        (values, p, accuracy) => {
          const sorted = values.toSorted((a, b) => a - b);
          const wanted = sorted[Math.floor(p * (values.length - 1))]!;
          const found = sketchOf(values, accuracy).quantile(p)!;
          expect(Math.abs(found - wanted)).toBeLessThanOrEqual(accuracy * Math.abs(wanted) * (1 + 1e-9));
        },
      ),
    );
  });

  it('merges to the sketch of all values, whatever the parts and their order', () => {
    fc.assert(
      fc.property(fc.array(value), fc.array(value), (a, b) => {
        const whole = sketchOf([...a, ...b]);
        for (const merged of [sketchOf(a).merge(sketchOf(b)), sketchOf(b).merge(sketchOf(a))])
          expect(merged.state()).toEqual(whole.state());
      }),
    );
  });

  it('keeps the large quantiles exact to its accuracy when there is no room for all', () => {
    const values = Array.from({ length: 1000 }, (_, i) => 10 ** ((i - 900) / 10));
    const parts = [values.slice(500), values.slice(0, 500)].map((part) => {
      const sketch = new QuantileSketch({ buckets: 64 });
      for (const x of part) sketch.push(x);
      return sketch;
    });
    const merged = parts[0]!.merge(parts[1]!);
    expect(merged.state().positive.counts.length).toBeLessThanOrEqual(64);
    expect(Math.abs(merged.quantile(0.999)! / values[998]! - 1)).toBeLessThanOrEqual(0.01);
    expect([merged.quantile(0), merged.quantile(1)]).toEqual([values[0], values[999]]);
  });

  it('goes on from its state', () => {
    fc.assert(
      fc.property(fc.array(value), fc.array(value), (before, after) => {
        const woken = QuantileSketch.from(JSON.parse(JSON.stringify(sketchOf(before).state())));
        for (const x of after) woken.push(x);
        expect(woken.state()).toEqual(sketchOf([...before, ...after]).state());
      }),
    );
  });

  it('refuses other accuracies, probabilities, values and states', () => {
    const sketch = sketchOf([1]);
    expect(() => sketch.merge(new QuantileSketch({ accuracy: 0.02 }))).toThrow(/accuracy/);
    expect(() => new QuantileSketch({ accuracy: 0 })).toThrow(
      expect.objectContaining({ code: 'BAD_CONFIG' }),
    );
    expect(() => sketch.quantile(-0.1)).toThrow(expect.objectContaining({ code: 'BAD_DATA' }));
    expect(() => sketch.push(Infinity)).toThrow(expect.objectContaining({ code: 'BAD_DATA' }));
    expect(() => QuantileSketch.from({ ...sketch.state(), zeros: -1 })).toThrow(/state of a quantile sketch/);
    expect(new QuantileSketch().quantile(0.5)).toBeUndefined();
  });
});

describe('the P2 quantile', () => {
  it('follows the worked example of Jain and Chlamtac to 4.44', () => {
    const median = new P2Quantile(0.5);
    const values = [
      0.02, 0.15, 0.74, 3.39, 0.83, 22.37, 10.15, 15.43, 38.62, 15.92, 34.6, 10.28, 1.47, 0.4, 0.05, 11.39,
      0.27, 0.42, 0.09, 11.37,
    ];
    for (const x of values) median.push(x);
    expect(median.value).toBeCloseTo(4.44, 2);
  });

  it('is exact up to five values, and open without any', () => {
    const quartile = new P2Quantile(0.25);
    expect(quartile.value).toBeUndefined();
    for (const x of [5, 1, 3]) quartile.push(x);
    expect(quartile.value).toBe(2);
    for (const x of [2, 4]) quartile.push(x);
    expect(quartile.value).toBe(2);
  });

  it('comes near the quantiles of an even spread', () => {
    const tail = new P2Quantile(0.9);
    for (let i = 0; i < 10_000; i++) tail.push((i * 7919) % 10_007);
    expect(Math.abs(tail.value! / 9006 - 1)).toBeLessThan(0.01);
  });

  it('goes on from its state to the last bit', () => {
    const lived = new P2Quantile(0.9);
    for (let i = 0; i < 20; i++) {
      const woken = P2Quantile.from(JSON.parse(JSON.stringify(lived.state())));
      for (const x of [lived, woken]) x.push((i * 31) % 17);
      expect(woken.state()).toEqual(lived.state());
    }
    expect(() => P2Quantile.from({ ...lived.state(), heights: [1] })).toThrow(/markers/);
  });
});
