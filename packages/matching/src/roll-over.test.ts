import { describe, expect, it } from 'vitest';
import { nextRollOver, previousRollOver } from './roll-over.js';

const utc = (text: string): number => Date.parse(`${text}Z`);

describe('The roll-over', () => {
  // US clocks went forward on 2024-03-10 and back on 2024-11-03; before 2007 they went forward in April.
  it.each([
    ['winter', '2024-01-10T12:00', '2024-01-10T22:00'],
    ['summer', '2024-07-10T12:00', '2024-07-10T21:00'],
    ['the day before clocks go forward', '2024-03-09T12:00', '2024-03-09T22:00'],
    ['the day on which they do', '2024-03-10T00:30', '2024-03-10T21:00'],
    ['the day on which they go back', '2024-11-03T05:30', '2024-11-03T22:00'],
    ['March under the older rule', '2006-03-20T12:00', '2006-03-20T22:00'],
    ['late in the New York day', '2024-01-10T23:00', '2024-01-11T22:00'],
    ['its own moment', '2024-01-10T22:00', '2024-01-11T22:00'],
    ['a moment before', '2024-01-10T21:59:59.999', '2024-01-10T22:00'],
  ])('comes at 17:00 New York: %s', (_, from, to) => {
    expect(new Date(nextRollOver(utc(from)))).toEqual(new Date(utc(to)));
  });

  it('was last at or before a moment', () => {
    expect(previousRollOver(utc('2024-01-10T22:00'))).toBe(utc('2024-01-10T22:00'));
    expect(previousRollOver(utc('2024-01-10T21:59'))).toBe(utc('2024-01-09T22:00'));
    expect(previousRollOver(utc('2024-03-10T21:30'))).toBe(utc('2024-03-10T21:00'));
  });
});
