import type { Route, VenueCall } from '../../exchange.js';
import { spotErrors } from '../errors.js';
import { DISCOUNT_ASSET } from '../fees.js';
import type { OrderDesk } from '../order-desk.js';
import { tradeView } from '../order-views.js';
import { ParamReader } from '../param-reader.js';
import { readMarket } from './read-market.js';
import { userRoutes } from './user-route.js';
import { cut, readWindow } from './windows.js';

const ZERO = '0.00000000';
/** Rates of buyers and sellers, and of what is neither standard nor discounted: this venue takes none. */
const NOTHING = { maker: ZERO, taker: ZERO, buyer: ZERO, seller: ZERO };

const account = ({ venue }: OrderDesk, call: VenueCall): unknown => {
  const reader = new ParamReader(call.params, ['omitZeroBalances']);
  const owner = venue.account(call.account);
  const bips = (rate: bigint): number => Number(rate / 10_000n);
  return {
    makerCommission: bips(owner.maker),
    takerCommission: bips(owner.taker),
    buyerCommission: 0,
    sellerCommission: 0,
    commissionRates: { maker: owner.makerRate, taker: owner.takerRate, buyer: ZERO, seller: ZERO },
    canTrade: true,
    canWithdraw: true,
    canDeposit: true,
    brokered: false,
    requireSelfTradePrevention: false,
    preventSor: false,
    updateTime: owner.updateTime,
    accountType: 'SPOT',
    balances: owner.rows(venue.assets, !(reader.flag('omitZeroBalances') ?? false)),
    permissions: ['SPOT'],
    uid: venue.uidOf(owner),
  };
};

const commission = ({ venue }: OrderDesk, call: VenueCall): unknown => {
  const { symbol } = readMarket(venue, new ParamReader(call.params, ['symbol'])).symbol;
  const { makerRate, takerRate, bnbFees } = venue.account(call.account);
  return {
    symbol,
    standardCommission: { ...NOTHING, maker: makerRate, taker: takerRate },
    specialCommission: NOTHING,
    taxCommission: NOTHING,
    discount: {
      enabledForAccount: bnbFees,
      enabledForSymbol: true,
      discountAsset: DISCOUNT_ASSET,
      discount: '0.25000000',
    },
  };
};

/** Which parameters of `myTrades` may be sent together; rest-api.md, "Account trade list". */
const checkCombination = (reader: ParamReader): void => {
  const timed = reader.has('startTime') || reader.has('endTime');
  if (timed && (reader.has('orderId') || reader.has('fromId'))) throw spotErrors.combination();
};

const trades = ({ venue }: OrderDesk, call: VenueCall): unknown => {
  const reader = new ParamReader(call.params, [
    'symbol',
    'orderId',
    'startTime',
    'endTime',
    'fromId',
    'limit',
  ]);
  const { symbol } = readMarket(venue, reader).symbol;
  checkCombination(reader);
  const [orderId, from] = [reader.long('orderId'), reader.long('fromId')];
  const all = venue.orders
    .all(call.account, symbol)
    .filter(({ id }) => orderId === undefined || id === orderId)
    .flatMap((order) => order.trades.map((trade) => ({ order, trade })))
    .filter(({ trade }) => from === undefined || trade.id >= from)
    .sort((a, b) => (a.trade.id < b.trade.id ? -1 : 1));
  return cut(all, readWindow(reader), from !== undefined, ({ trade }) => trade.time).map(({ order, trade }) =>
    tradeView(order, trade),
  );
};

const filters = ({ venue }: OrderDesk, call: VenueCall): unknown => {
  const { symbol } = readMarket(venue, new ParamReader(call.params, ['symbol']));
  return { exchangeFilters: venue.exchangeFilters, symbolFilters: symbol.filters, assetFilters: [] };
};

/** Asking for what an account owns, pays and has traded. */
export const accountRoutes = (desk: OrderDesk): readonly (readonly [string, Route])[] => {
  const route = userRoutes(desk);
  return [
    ['GET /api/v3/account', route(20, 'account.status', account)],
    ['GET /api/v3/account/commission', route(20, 'account.commission', commission)],
    ['GET /api/v3/myTrades', route(({ orderId }) => (orderId === undefined ? 20 : 5), 'myTrades', trades)],
    ['GET /api/v3/myFilters', route(40, 'myFilters', filters)],
  ];
};
