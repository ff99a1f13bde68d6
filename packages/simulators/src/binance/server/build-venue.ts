import type { Clock, Random } from '@mikrobot/core';
import type { Exchange, Route } from '../exchange.js';
import { Desk } from './desk.js';
import { Door } from './door.js';
import type { FaultState } from './faults.js';
import type { KnownKey } from './keys.js';
import { RateLimits, type VenueLimits } from './limits.js';
import { Lines } from './lines.js';
import { ListenKeys } from './listen-keys.js';
import { type History, MarketFeed } from './market/feed.js';
import { MarketRoutes } from './market/routes.js';
import { TimedStreams } from './market/timed-streams.js';
import { StreamHub } from './stream-hub.js';
import { type UserEvent, UserEvents } from './user-events.js';
import type { Venue, VenueStyle } from './venue.js';

/** What a venue is put together from. */
export interface VenueParts {
  readonly style: VenueStyle;
  readonly exchange: Exchange;
  readonly keys: ReadonlyMap<string, KnownKey>;
  readonly limits: VenueLimits;
  readonly clock: Clock;
  /** The venue's time, epoch ms. */
  readonly now: () => number;
  readonly random: Random;
  readonly faults: FaultState;
  readonly firstId: bigint;
  readonly history: History | undefined;
  /** Takes what broke inside of the exchange. */
  readonly failures: unknown[];
}

/** A venue with the parts that its controls need. */
export interface BuiltVenue extends Venue {
  readonly feed: MarketFeed;
  readonly listenKeys: ListenKeys;
  readonly timed: TimedStreams;
}

const orderUseRoute = (limits: RateLimits, futures: boolean): readonly [string, Route] => [
  futures ? 'GET /fapi/v1/rateLimit/order' : 'GET /api/v3/rateLimit/order',
  {
    security: 'USER_DATA',
    weight: futures ? 1 : 40,
    handle: ({ account, now }) => limits.orderUse(account, now),
    ...(futures ? {} : { wsMethod: 'account.rateLimits.orders' }),
  },
];

/**
 * Whether an order of spot trades for the first time: it no longer counts as unfilled (faqs/order_count_decrement.md). Then what
 * was executed last is all that was executed.
 */
const isFirstFill = (event: UserEvent): boolean =>
  event.e === 'executionReport' && event.x === 'TRADE' && event.l === event.z;

/** Puts a venue together: exchange, door, market, streams, user data. */
export const buildVenue = (parts: VenueParts): BuiltVenue => {
  const { style, exchange, clock, now, faults } = parts;
  const streams = new StreamHub();
  const users = new UserEvents(faults);
  const limits = new RateLimits(parts.limits);
  const { firstId, history } = parts;
  const feed = new MarketFeed({ exchange, style, streams, now, firstId, history });
  const listenKeys = new ListenKeys({ users, streams, clock, now, random: parts.random, faults });
  const routes = new Map<string, Route>([
    ...new MarketRoutes(feed, style.name).all(),
    orderUseRoute(limits, style.name === 'futures'),
    ...(style.userData === 'listen-key' ? listenKeys.routes() : []),
    ...exchange.routes,
  ]);
  const methods = new Map<string, string>();
  for (const [name, { wsMethod }] of routes) if (wsMethod !== undefined) methods.set(wsMethod, name);
  exchange.on('user', (account, event) => {
    if (style.name === 'spot' && isFirstFill(event)) limits.addOrders(account, -1, now());
    users.tell(account, event);
  });
  exchange.on('market', (stream, payload) => feed.tell(stream, () => payload));
  exchange.on('print', (...print) => feed.trade(...print));
  return {
    style,
    exchange,
    clock,
    now,
    routes,
    methods,
    desk: new Desk(new Door(parts.keys, limits), faults, clock, now, parts.failures),
    lines: new Lines(style, clock),
    streams,
    users,
    feed,
    listenKeys,
    timed: new TimedStreams(feed, style, streams, clock, now),
  };
};
