import { describe, expect, it } from 'vitest';
import { MOMENT, plainBook, signalWith } from '../../testing/samples.js';
import { approvalInTime } from './approval-in-time.js';

const check = (until: number | undefined) =>
  approvalInTime.check(
    signalWith({ approval: until === undefined ? undefined : { of: 'x', by: 'Ada', until } }),
    plainBook(),
  );

describe('approvalInTime', () => {
  it('passes what nobody approved, and what was approved at the last moment', () => {
    expect(check(undefined)).toBeUndefined();
    expect(check(MOMENT)).toBeUndefined();
  });

  it('refuses an approval that came a moment too late, even of a way out', () => {
    const text = (time: number): string => new Date(time).toISOString();
    expect(check(MOMENT - 1)).toEqual({
      code: 'HOLD_EXPIRED',
      limit: text(MOMENT - 1),
      actual: text(MOMENT),
    });
    expect(approvalInTime.always).toBe(true);
  });
});
