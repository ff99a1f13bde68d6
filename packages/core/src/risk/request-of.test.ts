import { describe, expect, it } from 'vitest';
import { MOMENT, requestWith, signalWith } from '../testing/samples.js';
import { type ApprovedOrder, approve } from './approved-order.js';
import { requestOf } from './request-of.js';

const approved = (): ApprovedOrder =>
  approve(signalWith(), requestWith(), { desk: Symbol('desk'), verdicts: [], expires: MOMENT + 10_000 });

describe('requestOf', () => {
  it('gives the request of an approved order', () => {
    const order = approved();
    expect(requestOf(order, 'some venue')).toBe(order.request);
  });

  it.each([
    { what: 'an object with the same fields', forged: { ...approved() } },
    { what: 'an object that inherits from one', forged: Object.create(approved()) },
    { what: 'a request without approval', forged: requestWith() },
    { what: 'undefined', forged: undefined },
  ])('throws for $what, naming where it was submitted', ({ forged }) => {
    expect(() => requestOf(forged as ApprovedOrder, 'some venue')).toThrow(
      expect.objectContaining({ name: 'MikroBotError', code: 'FORGED_APPROVAL', where: 'some venue' }),
    );
  });
});
