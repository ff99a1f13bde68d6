import { type Behaviour, errors, rest, userData } from '../behaviour.js';
import { type Params, said } from '../caller.js';
import { at, fields, list, named, pick } from '../json.js';
import { OCO, ORDER, SELL_OCO } from './orders-used.js';

const LIST = '/api/v3/orderList';
const HEAD =
  'orderListId contingencyType listStatusType listOrderStatus listClientOrderId transactionTime symbol orders';
const ids = { listClientOrderId: 'pair', aboveClientOrderId: 'above', belowClientOrderId: 'below' };
const working = {
  symbol: 'BTCUSDT',
  workingType: 'LIMIT',
  workingSide: 'BUY',
  workingPrice: '50000',
  workingQuantity: '0.01',
  workingTimeInForce: 'GTC',
  pendingSide: 'SELL',
  pendingQuantity: '0.01',
};
const statuses = (json: Parameters<typeof at>[0]) =>
  list(at(json, 'orderReports')).map((report) => `${at(report, 'type')} ${at(report, 'status')}`);
const queried = (id: string) => ({ symbol: 'BTCUSDT', origClientOrderId: id });

/** Orders that belong together. */
export const lists: readonly Behaviour[] = [
  {
    id: 'S-LST-01',
    title: 'An OCO answers its list and reports of both legs; the stop does not work yet',
    source: rest('New Order list - OCO (TRADE)'),
    act: async ({ spot }) => {
      const { body } = await spot.post(OCO, { ...SELL_OCO, ...ids, newOrderRespType: 'RESULT' });
      const reports = list(at(body, 'orderReports'));
      const stop = reports.find((report) => at(report, 'type') === 'STOP_LOSS');
      const limit = reports.find((report) => at(report, 'type') === 'LIMIT_MAKER');
      return [
        fields(body),
        pick(body, 'contingencyType', 'listStatusType', 'listOrderStatus', 'listClientOrderId'),
        list(at(body, 'orders'))
          .map((order) => at(order, 'clientOrderId'))
          .sort(),
        pick(stop, 'clientOrderId', 'status', 'stopPrice', 'workingTime'),
        pick(limit, 'clientOrderId', 'status', 'price'),
      ];
    },
    seen: [
      named(`${HEAD} orderReports`),
      {
        contingencyType: 'OCO',
        listStatusType: 'EXEC_STARTED',
        listOrderStatus: 'EXECUTING',
        listClientOrderId: 'pair',
      },
      ['above', 'below'],
      { clientOrderId: 'below', status: 'NEW', stopPrice: '55000.00000000', workingTime: -1 },
      { clientOrderId: 'above', status: 'NEW', price: '65000.00000000' },
    ],
  },
  {
    id: 'S-LST-02',
    title: 'A pair whose prices do not lie around the last price is refused',
    source: errors('Messages for -1010, -2010, -2011 and -2038'),
    act: async ({ spot }) => [
      said(await spot.post(OCO, { ...SELL_OCO, abovePrice: '58000' })),
      said(await spot.post(OCO, { ...SELL_OCO, belowStopPrice: '62000' })),
    ],
    seen: Array(2).fill('400 -2010 The relationship of the prices for the orders is not correct.'),
  },
  {
    id: 'S-LST-03',
    title: 'Two legs that both wait for a loss, or both limits, are no pair',
    source: errors('-1158, -1165, -1166, -1168, -1196, -1197'),
    act: async ({ spot }) => {
      const pair = { symbol: 'BTCUSDT', side: 'SELL', quantity: '0.01' };
      const losses = {
        aboveType: 'STOP_LOSS',
        aboveStopPrice: '65000',
        belowType: 'STOP_LOSS',
        belowStopPrice: '55000',
      };
      const limits = {
        aboveType: 'LIMIT_MAKER',
        abovePrice: '65000',
        belowType: 'LIMIT_MAKER',
        belowPrice: '55000',
      };
      const refused = async (legs: Params) => {
        const { status, body } = await spot.post(OCO, { ...pair, ...legs });
        return (
          status === 400 && [-1158, -1165, -1166, -1168, -1196, -1197].includes(Number(at(body, 'code')))
        );
      };
      return [await refused(losses), await refused(limits)];
    },
    seen: [true, true],
  },
  {
    id: 'S-LST-04',
    title: 'Cancelling one leg ends the whole list',
    source: rest('Cancel Order list (TRADE), Notes'),
    act: async ({ spot }) => {
      await spot.post(OCO, { ...SELL_OCO, ...ids });
      await spot.delete(ORDER, { symbol: 'BTCUSDT', origClientOrderId: 'above' });
      return [
        list((await spot.get('/api/v3/openOrders', { symbol: 'BTCUSDT' })).body).length,
        list((await spot.get('/api/v3/openOrderList')).body).length,
        at((await spot.get(LIST, { origClientOrderId: 'pair' })).body, 'listOrderStatus'),
      ];
    },
    seen: [0, 0, 'ALL_DONE'],
  },
  {
    id: 'S-LST-05',
    title: 'Cancelling the list cancels both legs and answers ALL_DONE',
    source: rest('Cancel Order list (TRADE)'),
    act: async ({ spot }) => {
      await spot.post(OCO, { ...SELL_OCO, ...ids });
      const { body } = await spot.delete(LIST, { symbol: 'BTCUSDT', listClientOrderId: 'pair' });
      return [pick(body, 'listStatusType', 'listOrderStatus'), statuses(body).sort()];
    },
    seen: [
      { listStatusType: 'ALL_DONE', listOrderStatus: 'ALL_DONE' },
      ['LIMIT_MAKER CANCELED', 'STOP_LOSS CANCELED'],
    ],
  },
  {
    id: 'S-LST-06',
    title: 'When the limit of a pair fills, its stop expires with reason OCO_TRIGGER',
    source: userData('Order Expiry Reason'),
    act: async (venue) => {
      await venue.spot.post(OCO, { ...SELL_OCO, ...ids });
      const wire = await venue.spotUserStream();
      venue.quote('spot', 65_100, 65_110);
      const expired = await wire.next((json) => at(json, 'event.x') === 'EXPIRED');
      return [
        pick(at(expired, 'event'), 'c', 'X', 'eR'),
        at((await venue.spot.get(ORDER, queried('above'))).body, 'status'),
        at((await venue.spot.get(ORDER, queried('below'))).body, 'status'),
      ];
    },
    seen: [{ c: 'below', X: 'EXPIRED', eR: 'OCO_TRIGGER' }, 'FILLED', 'EXPIRED'],
  },
  {
    id: 'S-LST-07',
    title: 'The pending order of an OTO is PENDING_NEW while its working order rests',
    source: rest('New Order list - OTO (TRADE)'),
    act: async ({ spot }) => {
      const { body } = await spot.post('/api/v3/orderList/oto', {
        ...working,
        pendingType: 'MARKET',
        newOrderRespType: 'RESULT',
      });
      return [at(body, 'contingencyType'), statuses(body).sort()];
    },
    seen: ['OTO', ['LIMIT NEW', 'MARKET PENDING_NEW']],
  },
  {
    id: 'S-LST-08',
    title: 'An OTOCO is a list of three of contingency OTO, and both legs of its pair are pending',
    source: rest('New Order list - OTOCO (TRADE)'),
    act: async ({ spot }) => {
      const { body } = await spot.post('/api/v3/orderList/otoco', {
        ...working,
        pendingAboveType: 'LIMIT_MAKER',
        pendingAbovePrice: '65000',
        pendingBelowType: 'STOP_LOSS',
        pendingBelowStopPrice: '45000',
        newOrderRespType: 'RESULT',
      });
      return [at(body, 'contingencyType'), list(at(body, 'orders')).length, statuses(body).sort()];
    },
    seen: ['OTO', 3, ['LIMIT NEW', 'LIMIT_MAKER PENDING_NEW', 'STOP_LOSS PENDING_NEW']],
  },
  {
    id: 'S-LST-09',
    title: 'Cancelling the working order of an OTO ends its pending order too',
    source: rest('New Order list - OTO (TRADE)'),
    act: async ({ spot }) => {
      await spot.post('/api/v3/orderList/oto', {
        ...working,
        workingClientOrderId: 'first',
        pendingType: 'MARKET',
        pendingClientOrderId: 'second',
      });
      await spot.delete(ORDER, queried('first'));
      const status = at((await spot.get(ORDER, queried('second'))).body, 'status');
      return [
        at((await spot.get(ORDER, queried('first'))).body, 'status'),
        ['CANCELED', 'EXPIRED'].includes(String(status)),
      ];
    },
    seen: ['CANCELED', true],
  },
  {
    id: 'S-LST-10',
    title: 'A pair counts as two new orders',
    source: rest('New Order list - OCO (TRADE), Unfilled Order Count'),
    act: async ({ spot }) => (await spot.post(OCO, SELL_OCO)).headers.get('x-mbx-order-count-10s'),
    seen: '2',
  },
];
