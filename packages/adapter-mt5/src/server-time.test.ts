import { describe, expect, it } from 'vitest';
import { ServerTime } from './server-time.js';

const HOUR = 3_600_000;

describe('server time', () => {
  it('is what the terminal sees, without a zone', () => {
    const time = new ServerTime(undefined);
    time.observe(3 * HOUR);
    const noon = Date.UTC(2024, 6, 10, 12);
    expect(time.toUtc(noon)).toBe(Date.UTC(2024, 6, 10, 9));
    expect(time.toServer(time.toUtc(noon))).toBe(noon);
  });

  it('knows winter and summer by the zone, whatever the terminal sees now', () => {
    const time = new ServerTime('Europe/Athens');
    time.observe(3 * HOUR);
    expect(time.toUtc(Date.UTC(2024, 0, 10, 12))).toBe(Date.UTC(2024, 0, 10, 10));
    expect(time.toUtc(Date.UTC(2024, 6, 10, 12))).toBe(Date.UTC(2024, 6, 10, 9));
    expect(time.toServer(Date.UTC(2024, 0, 10, 10))).toBe(Date.UTC(2024, 0, 10, 12));
  });

  it('tells the two hours apart that a clock shows twice, by what the terminal sees', () => {
    // Athens went back on 27 October 2024 at 04:00, so that 03:30 came twice: at 00:30 and at 01:30 UTC.
    const half = Date.UTC(2024, 9, 27, 3, 30);
    const time = new ServerTime('Europe/Athens');
    time.observe(3 * HOUR);
    expect(time.toUtc(half)).toBe(Date.UTC(2024, 9, 27, 0, 30));
    time.observe(2 * HOUR);
    expect(time.toUtc(half)).toBe(Date.UTC(2024, 9, 27, 1, 30));
  });

  it('refuses a zone that does not exist', () => {
    expect(() => new ServerTime('Europe/Atlantis')).toThrow(expect.objectContaining({ code: 'BAD_CONFIG' }));
  });
});
