import { describe, expect, it } from 'vitest';
import { type BotState, isRunning, mayBecome } from './bot-state.js';

const states: readonly BotState[] = [
  'idle',
  'preflight',
  'configuring',
  'confirming',
  'active',
  'paused',
  'killing',
  'halted',
  'stopping',
  'stopped',
  'failed',
];
const after = (from: BotState): readonly BotState[] => states.filter((to) => mayBecome(from, to));

describe('the life of a bot', () => {
  it('leads through all three phases of the start to active, and skips none', () => {
    const start: readonly BotState[] = ['idle', 'preflight', 'configuring', 'confirming', 'active'];
    for (const [i, state] of start.entries()) {
      expect(start.filter((to) => mayBecome(state, to))).toEqual(start.slice(i + 1, i + 2));
    }
  });

  it('may fail in each phase of the start, and not while it trades', () => {
    expect(states.filter((from) => mayBecome(from, 'failed'))).toEqual([
      'preflight',
      'configuring',
      'confirming',
      'stopping',
    ]);
  });

  it('ends for good when stopped or failed', () => {
    expect(after('stopped')).toEqual([]);
    expect(after('failed')).toEqual([]);
  });

  it('can be stopped from everywhere, by way of stopping once it has begun', () => {
    for (const state of states) {
      if (state === 'idle') expect(mayBecome(state, 'stopped')).toBe(true);
      else if (state === 'stopping') expect(after(state)).toEqual(['stopped', 'failed']);
      else if (state !== 'stopped' && state !== 'failed') expect(mayBecome(state, 'stopping')).toBe(true);
    }
  });

  it('cannot be paused or activated out of killing: only when all is resolved is it halted', () => {
    expect(after('killing')).toEqual(['halted', 'stopping']);
  });

  it('never becomes what it is', () => {
    for (const state of states) expect(mayBecome(state, state)).toBe(false);
  });

  it('can end from every state', () => {
    const ends = (from: BotState, seen: readonly BotState[] = []): boolean =>
      from === 'stopped' || after(from).some((to) => !seen.includes(to) && ends(to, [...seen, from]));
    for (const state of states) if (state !== 'failed') expect(ends(state)).toBe(true);
  });

  it('is running from the moment it is active until it has stopped', () => {
    expect(states.filter(isRunning)).toEqual(['active', 'paused', 'killing', 'halted', 'stopping']);
  });
});
