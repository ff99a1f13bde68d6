import { describe, expect, it } from 'vitest';
import { readTwsTime, twsUtcTime } from './tws-time.js';

describe('times as TWS writes them', () => {
  // Forms of the TWS API documentation, "Execution.Time" and notice 2174 on zones.
  it.each([
    ['20230712 09:30:00 US/Eastern', Date.UTC(2023, 6, 12, 13, 30)],
    ['20230112 09:30:00 US/Eastern', Date.UTC(2023, 0, 12, 14, 30)],
    ['20230112  09:30:00 America/Chicago', Date.UTC(2023, 0, 12, 15, 30)],
    ['20190604 09:56:14 EST', Date.UTC(2019, 5, 4, 13, 56, 14)],
    ['20230712-13:30:00', Date.UTC(2023, 6, 12, 13, 30)],
    ['20230712 13:30:00 UTC', Date.UTC(2023, 6, 12, 13, 30)],
  ])('%s', (text, time) => {
    expect(readTwsTime(text)).toBe(time);
  });

  it.each(['', '20230712 09:30:00', '20230712 09:30:00 Nowhere/AtAll', 'soon', undefined])(
    'tells no time by %s, of which the zone or more is missing',
    (text) => {
      expect(readTwsTime(text)).toBeUndefined();
    },
  );

  it('writes whole seconds in UTC, never before the moment', () => {
    expect(twsUtcTime(Date.UTC(2024, 0, 2, 3, 4, 5))).toBe('20240102-03:04:05');
    expect(twsUtcTime(Date.UTC(2024, 11, 31, 23, 59, 59) + 1)).toBe('20250101-00:00:00');
  });
});
