import type { RateLimit } from './rate-window.js';

/**
 * Until the venue's own limits are read: the lower of the weights of both venues, and of their counts of orders.
 * Sources: `rateLimits` of web-socket-api.md (6,000 a minute, 50 orders in 10 s), of USD-M futures (2,400 a minute).
 */
export const defaultLimits: readonly RateLimit[] = [
  { rateLimitType: 'REQUEST_WEIGHT', interval: 'MINUTE', intervalNum: 1, limit: 2_400 },
  { rateLimitType: 'ORDERS', interval: 'SECOND', intervalNum: 10, limit: 50 },
];
