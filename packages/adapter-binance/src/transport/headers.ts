import { type Counts, countKey } from './budget.js';
import { type RateLimit, windowOf } from './rate-window.js';

const letters: Readonly<Record<string, string>> = { s: 'SECOND', m: 'MINUTE', h: 'HOUR', d: 'DAY' };

const counter = /^x-mbx-(used-weight|order-count)-(\d+)([smhd])$/;

/** What the venue has counted, by its headers `X-MBX-USED-WEIGHT-…` and `X-MBX-ORDER-COUNT-…`. */
export const countsOf = (headers: Headers): Counts => {
  const counts = new Map<string, number>();
  headers.forEach((value, name) => {
    const [, what, number, letter] = counter.exec(name) ?? [];
    if (what === undefined) return;
    note(counts, {
      rateLimitType: what === 'used-weight' ? 'REQUEST_WEIGHT' : 'ORDERS',
      interval: letters[letter as string] as string,
      intervalNum: Number(number),
      limit: 0,
      count: Number(value),
    });
  });
  return counts;
};

/** What the venue has counted, by `rateLimits` of an answer of the WebSocket API. */
export const countsOfLimits = (limits: readonly RateLimit[]): Counts => {
  const counts = new Map<string, number>();
  for (const limit of limits) note(counts, limit);
  return counts;
};

const note = (counts: Map<string, number>, limit: RateLimit): void => {
  const window = windowOf(limit);
  if (window !== undefined && Number.isFinite(limit.count))
    counts.set(countKey(window.kind, window.ms), limit.count as number);
};
