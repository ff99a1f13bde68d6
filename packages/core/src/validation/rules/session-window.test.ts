import { describe, expect, it } from 'vitest';
import { defineSession, type Session } from '../../market/session.js';
import { plainBook, signalWith } from '../../testing/samples.js';
import { sessionWindow } from './session-window.js';

const london = defineSession({ name: 'London', zone: 'Europe/London', from: '08:00', to: '16:30' });
const tokyo = defineSession({ name: 'Tokyo', zone: 'Asia/Tokyo', from: '09:00', to: '15:00' });

const check = (time: string, ...sessions: readonly Session[]) =>
  sessionWindow(...sessions).check(signalWith({ time: Date.parse(time) }), plainBook());

describe('sessionWindow', () => {
  it.each([
    // London was on GMT on 15 January and on BST (UTC+1) on 15 July 2024.
    ['2024-01-15T08:00:00Z', true],
    ['2024-01-15T07:59:59.999Z', false],
    ['2024-01-15T16:29:59.999Z', true],
    ['2024-01-15T16:30:00Z', false],
    ['2024-07-15T07:00:00Z', true],
    ['2024-07-15T06:59:59.999Z', false],
    ['2024-07-15T15:30:00Z', false],
    // A Sunday.
    ['2024-01-14T12:00:00Z', false],
  ])('knows at %s whether London is open: %s', (time, open) => {
    expect(check(time, london) === undefined).toBe(open);
  });

  it('passes when one of several is open, and names all of them when none is', () => {
    expect(check('2024-01-15T01:00:00Z', london, tokyo)).toBeUndefined();
    expect(check('2024-01-15T20:00:00Z', london, tokyo)).toEqual({
      code: 'SESSION_CLOSED',
      limit: 'London, Tokyo',
      actual: '2024-01-15T20:00:00.000Z',
    });
  });
});
