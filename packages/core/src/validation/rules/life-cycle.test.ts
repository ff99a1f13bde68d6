import { describe, expect, it } from 'vitest';
import type { BotState } from '../../runtime/bot-state.js';
import { plainBook, signalWith } from '../../testing/samples.js';
import { lifeCycleRule } from './life-cycle.js';

const check = (state: BotState) => lifeCycleRule(() => state).check(signalWith(), plainBook());

describe('lifeCycleRule', () => {
  it('passes while active, and leaves a halt to risk, which knows why', () => {
    for (const state of ['active', 'killing', 'halted'] as const) expect(check(state)).toBeUndefined();
  });

  it('says paused when paused', () => {
    expect(check('paused')).toEqual({ code: 'PAUSED', limit: 'active', actual: 'paused' });
  });

  it.each(['idle', 'preflight', 'configuring', 'confirming', 'stopping', 'stopped', 'failed'] as const)(
    'refuses entries while %s',
    (state) => {
      expect(check(state)).toEqual({ code: 'NOT_ACTIVE', limit: 'active', actual: state });
    },
  );

  it('asks at each signal, and lets what reduces risk pass', () => {
    let state: BotState = 'active';
    const rule = lifeCycleRule(() => state);
    expect(rule.check(signalWith(), plainBook())).toBeUndefined();
    state = 'paused';
    expect(rule.check(signalWith(), plainBook())).toMatchObject({ code: 'PAUSED' });
    expect(rule.always).toBeUndefined();
  });
});
