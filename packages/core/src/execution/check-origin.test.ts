import { describe, expect, it } from 'vitest';
import type { ApprovedOrder } from '../risk/approved-order.js';
import { openDesk } from '../testing/open-desk.js';
import { checkOrigin } from './check-origin.js';

const approved = () => {
  const { assess, desk } = openDesk();
  const order = assess({ intent: 'enter', side: 'buy', quantity: 1 });
  if (order.kind !== 'approved') throw new Error('the order was not approved');
  return { order, desk };
};

describe('checkOrigin', () => {
  it('takes what its own desk approved', () => {
    const { order, desk } = approved();
    expect(() => checkOrigin(order, desk.id)).not.toThrow();
  });

  it('refuses what another desk approved, and what nobody did', () => {
    const { order } = approved();
    const { desk } = approved();
    expect(() => checkOrigin(order, desk.id)).toThrowError(
      expect.objectContaining({ code: 'FORGED_APPROVAL' }),
    );
    const forged = { ...order } as unknown as ApprovedOrder;
    expect(() => checkOrigin(forged, desk.id)).toThrowError(
      expect.objectContaining({ code: 'FORGED_APPROVAL' }),
    );
  });

  it('names a second copy of core', () => {
    const { order, desk } = approved();
    const Twin = { ApprovedOrder: class ApprovedOrder {} }.ApprovedOrder;
    const foreign = Object.assign(new Twin(), { ...order }) as unknown as ApprovedOrder;
    expect(() => checkOrigin(foreign, desk.id)).toThrowError(
      expect.objectContaining({ code: 'DUPLICATE_CORE' }),
    );
  });
});
