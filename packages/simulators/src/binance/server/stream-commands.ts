import type { StreamLine } from './stream-line.js';
import type { WsRequest } from './ws-json.js';

/** What a stream connection answers to a command. */
export type StreamAnswer = Readonly<Record<string, unknown>>;

const METHODS = ['SUBSCRIBE', 'UNSUBSCRIBE', 'LIST_SUBSCRIPTIONS', 'SET_PROPERTY', 'GET_PROPERTY'] as const;

const invalid = (text: string, id: WsRequest['id']): StreamAnswer => ({
  code: 2,
  msg: `Invalid request: ${text}`,
  id: id ?? undefined,
});

const unknownMethod = (method: unknown): string =>
  `unknown variant \`${String(method)}\`, expected one of ${METHODS.map((name) => `\`${name}\``).join(', ')} at line 1 column 28`;

/** An id is a signed integer of 64 bits, text of at most 36 letters and digits, or null. */
const isId = (id: WsRequest['id']): boolean =>
  id === null || typeof id === 'bigint' || (typeof id === 'string' && /^[A-Za-z0-9_-]{0,36}$/.test(id));

const isNames = (params: unknown): params is readonly string[] =>
  Array.isArray(params) && params.every((name) => typeof name === 'string');

const subscription = (line: StreamLine, { id, method, params }: WsRequest): StreamAnswer => {
  if (!isNames(params)) return invalid('params must be an array of strings', id);
  if (method === 'UNSUBSCRIBE') line.unsubscribe(params);
  else if (!line.subscribe(params)) return invalid('too many streams', id);
  return { result: null, id };
};

const property = (line: StreamLine, { id, method, params }: WsRequest): StreamAnswer => {
  const [name, value, ...more] = Array.isArray(params) ? params : [];
  if (typeof name !== 'string') return invalid('property name must be a string', id);
  if (more.length > 0 || (method === 'GET_PROPERTY' && value !== undefined))
    return invalid('too many parameters', id);
  if (name !== 'combined') return { code: 0, msg: 'Unknown property', id };
  if (method === 'GET_PROPERTY') return { result: line.combined, id };
  if (typeof value !== 'boolean') return { code: 1, msg: 'Invalid value type: expected Boolean', id };
  line.combined = value;
  return { result: null, id };
};

/** Answers a command on a stream connection (web-socket-streams.md, "Live Subscribing/Unsubscribing to streams"). */
export const streamCommand = (line: StreamLine, request: WsRequest): StreamAnswer => {
  const { id, method } = request;
  if (method === undefined) return invalid('missing field `method` at line 1 column 73', id);
  if (!isId(id)) return invalid('request ID must be an unsigned integer', undefined);
  switch (method) {
    case 'SUBSCRIBE':
    case 'UNSUBSCRIBE':
      return subscription(line, request);
    case 'LIST_SUBSCRIPTIONS':
      return { result: line.streams, id };
    case 'SET_PROPERTY':
    case 'GET_PROPERTY':
      return property(line, request);
    default:
      return invalid(unknownMethod(method), id);
  }
};
