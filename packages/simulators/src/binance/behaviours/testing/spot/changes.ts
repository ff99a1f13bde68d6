import { type Behaviour, errors, faq, rest } from '../behaviour.js';
import { said } from '../caller.js';
import { at, fields, named, pick } from '../json.js';
import { LIMIT, ORDER } from './orders-used.js';

const AMEND = '/api/v3/order/amend/keepPriority';
const REPLACE = '/api/v3/order/cancelReplace';
const replaced = { ...LIMIT, cancelReplaceMode: 'STOP_ON_FAILURE', cancelOrigClientOrderId: 'mine' };
const mine = { symbol: 'BTCUSDT', origClientOrderId: 'mine' };
const results = ['cancelResult', 'newOrderResult'] as const;

/** Amending an order and putting another in its place. */
export const changes: readonly Behaviour[] = [
  {
    id: 'S-CHG-01',
    title: 'An amended order keeps its order id and says its old and its new client id',
    source: rest('Order Amend Keep Priority (TRADE)'),
    act: async ({ spot }) => {
      const placed = await spot.post(ORDER, { ...LIMIT, newClientOrderId: 'mine' });
      const { body } = await spot.put(AMEND, { ...mine, newClientOrderId: 'less', newQty: '0.005' });
      const order = at(body, 'amendedOrder');
      return [
        fields(body),
        fields(order),
        at(order, 'orderId') === at(placed.body, 'orderId'),
        pick(order, 'origClientOrderId', 'clientOrderId', 'qty', 'status'),
      ];
    },
    seen: [
      named('transactTime executionId amendedOrder'),
      named(`symbol orderId orderListId origClientOrderId clientOrderId price qty executedQty preventedQty quoteOrderQty
        cumulativeQuoteQty status timeInForce type side workingTime selfTradePreventionMode`),
      true,
      { origClientOrderId: 'mine', clientOrderId: 'less', qty: '0.00500000', status: 'NEW' },
    ],
  },
  {
    id: 'S-CHG-02',
    title: 'An amendment may only make an order smaller, and the order stays as it was when it is refused',
    source: errors('Messages for -1010, -2010, -2011 and -2038'),
    act: async ({ spot }) => {
      await spot.post(ORDER, { ...LIMIT, newClientOrderId: 'mine' });
      const more = await spot.put(AMEND, { ...mine, newQty: '0.02' });
      const same = await spot.put(AMEND, { ...mine, newQty: '0.01' });
      return [
        said(more),
        said(same).replace(/\.$/, ''),
        pick((await spot.get(ORDER, mine)).body, 'origQty', 'status'),
      ];
    },
    seen: [
      '400 -2038 Order amend (quantity increase) is not supported.',
      '400 -2038 The requested action would change no state; rejecting',
      { origQty: '0.01000000', status: 'NEW' },
    ],
  },
  {
    id: 'S-CHG-03',
    title: 'An amendment counts as no new order',
    source: faq('order_amend_keep_priority', 'Does Order Amend Keep Priority affect unfilled order count'),
    act: async ({ spot }) => {
      await spot.post(ORDER, { ...LIMIT, newClientOrderId: 'mine' });
      const count = async () => at((await spot.get('/api/v3/rateLimit/order')).body, '0.count');
      const before = await count();
      await spot.put(AMEND, { ...mine, newQty: '0.005' });
      return [before, await count()];
    },
    seen: [1, 1],
  },
  {
    id: 'S-CHG-04',
    title: 'cancelReplace that succeeds answers both orders',
    source: rest('Cancel an Existing Order and Send a New Order (TRADE)'),
    act: async ({ spot }) => {
      await spot.post(ORDER, { ...LIMIT, newClientOrderId: 'mine' });
      const answer = await spot.post(REPLACE, { ...replaced, newClientOrderId: 'next' });
      return [
        answer.status,
        pick(answer.body, ...results),
        pick(at(answer.body, 'cancelResponse'), 'origClientOrderId', 'status'),
        pick(at(answer.body, 'newOrderResponse'), 'clientOrderId', 'status'),
      ];
    },
    seen: [
      200,
      { cancelResult: 'SUCCESS', newOrderResult: 'SUCCESS' },
      { origClientOrderId: 'mine', status: 'CANCELED' },
      { clientOrderId: 'next', status: 'NEW' },
    ],
  },
  {
    id: 'S-CHG-05',
    title: 'STOP_ON_FAILURE sends no new order once the cancel failed',
    source: rest('Cancel an Existing Order and Send a New Order (TRADE)'),
    act: async ({ spot }) => {
      const answer = await spot.post(REPLACE, replaced);
      return [said(answer), at(answer.body, 'data')];
    },
    seen: [
      '400 -2022 Order cancel-replace failed.',
      {
        cancelResult: 'FAILURE',
        newOrderResult: 'NOT_ATTEMPTED',
        cancelResponse: { code: -2011, msg: 'Unknown order sent.' },
        newOrderResponse: null,
      },
    ],
  },
  {
    id: 'S-CHG-06',
    title: 'A cancel that succeeded before the new order failed answers 409',
    source: rest('Cancel an Existing Order and Send a New Order (TRADE)'),
    act: async ({ spot }) => {
      await spot.post(ORDER, { ...LIMIT, newClientOrderId: 'mine' });
      const taker = { symbol: 'BTCUSDT', side: 'BUY', type: 'LIMIT_MAKER', quantity: '0.01', price: '60500' };
      const answer = await spot.post(REPLACE, {
        ...taker,
        cancelReplaceMode: 'STOP_ON_FAILURE',
        cancelOrigClientOrderId: 'mine',
      });
      const data = at(answer.body, 'data');
      return [
        said(answer),
        pick(data, ...results),
        at(data, 'cancelResponse.status'),
        at(data, 'newOrderResponse'),
      ];
    },
    seen: [
      '409 -2021 Order cancel-replace partially failed.',
      { cancelResult: 'SUCCESS', newOrderResult: 'FAILURE' },
      'CANCELED',
      { code: -2010, msg: 'Order would immediately match and take.' },
    ],
  },
  {
    id: 'S-CHG-07',
    title: 'ALLOW_FAILURE sends the new order though the cancel failed, and answers 409',
    source: rest('Cancel an Existing Order and Send a New Order (TRADE)'),
    act: async ({ spot }) => {
      const answer = await spot.post(REPLACE, {
        ...replaced,
        cancelReplaceMode: 'ALLOW_FAILURE',
        newClientOrderId: 'next',
      });
      const data = at(answer.body, 'data');
      return [said(answer), pick(data, ...results), at(data, 'newOrderResponse.clientOrderId')];
    },
    seen: [
      '409 -2021 Order cancel-replace partially failed.',
      { cancelResult: 'FAILURE', newOrderResult: 'SUCCESS' },
      'next',
    ],
  },
];
