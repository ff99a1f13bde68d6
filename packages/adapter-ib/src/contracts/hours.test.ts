import { zoneOf } from '@mikrobot/core';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { joinSpans, readHours } from './hours.js';
import { exchangeZone } from './time-zone.js';
import { TradingCalendar } from './trading-calendar.js';

const newYork = zoneOf('America/New_York');
const chicago = zoneOf('America/Chicago');
const at = (text: string): number => Date.parse(text);
const iso = (text: string, zone = newYork) =>
  readHours(text, zone).spans.map(
    ({ start, end }) => `${new Date(start).toISOString()} ${new Date(end).toISOString()}`,
  );

describe('hours of contract details', () => {
  it('reads the form of TWS 970 and later (source: TWS API, ContractDetails.tradingHours)', () => {
    expect(iso('20180323:0400-20180323:2000;20180326:0400-20180326:2000')).toEqual([
      '2018-03-23T08:00:00.000Z 2018-03-24T00:00:00.000Z',
      '2018-03-26T08:00:00.000Z 2018-03-27T00:00:00.000Z',
    ]);
  });

  it('reads the form before it, and joins stretches that touch (source: TWS API, ContractDetails.tradingHours)', () => {
    const read = readHours('20090507:0700-1830,1830-2330;20090508:CLOSED', newYork);
    expect(read.spans).toEqual([{ start: at('2009-05-07T11:00Z'), end: at('2009-05-08T03:30Z') }]);
    expect(read).toMatchObject({
      from: at('2009-05-07T11:00Z'),
      until: at('2009-05-09T04:00Z'),
      unreadable: 0,
    });
  });

  it('reads the hours of AAPL as TWS told them on 14 December 2025', () => {
    const text =
      '20251214:CLOSED;20251215:0930-20251215:1600;20251216:0930-20251216:1600;20251217:0930-20251217:1600;20251218:0930-20251218:1600;20251219:0930-20251219:1600';
    const { spans, from, until } = readHours(text, exchangeZone('US/Eastern')!);
    expect(spans).toHaveLength(5);
    expect(spans[0]).toEqual({ start: at('2025-12-15T14:30Z'), end: at('2025-12-15T21:00Z') });
    expect([from, until]).toEqual([at('2025-12-14T05:00Z'), at('2025-12-19T21:00Z')]);
  });

  it('follows the wall clock over a change of clocks: Sunday evening of 9 March 2025 in Chicago is an hour earlier in UTC', () => {
    expect(
      iso(
        '20250306:1700-20250307:1600;20250308:CLOSED;20250309:1700-20250310:1600;20251102:1700-20251103:1600',
        chicago,
      ),
    ).toEqual([
      '2025-03-06T23:00:00.000Z 2025-03-07T22:00:00.000Z',
      '2025-03-09T22:00:00.000Z 2025-03-10T21:00:00.000Z',
      '2025-11-02T23:00:00.000Z 2025-11-03T22:00:00.000Z',
    ]);
  });

  it('does not guess which night an old text means that goes over midnight', () => {
    expect(readHours('20131007:1700-1515', chicago)).toMatchObject({ spans: [], unreadable: 1 });
  });

  it.each(['', ';', '20250230:CLOSED', '20250101:2500-20250101:2600', 'x', '20250101:0900-20250301:0900'])(
    'makes nothing of %o',
    (text) => {
      expect(readHours(text, newYork).spans).toEqual([]);
    },
  );

  it('never throws, and gives ordered stretches, whatever the text', () => {
    const piece = fc.constantFrom(
      '20250102:0930-20250102:1600',
      '20250102:CLOSED',
      ';',
      ',',
      '-',
      '0930-1600',
      ':',
      'x',
    );
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 12 }), (pieces) => {
        const { spans } = readHours(pieces.join(''), newYork);
        for (const [i, span] of spans.entries()) {
          expect(span.end).toBeGreaterThan(span.start);
          if (i > 0) expect(span.start).toBeGreaterThan(spans[i - 1]!.end);
        }
      }),
    );
  });

  it('joins stretches that overlap without losing or adding a moment', () => {
    const spans = fc.array(
      fc
        .tuple(fc.nat(50), fc.integer({ min: 1, max: 9 }))
        .map(([start, length]) => ({ start, end: start + length })),
    );
    fc.assert(
      fc.property(spans, fc.nat(60), (all, time) => {
        const inside = (list: readonly { start: number; end: number }[]) =>
          list.some(({ start, end }) => time >= start && time < end);
        expect(inside(joinSpans(all))).toBe(inside(all));
      }),
    );
  });
});

