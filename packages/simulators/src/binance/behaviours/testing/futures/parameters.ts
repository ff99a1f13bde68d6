import { type Behaviour, futures } from '../behaviour.js';
import { type Params, said } from '../caller.js';
import { plus } from '../decimals.js';
import { LIMIT, MARKET, ORDER, without } from './orders-used.js';

const missing = (name: string): string =>
  `400 -1102 mandatory parameter '${name}' was not sent, was empty/null, or malformed.`.toLowerCase();

/** What an order must carry, and the edges of the filters. */
export const parameters: readonly Behaviour[] = [
  {
    id: 'F-PAR-01',
    title: 'A LIMIT order must carry timeInForce, quantity and price, a MARKET order quantity',
    source: futures('trade/rest-api', 'New Order(TRADE), additional mandatory parameters'),
    // The venue is known to write such names in small letters, which the documentation does not tell.
    act: async ({ futures: caller }) => {
      const told = async (order: Params) => said(await caller.post(ORDER, order)).toLowerCase();
      return [
        await told(without(LIMIT, 'timeInForce')),
        await told(without(LIMIT, 'quantity')),
        await told(without(LIMIT, 'price')),
        await told(without(MARKET, 'quantity')),
      ];
    },
    seen: ['timeInForce', 'quantity', 'price', 'quantity'].map(missing),
  },
  {
    id: 'F-PAR-02',
    title: 'Unknown words for symbol, timeInForce, type, side and positionSide have codes of their own',
    source: futures('error-code', '-1121, -1115, -1116, -1117, -4060'),
    act: async ({ futures: caller }) => [
      said(await caller.post(ORDER, { ...LIMIT, symbol: 'NONESUCH' })),
      said(await caller.post(ORDER, { ...LIMIT, timeInForce: 'DAY' })),
      said(await caller.post(ORDER, { ...LIMIT, type: 'STOP_LOSS' })),
      said(await caller.post(ORDER, { ...LIMIT, side: 'HOLD' })),
      said(await caller.post(ORDER, { ...LIMIT, positionSide: 'UP' })),
    ],
    seen: [
      '400 -1121 Invalid symbol.',
      '400 -1115 Invalid timeInForce.',
      '400 -1116 Invalid orderType.',
      '400 -1117 Invalid side.',
      '400 -4060 Invalid position side.',
    ],
  },
  {
    id: 'F-PAR-03',
    title: 'More decimals than the precision of a price or quantity are refused',
    source: futures('error-code', '-1111 BAD_PRECISION'),
    act: async ({ futures: caller }) => [
      said(await caller.post(ORDER, { ...LIMIT, price: '58000.001' })),
      said(await caller.post(ORDER, { ...LIMIT, quantity: '0.0101' })),
    ],
    seen: Array(2).fill('400 -1111 Precision is over the maximum defined for this asset.'),
  },
  {
    id: 'F-PAR-04',
    title: 'A price with few enough decimals must still be a multiple of the tick',
    source: futures('error-code', '-4014 PRICE_NOT_INCREASED_BY_TICK_SIZE'),
    act: async ({ futures: caller }) => said(await caller.post(ORDER, { ...LIMIT, price: '58000.05' })),
    seen: '400 -4014 Price not increased by tick size.',
  },
  {
    id: 'F-PAR-05',
    title: 'A quantity must be above zero and at most maxQty',
    source: futures('error-code', '-4003 QTY_LESS_THAN_ZERO, -4005 QTY_GREATER_THAN_MAX_QTY'),
    act: async (venue) => {
      const most = await venue.filter('futures', 'LOT_SIZE', 'maxQty');
      const beyond = plus(most, await venue.filter('futures', 'LOT_SIZE', 'stepSize'));
      return [
        said(await venue.futures.post(ORDER, { ...LIMIT, quantity: '0' })).slice(0, 9),
        said(await venue.futures.post(ORDER, { ...LIMIT, quantity: beyond })),
      ];
    },
    seen: ['400 -4003', '400 -4005 Quantity greater than max quantity.'],
  },
  {
    id: 'F-PAR-06',
    title: 'A price may be no less than minPrice and no more than maxPrice',
    source: futures('error-code', '-4013 PRICE_LESS_THAN_MIN_PRICE, -4002 PRICE_GREATER_THAN_MAX_PRICE'),
    act: async (venue) => {
      const most = await venue.filter('futures', 'PRICE_FILTER', 'maxPrice');
      const tick = await venue.filter('futures', 'PRICE_FILTER', 'tickSize');
      return [
        said(await venue.futures.post(ORDER, { ...LIMIT, price: tick, quantity: '1' })).slice(0, 9),
        said(await venue.futures.post(ORDER, { ...LIMIT, price: plus(most, tick) })).slice(0, 9),
      ];
    },
    seen: ['400 -4013', '400 -4002'],
  },
  {
    id: 'F-PAR-07',
    title: 'An order below the least notional is refused unless it is reduce-only',
    source: futures('error-code', '-4164 MIN_NOTIONAL'),
    act: async (venue) => {
      const least = await venue.filter('futures', 'MIN_NOTIONAL', 'notional');
      const small = { ...MARKET, quantity: '0.001' };
      const { futures: caller } = venue;
      const opening = said(await caller.post(ORDER, small)).replace(`${Number(least)}`, '<least>');
      await caller.post(ORDER, MARKET);
      const closing = said(await caller.post(ORDER, { ...small, side: 'SELL', reduceOnly: 'true' }));
      return [opening.replace(/<least>(\.0)?/, '<least>'), closing];
    },
    seen: [
      "400 -4164 Order's notional must be no smaller than <least> (unless you choose reduce only)",
      '200',
    ],
  },
  {
    id: 'F-PAR-08',
    title:
      'A buy may not be priced above mark price times multiplierUp, a sell not below times multiplierDown',
    source: futures('common-definition', 'PERCENT_PRICE'),
    act: async (venue) => {
      const up = Number(await venue.filter('futures', 'PERCENT_PRICE', 'multiplierUp'));
      const down = Number(await venue.filter('futures', 'PERCENT_PRICE', 'multiplierDown'));
      const at = async (side: string, factor: number) =>
        said(
          await venue.futures.post('/fapi/v1/order/test', {
            ...LIMIT,
            side,
            price: String(Math.round(60_005 * factor)),
          }),
        ).slice(0, 9);
      return [
        await at('BUY', up * 1.002),
        await at('SELL', down * 0.998),
        await at('BUY', up * 0.998),
        await at('SELL', down * 1.002),
      ];
    },
    seen: ['400 -4016', '400 -4024', '200', '200'],
  },
  {
    id: 'F-PAR-09',
    title: 'A client order id has at most 36 characters of the documented alphabet',
    source: futures('trade/rest-api', 'New Order(TRADE), parameter newClientOrderId'),
    act: async ({ futures: caller }) => [
      said(await caller.post(ORDER, { ...LIMIT, newClientOrderId: 'a'.repeat(36) })),
      said(await caller.post(ORDER, { ...LIMIT, newClientOrderId: 'a'.repeat(37) })).slice(0, 9),
    ],
    seen: ['200', '400 -4015'],
  },
  {
    id: 'F-PAR-10',
    title: 'goodTillDate must be more than 600 s ahead',
    source: futures('error-code', '-5040 FUTURE_GOOD_TILL_DATE'),
    act: async ({ futures: caller, clock }) => {
      const till = async (seconds: number) =>
        said(
          await caller.post(ORDER, {
            ...LIMIT,
            timeInForce: 'GTD',
            goodTillDate: clock.now() + seconds * 1000,
          }),
        ).slice(0, 9);
      return [await till(599), await till(602)];
    },
    seen: ['400 -5040', '200'],
  },
  {
    id: 'F-PAR-11',
    title: 'An order book has one of the documented limits',
    source: futures('market-data/rest-api/Order-Book', 'Request Parameters'),
    act: async ({ futures: caller }) => [
      said(await caller.open('/fapi/v1/depth', { symbol: 'BTCUSDT', limit: 50 })),
      said(await caller.open('/fapi/v1/depth', { symbol: 'BTCUSDT', limit: 51 })).slice(0, 9),
    ],
    seen: ['200', '400 -4021'],
  },
  {
    id: 'F-PAR-12',
    title: 'There are no klines of a second',
    source: futures('common-definition', 'Kline/Candlestick chart intervals'),
    act: async ({ futures: caller }) =>
      said(await caller.open('/fapi/v1/klines', { symbol: 'BTCUSDT', interval: '1s' })),
    seen: '400 -1120 Invalid interval.',
  },
];
