import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { finalStates, type OrderEvent, type OrderState } from '../model/order.js';
import { mayFollow, stateOf } from './order-state.js';

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

const base = { id: 'x', symbol: 'EURUSD', time: 0 };
const fill = (remaining: number): OrderEvent => ({
  ...base,
  type: 'fill',
  tradeId: 't',
  side: 'buy',
  quantity: 1,
  price: 1.1,
  remaining,
  commission: 0,
  profit: 0,
});

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

describe('stateOf', () => {
  it('tells a partial from a full fill by what remains', () => {
    expect(stateOf(fill(0.01))).toBe('partially-filled');
    expect(stateOf(fill(0))).toBe('filled');
  });

  it('takes a trigger for no change, and every other event for what it says', () => {
    expect(stateOf({ ...base, type: 'triggered' })).toBeUndefined();
    expect(stateOf({ ...base, type: 'accepted' })).toBe('accepted');
    expect(stateOf({ ...base, type: 'replaced', quantity: 1, price: 1 })).toBe('replaced');
    expect(stateOf({ ...base, type: 'cancelled', reason: '' })).toBe('cancelled');
    expect(stateOf({ ...base, type: 'expired' })).toBe('expired');
    expect(stateOf({ ...base, type: 'rejected', code: 'X', detail: '' })).toBe('rejected');
  });
});
