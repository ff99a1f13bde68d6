import { type Behaviour, wsApi } from '../behaviour.js';
import { at, fields, list, named, pick } from '../json.js';
import { signedParams } from '../wire.js';
import { LIMIT } from './orders-used.js';

const PRINTED = 'aa1b5712c094bc4e57c05a1a5c1fd8d88dcd628338ea863fec7b88e59fe2db24';
const INVALID = { code: -1022, msg: 'Signature for this request is not valid.' };

/** Framing, sessions and signatures of the WebSocket API. */
export const wsApiFrames: readonly Behaviour[] = [
  {
    id: 'S-WSA-01',
    title: 'The id of a request comes back as it was: a number, a string or null',
    source: wsApi('Request format'),
    act: async (venue) => {
      const wire = await venue.spotWsApi();
      const ids = [];
      for (const id of [7, 'e2a85d9f', null]) ids.push(at(await wire.ask({ id, method: 'time' }), 'id'));
      return ids;
    },
    seen: [7, 'e2a85d9f', null],
  },
  {
    id: 'S-WSA-02',
    title: 'An answer has id, status, result and rateLimits; a failed one has error in place of result',
    source: wsApi('Response format'),
    act: async (venue) => {
      const wire = await venue.spotWsApi();
      const good = await wire.ask({ id: 1, method: 'time' });
      const bad = await wire.ask({ id: 2, method: 'depth', params: { symbol: 'NONESUCH' } });
      return [fields(good), fields(bad), pick(bad, 'status', 'error'), fields(at(good, 'rateLimits.0'))];
    },
    seen: [
      named('id status result rateLimits'),
      named('id status error rateLimits'),
      { status: 400, error: { code: -1121, msg: 'Invalid symbol.' } },
      named('rateLimitType interval intervalNum limit count'),
    ],
  },
  {
    id: 'S-WSA-03',
    title: 'returnRateLimits=false hides rateLimits for one request or for the connection',
    source: wsApi('How to show/hide rate limit information'),
    act: async (venue) => {
      const wire = await venue.spotWsApi();
      const quiet = await venue.spotWsApi('?returnRateLimits=false');
      return [
        fields(await wire.ask({ id: 1, method: 'time', params: { returnRateLimits: false } })),
        fields(await quiet.ask({ id: 1, method: 'time' })),
        fields(await quiet.ask({ id: 2, method: 'time', params: { returnRateLimits: true } })),
      ];
    },
    seen: [named('id status result'), named('id status result'), named('id status result rateLimits')],
  },
  {
    id: 'S-WSA-04',
    title: 'A method may be named with its version',
    source: wsApi('Request format'),
    act: async (venue) => at(await (await venue.spotWsApi()).ask({ id: 1, method: 'v3/time' }), 'status'),
    seen: 200,
  },
  {
    id: 'S-WSA-05',
    title: 'Connecting costs a weight of 2',
    source: wsApi('IP limits'),
    act: async (venue) => {
      const used = async () =>
        Number((await venue.spot.open('/api/v3/ping')).headers.get('x-mbx-used-weight-1m'));
      const before = await used();
      await venue.spotWsApi();
      return (await used()) - before - 1;
    },
    seen: 2,
  },
  {
    id: 'S-WSA-06',
    title: 'Parameters are signed sorted by name, as the printed HMAC signature is',
    source: wsApi('SIGNED request example (HMAC)'),
    at: 1645423376532,
    act: async (venue) => {
      const wire = await venue.spotWsApi();
      const order = {
        symbol: 'BTCUSDT',
        side: 'SELL',
        type: 'LIMIT',
        timeInForce: 'GTC',
        quantity: '0.01000000',
        price: '52000.00',
        recvWindow: 100,
        timestamp: 1645423376532,
        apiKey: venue.spot.key.apiKey,
      };
      const ask = async (signature: string) =>
        at(
          await wire.ask({ id: signature, method: 'order.place', params: { ...order, signature } }),
          'error.code',
        );
      return [(await ask(PRINTED)) === -1022, await ask(PRINTED.replace('aa', 'bb'))];
    },
    seen: [false, -1022],
  },
  {
    id: 'S-WSA-07',
    title: 'A wrong signature is refused with the code that REST gives',
    source: wsApi('SIGNED request security'),
    act: async (venue) => {
      const wire = await venue.spotWsApi();
      const params = signedParams(venue.spot.key, { timestamp: venue.clock.now() });
      const answer = await wire.ask({
        id: 1,
        method: 'account.status',
        params: { ...params, omitZeroBalances: true },
      });
      return pick(answer, 'status', 'error');
    },
    seen: { status: 400, error: INVALID },
  },
  {
    id: 'S-WSA-08',
    title: 'session.logon with an Ed25519 key makes key and signature needless, timestamp not',
    source: wsApi('Session Authentication'),
    act: async (venue) => {
      const wire = await venue.spotWsApi();
      const now = venue.clock.now();
      const logon = await wire.ask({
        id: 1,
        method: 'session.logon',
        params: signedParams(venue.keys.ed25519, { timestamp: now }),
      });
      const placed = await wire.ask({ id: 2, method: 'order.place', params: { ...LIMIT, timestamp: now } });
      const late = await wire.ask({ id: 3, method: 'order.place', params: LIMIT });
      return [
        fields(at(logon, 'result')),
        at(logon, 'result.apiKey') === venue.keys.ed25519.apiKey,
        at(placed, 'result.status'),
        at(late, 'error.code'),
      ];
    },
    seen: [
      named('apiKey authorizedSince connectedSince returnRateLimits serverTime userDataStream'),
      true,
      'NEW',
      -1102,
    ],
  },
  {
    id: 'S-WSA-09',
    title: 'session.logon takes no HMAC key',
    source: wsApi('Authentication requests'),
    act: async (venue) => {
      const wire = await venue.spotWsApi();
      const params = signedParams(venue.spot.key, { timestamp: venue.clock.now() });
      return at(await wire.ask({ id: 1, method: 'session.logon', params }), 'status') === 200;
    },
    seen: false,
  },
  {
    id: 'S-WSA-10',
    title: 'session.status shows no key before logon and after logout',
    source: wsApi('Query session status, Log out of the session'),
    act: async (venue) => {
      const wire = await venue.spotWsApi();
      const status = async (id: number) =>
        pick(
          at(await wire.ask({ id, method: 'session.status' }), 'result'),
          'apiKey',
          'authorizedSince',
          'userDataStream',
        );
      const before = await status(1);
      const params = signedParams(venue.keys.ed25519, { timestamp: venue.clock.now() });
      await wire.ask({ id: 2, method: 'session.logon', params });
      await wire.ask({ id: 3, method: 'userDataStream.subscribe' });
      const during = await status(4);
      await wire.ask({ id: 5, method: 'session.logout' });
      return [before, during.apiKey !== null, during.userDataStream, await status(6)];
    },
    seen: [
      { apiKey: null, authorizedSince: null, userDataStream: false },
      true,
      true,
      { apiKey: null, authorizedSince: null, userDataStream: false },
    ],
  },
  {
    id: 'S-WSA-11',
    title: 'userDataStream.subscribe asks for an authenticated session',
    source: wsApi('Subscribe to User Data Stream (USER_STREAM)'),
    act: async (venue) => {
      const wire = await venue.spotWsApi();
      return at(await wire.ask({ id: 1, method: 'userDataStream.subscribe' }), 'status') === 200;
    },
    seen: false,
  },
  {
    id: 'S-WSA-12',
    title: 'The answer to an order shows the limits of orders beside that of weight',
    source: wsApi('Response format'),
    act: async (venue) => {
      const wire = await venue.spotWsApi();
      const params = signedParams(venue.spot.key, { ...LIMIT, timestamp: venue.clock.now() });
      const answer = await wire.ask({ id: 1, method: 'order.place', params });
      return list(at(answer, 'rateLimits'))
        .map((limit) => `${at(limit, 'rateLimitType')} ${at(limit, 'intervalNum')} ${at(limit, 'interval')}`)
        .sort();
    },
    seen: ['ORDERS 1 DAY', 'ORDERS 10 SECOND', 'REQUEST_WEIGHT 1 MINUTE'],
  },
];
