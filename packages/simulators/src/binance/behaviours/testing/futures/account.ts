import { type Behaviour, futures } from '../behaviour.js';
import { said } from '../caller.js';
import { at, fields, list, named, pick } from '../json.js';
import { LIMIT, MARKET, ORDER } from './orders-used.js';

const MODE = '/fapi/v1/positionSide/dual';
const POSITIONS = '/fapi/v3/positionRisk';
const SUCCESS = { code: 200, msg: 'success' };

/** Position mode, margin and leverage. */
export const account: readonly Behaviour[] = [
  {
    id: 'F-ACC-01',
    title: 'The position mode is read and changed, and changing it to what it is fails',
    source: futures(
      'trade/rest-api/Change-Position-Mode',
      'and error-code -4059 NO_NEED_TO_CHANGE_POSITION_SIDE',
    ),
    act: async ({ futures: caller }) => {
      const before = (await caller.get(MODE)).body;
      const same = said(await caller.post(MODE, { dualSidePosition: 'false' }));
      const changed = (await caller.post(MODE, { dualSidePosition: 'true' })).body;
      return [before, same, changed, (await caller.get(MODE)).body];
    },
    seen: [
      { dualSidePosition: false },
      '400 -4059 No need to change position side.',
      SUCCESS,
      { dualSidePosition: true },
    ],
  },
  {
    id: 'F-ACC-02',
    title: 'The position mode cannot change while orders or positions are open',
    source: futures('error-code', '-4067 and -4068'),
    act: async ({ futures: caller }) => {
      await caller.post(ORDER, { ...LIMIT, newClientOrderId: 'mine' });
      const orders = said(await caller.post(MODE, { dualSidePosition: 'true' }));
      await caller.delete(ORDER, { symbol: 'BTCUSDT', origClientOrderId: 'mine' });
      await caller.post(ORDER, MARKET);
      return [orders, said(await caller.post(MODE, { dualSidePosition: 'true' }))];
    },
    seen: [
      '400 -4067 Position side cannot be changed if there exists open orders.',
      '400 -4068 Position side cannot be changed if there exists position.',
    ],
  },
  {
    id: 'F-ACC-03',
    title: 'The position side of an order must fit the mode',
    source: futures('error-code', '-4061 POSITION_SIDE_NOT_MATCH'),
    act: async ({ futures: caller }) => {
      const oneWay = said(await caller.post(ORDER, { ...LIMIT, positionSide: 'LONG' }));
      await caller.post(MODE, { dualSidePosition: 'true' });
      return [
        oneWay,
        said(await caller.post(ORDER, LIMIT)),
        said(await caller.post(ORDER, { ...LIMIT, positionSide: 'LONG' })),
      ];
    },
    seen: [
      "400 -4061 Order's position side does not match user's setting.",
      "400 -4061 Order's position side does not match user's setting.",
      '200',
    ],
  },
  {
    id: 'F-ACC-04',
    title: 'In hedge mode a long and a short of one symbol stand side by side',
    source: futures('trade/rest-api/Position-Information-V3', 'Response Example'),
    act: async ({ futures: caller }) => {
      await caller.post(MODE, { dualSidePosition: 'true' });
      await caller.post(ORDER, { ...MARKET, positionSide: 'LONG' });
      await caller.post(ORDER, { ...MARKET, side: 'SELL', quantity: '0.02', positionSide: 'SHORT' });
      return list((await caller.get(POSITIONS)).body)
        .map((position) => `${at(position, 'positionSide')} ${Number(at(position, 'positionAmt'))}`)
        .sort();
    },
    seen: ['LONG 0.01', 'SHORT -0.02'],
  },
  {
    id: 'F-ACC-05',
    title: 'Positions V3 shows only symbols with a position or open orders, with the documented fields',
    source: futures('trade/rest-api/Position-Information-V3', 'API Description'),
    act: async ({ futures: caller }) => {
      const before = list((await caller.get(POSITIONS)).body).length;
      await caller.post(ORDER, MARKET);
      const after = list((await caller.get(POSITIONS)).body);
      return [
        before,
        after.length,
        fields(after[0]),
        pick(after[0], 'symbol', 'positionSide', 'marginAsset'),
      ];
    },
    seen: [
      0,
      1,
      named(`symbol positionSide positionAmt entryPrice breakEvenPrice markPrice unRealizedProfit liquidationPrice
        isolatedMargin notional marginAsset isolatedWallet initialMargin maintMargin positionInitialMargin
        openOrderInitialMargin adl bidNotional askNotional updateTime`),
      { symbol: 'BTCUSDT', positionSide: 'BOTH', marginAsset: 'USDT' },
    ],
  },
  {
    id: 'F-ACC-06',
    title:
      'A margin type that is set already is refused, and none is changed under open orders or a position',
    source: futures('error-code', '-4046, -4047 and -4048'),
    act: async ({ futures: caller }) => {
      const set = async (marginType: string) =>
        said(await caller.post('/fapi/v1/marginType', { symbol: 'BTCUSDT', marginType }));
      const same = await set('CROSSED');
      await caller.post(ORDER, { ...LIMIT, newClientOrderId: 'mine' });
      const underOrders = await set('ISOLATED');
      await caller.delete(ORDER, { symbol: 'BTCUSDT', origClientOrderId: 'mine' });
      await caller.post(ORDER, MARKET);
      return [same, underOrders, await set('ISOLATED')];
    },
    seen: [
      '400 -4046 No need to change margin type.',
      '400 -4047 Margin type cannot be changed if there exists open orders.',
      '400 -4048 Margin type cannot be changed if there exists position.',
    ],
  },
  {
    id: 'F-ACC-07',
    title: 'Leverage is a whole number from 1 to 125',
    source: futures('trade/rest-api/Change-Initial-Leverage', 'Request Parameters; error-code -4028'),
    act: async ({ futures: caller }) => {
      const set = async (leverage: number) =>
        caller.post('/fapi/v1/leverage', { symbol: 'BTCUSDT', leverage });
      const { body } = await set(21);
      return [
        fields(body),
        pick(body, 'leverage', 'symbol'),
        at((await set(0)).body, 'code'),
        at((await set(126)).body, 'code'),
      ];
    },
    seen: [named('leverage maxNotionalValue symbol'), { leverage: 21, symbol: 'BTCUSDT' }, -4028, -4028],
  },
];
