import { describe, expect, it } from 'vitest';
import { weeklyHours } from './trading-hours.js';

describe('Trading hours as TWS tells them', () => {
  const eves = [0, 1, 2, 3, 4] as const;
  const workdays = [1, 2, 3, 4, 5] as const;
  const at = (text: string): number => Date.parse(text);

  // Each text was printed by TWS: CL and EUR.USD (nautilus_trader's stubs, December 2022), TSLA with a holiday (rust-ibapi,
  // December 2022), ES (a message 10 at version 187, May 2025), ZC with a break (December 2023).
  it.each([
    [
      'US/Eastern',
      [{ from: '18:00', to: '17:00', days: eves }],
      [],
      '2022-12-07T15:00:00Z',
      '20221206:1800-20221207:1700;20221207:1800-20221208:1700;20221208:1800-20221209:1700;20221210:CLOSED;20221211:1800-20221212:1700;20221212:1800-20221213:1700',
    ],
    [
      'US/Eastern',
      [{ from: '17:15', to: '17:00', days: eves }],
      [],
      '2022-12-06T15:00:00Z',
      '20221205:1715-20221206:1700;20221206:1715-20221207:1700;20221207:1715-20221208:1700;20221208:1715-20221209:1700;20221210:CLOSED;20221211:1715-20221212:1700',
    ],
    [
      'US/Eastern',
      [{ from: '04:00', to: '20:00', days: workdays }],
      ['20230102'],
      '2022-12-29T15:00:00Z',
      '20221229:0400-20221229:2000;20221230:0400-20221230:2000;20221231:CLOSED;20230101:CLOSED;20230102:CLOSED;20230103:0400-20230103:2000',
    ],
    [
      'US/Central',
      [{ from: '17:00', to: '16:00', days: eves }],
      [],
      '2025-05-03T15:00:00Z',
      '20250503:CLOSED;20250504:1700-20250505:1600;20250505:1700-20250506:1600;20250506:1700-20250507:1600;20250507:1700-20250508:1600;20250508:1700-20250509:1600',
    ],
    [
      'US/Central',
      [
        { from: '19:00', to: '07:45', days: eves },
        { from: '08:30', to: '13:20', days: workdays },
      ],
      [],
      '2023-12-06T15:00:00Z',
      '20231205:1900-20231206:0745;20231206:0830-20231206:1320;20231206:1900-20231207:0745;20231207:0830-20231207:1320;20231207:1900-20231208:0745;20231208:0830-20231208:1320;20231209:CLOSED;20231210:1900-20231211:0745;20231211:0830-20231211:1320;20231211:1900-20231212:0745;20231212:0830-20231212:1320',
    ],
  ] as const)('are those of %s for %o', (zone, hours, holidays, now, text) => {
    expect(weeklyHours(zone, hours, holidays).text(at(now))).toBe(text);
  });

  it('know what is open, what was and what comes, across a change of clocks', () => {
    const hours = weeklyHours('US/Eastern', [{ from: '18:00', to: '17:00', days: eves }]);
    // Friday 8 March 2024 ends in winter time, Sunday 10 March begins in summer time.
    const saturday = at('2024-03-09T12:00:00Z');
    expect(hours.isOpen(saturday)).toBe(false);
    expect(hours.openOrLast(saturday)).toEqual({
      start: at('2024-03-07T23:00:00Z'),
      end: at('2024-03-08T22:00:00Z'),
      tradeDate: '20240308',
    });
    expect(hours.openOrNext(saturday)).toEqual({
      start: at('2024-03-10T22:00:00Z'),
      end: at('2024-03-11T21:00:00Z'),
      tradeDate: '20240311',
    });
    expect(hours.spanAt(at('2024-03-08T21:59:59Z'))?.tradeDate).toBe('20240308');
    expect(hours.isOpen(at('2024-03-08T22:00:00Z'))).toBe(false);
  });
});
