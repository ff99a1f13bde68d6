import { type Behaviour, futures } from '../behaviour.js';
import { said } from '../caller.js';
import { at, fields, list, named, pick } from '../json.js';
import { ALGO, MARKET, ORDER, STOP, without } from './orders-used.js';

const NEW_ALGO = 'trade/rest-api/New-Algo-Order';
const mine = { clientAlgoId: 'mine' };

/** Conditional orders. */
export const algoOrders: readonly Behaviour[] = [
  {
    id: 'F-ALG-01',
    title: 'A conditional order answers with its algo ids and waits as NEW',
    source: futures(NEW_ALGO, 'Response Example'),
    act: async ({ futures: caller }) => {
      const { body } = await caller.post(ALGO, { ...STOP, ...mine });
      return [
        fields(body),
        pick(
          body,
          'clientAlgoId',
          'algoType',
          'orderType',
          'algoStatus',
          'positionSide',
          'timeInForce',
          'workingType',
        ),
        Number(at(body, 'triggerPrice')),
      ];
    },
    seen: [
      named(`algoId clientAlgoId algoType orderType symbol side positionSide timeInForce quantity algoStatus triggerPrice price
        icebergQuantity selfTradePreventionMode workingType priceMatch closePosition priceProtect reduceOnly activatePrice
        callbackRate createTime updateTime triggerTime goodTillDate`),
      {
        clientAlgoId: 'mine',
        algoType: 'CONDITIONAL',
        orderType: 'STOP_MARKET',
        algoStatus: 'NEW',
        positionSide: 'BOTH',
        timeInForce: 'GTC',
        workingType: 'CONTRACT_PRICE',
      },
      55_000,
    ],
  },
  {
    id: 'F-ALG-02',
    title: 'A trigger price on the wrong side of the market is refused, for stops and take-profits',
    source: futures('error-code', '-2021 ORDER_WOULD_IMMEDIATELY_TRIGGER'),
    act: async ({ futures: caller }) => {
      const told = new Set<string>();
      for (const order of [
        { side: 'SELL', type: 'STOP_MARKET', triggerPrice: '65000' },
        { side: 'BUY', type: 'STOP_MARKET', triggerPrice: '55000' },
        { side: 'SELL', type: 'TAKE_PROFIT_MARKET', triggerPrice: '55000' },
        { side: 'BUY', type: 'TAKE_PROFIT_MARKET', triggerPrice: '65000' },
      ])
        told.add(said(await caller.post(ALGO, { ...STOP, ...order })));
      return [...told];
    },
    seen: ['400 -2021 Order would immediately trigger.'],
  },
  {
    id: 'F-ALG-03',
    title: 'A waiting conditional order is among the open algo orders and not among the open orders',
    source: futures('trade/rest-api/Current-All-Algo-Open-Orders', 'API Description'),
    act: async ({ futures: caller }) => {
      await caller.post(ALGO, { ...STOP, ...mine });
      return [
        list((await caller.get('/fapi/v1/openAlgoOrders')).body).map((order) => at(order, 'clientAlgoId')),
        list((await caller.get('/fapi/v1/openOrders')).body).length,
        said(await caller.get(ORDER, { symbol: 'BTCUSDT', origClientOrderId: 'mine' })),
      ];
    },
    seen: [['mine'], 0, '400 -2013 Order does not exist.'],
  },
  {
    id: 'F-ALG-04',
    title: 'A cancel answers code 200 as a text; the order is then CANCELED and never had an actual order',
    source: futures('trade/rest-api/Cancel-Algo-Order', 'Response Example'),
    act: async ({ futures: caller }) => {
      await caller.post(ALGO, { ...STOP, ...mine });
      const { body } = await caller.delete(ALGO, mine);
      return [
        fields(body),
        pick(body, 'clientAlgoId', 'code', 'msg'),
        pick((await caller.get(ALGO, mine)).body, 'algoStatus', 'actualOrderId'),
      ];
    },
    seen: [
      named('algoId clientAlgoId code msg'),
      { clientAlgoId: 'mine', code: '200', msg: 'success' },
      { algoStatus: 'CANCELED', actualOrderId: '' },
    ],
  },
  {
    id: 'F-ALG-05',
    title: 'Cancelling all algo orders of a symbol answers as cancelling all orders does',
    source: futures('trade/rest-api/Cancel-All-Algo-Open-Orders', 'Response Example'),
    act: async ({ futures: caller }) => {
      await caller.post(ALGO, STOP);
      const { body } = await caller.delete('/fapi/v1/algoOpenOrders', { symbol: 'BTCUSDT' });
      return [body, list((await caller.get('/fapi/v1/openAlgoOrders')).body).length];
    },
    seen: [{ code: 200, msg: 'The operation of cancel all open order is done.' }, 0],
  },
  {
    id: 'F-ALG-06',
    title: 'closePosition goes without quantity and without reduceOnly',
    source: futures(NEW_ALGO, 'parameters quantity, closePosition and reduceOnly'),
    act: async ({ futures: caller }) => {
      const close = { ...without(STOP, 'quantity'), closePosition: 'true' };
      return [
        (await caller.post(ALGO, { ...close, quantity: '0.01' })).status,
        (await caller.post(ALGO, { ...close, reduceOnly: 'true' })).status,
        at((await caller.post(ALGO, close)).body, 'closePosition'),
      ];
    },
    seen: [400, 400, true],
  },
  {
    id: 'F-ALG-07',
    title: 'A triggered order is told TRIGGERING, TRIGGERED and FINISHED, with the id of its actual order',
    source: futures('user-data-streams/Event-Algo-Order-Update', 'Algo Status'),
    act: async (venue) => {
      await venue.futures.post(ORDER, MARKET);
      const wire = await venue.futuresUserStream();
      await venue.futures.post(ALGO, { ...STOP, ...mine });
      venue.quote('futures', 54_990, 55_000);
      venue.trade('futures', 54_990, 0.1);
      const told = [];
      let last: Parameters<typeof at>[0];
      do {
        last = await wire.event('ALGO_UPDATE');
        told.push(at(last, 'o.X'));
      } while (told.at(-1) !== 'FINISHED');
      const algo = (await venue.futures.get(ALGO, mine)).body;
      return [told, at(last, 'o.ai') === String(at(algo, 'actualOrderId')), at(last, 'o.ai') !== ''];
    },
    seen: [['NEW', 'TRIGGERING', 'TRIGGERED', 'FINISHED'], true, true],
  },
  {
    id: 'F-ALG-08',
    title: 'ALGO_UPDATE has the documented fields',
    source: futures('user-data-streams/Event-Algo-Order-Update', 'Response Example'),
    act: async (venue) => {
      const wire = await venue.futuresUserStream();
      await venue.futures.post(ALGO, { ...STOP, ...mine });
      const event = await wire.event('ALGO_UPDATE');
      return [
        fields(event),
        named('caid aid at o s S ps f q X ai tp p V wt pm cp pP R tt gtd')
          .split(' ')
          .filter((name) => at(event, `o.${name}`) === undefined),
        pick(at(event, 'o'), 'caid', 'at', 'o', 'X', 'ai'),
      ];
    },
    seen: [named('e T E o'), [], { caid: 'mine', at: 'CONDITIONAL', o: 'STOP_MARKET', X: 'NEW', ai: '' }],
  },
];
