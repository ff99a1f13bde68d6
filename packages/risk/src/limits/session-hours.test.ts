import { describe, expect, it } from 'vitest';
import { follow, said } from '../test-support/policy-run.js';
import { sessionHours } from './session-hours.js';

const at = (text: string) => ({ now: Date.parse(text) });

describe('sessionHours', () => {
  it('is London, the overlap with New York included, when not told otherwise', () => {
    const { judge } = follow(sessionHours());
    // Tuesday, winter: London is UTC.
    expect(judge({}, at('2023-11-14T07:59:59.999Z'))).toEqual({
      code: 'SESSION_CLOSED',
      limit: 'london, london-new-york',
      actual: '2023-11-14T07:59:59.999Z',
    });
    expect(said(judge({}, at('2023-11-14T08:00:00Z')))).toBe('approve');
    expect(said(judge({}, at('2023-11-14T16:59:59.999Z')))).toBe('approve');
    expect(said(judge({}, at('2023-11-14T17:00:00Z')))).toBe('refuse SESSION_CLOSED');
    // Summer: London is an hour ahead.
    expect(said(judge({}, at('2023-07-11T07:00:00Z')))).toBe('approve');
    expect(said(judge({}, at('2023-07-11T16:00:00Z')))).toBe('refuse SESSION_CLOSED');
    // Saturday.
    expect(said(judge({}, at('2023-11-18T12:00:00Z')))).toBe('refuse SESSION_CLOSED');
  });

  it('can be the overlap alone', () => {
    const { judge } = follow(sessionHours({ sessions: ['london-new-york'] }));
    expect(said(judge({}, at('2023-11-14T12:59:00Z')))).toBe('refuse SESSION_CLOSED');
    expect(said(judge({}, at('2023-11-14T13:00:00Z')))).toBe('approve');
  });

  it.each([
    ['tokyo', '2023-11-14T00:00:00Z'],
    ['sydney', '2023-11-13T22:00:00Z'],
    ['new-york', '2023-11-14T21:59:00Z'],
    ['london', '2023-11-14T08:00:00Z'],
    ['fx-week', '2023-11-12T22:00:00Z'],
  ] as const)('knows %s', (name, time) => {
    const { judge } = follow(sessionHours({ sessions: [name] }));
    expect(said(judge({}, at(time)))).toBe('approve');
  });

  it('can be hours of one’s own', () => {
    const xetra = { name: 'xetra', zone: 'Europe/Berlin', from: '09:00', to: '17:30', days: [2] } as const;
    const { judge } = follow(sessionHours({ sessions: [{ ...xetra, days: [...xetra.days] }] }));
    expect(said(judge({}, at('2023-11-14T16:29:00Z')))).toBe('approve');
    expect(judge({}, at('2023-11-15T16:29:00Z'))).toMatchObject({ limit: 'xetra' });
  });

  it('refuses shortly before the end', () => {
    const { judge } = follow(sessionHours({ sessions: ['london'], flatBefore: 1_800_000 }));
    expect(said(judge({}, at('2023-11-14T16:29:59.999Z')))).toBe('approve');
    expect(judge({}, at('2023-11-14T16:30:00Z'))).toEqual({
      code: 'SESSION_ENDING',
      limit: 1_800_000,
      actual: 1_800_000,
    });
    expect(judge({}, at('2023-11-14T16:59:00Z'))).toMatchObject({ actual: 60_000 });
  });

  it('does not end where another session goes on', () => {
    const flatBefore = 1_800_000;
    const both = follow(sessionHours({ sessions: ['london', 'new-york'], flatBefore }));
    // London ends at 17:00, New York at 22:00.
    expect(said(both.judge({}, at('2023-11-14T16:45:00Z')))).toBe('approve');
    expect(said(both.judge({}, at('2023-11-14T21:45:00Z')))).toBe('refuse SESSION_ENDING');
    const week = follow(sessionHours({ sessions: ['fx-week'], flatBefore }));
    expect(said(week.judge({}, at('2023-11-14T21:45:00Z')))).toBe('approve');
    expect(said(week.judge({}, at('2023-11-17T21:45:00Z')))).toBe('refuse SESSION_ENDING');
  });

  it('refuses settings that make no sense', () => {
    const own = { name: 'x', zone: 'Europe/Berlin', from: '09:00', to: '17:30' };
    expect(() => sessionHours({ sessions: [] })).toThrowError('Too small');
    expect(() => sessionHours({ sessions: [{ ...own, zone: 'Mars/Base' }] })).toThrowError('not a time zone');
    expect(() => sessionHours({ sessions: [{ ...own, from: '9' }] })).toThrowError('not a time of day');
    expect(() => sessionHours({ sessions: [{ ...own, days: [] }] })).toThrowError('Too small');
    expect(() => sessionHours({ flatBefore: -1 })).toThrowError('Too small');
    expect(() => sessionHours({ flatBefore: 86_400_001 })).toThrowError('Too big');
  });
});
