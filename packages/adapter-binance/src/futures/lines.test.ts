import type { ConnectionState } from '@mikrobot/core';
import { describe, expect, it } from 'vitest';
import { Lines } from './lines.js';

const lines = () => {
  const told: (readonly [ConnectionState['state'], boolean])[] = [];
  return { told, lines: new Lines(({ state, dataLost }) => told.push([state, dataLost])) };
};

describe('The state of several lines', () => {
  it('is down without the user stream, and degraded without market data alone', () => {
    const { told, lines: all } = lines();
    all.privateUp(false);
    all.marketDown('public', 'reset');
    all.marketDown('market', 'reset');
    all.privateDown('reset');
    expect(told).toEqual([
      ['up', false],
      ['degraded', false],
      ['down', false],
    ]);
  });

  it('tells lost events with the state up, whichever line is back first', () => {
    for (const first of ['private', 'public'] as const) {
      const { told, lines: all } = lines();
      all.privateUp(false);
      all.marketDown('public', 'reset');
      all.privateDown('reset');
      if (first === 'private') all.privateUp(true);
      all.marketUp('public');
      if (first === 'public') all.privateUp(true);
      expect(told.at(-1)).toEqual(['up', true]);
      expect(told.filter(([, lost]) => lost)).toHaveLength(1);
    }
  });

  it('tells lost events of a line that stayed up', () => {
    const { told, lines: all } = lines();
    all.privateUp(false);
    all.privateUp(true);
    expect(told).toEqual([
      ['up', false],
      ['up', true],
    ]);
  });
});
