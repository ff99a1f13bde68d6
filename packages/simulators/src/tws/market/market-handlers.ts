import type { Handlers } from '../handler.js';
import type { Market } from './market.js';
import { marketDataHandlers } from './market-data.js';
import { realTimeBarHandlers } from './real-time-bars.js';
import { tickByTickHandlers } from './tick-by-tick.js';

/** The answers to requests for what happens now: 1, 2, 50, 51, 59, 97 and 98. */
export const marketHandlers = (market: Market): Handlers => ({
  ...marketDataHandlers(market),
  ...tickByTickHandlers(market),
  ...realTimeBarHandlers(market),
});
