import type { IncomingMessage, ServerResponse } from 'node:http';
import { VenueError } from '../exchange.js';
import { doorErrors } from '../shared/errors.js';
import { writeJson } from '../shared/json.js';
import type { Reply } from './desk.js';
import type { Ask } from './door.js';
import type { Venue } from './venue.js';

/** Orders of a batch and long lists of symbols fit many times. */
const LONGEST_BODY = 1_000_000;

const bodyOf = async (request: IncomingMessage): Promise<string> => {
  let text = '';
  for await (const chunk of request.setEncoding('utf8')) {
    text += chunk;
    if (text.length > LONGEST_BODY) throw new RangeError('The body is too long.');
  }
  return text;
};

const decode = (text: string): string => decodeURIComponent(text.replaceAll('+', ' '));

interface Parsed {
  readonly params: Readonly<Record<string, string>>;
  /** The text as it was sent, without its signature. */
  readonly payload: string;
}

const parse = (text: string): Parsed => {
  const params: Record<string, string> = {};
  const signed: string[] = [];
  for (const pair of text.split('&')) {
    if (pair === '') continue;
    const [name = '', ...value] = pair.split('=');
    if (Object.hasOwn(params, name)) throw doorErrors.duplicate();
    params[decode(name)] = decode(value.join('='));
    if (name !== 'signature') signed.push(pair);
  }
  return { params, payload: signed.join('&') };
};

/**
 * The parameters of a request and what its signature is of: the query as it was sent (percent-encoded) and then the body,
 * joined by nothing (rest-api.md, "SIGNED Endpoint Examples"). A parameter in both counts as it is in the query.
 * @throws VenueError -1101 for a parameter sent twice; URIError for broken percent-encoding
 */
const readRequest = (query: string, body: string): Parsed => {
  const first = parse(query);
  const second = parse(body);
  return { params: { ...second.params, ...first.params }, payload: first.payload + second.payload };
};

const LETTER = { SECOND: 'S', MINUTE: 'M', DAY: 'D' } as const;

const headersOf = (venue: Venue, reply: Reply): Record<string, string> => {
  const now = venue.now();
  const { limits } = venue.desk.door;
  const used = String(limits.weightUse(now).count);
  const headers: Record<string, string> = {
    'Content-Type': 'application/json;charset=UTF-8',
    'X-MBX-USED-WEIGHT': used,
    'X-MBX-USED-WEIGHT-1M': used,
  };
  if (reply.account !== '')
    for (const { interval, intervalNum, count } of limits.orderUse(reply.account, now))
      headers[`X-MBX-ORDER-COUNT-${intervalNum}${LETTER[interval]}`] = String(count);
  if (reply.until !== undefined) headers['Retry-After'] = String(Math.ceil((reply.until - now) / 1_000));
  return headers;
};

const bodyTextOf = (reply: Reply): string =>
  reply.error === undefined
    ? writeJson(reply.body)
    : writeJson({ code: reply.error.code, msg: reply.error.message, ...reply.error.data });

const keyOf = (request: IncomingMessage): string | undefined => {
  const key = request.headers['x-mbx-apikey'];
  return typeof key === 'string' ? key : undefined;
};

/** Answers one REST request of a venue. */
export const answerRest = async (
  venue: Venue,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> => {
  const [path = '', query = ''] = (request.url ?? '/').split(/\?(.*)/s);
  const name = `${request.method} ${path}`;
  const route = venue.routes.get(name);
  const body = await bodyOf(request);
  const send = (reply: Reply): void => {
    if (response.destroyed) return;
    response.writeHead(reply.status, headersOf(venue, reply)).end(bodyTextOf(reply));
  };
  if (route === undefined) {
    response.writeHead(404, { 'Content-Type': 'text/html' }).end('<html><body>404 Not Found</body></html>');
    return;
  }
  let read: Parsed;
  try {
    read = readRequest(query, body);
  } catch (error) {
    const bad = error instanceof VenueError ? error : doorErrors.illegal();
    send({ status: bad.status, body: undefined, error: bad, until: undefined, account: '' });
    return;
  }
  const ask: Ask = { name, route, params: read.params, payload: read.payload, apiKey: keyOf(request) };
  venue.desk.handle(ask, send);
};
