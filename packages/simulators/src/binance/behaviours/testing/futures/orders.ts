import { type Behaviour, futures } from '../behaviour.js';
import { said } from '../caller.js';
import { at, fields, list, named, pick } from '../json.js';
import { LIMIT, MARKET, ORDER, without } from './orders-used.js';

const ANSWER = `clientOrderId cumQty cumQuote executedQty orderId avgPrice origQty price reduceOnly side positionSide status
  stopPrice closePosition symbol timeInForce type origType updateTime workingType priceProtect priceMatch
  selfTradePreventionMode goodTillDate`;
const mine = { symbol: 'BTCUSDT', origClientOrderId: 'mine' };
const DONE = { code: 200, msg: 'The operation of cancel all open order is done.' };

/** Regular orders: placing, changing, cancelling. */
export const orders: readonly Behaviour[] = [
  {
    id: 'F-ORD-01',
    title: 'An order answers ACK unless asked otherwise: NEW even at the market, with all fields',
    source: futures('trade/rest-api', 'New Order(TRADE)'),
    act: async ({ futures: caller }) => {
      const { body } = await caller.post(ORDER, MARKET);
      return [fields(body), pick(body, 'status', 'executedQty')];
    },
    seen: [named(ANSWER), { status: 'NEW', executedQty: '0.000' }],
  },
  {
    id: 'F-ORD-02',
    title: 'RESULT answers a market order FILLED and a hopeless IOC order EXPIRED',
    source: futures('trade/rest-api', 'New Order(TRADE), newOrderRespType RESULT'),
    act: async ({ futures: caller }) => {
      const filled = (await caller.post(ORDER, { ...MARKET, newOrderRespType: 'RESULT' })).body;
      const hopeless = { ...LIMIT, timeInForce: 'IOC', newOrderRespType: 'RESULT' };
      return [
        at(filled, 'status'),
        Number(at(filled, 'executedQty')),
        Number(at(filled, 'avgPrice')) > 0,
        at((await caller.post(ORDER, hopeless)).body, 'status'),
      ];
    },
    seen: ['FILLED', 0.01, true, 'EXPIRED'],
  },
  {
    id: 'F-ORD-03',
    title: 'Conditional types are refused by the regular endpoint',
    source: futures('error-code', '-4120 STOP_ORDER_SWITCH_ALGO'),
    act: async ({ futures: caller }) => {
      const told = new Set<string>();
      for (const type of ['STOP', 'STOP_MARKET', 'TAKE_PROFIT', 'TAKE_PROFIT_MARKET', 'TRAILING_STOP_MARKET'])
        told.add(
          said(
            await caller.post(ORDER, { ...LIMIT, type, side: 'SELL', stopPrice: '55000', callbackRate: '1' }),
          ),
        );
      return [...told];
    },
    seen: [
      '400 -4120 Order type not supported for this endpoint. Please use the Algo Order API endpoints instead.',
    ],
  },
  {
    id: 'F-ORD-04',
    title: 'A post-only order that would take is refused',
    source: futures('error-code', '-5022 GTX_ORDER_REJECT'),
    act: async ({ futures: caller }) =>
      said(await caller.post(ORDER, { ...LIMIT, timeInForce: 'GTX', price: '60500' })),
    seen: '400 -5022 Due to the order could not be executed as maker, the Post Only order will be rejected.',
  },
  {
    id: 'F-ORD-05',
    title: 'A FOK order that cannot fill whole is refused',
    source: futures('error-code', '-5021 FOK_ORDER_REJECT'),
    act: async ({ futures: caller }) => said(await caller.post(ORDER, { ...LIMIT, timeInForce: 'FOK' })),
    seen: '400 -5021 Due to the order could not be filled immediately, the FOK order has been rejected.',
  },
  {
    id: 'F-ORD-06',
    title: 'An order beyond the margin is refused',
    source: futures('error-code', '-2019 MARGIN_NOT_SUFFICIEN'),
    act: async ({ futures: caller }) => said(await caller.post(ORDER, { ...LIMIT, quantity: '900' })),
    seen: '400 -2019 Margin is insufficient.',
  },
  {
    id: 'F-ORD-07',
    title: 'A reduce-only order without a position to reduce is refused',
    source: futures('error-code', '-2022 REDUCE_ONLY_REJECT'),
    act: async ({ futures: caller }) => said(await caller.post(ORDER, { ...MARKET, reduceOnly: 'true' })),
    seen: '400 -2022 ReduceOnly Order is rejected.',
  },
  {
    id: 'F-ORD-08',
    title: 'A client order id is unique among open orders',
    source: futures('error-code', '-4116 DUPLICATED_CLIENT_ORDER_ID'),
    act: async ({ futures: caller }) => {
      await caller.post(ORDER, { ...LIMIT, newClientOrderId: 'mine' });
      return at((await caller.post(ORDER, { ...LIMIT, newClientOrderId: 'mine' })).body, 'code');
    },
    seen: -4116,
  },
  {
    id: 'F-ORD-09',
    title: 'A cancelled order keeps its client id, and is no open order any more',
    source: futures('trade/rest-api', 'Cancel Order, Query Current Open Order'),
    act: async ({ futures: caller }) => {
      await caller.post(ORDER, { ...LIMIT, newClientOrderId: 'mine' });
      const open = (await caller.get('/fapi/v1/openOrder', mine)).body;
      const cancelled = (await caller.delete(ORDER, mine)).body;
      const gone = (await caller.get('/fapi/v1/openOrder', mine)).body;
      return [
        at(open, 'status'),
        pick(cancelled, 'clientOrderId', 'status'),
        String(at(gone, 'msg')).replace(/\.$/, ''),
        at((await caller.get(ORDER, mine)).body, 'status'),
      ];
    },
    seen: ['NEW', { clientOrderId: 'mine', status: 'CANCELED' }, 'Order does not exist', 'CANCELED'],
  },
  {
    id: 'F-ORD-10',
    title: 'An order that is not there cannot be queried nor cancelled',
    source: futures('error-code', '-2013 NO_SUCH_ORDER, -2011 CANCEL_REJECTED'),
    act: async ({ futures: caller }) => [
      said(await caller.get(ORDER, mine)),
      at((await caller.delete(ORDER, mine)).body, 'code'),
    ],
    seen: ['400 -2013 Order does not exist.', -2011],
  },
  {
    id: 'F-ORD-11',
    title: 'Cancelling all answers code 200 as a number, and leaves none',
    source: futures('trade/rest-api/Cancel-All-Open-Orders', 'Response Example'),
    act: async ({ futures: caller }) => {
      await caller.post(ORDER, LIMIT);
      const { body } = await caller.delete('/fapi/v1/allOpenOrders', { symbol: 'BTCUSDT' });
      return [body, list((await caller.get('/fapi/v1/openOrders', { symbol: 'BTCUSDT' })).body).length];
    },
    seen: [DONE, 0],
  },
  {
    id: 'F-ORD-12',
    title: 'A limit order is changed in place, and the same again is no change',
    source: futures('trade/rest-api/Modify-Order', 'and error-code -5027 SAME_ORDER'),
    act: async ({ futures: caller }) => {
      const placed = await caller.post(ORDER, { ...LIMIT, newClientOrderId: 'mine' });
      const change = { ...mine, side: 'BUY', quantity: '0.02', price: '57000' };
      const changed = await caller.put(ORDER, change);
      return [
        at(changed.body, 'orderId') === at(placed.body, 'orderId'),
        Number(at(changed.body, 'price')),
        Number(at(changed.body, 'origQty')),
        said(await caller.put(ORDER, change)),
      ];
    },
    seen: [true, 57_000, 0.02, '400 -5027 No need to modify the order.'],
  },
  {
    id: 'F-ORD-13',
    title: 'A change must carry quantity and price, and one that breaks a filter leaves the order as it is',
    source: futures('trade/rest-api/Modify-Order', 'Request Parameters'),
    act: async ({ futures: caller }) => {
      await caller.post(ORDER, { ...LIMIT, newClientOrderId: 'mine' });
      const change = { ...mine, side: 'BUY', quantity: '0.02', price: '57000' };
      return [
        at((await caller.put(ORDER, without(change, 'price'))).body, 'code'),
        at((await caller.put(ORDER, without(change, 'quantity'))).body, 'code'),
        at((await caller.put(ORDER, { ...change, price: '57000.05' })).body, 'code'),
        Number(at((await caller.get(ORDER, mine)).body, 'price')),
      ];
    },
    seen: [-1102, -1102, -4014, 58_000],
  },
  {
    id: 'F-ORD-14',
    title: 'A batch answers in its order, an error in the place of what failed',
    source: futures('trade/rest-api/Place-Multiple-Orders', 'Response Example'),
    act: async ({ futures: caller }) => {
      const text = (order: object) =>
        Object.fromEntries(Object.entries(order).map(([k, v]) => [k, String(v)]));
      const batchOrders = JSON.stringify([text(LIMIT), text({ ...MARKET, reduceOnly: 'true' })]);
      const answer = await caller.post('/fapi/v1/batchOrders', { batchOrders });
      return [answer.status, at(answer.body, '0.status'), at(answer.body, '1')];
    },
    seen: [200, 'NEW', { code: -2022, msg: 'ReduceOnly Order is rejected.' }],
  },
  {
    id: 'F-ORD-15',
    title: 'A batch has at most five orders',
    source: futures('trade/rest-api/Place-Multiple-Orders', 'Request Parameters; error-code -4082'),
    act: async ({ futures: caller }) => {
      const batchOrders = JSON.stringify(Array(6).fill(LIMIT));
      return at((await caller.post('/fapi/v1/batchOrders', { batchOrders })).body, 'code');
    },
    seen: -4082,
  },
  {
    id: 'F-ORD-16',
    title: 'A GTD order is open until its goodTillDate and no longer',
    source: futures('trade/rest-api', 'New Order(TRADE), parameter goodTillDate'),
    act: async (venue) => {
      const till = { timeInForce: 'GTD', goodTillDate: venue.clock.now() + 700_000 };
      await venue.futures.post(ORDER, { ...LIMIT, ...till });
      const open = async () =>
        list((await venue.futures.get('/fapi/v1/openOrders', { symbol: 'BTCUSDT' })).body).length;
      venue.advance(698_000);
      const before = await open();
      venue.advance(3_000);
      return [before, await open()];
    },
    seen: [1, 0],
  },
];
