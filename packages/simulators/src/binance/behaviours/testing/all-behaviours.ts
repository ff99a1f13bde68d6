import type { Behaviour } from './behaviour.js';
import { account } from './futures/account.js';
import { algoOrders } from './futures/algo-orders.js';
import { market as futuresMarket } from './futures/market.js';
import { orders as futuresOrders } from './futures/orders.js';
import { parameters as futuresParameters } from './futures/parameters.js';
import { security as futuresSecurity } from './futures/security.js';
import { userStream as futuresUserStream } from './futures/user-stream.js';
import { changes } from './spot/changes.js';
import { filterEdges } from './spot/filters.js';
import { limits } from './spot/limits.js';
import { lists } from './spot/lists.js';
import { market } from './spot/market.js';
import { marketStreams } from './spot/market-streams.js';
import { orders } from './spot/orders.js';
import { parameters } from './spot/parameters.js';
import { security } from './spot/security.js';
import { userStream } from './spot/user-stream.js';
import { wsApiFrames } from './spot/ws-api.js';

/** Everything that the simulator is checked for, by topic. */
export const behaviourTopics: Readonly<Record<string, readonly Behaviour[]>> = {
  'Spot: keys, signatures and time': security,
  'Spot: parameters of orders': parameters,
  'Spot: filters': filterEdges,
  'Spot: orders': orders,
  'Spot: changes of orders': changes,
  'Spot: order lists': lists,
  'Spot: user stream': userStream,
  'Spot: WebSocket API': wsApiFrames,
  'Spot: weights and limits': limits,
  'Spot: market data by REST': market,
  'Spot: market data by streams': marketStreams,
  'Futures: keys, signatures and weights': futuresSecurity,
  'Futures: parameters and filters': futuresParameters,
  'Futures: orders': futuresOrders,
  'Futures: conditional orders': algoOrders,
  'Futures: account': account,
  'Futures: user stream': futuresUserStream,
  'Futures: market data and WebSocket API': futuresMarket,
};

/** The table, in one piece. */
export const allBehaviours: readonly Behaviour[] = Object.values(behaviourTopics).flat();
