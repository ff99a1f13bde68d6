import { account } from './account.js';
import type { Behaviour } from './behaviour.js';
import { contracts } from './contracts.js';
import { executions } from './executions.js';
import { families, openOrders } from './families.js';
import { history } from './history.js';
import { market } from './market.js';
import { orders } from './orders.js';
import { cancels, refusals } from './refusals.js';
import { session } from './session.js';

/** Everything that the simulator is checked for, by topic. */
export const behaviourTopics: Readonly<Record<string, readonly Behaviour[]>> = {
  'Connections, ids and connectivity': session,
  Orders: orders,
  'Refusals of orders': refusals,
  Cancellations: cancels,
  'Brackets and groups': families,
  'Orders of all clients': openOrders,
  Executions: executions,
  'Accounts, positions and profit': account,
  Contracts: contracts,
  'Market data': market,
  'Historical data': history,
};

/** The table, in one piece. */
export const allBehaviours: readonly Behaviour[] = Object.values(behaviourTopics).flat();
