import type { FuturesAccount } from '../account.js';
import type { AlgoDesk } from '../algo-desk.js';
import type { AlgoOrder } from '../algo-orders.js';
import { readAlgo } from '../algo-params.js';
import { futuresErrors } from '../errors.js';
import { inTime, optional, optionalSymbol, type Params, symbolOf, whole } from '../params.js';
import type { FuturesVenue } from '../venue.js';
import { algoView, newAlgoView } from '../views.js';
import { accountRoutes, type NamedRoute } from './route.js';

const SPAN = { limit: 500, most: 1000, days: 7 };
const DAY = 86_400_000;
const ALL_DONE = { code: 200, msg: 'The operation of cancel all open order is done.' };

/** The conditional order that is meant, the latest where an id was used again. */
const findAlgo = (account: FuturesAccount, params: Params): AlgoOrder | undefined => {
  const id = whole(params, 'algoId');
  const name = optional(params, 'clientAlgoId');
  if (id === undefined && name === undefined) throw futuresErrors.eitherOf('clientAlgoId', 'algoId');
  if (id !== undefined) return account.algos.get(id);
  return name === undefined ? undefined : account.namedAlgos.get(name);
};

/** Whether it can still be asked for. Source: page "Query Algo Order". */
const isKept = (account: FuturesAccount, algo: AlgoOrder, now: number): boolean => {
  const isLasting = account.openAlgos.has(algo) || (algo.actual?.executed ?? 0n) > 0n;
  return now - algo.createTime <= (isLasting ? 90 : 3) * DAY;
};

/** Routes of conditional orders. */
export const algoRoutes = (venue: FuturesVenue, desk: AlgoDesk): readonly NamedRoute[] => {
  const { user, trade } = accountRoutes(venue);
  return [
    trade(
      'POST /fapi/v1/algoOrder',
      (account, { params }) => newAlgoView(desk.place(account, readAlgo(venue, account, params))),
      { weight: 0, orders: 1, wsMethod: 'algoOrder.place' },
    ),
    trade(
      'DELETE /fapi/v1/algoOrder',
      (account, { params }) => {
        const { algoId, clientAlgoId } = desk.cancel(account, findAlgo(account, params));
        return { algoId, clientAlgoId, code: '200', msg: 'success' };
      },
      { wsMethod: 'algoOrder.cancel' },
    ),
    user('GET /fapi/v1/algoOrder', (account, { params, now }) => {
      const algo = findAlgo(account, params);
      if (algo === undefined || !isKept(account, algo, now)) throw futuresErrors.noSuchOrder();
      return algoView(algo);
    }),
    user(
      'GET /fapi/v1/openAlgoOrders',
      (account, { params }) => {
        const id = whole(params, 'algoId');
        return account
          .openAlgoOrders(optionalSymbol(venue.symbols, params))
          .filter(({ algoId }) => id === undefined || algoId === id)
          .map(algoView);
      },
      { weight: ({ symbol }) => (symbol === undefined ? 40 : 1) },
    ),
    user(
      'GET /fapi/v1/allAlgoOrders',
      (account, { params, now }) => {
        const symbol = symbolOf(venue.symbols, params);
        const from = whole(params, 'algoId') ?? 0n;
        const rows = [...account.algos.values()].filter(
          (algo) => algo.symbol === symbol && algo.algoId >= from && isKept(account, algo, now),
        );
        return inTime(params, rows, ({ createTime }) => createTime, SPAN).map(algoView);
      },
      { weight: 5 },
    ),
    trade('DELETE /fapi/v1/algoOpenOrders', (account, { params }) => {
      for (const algo of account.openAlgoOrders(symbolOf(venue.symbols, params))) desk.cancel(account, algo);
      return ALL_DONE;
    }),
  ];
};
