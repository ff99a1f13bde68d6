import { type Behaviour, enums, errors, rest } from '../behaviour.js';
import { said } from '../caller.js';
import { times, units } from '../decimals.js';
import { at, fields, list, named, pick } from '../json.js';
import { LIMIT, MARKET, ORDER, STOP, TEST } from './orders-used.js';

const ACK = 'symbol orderId orderListId clientOrderId transactTime';
const RESULT = `${ACK} price origQty executedQty origQuoteOrderQty cummulativeQuoteQty status timeInForce type side
  workingTime selfTradePreventionMode`;
const ids = { symbol: 'BTCUSDT', origClientOrderId: 'mine' };

/** Answers to order commands, and what becomes of orders. */
export const orders: readonly Behaviour[] = [
  {
    id: 'S-ORD-01',
    title: 'newOrderRespType gives the fields of ACK, RESULT or FULL',
    source: rest('New order (TRADE), Response - ACK, RESULT, FULL'),
    act: async ({ spot }) =>
      Promise.all(
        ['ACK', 'RESULT', 'FULL'].map(async (newOrderRespType) =>
          fields((await spot.post(ORDER, { ...LIMIT, newOrderRespType })).body),
        ),
      ),
    seen: [named(ACK), named(RESULT), named(`${RESULT} fills`)],
  },
  {
    id: 'S-ORD-02',
    title: 'LIMIT and MARKET answer FULL unless asked otherwise, the other types ACK',
    source: rest('New order (TRADE), parameter newOrderRespType'),
    act: async ({ spot }) => [
      fields((await spot.post(ORDER, LIMIT)).body),
      fields((await spot.post(ORDER, MARKET)).body),
      fields((await spot.post(ORDER, STOP)).body),
    ],
    seen: [named(`${RESULT} fills`), named(`${RESULT} fills`), named(ACK)],
  },
  {
    id: 'S-ORD-03',
    title: 'A resting LIMIT order is NEW, outside any list, and works from its transaction on',
    source: rest('New order (TRADE), Response - RESULT'),
    act: async ({ spot, clock }) => {
      const { body } = await spot.post(ORDER, { ...LIMIT, newClientOrderId: 'mine' });
      return {
        ...pick(
          body,
          'orderListId',
          'clientOrderId',
          'price',
          'origQty',
          'executedQty',
          'status',
          'timeInForce',
        ),
        fills: list(at(body, 'fills')).length,
        sinceNow: [at(body, 'transactTime'), at(body, 'workingTime')].map(
          (time) => Number(time) - clock.now(),
        ),
      };
    },
    seen: {
      orderListId: -1,
      clientOrderId: 'mine',
      price: '50000.00000000',
      origQty: '0.01000000',
      executedQty: '0.00000000',
      status: 'NEW',
      timeInForce: 'GTC',
      fills: 0,
      sinceNow: [0, 0],
    },
  },
  {
    id: 'S-ORD-04',
    title: 'A filled MARKET order lists its fills, and they add up to what was executed',
    source: rest('New order (TRADE), Response - FULL'),
    act: async ({ spot }) => {
      const { body } = await spot.post(ORDER, MARKET);
      const fills = list(at(body, 'fills'));
      const sum = (of: (fill: (typeof fills)[number]) => string) =>
        fills.reduce((total, fill) => total + units(of(fill)), 0n);
      const text = (fill: (typeof fills)[number], name: string) => String(at(fill, name));
      return {
        ...pick(body, 'status', 'price', 'executedQty', 'timeInForce'),
        fill: fields(fills[0]),
        quantity: sum((fill) => text(fill, 'qty')) === units(String(at(body, 'executedQty'))),
        value:
          sum((fill) => times(text(fill, 'price'), text(fill, 'qty'))) ===
          units(String(at(body, 'cummulativeQuoteQty'))),
      };
    },
    seen: {
      status: 'FILLED',
      price: '0.00000000',
      executedQty: '0.01000000',
      timeInForce: 'GTC',
      fill: named('price qty commission commissionAsset tradeId'),
      quantity: true,
      value: true,
    },
  },
  {
    id: 'S-ORD-05',
    title: 'A MARKET order by quoteOrderQty spends no more than that, on the lot grid',
    source: rest('New order (TRADE), MARKET orders using quoteOrderQty'),
    act: async (venue) => {
      const { body } = await venue.spot.post(ORDER, {
        symbol: 'BTCUSDT',
        side: 'BUY',
        type: 'MARKET',
        quoteOrderQty: '1000',
      });
      const step = units(await venue.filter('spot', 'LOT_SIZE', 'stepSize'));
      const spent = units(String(at(body, 'cummulativeQuoteQty')));
      return {
        ...pick(body, 'origQuoteOrderQty', 'status'),
        spent: spent <= units('1000') && spent > units('999'),
        grid: units(String(at(body, 'executedQty'))) % step,
      };
    },
    seen: { origQuoteOrderQty: '1000.00000000', status: 'FILLED', spent: true, grid: 0n },
  },
  {
    id: 'S-ORD-06',
    title: 'An IOC order without a match expires, and says why',
    source: enums('Order status EXPIRED, Expiry Reasons'),
    act: async ({ spot }) =>
      pick(
        (await spot.post(ORDER, { ...LIMIT, timeInForce: 'IOC' })).body,
        'status',
        'executedQty',
        'expiryReason',
      ),
    seen: { status: 'EXPIRED', executedQty: '0.00000000', expiryReason: 'UNFILLED_IOC_QUANTITY_EXPIRED' },
  },
  {
    id: 'S-ORD-07',
    title: 'A FOK order that cannot fill whole expires, and says why',
    source: enums('Time in force FOK, Expiry Reasons'),
    act: async ({ spot }) =>
      pick(
        (await spot.post(ORDER, { ...LIMIT, timeInForce: 'FOK' })).body,
        'status',
        'executedQty',
        'expiryReason',
      ),
    seen: { status: 'EXPIRED', executedQty: '0.00000000', expiryReason: 'UNFILLED_FOK_ORDER_EXPIRED' },
  },
  {
    id: 'S-ORD-08',
    title: 'More than the account has is refused',
    source: errors('Messages for -1010, -2010, -2011 and -2038'),
    act: async ({ spot }) =>
      said(await spot.post(ORDER, { ...LIMIT, side: 'SELL', price: '61000', quantity: '100' })),
    seen: '400 -2010 Account has insufficient balance for requested action.',
  },
  {
    id: 'S-ORD-09',
    title: 'A LIMIT_MAKER that would trade at once is refused',
    source: errors('Messages for -1010, -2010, -2011 and -2038'),
    act: async ({ spot }) =>
      said(
        await spot.post(ORDER, {
          symbol: 'BTCUSDT',
          side: 'BUY',
          type: 'LIMIT_MAKER',
          quantity: '0.01',
          price: '60500',
        }),
      ),
    seen: '400 -2010 Order would immediately match and take.',
  },
  {
    id: 'S-ORD-10',
    title: 'A stop on the wrong side of the market is refused, for each of the four kinds',
    source: rest('New order (TRADE), trigger order price rules against market price'),
    act: async ({ spot }) =>
      Promise.all(
        [
          { side: 'SELL', type: 'STOP_LOSS', stopPrice: '65000' },
          { side: 'BUY', type: 'STOP_LOSS', stopPrice: '55000' },
          { side: 'SELL', type: 'TAKE_PROFIT', stopPrice: '55000' },
          { side: 'BUY', type: 'TAKE_PROFIT', stopPrice: '65000' },
        ].map(async (order) => said(await spot.post(ORDER, { ...STOP, ...order }))),
      ),
    seen: Array(4).fill('400 -2010 Order would trigger immediately.'),
  },
  {
    id: 'S-ORD-11',
    title: 'A client order id is unique among open orders, and free again once its order is filled',
    source: rest('New order (TRADE), parameter newClientOrderId'),
    act: async ({ spot }) => {
      await spot.post(ORDER, { ...LIMIT, newClientOrderId: 'mine' });
      const twice = await spot.post(ORDER, { ...LIMIT, newClientOrderId: 'mine' });
      await spot.post(ORDER, { ...MARKET, newClientOrderId: 'filled' });
      const again = await spot.post(ORDER, { ...MARKET, newClientOrderId: 'filled' });
      return [said(twice), at(again.body, 'status')];
    },
    seen: ['400 -2010 Duplicate order sent.', 'FILLED'],
  },
  {
    id: 'S-ORD-12',
    title: 'An order that is not there cannot be cancelled nor queried',
    source: errors('-2011 CANCEL_REJECTED, -2013 NO_SUCH_ORDER'),
    act: async ({ spot }) => [said(await spot.delete(ORDER, ids)), said(await spot.get(ORDER, ids))],
    seen: ['400 -2011 Unknown order sent.', '400 -2013 Order does not exist.'],
  },
  {
    id: 'S-ORD-13',
    title: 'A cancel has an id of its own and answers with the id of the order as origClientOrderId',
    source: rest('Cancel order (TRADE)'),
    act: async ({ spot }) => {
      await spot.post(ORDER, { ...LIMIT, newClientOrderId: 'mine' });
      const { body } = await spot.delete(ORDER, { ...ids, newClientOrderId: 'cancel' });
      return [fields(body), pick(body, 'origClientOrderId', 'clientOrderId', 'status')];
    },
    seen: [
      named(`${RESULT} origClientOrderId`.replace('workingTime', '')),
      { origClientOrderId: 'mine', clientOrderId: 'cancel', status: 'CANCELED' },
    ],
  },
  {
    id: 'S-ORD-14',
    title: 'A cancel that is restricted to partly filled orders leaves a new one alone',
    source: rest('Cancel order (TRADE), Regarding cancelRestrictions'),
    act: async ({ spot }) => {
      await spot.post(ORDER, { ...LIMIT, newClientOrderId: 'mine' });
      const refused = await spot.delete(ORDER, { ...ids, cancelRestrictions: 'ONLY_PARTIALLY_FILLED' });
      return [said(refused), said(await spot.delete(ORDER, { ...ids, cancelRestrictions: 'ONLY_NEW' }))];
    },
    seen: ['400 -2011 Order was not canceled due to cancel restrictions.', '200'],
  },
  {
    id: 'S-ORD-15',
    title: 'A query shows an order with the documented fields; a stop order shows its stop price',
    source: rest('Query order (USER_DATA)'),
    act: async ({ spot }) => {
      await spot.post(ORDER, { ...LIMIT, newClientOrderId: 'mine' });
      const { body } = await spot.get(ORDER, ids);
      await spot.post(ORDER, { ...STOP, newClientOrderId: 'stop' });
      const stop = (await spot.get(ORDER, { ...ids, origClientOrderId: 'stop' })).body;
      return [
        fields(body),
        pick(body, 'status', 'isWorking', 'stopPrice'),
        pick(stop, 'status', 'stopPrice'),
      ];
    },
    seen: [
      named(`symbol orderId orderListId clientOrderId price origQty executedQty cummulativeQuoteQty status timeInForce type
        side stopPrice icebergQty time updateTime isWorking workingTime origQuoteOrderQty selfTradePreventionMode`),
      { status: 'NEW', isWorking: true, stopPrice: '0.00000000' },
      { status: 'NEW', stopPrice: '55000.00000000' },
    ],
  },
  {
    id: 'S-ORD-16',
    title: 'A cancelled order is not among the open ones and is still found, CANCELED',
    source: rest('Current open orders (USER_DATA), Query order (USER_DATA)'),
    act: async ({ spot }) => {
      const placed = await spot.post(ORDER, { ...LIMIT, newClientOrderId: 'mine' });
      const open = list((await spot.get('/api/v3/openOrders', { symbol: 'BTCUSDT' })).body).length;
      await spot.delete(ORDER, ids);
      const left = list((await spot.get('/api/v3/openOrders', { symbol: 'BTCUSDT' })).body).length;
      const byId = { symbol: 'BTCUSDT', orderId: Number(at(placed.body, 'orderId')) };
      return [open, left, at((await spot.get(ORDER, byId)).body, 'status')];
    },
    seen: [1, 0, 'CANCELED'],
  },
  {
    id: 'S-ORD-17',
    title: 'A tested order answers an empty object and leaves nothing behind',
    source: rest('Test new order (TRADE)'),
    act: async ({ spot }) => [
      (await spot.post(TEST, { ...LIMIT, newClientOrderId: 'mine' })).body,
      said(await spot.get(ORDER, ids)),
    ],
    seen: [{}, '400 -2013 Order does not exist.'],
  },
  {
    id: 'S-ORD-18',
    title: 'An order that ended unfilled over 90 days ago is archived',
    source: errors('-2026 ORDER_ARCHIVED'),
    act: async (venue) => {
      await venue.spot.post(ORDER, { ...LIMIT, newClientOrderId: 'mine' });
      await venue.spot.delete(ORDER, ids);
      const queried = async (days: number) => {
        venue.skew(days * 86_400_000);
        return said(
          await venue.spot.get(ORDER, { ...ids, timestamp: venue.clock.now() + days * 86_400_000 }),
        );
      };
      return [await queried(89), await queried(91)];
    },
    seen: [
      '200',
      '400 -2026 Order was canceled or expired with no executed qty over 90 days ago and has been archived.',
    ],
  },
];
