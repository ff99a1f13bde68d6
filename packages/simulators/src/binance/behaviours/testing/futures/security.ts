import { type Behaviour, futures } from '../behaviour.js';
import { encoded, said } from '../caller.js';
import { at, fields, named } from '../json.js';
import { LIMIT, LISTEN_KEY, ORDER } from './orders-used.js';

const TEST = '/fapi/v1/order/test';
const BALANCE = '/fapi/v3/balance';
const REFUSED = '400 -1022 Signature for this request is not valid.';
const PRINTED = '3c661234138461fcc7a7d8746c6558c9842d4e10870d2ecbedf7777cad694af9';

/** Keys, signatures, time and limits. */
export const security: readonly Behaviour[] = [
  {
    id: 'F-SEC-01',
    title: 'The printed HMAC signature is taken in the query string and in the body',
    source: futures('general-info', 'SIGNED Endpoint Examples for POST /fapi/v1/order - HMAC Keys'),
    at: 1591702613943,
    act: async ({ printed }) => {
      const payload =
        'symbol=BTCUSDT&side=BUY&type=LIMIT&quantity=1&price=9000&timeInForce=GTC&recvWindow=5000&timestamp=1591702613943';
      const signed = (signature: string) => `${payload}&signature=${signature}`;
      return [
        said(await printed.raw('POST', `${TEST}?${signed(PRINTED)}`, printed.header)) === REFUSED,
        said(await printed.raw('POST', TEST, printed.header, signed(PRINTED))) === REFUSED,
        said(await printed.raw('POST', `${TEST}?${signed(PRINTED.replace('3c', '4c'))}`, printed.header)),
      ];
    },
    seen: [false, false, REFUSED],
  },
  {
    id: 'F-SEC-02',
    title: 'Query string and body together are signed without a separator',
    source: futures('general-info', 'Example 3: Mixed query string and request body'),
    act: async ({ futures: caller, clock }) => {
      const query = encoded({ symbol: 'BTCUSDT', side: 'BUY', type: 'LIMIT', timeInForce: 'GTC' });
      const body = encoded({ quantity: '0.01', price: '58000', timestamp: clock.now() });
      const sent = (payload: string) =>
        caller.raw(
          'POST',
          `${TEST}?${query}`,
          caller.header,
          `${body}&signature=${caller.signature(payload)}`,
        );
      return [said(await sent(query + body)), said(await sent(`${query}&${body}`))];
    },
    seen: ['200', REFUSED],
  },
  {
    id: 'F-SEC-03',
    title: 'A listenKey asks for the key and for no signature',
    source: futures('general-info', 'Endpoint Security Type, USER_STREAM'),
    act: async ({ futures: caller }) => {
      const unknown = caller.with({ ...caller.key, apiKey: 'a'.repeat(64) });
      const refused = await unknown.keyed('POST', LISTEN_KEY);
      return [fields((await caller.keyed('POST', LISTEN_KEY)).body), at(refused.body, 'code')];
    },
    seen: [named('listenKey'), -2015],
  },
  {
    id: 'F-SEC-04',
    title: 'A request is taken while timestamp < serverTime + 1000 and serverTime - timestamp <= recvWindow',
    source: futures('general-info', 'Timing Security'),
    act: async ({ futures: caller, clock }) => {
      const aged = async (ms: number) => said(await caller.get(BALANCE, { timestamp: clock.now() - ms }));
      return [await aged(5000), await aged(5001), await aged(-999), await aged(-1000)];
    },
    seen: [
      '200',
      '400 -1021 Timestamp for this request is outside of the recvWindow.',
      '200',
      "400 -1021 Timestamp for this request was 1000ms ahead of the server's time.",
    ],
  },
  {
    id: 'F-SEC-05',
    title: 'RSA and Ed25519 keys sign as well',
    source: futures('general-info', 'SIGNED Endpoint Examples for POST /fapi/v1/order - RSA Keys'),
    act: async ({ futures: caller, keys }) => [
      said(await caller.with(keys.rsa).get(BALANCE)),
      said(await caller.with(keys.ed25519).get(BALANCE)),
    ],
    seen: ['200', '200'],
  },
  {
    id: 'F-SEC-06',
    title: 'An order answers the orders of 10 s and of the minute, and costs the address no weight',
    source: futures('trade/rest-api', 'New Order(TRADE), Request Weight'),
    act: async ({ futures: caller }) => {
      const before = await caller.open('/fapi/v1/ping');
      const { headers } = await caller.post(ORDER, LIMIT);
      const weight = 'x-mbx-used-weight-1m';
      return [
        headers.get('x-mbx-order-count-10s'),
        headers.get('x-mbx-order-count-1m'),
        Number(headers.get(weight)) - Number(before.headers.get(weight)),
      ];
    },
    seen: ['1', '1', 0],
  },
  {
    id: 'F-SEC-07',
    title: 'Routes have the documented weights',
    source: futures('trade/rest-api', 'Request Weight of each endpoint'),
    act: async ({ futures: caller }) => {
      const used = (answer: { headers: Headers }) => Number(answer.headers.get('x-mbx-used-weight-1m'));
      const costs: Record<string, number> = {};
      let before = used(await caller.open('/fapi/v1/ping'));
      const cost = (name: string, answer: { headers: Headers }) => {
        costs[name] = used(answer) - before;
        before = used(answer);
      };
      const one = { symbol: 'BTCUSDT' };
      for (const limit of [50, 100, 500, 1000])
        cost(`depth ${limit}`, await caller.open('/fapi/v1/depth', { ...one, limit }));
      for (const limit of [99, 100, 499, 500, 1000, 1001])
        cost(`klines ${limit}`, await caller.open('/fapi/v1/klines', { ...one, interval: '1m', limit }));
      cost('openOrders', await caller.get('/fapi/v1/openOrders', one));
      cost('all openOrders', await caller.get('/fapi/v1/openOrders'));
      cost('openAlgoOrders', await caller.get('/fapi/v1/openAlgoOrders', one));
      cost('all openAlgoOrders', await caller.get('/fapi/v1/openAlgoOrders'));
      cost('position mode', await caller.get('/fapi/v1/positionSide/dual'));
      cost('positionRisk', await caller.get('/fapi/v3/positionRisk'));
      cost('userTrades', await caller.get('/fapi/v1/userTrades', one));
      return costs;
    },
    seen: {
      'depth 50': 2,
      'depth 100': 5,
      'depth 500': 10,
      'depth 1000': 20,
      'klines 99': 1,
      'klines 100': 2,
      'klines 499': 2,
      'klines 500': 5,
      'klines 1000': 5,
      'klines 1001': 10,
      openOrders: 1,
      'all openOrders': 40,
      openAlgoOrders: 1,
      'all openAlgoOrders': 40,
      'position mode': 30,
      positionRisk: 5,
      userTrades: 5,
    },
  },
  {
    id: 'F-SEC-08',
    title: 'A minute has a weight of 2400; beyond it requests are answered 429',
    source: futures('common-definition', 'Rate limiters (rateLimitType); general-info, IP Limits'),
    act: async ({ futures: caller }) => {
      const told = new Set<string>();
      const deep = () => caller.open('/fapi/v1/depth', { symbol: 'BTCUSDT', limit: 1000 });
      for (let request = 0; request < 120; request++) told.add(said(await deep()));
      return [[...told], said(await deep()).slice(0, 9)];
    },
    seen: [['200'], '429 -1003'],
  },
];
