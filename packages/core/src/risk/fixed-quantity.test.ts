import { describe, expect, it } from 'vitest';
import { plainBook, signalWith } from '../testing/samples.js';
import { eurusd } from '../testing/scripted-venue.js';
import { fixedQuantity } from './fixed-quantity.js';

describe('fixedQuantity', () => {
  it('caps every entry', () => {
    const policy = fixedQuantity({ lots: 0.3 });
    const order = {
      symbol: 'EURUSD',
      purpose: 'enter',
      side: 'buy',
      quantity: 9,
      price: 1.1,
      stop: undefined,
      target: undefined,
    } as const;
    expect(policy.judge(order, signalWith(), plainBook(), undefined)).toEqual({ cap: 0.3 });
  });

  it('says before the start when the venue takes no such quantity', () => {
    expect(fixedQuantity({ lots: 0.01 }).permits?.(eurusd)).toBeUndefined();
    expect(fixedQuantity({ lots: 50 }).permits?.(eurusd)).toBeUndefined();
    expect(fixedQuantity({ lots: 0.001 }).permits?.(eurusd)).toBe(
      '0.001 lots, but the venue takes 0.01 to 50',
    );
    expect(fixedQuantity({ lots: 51 }).permits?.(eurusd)).toContain('51 lots');
  });

  it.each([0, -1, Number.NaN, Number.POSITIVE_INFINITY])('cannot be made with %d lots', (lots) => {
    expect(() => fixedQuantity({ lots })).toThrowError(expect.objectContaining({ code: 'BAD_CONFIG' }));
  });
});
