import { describe, expect, it } from 'vitest';
import { instrumentWith } from '../test-support/market.js';
import { follow } from '../test-support/policy-run.js';
import { maxOrderVolume } from './max-order-volume.js';

describe('maxOrderVolume', () => {
  const { judge } = follow(maxOrderVolume({ lots: 2 }));

  it('caps what policies size', () => {
    expect(judge()).toEqual({ cap: 2 });
  });

  it('refuses a signal that itself asks for more, and lets it ask for exactly so much', () => {
    expect(judge({ quantity: 2 })).toBeUndefined();
    expect(judge({ quantity: 2.01 })).toEqual({ code: 'ORDER_VOLUME', limit: 2, actual: 2.01 });
  });

  it('allows one lot when not told otherwise', () => {
    expect(follow(maxOrderVolume()).judge()).toEqual({ cap: 1 });
  });

  it.each([Number.NaN, 0, -1, Number.POSITIVE_INFINITY])('refuses a quantity of %s', (quantity) => {
    expect(judge({ quantity })).toEqual({ code: 'INVALID', limit: 'lots above 0', actual: String(quantity) });
  });

  it('does not permit an instrument whose smallest order is larger', () => {
    const { permits } = maxOrderVolume({ lots: 0.1 });
    expect(permits?.(instrumentWith({ minQuantity: 0.1 }))).toBeUndefined();
    expect(permits?.(instrumentWith({ minQuantity: 0.2 }))).toBe(
      'at most 0.1 lots an order, but the venue takes 0.2 or more',
    );
  });

  it('takes no limit of 0', () => {
    expect(() => maxOrderVolume({ lots: 0 })).toThrowError('Too small');
  });
});
