import { type Behaviour, futures } from '../behaviour.js';
import { at, fields, type Json, list, named, pick } from '../json.js';
import { signedParams } from '../wire.js';
import { LIMIT, without } from './orders-used.js';

const SYMBOL = { symbol: 'BTCUSDT' };
const WS_API = 'websocket-api-general-info';

/** Market data, and the WebSocket API of futures. */
export const market: readonly Behaviour[] = [
  {
    id: 'F-MKT-01',
    title: 'An order book of REST carries the times of its message and of its transaction',
    source: futures('market-data/rest-api/Order-Book', 'Response Example'),
    act: async ({ futures: caller }) => fields((await caller.open('/fapi/v1/depth', SYMBOL)).body),
    seen: named('lastUpdateId E T bids asks'),
  },
  {
    id: 'F-MKT-02',
    title: 'Each depth event names the last update of the event before it',
    source: futures('websocket-market-streams/How-to-manage-a-local-order-book-correctly', 'step 6'),
    act: async (venue) => {
      const wire = await venue.futuresStreams('/public/ws/btcusdt@depth@100ms');
      const events: Json[] = [];
      for (let step = 1; step <= 4; step++) {
        venue.quote('futures', 60_000 + step, 60_010 + step);
        venue.advance(100);
        events.push(await wire.event('depthUpdate'));
      }
      return [
        fields(events[0]),
        events.slice(1).every((event, i) => at(event, 'pu') === at(events[i], 'u')),
        events.every((event) => Number(at(event, 'U')) <= Number(at(event, 'u'))),
      ];
    },
    seen: [named('e E T s U u pu b a'), true, true],
  },
  {
    id: 'F-MKT-03',
    title: 'bookTicker has an event type and both times, unlike that of spot',
    source: futures('websocket-market-streams/Individual-Symbol-Book-Ticker-Streams', 'Response Example'),
    act: async (venue) => {
      const wire = await venue.futuresStreams('/public/ws/btcusdt@bookTicker');
      venue.quote('futures', 60_020, 60_030);
      const ticker = await wire.next((json) => Number(at(json, 'b')) === 60_020);
      return named('e u E T s b B a A')
        .split(' ')
        .filter((name) => at(ticker, name) === undefined);
    },
    seen: [],
  },
  {
    id: 'F-MKT-04',
    title: 'markPrice tells funding rate and next funding time',
    source: futures('websocket-market-streams/Mark-Price-Stream', 'Response Example'),
    act: async (venue) => {
      const wire = await venue.futuresStreams('/market/ws/btcusdt@markPrice@1s');
      venue.quote('futures', 60_020, 60_030);
      venue.advance(1_000);
      const event = await wire.event('markPriceUpdate');
      const next = Number(at(event, 'T'));
      return [
        named('e E s p i P r T')
          .split(' ')
          .filter((name) => at(event, name) === undefined),
        next > venue.clock.now(),
      ];
    },
    seen: [[], true],
  },
  {
    id: 'F-MKT-05',
    title: 'bookTicker of REST carries a time, premiumIndex the figures of funding',
    source: futures('market-data/rest-api', 'Symbol Order Book Ticker, Mark Price'),
    act: async ({ futures: caller }) => {
      const ticker = (await caller.open('/fapi/v1/ticker/bookTicker', SYMBOL)).body;
      const mark = (await caller.open('/fapi/v1/premiumIndex', SYMBOL)).body;
      const missing = (json: typeof ticker, names: string) =>
        named(names)
          .split(' ')
          .filter((name) => at(json, name) === undefined);
      return [
        missing(ticker, 'symbol bidPrice bidQty askPrice askQty time'),
        missing(
          mark,
          'symbol markPrice indexPrice estimatedSettlePrice lastFundingRate interestRate nextFundingTime time',
        ),
      ];
    },
    seen: [[], []],
  },
  {
    id: 'F-MKT-06',
    title: 'A kline has twelve columns and closes 1 ms before the next',
    source: futures('market-data/rest-api/Kline-Candlestick-Data', 'Response Example'),
    act: async (venue) => {
      venue.trade('futures', 60_005, 0.5);
      const { body } = await venue.futures.open('/fapi/v1/klines', { ...SYMBOL, interval: '1h', limit: 1 });
      const kline = list(list(body)[0]);
      return [kline.length, Number(kline[6]) - Number(kline[0])];
    },
    seen: [12, 3_599_999],
  },
  {
    id: 'F-MKT-07',
    title: 'The WebSocket API answers an order with the three limits, and a missing parameter by its name',
    source: futures(WS_API, 'Response format'),
    act: async (venue) => {
      const wire = await venue.futuresWsApi();
      const place = (id: string, order: typeof LIMIT) => {
        const params = signedParams(venue.futures.key, { ...order, timestamp: venue.clock.now() });
        return wire.ask({ id, method: 'order.place', params });
      };
      const placed = await place('a', LIMIT);
      const refused = await place('b', without(LIMIT, 'quantity'));
      return [
        pick(placed, 'id', 'status'),
        list(at(placed, 'rateLimits'))
          .map(
            (limit) => `${at(limit, 'rateLimitType')} ${at(limit, 'intervalNum')} ${at(limit, 'interval')}`,
          )
          .sort(),
        pick(refused, 'id', 'status', 'error'),
      ];
    },
    seen: [
      { id: 'a', status: 200 },
      ['ORDERS 1 MINUTE', 'ORDERS 10 SECOND', 'REQUEST_WEIGHT 1 MINUTE'],
      {
        id: 'b',
        status: 400,
        error: {
          code: -1102,
          msg: "Mandatory parameter 'quantity' was not sent, was empty/null, or malformed.",
        },
      },
    ],
  },
  {
    id: 'F-MKT-08',
    title: 'Connecting to the WebSocket API costs a weight of 5',
    source: futures(WS_API, 'WebSocket API Rate limits'),
    act: async (venue) => {
      const used = async () =>
        Number((await venue.futures.open('/fapi/v1/ping')).headers.get('x-mbx-used-weight-1m'));
      const before = await used();
      await venue.futuresWsApi();
      return (await used()) - before - 1;
    },
    seen: 5,
  },
  {
    id: 'F-MKT-09',
    title: 'A stream connection ends after 24 hours and not before',
    source: futures('websocket-market-streams', 'Websocket Market Streams'),
    act: async (venue) => {
      const wire = await venue.futuresStreams('/market/ws/btcusdt@aggTrade');
      let open = true;
      const closed = wire.closed.then(() => {
        open = false;
      });
      // The venue pings every 3 minutes and waits 10 for the pong, which the connection sends before it asks again.
      const step = 360_000;
      for (let passed = 0; passed < 24 * 3_600_000 - step; passed += step) {
        venue.advance(step);
        await wire.ask({ method: 'LIST_SUBSCRIPTIONS', id: passed });
      }
      const almost = open;
      venue.advance(step);
      await closed;
      return [almost, open];
    },
    seen: [true, false],
  },
  {
    id: 'F-MKT-10',
    title: 'The venue pings every 3 minutes',
    source: futures('websocket-market-streams', 'Websocket Market Streams'),
    act: async (venue) => {
      const wire = await venue.futuresStreams('/market/ws/btcusdt@aggTrade');
      let pinged = false;
      const ping = wire.pinged.then(() => {
        pinged = true;
      });
      venue.advance(179_999);
      await wire.ask({ method: 'LIST_SUBSCRIPTIONS', id: 1 });
      const early = pinged;
      venue.advance(1);
      await ping;
      return [early, pinged];
    },
    seen: [false, true],
  },
];
