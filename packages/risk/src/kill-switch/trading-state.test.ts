import { describe, expect, it } from 'vitest';
import { commanded } from '../test-support/events.js';
import { bookWith, type Present } from '../test-support/market.js';
import { follow } from '../test-support/policy-run.js';
import { killSwitch } from './kill-switch.js';
import { tradingState } from './trading-state.js';

const killed = (scope: object) =>
  follow(killSwitch()).tell(commanded({ do: 'kill', by: 'ann', ...scope })).state;
const { state: free } = follow(killSwitch());

const flat: Present = {};
const long: Present = { positions: [{ symbol: 'EURUSD', owner: 'a', quantity: 1 }] };
const waiting: Present = { entries: [{ symbol: 'EURUSD', owner: 'a', quantity: 1, stop: undefined }] };
const hedged: Present = {
  positions: [
    { symbol: 'EURUSD', owner: 'a', quantity: 1 },
    { symbol: 'EURUSD', owner: 'b', quantity: -1 },
  ],
};
/** A ledger that is known and holds nothing. */
const emptied: Present = { positions: [{ symbol: 'EURUSD', owner: 'a', quantity: 0 }] };

describe('tradingState', () => {
  it.each([flat, long, waiting])('is ACTIVE while nothing is latched, in %j', (present) => {
    expect(tradingState(free, bookWith(present))).toBe('ACTIVE');
  });

  it.each([
    ['HALTED', flat],
    ['REDUCING', long],
    ['REDUCING', waiting],
    ['REDUCING', hedged],
    ['HALTED', emptied],
  ])('of everything, latched, is %s in %j', (state, present) => {
    expect(tradingState(killed({}), bookWith(present))).toBe(state);
  });

  it.each([
    [{ symbol: 'EURUSD' }, 'REDUCING'],
    [{ symbol: 'USDJPY' }, 'HALTED'],
    [{ owner: 'a' }, 'REDUCING'],
    [{ owner: 'b' }, 'HALTED'],
    [{ symbol: 'EURUSD', owner: 'a' }, 'REDUCING'],
    [{ symbol: 'EURUSD', owner: 'b' }, 'HALTED'],
    [{ symbol: 'USDJPY', owner: 'a' }, 'HALTED'],
  ])('looks at what is open in %j only: %s', (scope, state) => {
    expect(tradingState(killed({}), bookWith(long), scope)).toBe(state);
    expect(tradingState(killed({}), bookWith(waiting), scope)).toBe(state);
  });

  it.each([
    [{ symbol: 'EURUSD' }, {}, 'ACTIVE'],
    [{ symbol: 'EURUSD' }, { owner: 'a' }, 'ACTIVE'],
    [{ symbol: 'EURUSD' }, { symbol: 'USDJPY' }, 'ACTIVE'],
    [{ symbol: 'EURUSD' }, { symbol: 'EURUSD' }, 'HALTED'],
    [{ symbol: 'EURUSD' }, { symbol: 'EURUSD', owner: 'a' }, 'HALTED'],
    [{ owner: 'a' }, { symbol: 'EURUSD', owner: 'a' }, 'HALTED'],
    [{ owner: 'a' }, { symbol: 'EURUSD' }, 'ACTIVE'],
    [{ symbol: 'EURUSD', owner: 'a' }, { symbol: 'EURUSD' }, 'ACTIVE'],
  ])('latched for %j, the scope %j is %s', (latched, scope, state) => {
    expect(tradingState(killed(latched), bookWith(flat), scope)).toBe(state);
  });
});
