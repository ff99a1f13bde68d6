import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { calendarOf, type NewsEventInput } from './news-calendar.js';

const event = (time: number, over: Partial<NewsEventInput> = {}): NewsEventInput => ({
  time,
  currencies: ['USD'],
  impact: 'high',
  title: `at ${time}`,
  ...over,
});

describe('calendarOf', () => {
  it('finds events from and to, both inclusive, whatever their order was', () => {
    const calendar = calendarOf([event(300), event(100), event(200)]);
    const times = (from: number, to: number) => calendar.events(from, to).map(({ time }) => time);
    expect(times(100, 300)).toEqual([100, 200, 300]);
    expect(times(101, 299)).toEqual([200]);
    expect(times(200, 200)).toEqual([200]);
    expect(times(301, 400)).toEqual([]);
    expect(times(0, 99)).toEqual([]);
  });

  it('leaves the list that it was given as it was', () => {
    const list = [event(300), event(100)];
    calendarOf(list);
    expect(list.map(({ time }) => time)).toEqual([300, 100]);
  });

  it('takes one currency or several, in any case', () => {
    const calendar = calendarOf([event(1, { currencies: 'usd' }), event(2, { currencies: ['eur', 'GBP'] })]);
    expect(calendar.events(0, 9).map(({ currencies }) => currencies)).toEqual([['USD'], ['EUR', 'GBP']]);
  });

  it('covers the time from its first event to its last, unless told otherwise', () => {
    expect(calendarOf([event(300), event(100), event(200)]).covered()).toEqual({ start: 100, end: 301 });
    expect(calendarOf([event(300)], { start: 0, end: 1_000 }).covered()).toEqual({ start: 0, end: 1_000 });
    expect(calendarOf([], { start: 5, end: 5 }).covered()).toEqual({ start: 5, end: 5 });
    const { start, end } = calendarOf([]).covered();
    expect(end).toBeLessThanOrEqual(start);
  });

  it('names what is wrong', () => {
    const bad = [event(1), event(2, { impact: 'huge' as 'high' })];
    expect(() => calendarOf(bad)).toThrowError('Invalid option');
    try {
      calendarOf(bad);
    } catch (error) {
      expect(error).toMatchObject({ code: 'BAD_CONFIG', where: 'calendar.1.impact' });
    }
    expect(() => calendarOf([event(Number.NaN)])).toThrowError('expected number');
    expect(() => calendarOf([event(1e16)])).toThrowError('Too big');
    expect(() => calendarOf([event(-1e16)])).toThrowError('Too small');
    expect(() => calendarOf([event(1, { currencies: [] })])).toThrowError('Too small');
    expect(() => calendarOf([event(1, { title: '' })])).toThrowError('Too small');
    expect(() => calendarOf([event(1)], { start: 2, end: 1 })).toThrowError(
      'calendar covers.end: It is before start',
    );
  });

  it('finds what a plain search finds', () => {
    const time = fc.integer({ min: 0, max: 50 });
    fc.assert(
      fc.property(fc.array(time), time, time, (times, from, to) => {
        const found = calendarOf(times.map((t) => event(t))).events(from, to);
        const expected = times.filter((t) => t >= from && t <= to).sort((a, b) => a - b);
        expect(found.map((e) => e.time)).toEqual(expected);
      }),
    );
  });
});
