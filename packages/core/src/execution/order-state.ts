import type { OrderEvent, OrderState } from '../model/order.js';

/** The states that may follow each state. A fill is special: money moved, so it is booked whatever the state was. */
const successors: Readonly<Record<OrderState, readonly OrderState[]>> = {
  intended: ['submitted', 'rejected'],
  submitted: ['accepted', 'partially-filled', 'filled', 'cancelled', 'expired', 'rejected', 'unknown'],
  unknown: ['accepted', 'partially-filled', 'filled', 'cancelled', 'expired', 'replaced', 'rejected'],
  accepted: ['partially-filled', 'filled', 'cancelled', 'expired', 'replaced', 'rejected'],
  'partially-filled': ['partially-filled', 'filled', 'cancelled', 'expired', 'replaced'],
  replaced: ['replaced', 'partially-filled', 'filled', 'cancelled', 'expired', 'rejected'],
  filled: [],
  cancelled: [],
  expired: [],
  rejected: [],
};

/** Whether an order may go from one state to another. */
export const mayFollow = (from: OrderState, to: OrderState): boolean => successors[from].includes(to);

/** Events that only an order that works can have. */
export const provesWorking: ReadonlySet<OrderEvent['type']> = new Set([
  'accepted',
  'triggered',
  'fill',
  'replaced',
]);
