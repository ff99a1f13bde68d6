import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { finalStates, type OrderState } from '../model/order.js';
import { mayFollow } from './order-state.js';

const states: readonly OrderState[] = [
  'intended',
  'submitted',
  'accepted',
  'partially-filled',
  'filled',
  'cancelled',
  'expired',
  'replaced',
  'rejected',
  'unknown',
];
const after = (from: OrderState): readonly OrderState[] => states.filter((to) => mayFollow(from, to));

describe('the life of an order', () => {
  it('stays final once it is final', () => {
    for (const state of finalStates) expect(after(state)).toEqual([]);
    expect(states.filter((s) => after(s).length === 0)).toEqual(
      [...finalStates].sort((a, b) => states.indexOf(a) - states.indexOf(b)),
    );
  });

  it('ends on every path: however long it lives, a final state is one or two steps away and none is left again', () => {
    fc.assert(
      fc.property(fc.array(fc.constantFrom(...states), { maxLength: 100 }), (wishes) => {
        let state: OrderState = 'intended';
        let ended = false;
        for (const wish of wishes) {
          if (ended) expect(mayFollow(state, wish)).toBe(false);
          if (mayFollow(state, wish)) state = wish;
          ended = finalStates.has(state);
        }
        const near = after(state);
        expect(
          ended || near.some((s) => finalStates.has(s) || after(s).some((t) => finalStates.has(t))),
        ).toBe(true);
      }),
    );
  });

  it('is first intended, then submitted, and nothing leads back to either', () => {
    expect(after('intended')).toEqual(['submitted', 'rejected']);
    for (const state of states) {
      expect(mayFollow(state, 'intended')).toBe(false);
      expect(mayFollow(state, 'submitted')).toBe(state === 'intended');
    }
  });

  it('is unknown only in place of an answer, and then anything can turn out', () => {
    expect(states.filter((s) => mayFollow(s, 'unknown'))).toEqual(['submitted']);
    expect(after('unknown')).toEqual([
      'accepted',
      'partially-filled',
      'filled',
      'cancelled',
      'expired',
      'replaced',
      'rejected',
    ]);
  });

  it('cannot be rejected or accepted after a part of it was filled', () => {
    expect(mayFollow('partially-filled', 'rejected')).toBe(false);
    expect(mayFollow('partially-filled', 'accepted')).toBe(false);
    expect(mayFollow('partially-filled', 'cancelled')).toBe(true);
  });
});
