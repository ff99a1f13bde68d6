import { describe, expect, it } from 'vitest';
import { clock, day, duration, fixed, percent, signed } from './format.js';

describe('formats', () => {
  it('group thousands and use a true minus sign', () => {
    expect(fixed(1234567.891, 2)).toBe('1,234,567.89');
    expect(fixed(-1234.5, 1)).toBe('−1,234.5');
    expect(fixed(0.12345, 5)).toBe('0.12345');
    expect(fixed(123456.123456, 5)).toBe('123,456.12346');
  });

  it('never write a minus zero, nor a plus before nothing', () => {
    expect(fixed(-0.001, 2)).toBe('0.00');
    expect(signed(0.001, 2)).toBe('0.00');
    expect(signed(0.01, 2)).toBe('+0.01');
  });

  it('write a dash for what is not known', () => {
    expect([fixed(null), percent(null), duration(null), day(null), fixed(Number.NaN)]).toEqual(
      new Array(5).fill('–'),
    );
  });

  it('write lengths of time in two units', () => {
    expect(duration(45_000)).toBe('45 s');
    expect(duration(90 * 60_000)).toBe('1 h 30 min');
    expect(duration(26 * 3_600_000)).toBe('1 d 2 h');
    expect(duration(48 * 3_600_000)).toBe('2 d');
  });

  it('write times in UTC whatever the machine thinks', () => {
    expect(day(Date.UTC(2024, 2, 5, 23, 59))).toBe('5 Mar 2024');
    expect(clock(Date.UTC(2024, 2, 5, 23, 59))).toBe('23:59');
  });
});
