import type { Behaviour } from './behaviour.js';
import { orders } from './orders.js';
import { cancels, refusals } from './refusals.js';
import { session } from './session.js';

/** Everything that the simulator is checked for, by topic. */
export const behaviourTopics: Readonly<Record<string, readonly Behaviour[]>> = {
  'Connections, ids and connectivity': session,
  Orders: orders,
  'Refusals of orders': refusals,
  Cancellations: cancels,
};

/** The table, in one piece. */
export const allBehaviours: readonly Behaviour[] = Object.values(behaviourTopics).flat();
