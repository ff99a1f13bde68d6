import { type Behaviour, rest } from '../behaviour.js';
import { said } from '../caller.js';
import { at, fields, list, named, pick } from '../json.js';

const SYMBOL = { symbol: 'BTCUSDT' };
const MINUTE = 60_000;

/** Market data by REST. */
export const market: readonly Behaviour[] = [
  {
    id: 'S-MKT-01',
    title: 'ping answers an empty object and time the time of the venue',
    source: rest('Test connectivity, Check server time'),
    act: async ({ spot, clock }) => [
      (await spot.open('/api/v3/ping')).body,
      Number(at((await spot.open('/api/v3/time')).body, 'serverTime')) - clock.now(),
    ],
    seen: [{}, 0],
  },
  {
    id: 'S-MKT-02',
    title: 'exchangeInfo describes a symbol by the documented fields, and the limits of requests and orders',
    source: rest('Exchange information'),
    act: async ({ spot }) => {
      const { body } = await spot.open('/api/v3/exchangeInfo', SYMBOL);
      return [
        fields(body),
        fields(at(body, 'symbols.0')),
        list(at(body, 'rateLimits'))
          .map((limit) => at(limit, 'rateLimitType'))
          .includes('REQUEST_WEIGHT'),
        list(at(body, 'symbols.0.permissionSets')).length > 0,
      ];
    },
    seen: [
      named('timezone serverTime rateLimits exchangeFilters symbols'),
      named(`symbol status baseAsset baseAssetPrecision quoteAsset quotePrecision quoteAssetPrecision baseCommissionPrecision
        quoteCommissionPrecision orderTypes icebergAllowed ocoAllowed otoAllowed opoAllowed quoteOrderQtyMarketAllowed
        allowTrailingStop cancelReplaceAllowed amendAllowed pegInstructionsAllowed isSpotTradingAllowed isMarginTradingAllowed
        filters permissions permissionSets defaultSelfTradePreventionMode allowedSelfTradePreventionModes`),
      true,
      true,
    ],
  },
  {
    id: 'S-MKT-03',
    title: 'A limit of the order book beyond 5000 is no error',
    source: rest('Order book'),
    act: async ({ spot }) => {
      const answer = await spot.open('/api/v3/depth', { ...SYMBOL, limit: 9000 });
      return [said(answer), fields(answer.body)];
    },
    seen: ['200', named('lastUpdateId bids asks')],
  },
  {
    id: 'S-MKT-04',
    title: 'bookTicker is an object for one symbol and a list without one',
    source: rest('Symbol order book ticker'),
    act: async ({ spot }) => {
      const one = (await spot.open('/api/v3/ticker/bookTicker', SYMBOL)).body;
      const all = (await spot.open('/api/v3/ticker/bookTicker')).body;
      return [fields(one), pick(one, 'symbol', 'bidPrice', 'askPrice'), Array.isArray(all)];
    },
    seen: [
      named('symbol bidPrice bidQty askPrice askQty'),
      { symbol: 'BTCUSDT', bidPrice: '60000.00000000', askPrice: '60010.00000000' },
      true,
    ],
  },
  {
    id: 'S-MKT-05',
    title: 'A kline has twelve columns, opens at a whole interval and closes 1 ms before the next',
    source: rest('Kline/Candlestick data'),
    act: async (venue) => {
      venue.trade('spot', 60_005, 0.5);
      const { body } = await venue.spot.open('/api/v3/klines', { ...SYMBOL, interval: '1m', limit: 1 });
      const kline = list(list(body)[0]);
      return [kline.length, Number(kline[0]) % MINUTE, Number(kline[6]) - Number(kline[0]), kline[11]];
    },
    seen: [12, 0, MINUTE - 1, '0'],
  },
];
