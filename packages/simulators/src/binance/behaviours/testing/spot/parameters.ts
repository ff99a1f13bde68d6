import { type Behaviour, errors, rest } from '../behaviour.js';
import { complained, said } from '../caller.js';
import { at } from '../json.js';
import { LIMIT, MARKET, ORDER, SELL_OCO, STOP, without } from './orders-used.js';

const missing = (name: string): string =>
  `400 -1102 Mandatory parameter '${name}' was not sent, was empty/null, or malformed.`;
const eitherOr = (message: string): string[] | string => {
  const match = /^-1102 Param '(\w+)' or '(\w+)' must be sent, but both were empty\/null!$/.exec(message);
  return match ? match.slice(1).sort() : message;
};

/** What an order must and must not carry. */
export const parameters: readonly Behaviour[] = [
  {
    id: 'S-PAR-01',
    title: 'symbol, side and type are mandatory for every order',
    source: rest('New order (TRADE)'),
    act: async ({ spot }) => [
      said(await spot.post(ORDER, without(LIMIT, 'symbol'))),
      said(await spot.post(ORDER, without(LIMIT, 'side'))),
      said(await spot.post(ORDER, without(LIMIT, 'type'))),
    ],
    seen: ['symbol', 'side', 'type'].map(missing),
  },
  {
    id: 'S-PAR-02',
    title: 'A LIMIT order must carry timeInForce, quantity and price',
    source: rest('New order (TRADE), additional mandatory parameters based on order type'),
    act: async ({ spot }) => [
      said(await spot.post(ORDER, without(LIMIT, 'timeInForce'))),
      said(await spot.post(ORDER, without(LIMIT, 'quantity'))),
      said(await spot.post(ORDER, without(LIMIT, 'price'))),
    ],
    seen: ['timeInForce', 'quantity', 'price'].map(missing),
  },
  {
    id: 'S-PAR-03',
    title: 'A MARKET order must carry quantity or quoteOrderQty',
    source: errors('-1102 MANDATORY_PARAM_EMPTY_OR_MALFORMED'),
    act: async ({ spot }) => eitherOr(complained(await spot.post(ORDER, without(MARKET, 'quantity')))),
    seen: ['quantity', 'quoteOrderQty'],
  },
  {
    id: 'S-PAR-04',
    title: 'A STOP_LOSS order must carry stopPrice or trailingDelta',
    source: rest('New order (TRADE), additional mandatory parameters based on order type'),
    act: async ({ spot }) => eitherOr(complained(await spot.post(ORDER, without(STOP, 'stopPrice')))),
    seen: ['stopPrice', 'trailingDelta'],
  },
  {
    id: 'S-PAR-05',
    title: 'STOP_LOSS_LIMIT and TAKE_PROFIT_LIMIT need a price and a timeInForce besides',
    source: rest('New order (TRADE), additional mandatory parameters based on order type'),
    act: async ({ spot }) => [
      said(await spot.post(ORDER, { ...STOP, type: 'STOP_LOSS_LIMIT', price: '54000' })),
      said(
        await spot.post(ORDER, {
          ...STOP,
          type: 'TAKE_PROFIT_LIMIT',
          stopPrice: '65000',
          timeInForce: 'GTC',
        }),
      ),
    ],
    seen: ['timeInForce', 'price'].map(missing),
  },
  {
    id: 'S-PAR-06',
    title: 'A MARKET order may carry no price',
    source: errors('-1106 PARAM_NOT_REQUIRED'),
    act: async ({ spot }) => said(await spot.post(ORDER, { ...MARKET, price: '60000' })),
    seen: "400 -1106 Parameter 'price' sent when not required.",
  },
  {
    id: 'S-PAR-07',
    title: 'Unknown words for timeInForce, type and side have codes of their own',
    source: errors('-1115 INVALID_TIF, -1116 INVALID_ORDER_TYPE, -1117 INVALID_SIDE'),
    act: async ({ spot }) => [
      said(await spot.post(ORDER, { ...LIMIT, timeInForce: 'DAY' })),
      said(await spot.post(ORDER, { ...LIMIT, type: 'STOP_MARKET' })),
      said(await spot.post(ORDER, { ...LIMIT, side: 'HOLD' })),
    ],
    seen: ['400 -1115 Invalid timeInForce.', '400 -1116 Invalid orderType.', '400 -1117 Invalid side.'],
  },
  {
    id: 'S-PAR-08',
    title: 'An unknown symbol is refused on public and on signed endpoints',
    source: errors('-1121 BAD_SYMBOL'),
    act: async ({ spot }) => [
      said(await spot.open('/api/v3/depth', { symbol: 'NONESUCH' })),
      said(await spot.open('/api/v3/exchangeInfo', { symbol: 'NONESUCH' })),
      said(await spot.post(ORDER, { ...LIMIT, symbol: 'NONESUCH' })),
    ],
    seen: Array(3).fill('400 -1121 Invalid symbol.'),
  },
  {
    id: 'S-PAR-09',
    title: 'A ninth decimal of price or quantity is too much precision',
    source: errors('-1111 BAD_PRECISION'),
    act: async ({ spot }) => [
      said(await spot.post(ORDER, { ...LIMIT, price: '50000.000000001' })),
      said(await spot.post(ORDER, { ...LIMIT, quantity: '0.010000001' })),
    ],
    seen: ['price', 'quantity'].map((name) => `400 -1111 Parameter '${name}' has too much precision.`),
  },
  {
    id: 'S-PAR-10',
    title: 'A quantity in scientific notation has illegal characters',
    source: errors('-1100 ILLEGAL_CHARS'),
    act: async ({ spot }) => {
      const message = said(await spot.post(ORDER, { ...LIMIT, quantity: '1e-7' }));
      return message.replace(/legal range is '.+'\.$/, 'legal range is …');
    },
    seen: "400 -1100 Illegal characters found in parameter 'quantity'; legal range is …",
  },
  {
    id: 'S-PAR-11',
    title: 'strategyType may not be less than 1000000',
    source: errors('-1134 BAD_STRATEGY_TYPE'),
    act: async ({ spot }) => {
      const low = await spot.post(ORDER, { ...LIMIT, strategyId: 7, strategyType: 999_999 });
      const least = await spot.post(ORDER, { ...LIMIT, strategyId: 7, strategyType: 1_000_000 });
      return [at(low.body, 'code'), at(least.body, 'strategyId'), at(least.body, 'strategyType')];
    },
    seen: [-1134, 7, 1_000_000],
  },
  {
    id: 'S-PAR-12',
    title: 'A query or a cancel must name the order by one of its two ids',
    source: rest('Cancel order (TRADE), Query order (USER_DATA)'),
    act: async ({ spot }) => [
      eitherOr(complained(await spot.delete(ORDER, { symbol: 'BTCUSDT' }))),
      eitherOr(complained(await spot.get(ORDER, { symbol: 'BTCUSDT' }))),
    ],
    seen: Array(2).fill(['orderId', 'origClientOrderId']),
  },
  {
    id: 'S-PAR-13',
    title: 'An unknown word for cancelRestrictions is refused',
    source: rest('Cancel order (TRADE), Regarding cancelRestrictions'),
    act: async ({ spot }) => {
      await spot.post(ORDER, { ...LIMIT, newClientOrderId: 'kept' });
      const cancel = { symbol: 'BTCUSDT', origClientOrderId: 'kept', cancelRestrictions: 'ONLY_OLD' };
      return at((await spot.delete(ORDER, cancel)).body, 'code');
    },
    seen: -1145,
  },
  {
    id: 'S-PAR-14',
    title: 'A kline interval is case-sensitive and one of those listed',
    source: rest('Kline/Candlestick data'),
    act: async ({ spot }) => [
      said(await spot.open('/api/v3/klines', { symbol: 'BTCUSDT', interval: '1M' })),
      said(await spot.open('/api/v3/klines', { symbol: 'BTCUSDT', interval: '1H' })),
      said(await spot.open('/api/v3/klines', { symbol: 'BTCUSDT', interval: '7m' })),
    ],
    seen: ['200', '400 -1120 Invalid interval.', '400 -1120 Invalid interval.'],
  },
  {
    id: 'S-PAR-15',
    title: 'The leg of a pair that is a limit needs its price, the leg that is a stop its stop price',
    source: rest('New Order list - OCO (TRADE)'),
    act: async ({ spot }) => [
      at((await spot.post('/api/v3/orderList/oco', without(SELL_OCO, 'abovePrice'))).body, 'code'),
      at((await spot.post('/api/v3/orderList/oco', without(SELL_OCO, 'belowStopPrice'))).body, 'code'),
      at((await spot.post('/api/v3/orderList/oco', without(SELL_OCO, 'belowType'))).body, 'code'),
    ],
    seen: [-1102, -1102, -1102],
  },
];
