import type { Clock } from '@mikrobot/core';
import type { Exchange, Route } from '../exchange.js';
import type { Desk } from './desk.js';
import type { Lines } from './lines.js';
import type { StreamHub } from './stream-hub.js';
import type { UserEvents } from './user-events.js';

/** How the two venues differ at the door. */
export interface VenueStyle {
  readonly name: 'spot' | 'futures';
  /** ms between ping frames, and ms without a pong after which the line is cut. */
  readonly pingEvery: number;
  readonly pongWithin: number;
  /** Messages that a stream connection may send in a second. */
  readonly messages: number;
  /** Weight of connecting to the WebSocket API. */
  readonly connectWeight: number;
  /** Whether user data is subscribed on the WebSocket API (spot) or comes by a listen key (futures). */
  readonly userData: 'ws-api' | 'listen-key';
}

const SECOND = 1_000;
const MINUTE = 60 * SECOND;

/** web-socket-streams.md and web-socket-api.md: pings every 20 s, a minute to answer, 5 messages a second, 2 weight. */
export const spotStyle: VenueStyle = {
  name: 'spot',
  pingEvery: 20 * SECOND,
  pongWithin: MINUTE,
  messages: 5,
  connectWeight: 2,
  userData: 'ws-api',
};

/** "Websocket Market Streams" and "WebSocket API General Info" of USD-M futures. */
export const futuresStyle: VenueStyle = {
  name: 'futures',
  pingEvery: 3 * MINUTE,
  pongWithin: 10 * MINUTE,
  messages: 10,
  connectWeight: 5,
  userData: 'listen-key',
};

/** One of the two venues behind the door. */
export interface Venue {
  readonly style: VenueStyle;
  readonly exchange: Exchange;
  readonly clock: Clock;
  /** The venue's time, epoch ms. */
  readonly now: () => number;
  /** By method and path. */
  readonly routes: ReadonlyMap<string, Route>;
  /** Names of routes by their method of the WebSocket API. */
  readonly methods: ReadonlyMap<string, string>;
  readonly desk: Desk;
  readonly lines: Lines;
  readonly streams: StreamHub;
  readonly users: UserEvents;
}
