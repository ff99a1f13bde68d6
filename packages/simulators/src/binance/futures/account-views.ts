import type { FuturesAccount, Income } from './account.js';
import { fixed, larger, short } from './amounts.js';
import { assetMargin, maxNotional, positionMargin } from './margin.js';
import { allPositions, amountText, entryText, isUsed } from './position-views.js';
import { breakEven } from './positions.js';
import type { FuturesVenue } from './venue.js';

type View = Readonly<Record<string, unknown>>;

/** Assets that the account has, and those that the contracts are settled in. */
const assetsOf = (venue: FuturesVenue, account: FuturesAccount): readonly string[] => [
  ...new Set([...account.wallets.keys(), ...[...venue.symbols.values()].map(({ options }) => options.quote)]),
];

const assetView = (venue: FuturesVenue, account: FuturesAccount, asset: string): View => {
  const own = { ...assetMargin(account, venue.market, asset), wallet: account.wallet(asset) };
  const equity = own.wallet + own.profit;
  const available = fixed(larger(0n, own.available), 8);
  return {
    asset,
    walletBalance: fixed(own.wallet, 8),
    unrealizedProfit: fixed(own.profit, 8),
    marginBalance: fixed(equity, 8),
    maintMargin: fixed(own.maintenance, 8),
    initialMargin: fixed(own.initial + own.ofOrders, 8),
    positionInitialMargin: fixed(own.initial, 8),
    openOrderInitialMargin: fixed(own.ofOrders, 8),
    crossWalletBalance: fixed(own.wallet, 8),
    crossUnPnl: fixed(own.profit, 8),
    availableBalance: available,
    maxWithdrawAmount: available,
    updateTime: account.walletTime,
  };
};

const totals = (venue: FuturesVenue, account: FuturesAccount): View => {
  const { wallet, profit, initial, ofOrders, maintenance, available } = assetMargin(
    account,
    venue.market,
    'USDT',
  );
  const free = fixed(larger(0n, available), 8);
  return {
    totalInitialMargin: fixed(initial + ofOrders, 8),
    totalMaintMargin: fixed(maintenance, 8),
    totalWalletBalance: fixed(wallet, 8),
    totalUnrealizedProfit: fixed(profit, 8),
    totalMarginBalance: fixed(wallet + profit, 8),
    totalPositionInitialMargin: fixed(initial, 8),
    totalOpenOrderInitialMargin: fixed(ofOrders, 8),
    totalCrossWalletBalance: fixed(wallet, 8),
    totalCrossUnPnl: fixed(profit, 8),
    availableBalance: free,
    maxWithdrawAmount: free,
  };
};

/** Account information, version 2. Source: page "Account Information V2". */
export const accountV2 = (venue: FuturesVenue, account: FuturesAccount): View => ({
  feeTier: 0,
  feeBurn: false,
  canTrade: true,
  canDeposit: true,
  canWithdraw: true,
  updateTime: 0,
  multiAssetsMargin: account.multiAssets,
  tradeGroupId: -1,
  ...totals(venue, account),
  assets: assetsOf(venue, account).map((asset) => ({
    ...assetView(venue, account, asset),
    marginAvailable: true,
  })),
  positions: allPositions(venue, account).map((position) => {
    const { symbol } = position;
    const margin = positionMargin(account, venue.market, position);
    const { leverage, marginType } = account.settings(symbol);
    return {
      symbol: symbol.name,
      initialMargin: short(margin.initial + margin.ofOrders),
      maintMargin: short(margin.maintenance),
      unrealizedProfit: fixed(margin.profit, 8),
      positionInitialMargin: short(margin.initial),
      openOrderInitialMargin: short(margin.ofOrders),
      leverage: String(leverage),
      isolated: marginType === 'ISOLATED',
      entryPrice: entryText(position),
      breakEvenPrice: short(breakEven(position)),
      maxNotional: String(maxNotional(symbol, leverage)),
      bidNotional: short(margin.bids),
      askNotional: short(margin.asks),
      positionSide: position.side,
      positionAmt: amountText(position),
      notional: short(margin.value),
      isolatedWallet: '0',
      updateTime: position.updateTime,
    };
  }),
});

/** Account information, version 3: only contracts in use. Source: page "Account Information V3". */
export const accountV3 = (venue: FuturesVenue, account: FuturesAccount): View => ({
  ...totals(venue, account),
  assets: assetsOf(venue, account).map((asset) => assetView(venue, account, asset)),
  positions: allPositions(venue, account)
    .filter((position) => isUsed(account, position))
    .map((position) => {
      const margin = positionMargin(account, venue.market, position);
      return {
        symbol: position.symbol.name,
        positionSide: position.side,
        positionAmt: amountText(position),
        unrealizedProfit: fixed(margin.profit, 8),
        isolatedMargin: '0',
        notional: short(margin.value),
        isolatedWallet: '0',
        initialMargin: short(margin.initial + margin.ofOrders),
        maintMargin: short(margin.maintenance),
        updateTime: position.updateTime,
      };
    }),
});

/** Balances; versions 2 and 3 are alike. Source: page "Futures Account Balance V3". */
export const balances = (venue: FuturesVenue, account: FuturesAccount): readonly View[] =>
  assetsOf(venue, account).map((asset) => {
    const { profit, available } = assetMargin(account, venue.market, asset);
    const free = fixed(larger(0n, available), 8);
    return {
      accountAlias: account.name,
      asset,
      balance: fixed(account.wallet(asset), 8),
      crossWalletBalance: fixed(account.wallet(asset), 8),
      crossUnPnl: fixed(profit, 8),
      availableBalance: free,
      maxWithdrawAmount: free,
      marginAvailable: true,
      updateTime: account.walletTime,
    };
  });

/** A change of a wallet. Source: page "Get Income History". */
export const incomeView = ({ id, type, symbol, asset, amount, time, tradeId }: Income): View => ({
  symbol,
  incomeType: type,
  income: fixed(amount, 8),
  asset,
  info: type,
  time,
  tranId: id,
  tradeId,
});