describe('zones of contract details', () => {
  it.each([
    ['US/Central', 'America/Chicago'],
    ['EST5EDT', 'America/New_York'],
    ['EST (Eastern Standard Time)', 'America/New_York'],
    ['MET', 'Europe/Berlin'],
    ['JST', 'Asia/Tokyo'],
    ['JST (Japan Standard Time)', 'Asia/Tokyo'],
    ['GB-Eire', 'Europe/London'],
    ['America/New_York', 'America/New_York'],
  ])('takes %s for %s', (id, name) => {
    expect(exchangeZone(id)?.name).toBe(name);
  });

  it('has summer time where EST stands for New York, whose hours are those of its wall clock', () => {
    expect(exchangeZone('EST')?.offsetAt(at('2025-07-01T12:00Z'))).toBe(-4 * 3_600_000);
  });

  it.each(['', 'Mars/Olympus'])('knows nothing of %o', (id) => {
    expect(exchangeZone(id)).toBeUndefined();
  });
});

describe('a trading calendar', () => {
  const told = (text: string, now: string, calendar = new TradingCalendar('test')): TradingCalendar => {
    calendar.learn(readHours(text, newYork), at(now));
    return calendar;
  };

  it('is open in its hours, begins and ends exactly, and is closed after the last day that was told', () => {
    const calendar = told('20251215:0930-20251215:1600', '2025-12-15T12:00Z');
    expect(calendar.isOpen(at('2025-12-15T14:29:59.999Z'))).toBe(false);
    expect(calendar.spanAt(at('2025-12-15T14:30Z'))).toEqual({
      start: at('2025-12-15T14:30Z'),
      end: at('2025-12-15T21:00Z'),
    });
    expect(calendar.isOpen(at('2025-12-15T21:00Z'))).toBe(false);
    expect(calendar.isOpen(at('2025-12-16T15:00Z'))).toBe(false);
    expect(calendar.knownUntil).toBe(at('2025-12-15T21:00Z'));
  });

  it('believes what was told last: a day that was open before is closed, and days before it stay', () => {
    const calendar = told(
      '20251223:0930-20251223:1600;20251224:0930-20251224:1600;20251225:0930-20251225:1600',
      '2025-12-23T12:00Z',
    );
    expect(calendar.isOpen(at('2025-12-25T15:00Z'))).toBe(true);
    told(
      '20251224:0930-20251224:1300;20251225:CLOSED;20251226:0930-20251226:1600',
      '2025-12-24T12:00Z',
      calendar,
    );
    const open = [
      '2025-12-23T15:00Z',
      '2025-12-24T15:00Z',
      '2025-12-24T19:00Z',
      '2025-12-25T15:00Z',
      '2025-12-26T15:00Z',
    ];
    expect(open.map((time) => calendar.isOpen(at(time)))).toEqual([true, true, false, false, true]);
  });

  it('ends a stretch where what is told now begins', () => {
    const calendar = told('20251224:0930-20251224:1600', '2025-12-24T12:00Z');
    told('20251224:1300-20251224:1400', '2025-12-24T17:30Z', calendar);
    const open = ['2025-12-24T15:00Z', '2025-12-24T18:30Z', '2025-12-24T20:00Z'];
    expect(open.map((time) => calendar.isOpen(at(time)))).toEqual([true, true, false]);
  });

  it('is always open where TWS has told no hours', () => {
    const calendar = told('', '2025-12-23T12:00Z');
    expect(calendar.isOpen(at('2025-12-25T03:00Z'))).toBe(true);
  });
});
