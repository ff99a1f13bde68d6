import { describe, expect, it } from 'vitest';
import { instrumentWith } from '../test-support/market.js';
import { follow, said } from '../test-support/policy-run.js';
import { calendarOf, type NewsEventInput } from './news-calendar.js';
import { newsWindow } from './news-window.js';

const NEWS = Date.UTC(2024, 0, 5, 13, 30);
const MINUTE = 60_000;
const DAY = 1_440 * MINUTE;
const ALWAYS = { start: NEWS - DAY, end: NEWS + DAY };

const payrolls = (over: Partial<NewsEventInput> = {}): NewsEventInput => ({
  time: NEWS,
  currencies: 'USD',
  impact: 'high',
  title: 'Nonfarm payrolls',
  ...over,
});
const around = (event: Partial<NewsEventInput> = {}, settings: Parameters<typeof newsWindow>[0] = {}) =>
  follow(newsWindow(settings, { calendar: calendarOf([payrolls(event)], ALWAYS) }));

describe('newsWindow', () => {
  it('refuses from five minutes before to five minutes after, both inclusive, when not told otherwise', () => {
    const { judge } = around();
    expect(said(judge({}, { now: NEWS - 5 * MINUTE - 1 }))).toBe('approve');
    expect(judge({}, { now: NEWS - 5 * MINUTE })).toEqual({
      code: 'NEWS',
      limit: '300000 ms before to 300000 ms after',
      actual: 'Nonfarm payrolls (USD) at 2024-01-05T13:30:00.000Z',
    });
    expect(said(judge({}, { now: NEWS + 5 * MINUTE }))).toBe('refuse NEWS');
    expect(said(judge({}, { now: NEWS + 5 * MINUTE + 1 }))).toBe('approve');
  });

  it('has two sides of its own', () => {
    const { judge } = around({}, { before: 30 * MINUTE, after: 2 * MINUTE });
    expect(said(judge({}, { now: NEWS - 30 * MINUTE }))).toBe('refuse NEWS');
    expect(said(judge({}, { now: NEWS + 2 * MINUTE }))).toBe('refuse NEWS');
    expect(said(judge({}, { now: NEWS + 2 * MINUTE + 1 }))).toBe('approve');
    expect(said(around({}, { before: 0, after: 0 }).judge({}, { now: NEWS }))).toBe('refuse NEWS');
  });

  it.each([
    ['EURUSD', 'EUR', 'refuse NEWS'],
    ['EURUSD', 'USD', 'refuse NEWS'],
    ['EURUSD', 'ALL', 'refuse NEWS'],
    ['EURUSD', 'JPY', 'approve'],
    ['USDJPY', 'JPY', 'refuse NEWS'],
    ['USDJPY', 'EUR', 'approve'],
    ['GER40', 'EUR', 'refuse NEWS'],
    ['GER40', 'USD', 'approve'],
  ])('for %s, news of %s: %s', (symbol, currency, answer) => {
    const instruments = [
      instrumentWith(),
      instrumentWith({ symbol: 'USDJPY', currency: 'JPY' }),
      instrumentWith({ symbol: 'GER40', assetClass: 'cfd-indices', currency: 'EUR' }),
    ];
    const { judge } = around({ currencies: ['CHF', currency] });
    const found = judge({ symbol }, { now: NEWS, instruments });
    expect(said(found)).toBe(answer);
    if (answer !== 'approve')
      expect(found).toMatchObject({
        actual: `Nonfarm payrolls (CHF, ${currency}) at 2024-01-05T13:30:00.000Z`,
      });
  });

  it('counts events of high impact only, unless told otherwise', () => {
    expect(said(around({ impact: 'medium' }).judge({}, { now: NEWS }))).toBe('approve');
    const all = around({ impact: 'medium' }, { impacts: ['medium', 'high'] });
    expect(said(all.judge({}, { now: NEWS }))).toBe('refuse NEWS');
  });

  it('refuses when the calendar does not cover what would have to be known', () => {
    const covers = { start: NEWS, end: NEWS + DAY };
    const calendar = calendarOf([], covers);
    const { judge } = follow(newsWindow({}, { calendar }));
    expect(said(judge({}, { now: NEWS + 5 * MINUTE }))).toBe('approve');
    expect(judge({}, { now: NEWS + 5 * MINUTE - 1 })).toEqual({
      code: 'NEWS_UNKNOWN',
      limit: 'known from 2024-01-05T13:30:00.000Z until 2024-01-06T13:30:00.000Z',
      actual: 'asked for 2024-01-05T13:29:59.999Z to 2024-01-05T13:39:59.999Z',
    });
    expect(said(judge({}, { now: NEWS + DAY - 5 * MINUTE - 1 }))).toBe('approve');
    expect(said(judge({}, { now: NEWS + DAY - 5 * MINUTE }))).toBe('refuse NEWS_UNKNOWN');
    const lenient = follow(newsWindow({ whenUnknown: 'pass' }, { calendar }));
    expect(said(lenient.judge({}, { now: NEWS + DAY }))).toBe('approve');
  });

  it('knows nothing with an empty calendar', () => {
    const { judge } = follow(newsWindow({}, { calendar: calendarOf([]) }));
    expect(judge({}, { now: NEWS })).toMatchObject({ code: 'NEWS_UNKNOWN', limit: 'nothing is known' });
    expect(said(judge({}, { now: 0 }))).toBe('refuse NEWS_UNKNOWN');
  });

  it('names the news also where the calendar ends', () => {
    const { judge } = follow(newsWindow({}, { calendar: calendarOf([payrolls()]) }));
    expect(said(judge({}, { now: NEWS }))).toBe('refuse NEWS');
  });

  it('keeps its calendar with other settings', () => {
    const other = around({}, { before: 0 });
    const policy = newsWindow({}, { calendar: calendarOf([payrolls()], ALWAYS) }).settings!.with({
      before: 0,
    });
    expect(said(follow(policy).judge({}, { now: NEWS - 1 }))).toBe('approve');
    expect(said(follow(policy).judge({}, { now: NEWS }))).toBe('refuse NEWS');
    expect(said(other.judge({}, { now: NEWS - 1 }))).toBe('approve');
  });

  it('refuses an instrument that it does not know', () => {
    expect(said(around().judge({ symbol: 'NONE' }, { now: NEWS }))).toBe('refuse UNKNOWN_SYMBOL');
  });

  it('refuses settings that make no sense', () => {
    const calendar = calendarOf([]);
    expect(() => newsWindow({ before: -1 }, { calendar })).toThrowError('Too small');
    expect(() => newsWindow({ after: DAY + 1 }, { calendar })).toThrowError('Too big');
    expect(() => newsWindow({ impacts: [] }, { calendar })).toThrowError('Too small');
  });
});
