import { describe, expect, it } from 'vitest';
import { displacementOf, scoreSetup } from './confidence.js';

const bar = (open: number, high: number, low: number, close: number) => ({
  time: 0,
  closeTime: 1,
  open,
  high,
  low,
  close,
});

describe('displacementOf', () => {
  it.each([
    ['a full body over 1.5 ATR', bar(10, 13, 10, 13), 2, 1],
    ['a doji of one ATR', bar(11, 12, 10, 11), 2, 1 / 3],
    ['half of the full body at half of the full range', bar(10.4, 11.5, 10, 10.85), 2, 0.5],
    ['a falling bar as strong as a rising one', bar(13, 13, 10, 10), 2, 1],
    ['a bar without a range', bar(10, 10, 10, 10), 2, 0],
    ['a market that stood still before', bar(10, 13, 10, 13), 0, 0],
  ])('gives %s its share', (_name, given, atr, expected) => {
    expect(displacementOf(given, atr)).toBeCloseTo(expected, 9);
  });
});

describe('scoreSetup', () => {
  it('goes from 0.2 for the worst setup to 1 for the best', () => {
    expect(scoreSetup({ displacement: 0, accuracy: 0, freshness: 0, withBias: 0 })).toBe(0.2);
    expect(scoreSetup({ displacement: 1, accuracy: 1, freshness: 1, withBias: 1 })).toBe(1);
  });

  it('adds what each feature is worth, to a thousandth', () => {
    // 0.2 + 0.35 * 0.8 + 0.15 * 0.5 + 0.1 * 0.9 + 0.2 = 0.845
    expect(scoreSetup({ displacement: 0.8, accuracy: 0.5, freshness: 0.9, withBias: 1 })).toBe(0.845);
    expect(scoreSetup({ displacement: 0.8, accuracy: 0.5, freshness: 0.9, withBias: 0 })).toBe(0.645);
  });
});
