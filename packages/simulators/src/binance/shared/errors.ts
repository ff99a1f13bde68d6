import { VenueError } from '../exchange.js';

/** What the door says before a request reaches an exchange. Sources: errors.md of spot, "Error Codes" of USD-M futures. */
export const doorErrors = {
  tooMuchWeight: (limit: number) =>
    new VenueError(
      -1003,
      `Too much request weight used; current limit is ${limit} request weight per 1 MINUTE. ` +
        'Please use WebSocket Streams for live updates to avoid polling the API.',
      429,
    ),
  banned: (until: number) =>
    new VenueError(
      -1003,
      `Way too much request weight used; IP banned until ${until}. ` +
        'Please use WebSocket Streams for live updates to avoid bans.',
      418,
    ),
  timeout: () =>
    new VenueError(
      -1007,
      'Timeout waiting for response from backend server. Send status unknown; execution status unknown.',
      503,
    ),
  tooManyOrders: (limit: number, interval: string) =>
    new VenueError(-1015, `Too many new orders; current limit is ${limit} orders per ${interval}.`, 429),
  shuttingDown: () => new VenueError(-1016, 'This service is no longer available.', 503),
  unsupported: () => new VenueError(-1020, 'This operation is not supported.'),
  late: () => new VenueError(-1021, 'Timestamp for this request is outside of the recvWindow.'),
  ahead: () => new VenueError(-1021, "Timestamp for this request was 1000ms ahead of the server's time."),
  signature: () => new VenueError(-1022, 'Signature for this request is not valid.'),
  illegal: () => new VenueError(-1100, 'Illegal characters found in a parameter.'),
  duplicate: () => new VenueError(-1101, 'Duplicate values for a parameter detected.'),
  mandatory: (name: string) =>
    new VenueError(-1102, `Mandatory parameter '${name}' was not sent, was empty/null, or malformed.`),
  tooLarge: (name: string, most: number) =>
    new VenueError(-1102, `'${name}' contains unexpected value. Cannot be greater than ${most}.`),
  interval: () => new VenueError(-1120, 'Invalid interval.'),
  symbol: () => new VenueError(-1121, 'Invalid symbol.'),
  listenKey: () => new VenueError(-1125, 'This listenKey does not exist.'),
  invalid: (name: string) => new VenueError(-1130, `Data sent for parameter '${name}' is not valid.`),
  json: () => new VenueError(-1135, 'Invalid JSON Request'),
  keyFormat: () => new VenueError(-2014, 'API-key format invalid.', 401),
  key: () => new VenueError(-2015, 'Invalid API-key, IP, or permissions for action.', 401),
  depthLimit: (limit: string) => new VenueError(-4021, `'${limit}' is not valid depth limit.`),
  keyKind: () => new VenueError(-4056, 'HMAC_SHA256 API key is not supported.'),
  subscribed: () => new VenueError(-2035, 'User Data Stream subscription already active.'),
  notSubscribed: () => new VenueError(-2036, 'User Data Stream subscription not active.'),
} as const;
