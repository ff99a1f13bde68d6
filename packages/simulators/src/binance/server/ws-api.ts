import type { Route } from '../exchange.js';
import { doorErrors } from '../shared/errors.js';
import { writeJson } from '../shared/json.js';
import type { Reply } from './desk.js';
import type { Ask } from './door.js';
import type { Line } from './lines.js';
import type { Venue } from './venue.js';
import { readWsRequest, type WsRequest, wsParams, wsPayload } from './ws-json.js';
import { WsSession } from './ws-session.js';

/** What a failed answer tells of the limit that it met (web-socket-api.md, "IP limits"). */
const limitData = (reply: Reply, now: number): Readonly<Record<string, unknown>> =>
  reply.until === undefined
    ? {}
    : { data: { serverTime: Math.floor(now), retryAfter: Math.ceil(reply.until) } };

const contentOf = (reply: Reply, now: number): Readonly<Record<string, unknown>> =>
  reply.error === undefined
    ? { result: reply.body }
    : {
        error: {
          code: reply.error.code,
          msg: reply.error.message,
          ...limitData(reply, now),
          ...reply.error.data,
        },
      };

const rateLimitsOf = (venue: Venue, reply: Reply): readonly object[] => {
  const now = venue.now();
  const { limits } = venue.desk.door;
  const weight = limits.weightUse(now);
  if (reply.account === '') return [weight];
  const orders = limits.orderUse(reply.account, now);
  return venue.style.name === 'spot' ? [...orders, weight] : [weight, ...orders];
};

/** A refusal of what never reached the desk. */
const refusal = (error: NonNullable<Reply['error']>): Reply => ({
  status: error.status,
  body: undefined,
  error,
  until: undefined,
  account: '',
});

const NOT_SIGNED: Route['handle'] = () => ({});

/** Speaks the WebSocket API of a venue on a line. */
export const serveWsApi = (venue: Venue, line: Line, query: URLSearchParams): void => {
  const session = new WsSession(venue, line, query.get('returnRateLimits') !== 'false');

  const send = (request: Pick<WsRequest, 'id'>, shows: boolean, reply: Reply): void => {
    const limits = shows ? { rateLimits: rateLimitsOf(venue, reply) } : {};
    const content = contentOf(reply, venue.now());
    line.send(writeJson({ id: request.id ?? null, status: reply.status, ...content, ...limits }));
    // "…an automated IP ban and you will be disconnected" (web-socket-api.md, "IP limits").
    if (reply.status === 418) line.close(1008, 'banned');
  };

  const askOf = (method: string, params: Readonly<Record<string, string>>): Ask | undefined => {
    const name = venue.methods.get(method);
    const route = name === undefined ? session.route(method, params) : venue.routes.get(name);
    if (route === undefined) return undefined;
    const common = { params, payload: wsPayload(params), apiKey: params.apiKey, session: session.key };
    return { ...common, name: name ?? `WS ${method}`, route };
  };

  line.onText((text) => {
    let request: WsRequest;
    try {
      request = readWsRequest(text);
    } catch {
      send({ id: null }, session.showsLimits, refusal(doorErrors.json()));
      return;
    }
    const params = wsParams(request.params);
    const shows =
      params.returnRateLimits === undefined ? session.showsLimits : params.returnRateLimits === 'true';
    if (request.id === undefined) return send(request, shows, refusal(doorErrors.mandatory('id')));
    // A method may name its version: `v3/order.place`.
    const method = String(request.method ?? '').replace(/^v\d+\//, '');
    if (method === '') return send(request, shows, refusal(doorErrors.mandatory('method')));
    const ask = askOf(method, params);
    if (ask === undefined) return send(request, shows, refusal(doorErrors.unsupported()));
    venue.desk.handle(ask, (reply) => send(request, shows, reply));
  });

  // Connecting weighs as well; the weight of what is refused counts like any other.
  const connect: Route = { security: 'NONE', weight: venue.style.connectWeight, handle: NOT_SIGNED };
  const reply = venue.desk.answer({
    name: 'WS connect',
    route: connect,
    params: {},
    payload: '',
    apiKey: undefined,
  });
  if (reply.status === 418) line.close(1008, 'banned');
};
