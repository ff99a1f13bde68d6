import { type Behaviour, faq, rest, wsApi } from '../behaviour.js';
import { type Answer, said } from '../caller.js';
import { at, list, pick } from '../json.js';
import type { VenueUnderTest } from '../venue.js';
import { LIMIT, MARKET, ORDER } from './orders-used.js';

const used = (answer: Answer): number => Number(answer.headers.get('x-mbx-used-weight-1m'));
const HEAVY = { symbol: 'BTCUSDT', limit: 5000 };

/** Uses up the weight of a minute: 24 deep books of 250 are exactly 6000. */
async function useUp({ spot }: VenueUnderTest): Promise<string[]> {
  const told: string[] = [];
  for (let request = 0; request < 24; request++) told.push(said(await spot.open('/api/v3/depth', HEAVY)));
  return told;
}

/** Weights and limits. */
export const limits: readonly Behaviour[] = [
  {
    id: 'S-LIM-01',
    title: 'Each answer carries the weight used, and each route adds its own',
    source: rest('IP Limits; the weight of each endpoint'),
    act: async ({ spot }) => {
      const costs: Record<string, number> = {};
      let before = used(await spot.open('/api/v3/ping'));
      const cost = (name: string, answer: Answer) => {
        costs[name] = used(answer) - before;
        before = used(answer);
      };
      const open = (path: string, params = {}) =>
        spot.open(`/api/v3/${path}`, { symbol: 'BTCUSDT', ...params });
      cost('ping', await spot.open('/api/v3/ping'));
      cost('exchangeInfo', await open('exchangeInfo'));
      cost('klines', await open('klines', { interval: '1m' }));
      cost('aggTrades', await open('aggTrades'));
      cost('avgPrice', await open('avgPrice'));
      cost('bookTicker', await open('ticker/bookTicker'));
      cost('all bookTickers', await spot.open('/api/v3/ticker/bookTicker'));
      cost('price', await open('ticker/price'));
      cost('account', await spot.get('/api/v3/account'));
      cost('openOrders', await spot.get('/api/v3/openOrders', { symbol: 'BTCUSDT' }));
      cost('all openOrders', await spot.get('/api/v3/openOrders'));
      cost('allOrders', await spot.get('/api/v3/allOrders', { symbol: 'BTCUSDT' }));
      cost('myTrades', await spot.get('/api/v3/myTrades', { symbol: 'BTCUSDT' }));
      cost('myTrades of an order', await spot.get('/api/v3/myTrades', { symbol: 'BTCUSDT', orderId: 1 }));
      cost('query order', await spot.get(ORDER, { symbol: 'BTCUSDT', origClientOrderId: 'none' }));
      cost('new order', await spot.post(ORDER, LIMIT));
      return costs;
    },
    seen: {
      ping: 1,
      exchangeInfo: 20,
      klines: 2,
      aggTrades: 4,
      avgPrice: 2,
      bookTicker: 2,
      'all bookTickers': 4,
      price: 2,
      account: 20,
      openOrders: 6,
      'all openOrders': 80,
      allOrders: 20,
      myTrades: 20,
      'myTrades of an order': 5,
      'query order': 4,
      'new order': 1,
    },
  },
  {
    id: 'S-LIM-02',
    title: 'The weight of an order book goes up with its limit in four steps',
    source: rest('Order book'),
    act: async ({ spot }) => {
      const costs: number[] = [];
      let before = used(await spot.open('/api/v3/ping'));
      for (const limit of [1, 100, 101, 500, 501, 1000, 1001, 5000]) {
        const now = used(await spot.open('/api/v3/depth', { symbol: 'BTCUSDT', limit }));
        costs.push(now - before);
        before = now;
      }
      return costs;
    },
    seen: [5, 5, 25, 25, 50, 50, 250, 250],
  },
  {
    id: 'S-LIM-03',
    title: 'The limit itself may be used; beyond it the answer is 429 with the seconds to wait',
    source: rest('IP Limits'),
    act: async (venue) => {
      const told = await useUp(venue);
      const beyond = await venue.spot.open('/api/v3/depth', HEAVY);
      const wait = Number(beyond.headers.get('retry-after'));
      return [new Set(told).size, told[0], said(beyond), Number.isInteger(wait) && wait > 0 && wait <= 60];
    },
    seen: [
      1,
      '200',
      '429 -1003 Too much request weight used; current limit is 6000 request weight per 1 MINUTE. Please use WebSocket Streams for live updates to avoid polling the API.',
      true,
    ],
  },
  {
    id: 'S-LIM-04',
    title: 'The count begins anew with the minute',
    source: wsApi('How to interpret rate limits'),
    act: async (venue) => {
      await venue.spot.open('/api/v3/exchangeInfo', { symbol: 'BTCUSDT' });
      const minute = 60_000;
      venue.advance(minute - (venue.clock.now() % minute) - 1);
      const last = used(await venue.spot.open('/api/v3/ping'));
      venue.advance(1);
      return [last > 20, used(await venue.spot.open('/api/v3/ping'))];
    },
    seen: [true, 1],
  },
  {
    id: 'S-LIM-05',
    title: 'Who goes on after 429 is banned: 418 until a time that the message names',
    source: rest('IP Limits'),
    act: async (venue) => {
      await useUp(venue);
      let answer = await venue.spot.open('/api/v3/depth', HEAVY);
      for (let more = 0; more < 100 && answer.status !== 418; more++)
        answer = await venue.spot.open('/api/v3/depth', HEAVY);
      const until = Number(/until (\d+)/.exec(String(at(answer.body, 'msg')))?.[1]);
      const wait = Number(answer.headers.get('retry-after'));
      return [
        said(answer).replace(/\d{13}/, '<time>'),
        until > venue.clock.now(),
        Math.abs(until - venue.clock.now() - wait * 1000) <= 1000,
        wait >= 120,
      ];
    },
    seen: [
      '418 -1003 Way too much request weight used; IP banned until <time>. Please use WebSocket Streams for live updates to avoid bans.',
      true,
      true,
      true,
    ],
  },
  {
    id: 'S-LIM-06',
    title: 'An order answers how many unfilled orders the account placed in 10 s and in the day',
    source: rest('Unfilled Order Count'),
    act: async ({ spot }) => {
      await spot.post(ORDER, LIMIT);
      const { headers } = await spot.post(ORDER, LIMIT);
      return [headers.get('x-mbx-order-count-10s'), headers.get('x-mbx-order-count-1d')];
    },
    seen: ['2', '2'],
  },
  {
    id: 'S-LIM-07',
    title: 'An order that fills counts no longer',
    source: faq('order_count_decrement', 'How do filled orders affect the unfilled order count'),
    act: async ({ spot }) => {
      await spot.post(ORDER, LIMIT);
      await spot.post(ORDER, MARKET);
      const { body } = await spot.get('/api/v3/rateLimit/order');
      return list(body).map((limit) => pick(limit, 'rateLimitType', 'interval', 'intervalNum', 'count'));
    },
    seen: [
      { rateLimitType: 'ORDERS', interval: 'SECOND', intervalNum: 10, count: 1 },
      { rateLimitType: 'ORDERS', interval: 'DAY', intervalNum: 1, count: 1 },
    ],
  },
  {
    id: 'S-LIM-08',
    title: 'Too many unfilled orders are refused with 429 and -1015',
    source: faq('order_count_decrement', 'How does the unfilled ORDERS rate limit work'),
    act: async (venue) => {
      const info = (await venue.spot.open('/api/v3/exchangeInfo', { symbol: 'BTCUSDT' })).body;
      const most = list(at(info, 'rateLimits')).find(
        (limit) => at(limit, 'rateLimitType') === 'ORDERS' && at(limit, 'interval') === 'SECOND',
      );
      const limit = Number(at(most, 'limit'));
      const told = new Set<string>();
      for (let order = 0; order < limit; order++) {
        told.add(said(await venue.spot.post(ORDER, LIMIT)));
      }
      const beyond = await venue.spot.post(ORDER, LIMIT);
      return [[...told], said(beyond).replace(String(limit), '<limit>')];
    },
    seen: [['200'], '429 -1015 Too many new orders; current limit is <limit> orders per 10 SECOND.'],
  },
];
