import type { OrderRequest, Signal } from '@mikrobot/core';
import { describe, expect, it } from 'vitest';
import { ended, sent } from '../test-support/events.js';
import { follow, said } from '../test-support/policy-run.js';
import { noDuplicateOrder } from './no-duplicate-order.js';

const after = (signal: Partial<Signal> = {}, order: Partial<OrderRequest> = {}) =>
  follow(noDuplicateOrder({ within: 500 })).tell(sent(order, signal), { now: 100 });

describe('noDuplicateOrder', () => {
  it('refuses an equal entry until the first is `within` ms old', () => {
    expect(after().judge({}, { now: 400 })).toEqual({ code: 'DUPLICATE_ORDER', limit: 500, actual: 300 });
    expect(said(after().judge({}, { now: 599 }))).toBe('refuse DUPLICATE_ORDER');
    expect(said(after().judge({}, { now: 600 }))).toBe('approve');
    expect(said(after().tell(ended({}, 0)).judge({}, { now: 400 }))).toBe('refuse DUPLICATE_ORDER');
  });

  it.each<[string, Partial<Signal>]>([
    ['owner', { source: 'other' }],
    ['symbol', { symbol: 'USDJPY' }],
    ['side', { side: 'sell' }],
    ['size', { quantity: 0.5 }],
    ['type', { order: { type: 'limit', price: 1.09 } }],
  ])('lets another %s pass', (_, signal) => {
    expect(said(after().judge(signal, { now: 100 }))).toBe('approve');
  });

  it('compares what the signals asked for, on the lot step', () => {
    const half = after({ quantity: 0.5 }, { quantity: 0.2 });
    expect(said(half.judge({ quantity: 0.5 }, { now: 100 }))).toBe('refuse DUPLICATE_ORDER');
    expect(said(half.judge({ quantity: 0.509 }, { now: 100 }))).toBe('refuse DUPLICATE_ORDER');
    expect(said(half.judge({ quantity: 0.51 }, { now: 100 }))).toBe('approve');
    expect(said(half.judge({}, { now: 100 }))).toBe('approve');
  });

  it('compares with what was sent, too', () => {
    expect(said(after({}, { quantity: 0.2 }).judge({ quantity: 0.2 }, { now: 100 }))).toBe(
      'refuse DUPLICATE_ORDER',
    );
    expect(said(after({}, { quantity: 0.2 }).judge({ quantity: 0.21 }, { now: 100 }))).toBe('approve');
  });

  it('compares prices on the grid', () => {
    const order = { type: 'stop-limit', price: 1.12, limitPrice: 1.121 } as const;
    const run = after({ order });
    const judge = (other: Signal['order']) => said(run.judge({ order: other }, { now: 100 }));
    expect(judge({ ...order, price: 1.120004 })).toBe('refuse DUPLICATE_ORDER');
    expect(judge({ ...order, price: 1.120006 })).toBe('approve');
    expect(judge({ ...order, limitPrice: 1.12101 })).toBe('approve');
    expect(judge({ ...order, limitPrice: undefined })).toBe('approve');
    expect(judge({ ...order, type: 'limit' })).toBe('approve');
    expect(judge(undefined)).toBe('approve');
  });

  it('compares exactly where the grid is not known', () => {
    const run = after({ quantity: 0.505 }, { symbol: 'NONE' });
    const judge = (quantity: number) => said(run.judge({ symbol: 'NONE', quantity }, { now: 100 }));
    expect(judge(0.505)).toBe('refuse DUPLICATE_ORDER');
    expect(judge(0.506)).toBe('approve');
  });

  it('tells how long ago the last equal one was', () => {
    const run = after().tell(sent(), { now: 300 });
    expect(run.judge({}, { now: 400 })).toMatchObject({ actual: 100 });
    expect(said(run.judge({}, { now: 700 }))).toBe('refuse DUPLICATE_ORDER');
  });

  it('does not count what only reduces', () => {
    expect(said(after({}, { purpose: 'reduce' }).judge({}, { now: 100 }))).toBe('approve');
  });

  it('remembers one second when not told otherwise', () => {
    const run = follow(noDuplicateOrder()).tell(sent(), { now: 100 });
    expect(said(run.judge({}, { now: 1_099 }))).toBe('refuse DUPLICATE_ORDER');
    expect(said(run.judge({}, { now: 1_100 }))).toBe('approve');
    expect(() => noDuplicateOrder({ within: 0 })).toThrowError('Too small');
  });

  it('forgets what is too old to matter', () => {
    const run = after().tell(sent(), { now: 599 });
    expect(run.state).toHaveLength(2);
    expect(run.tell(sent(), { now: 1_000 }).state).toHaveLength(2);
  });
});
