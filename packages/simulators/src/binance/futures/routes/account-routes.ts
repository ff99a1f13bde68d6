import { accountV2, accountV3, balances, incomeView } from '../account-views.js';
import { fixed, short } from '../amounts.js';
import { maxNotional } from '../margin.js';
import { inTime, optional, optionalSymbol, type Params, symbolOf } from '../params.js';
import { positionsV2, positionsV3 } from '../position-views.js';
import type { FuturesSymbol } from '../symbols.js';
import type { FuturesVenue } from '../venue.js';
import { accountRoutes, type NamedRoute } from './route.js';

const INCOME_SPAN = { limit: 100, most: 1000, days: 3 * 365 };

const bracketsOf = ({ name, options }: FuturesSymbol): unknown => {
  let [floor, cum, ratio] = [0, 0, 0];
  const brackets = options.brackets.map(({ leverage, cap, maintenance }, index) => {
    cum += floor * (maintenance - ratio);
    const bracket = {
      bracket: index + 1,
      initialLeverage: leverage,
      notionalCap: cap,
      notionalFloor: floor,
      maintMarginRatio: maintenance,
      cum: Number(cum.toFixed(8)),
    };
    [floor, ratio] = [cap, maintenance];
    return bracket;
  });
  return { symbol: name, brackets };
};

/** Routes that tell of an account. */
export const accountReadRoutes = (venue: FuturesVenue): readonly NamedRoute[] => {
  const { user } = accountRoutes(venue);
  const listed = (params: Params): readonly FuturesSymbol[] => {
    const symbol = optionalSymbol(venue.symbols, params);
    return symbol === undefined ? [...venue.symbols.values()] : [symbol];
  };
  const ofSymbol = (params: Params, rows: readonly Readonly<Record<string, unknown>>[]): unknown => {
    const symbol = optionalSymbol(venue.symbols, params);
    return symbol === undefined ? rows : rows.filter((row) => row.symbol === symbol.name);
  };
  return [
    user('GET /fapi/v2/account', (account) => accountV2(venue, account), {
      weight: 5,
      wsMethod: 'account.status',
    }),
    user('GET /fapi/v3/account', (account) => accountV3(venue, account), {
      weight: 5,
      wsMethod: 'v2/account.status',
    }),
    user('GET /fapi/v2/balance', (account) => balances(venue, account), {
      weight: 5,
      wsMethod: 'account.balance',
    }),
    user('GET /fapi/v3/balance', (account) => balances(venue, account), {
      weight: 5,
      wsMethod: 'v2/account.balance',
    }),
    user(
      'GET /fapi/v2/positionRisk',
      (account, { params }) => ofSymbol(params, positionsV2(venue, account)),
      {
        weight: 5,
        wsMethod: 'account.position',
      },
    ),
    user(
      'GET /fapi/v3/positionRisk',
      (account, { params }) => ofSymbol(params, positionsV3(venue, account)),
      {
        weight: 5,
        wsMethod: 'v2/account.position',
      },
    ),
    user(
      'GET /fapi/v1/symbolConfig',
      (account, { params }) =>
        listed(params).map((symbol) => {
          const { leverage, marginType } = account.settings(symbol);
          const most = String(maxNotional(symbol, leverage));
          return {
            symbol: symbol.name,
            marginType,
            isAutoAddMargin: false,
            leverage,
            maxNotionalValue: most,
          };
        }),
      { weight: 5 },
    ),
    user(
      'GET /fapi/v1/accountConfig',
      (account) => ({
        feeTier: 0,
        canTrade: true,
        canDeposit: true,
        canWithdraw: true,
        dualSidePosition: account.dual,
        updateTime: 0,
        multiAssetsMargin: account.multiAssets,
        tradeGroupId: -1,
      }),
      { weight: 5 },
    ),
    user('GET /fapi/v1/leverageBracket', (_, { params }) => {
      const all = listed(params).map(bracketsOf);
      return optional(params, 'symbol') === undefined ? all : all[0];
    }),
    user(
      'GET /fapi/v1/commissionRate',
      (_, { params }) => ({
        symbol: symbolOf(venue.symbols, params).name,
        makerCommissionRate: fixed(venue.fees.maker, 6),
        takerCommissionRate: fixed(venue.fees.taker, 6),
        rpiCommissionRate: short(0n),
      }),
      { weight: 20 },
    ),
    user(
      'GET /fapi/v1/income',
      (account, { params }) => {
        const [symbol, type] = [optionalSymbol(venue.symbols, params), optional(params, 'incomeType')];
        const rows = account.incomes.filter(
          (row) =>
            (symbol === undefined || row.symbol === symbol.name) && (type === undefined || row.type === type),
        );
        return inTime(params, rows, ({ time }) => time, INCOME_SPAN).map(incomeView);
      },
      { weight: 30 },
    ),
    user('GET /fapi/v1/positionSide/dual', (account) => ({ dualSidePosition: account.dual }), { weight: 30 }),
    user('GET /fapi/v1/multiAssetsMargin', (account) => ({ multiAssetsMargin: account.multiAssets }), {
      weight: 30,
    }),
    user('GET /fapi/v1/feeBurn', () => ({ feeBurn: false }), { weight: 30 }),
  ];
};
