import type { ConnectionState } from '@mikrobot/core';
import { describe, expect, it } from 'vitest';
import { LineState } from './line-state.js';

const line = () => {
  const told: string[] = [];
  const tell = ({ state, dataLost }: ConnectionState): void =>
    void told.push(dataLost ? `${state}, lost` : state);
  return { told, state: new LineState(tell) };
};

describe('The state of all lines', () => {
  it('is told when it changes, and a line that was never up does not go down', () => {
    const { told, state } = line();
    state.userDown('no answer');
    state.userUp(false, 'connected');
    state.userUp(false, 'connected');
    state.userDown('it broke');
    state.userUp(true, 'back');
    expect(told).toEqual(['up', 'down', 'up, lost']);
  });

  it('is degraded while prices are missing, and down while fills would be', () => {
    const { told, state } = line();
    state.userUp(false, 'connected');
    state.market(['a', 'b'], false, 'broke');
    state.market(['a'], true, 'heard');
    state.userDown('it broke');
    state.userUp(false, 'back');
    state.market(['b'], true, 'heard');
    expect(told).toEqual(['up', 'degraded', 'down', 'degraded', 'up']);
  });

  it('tells what was lost at once although prices are missing, and again when all is well', () => {
    const { told, state } = line();
    state.userUp(false, 'connected');
    state.market(['a'], false, 'broke');
    state.userDown('it broke');
    state.userUp(true, 'back');
    state.market(['b'], false, 'broke, too');
    state.market(['a', 'b'], true, 'heard');
    expect(told).toEqual(['up', 'degraded', 'down', 'up, lost', 'degraded', 'up, lost']);
  });

  it('tells lost events of a line that is up', () => {
    const { told, state } = line();
    state.userUp(false, 'connected');
    state.lost('an event could not be read');
    expect(told).toEqual(['up', 'up, lost']);
  });

  it('tells notes only while it is up', () => {
    const { told, state } = line();
    state.note('early');
    state.userUp(false, 'connected');
    state.note('now');
    expect(told).toEqual(['up', 'up']);
  });
});
