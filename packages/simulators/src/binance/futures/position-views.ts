import type { FuturesAccount } from './account.js';
import { fixed, short } from './amounts.js';
import { liquidationPrice, maxNotional, positionMargin } from './margin.js';
import { breakEven, entryPrice, type Position } from './positions.js';
import type { FuturesVenue } from './venue.js';

type View = Readonly<Record<string, unknown>>;

/** Positions of every contract in the account's mode, flat ones too. */
export const allPositions = (venue: FuturesVenue, account: FuturesAccount): readonly Position[] =>
  [...venue.symbols.values()].flatMap((symbol) => account.positionsOf(symbol));

/** Whether a contract is shown where only those in use are. */
export const isUsed = (account: FuturesAccount, { symbol, side, size }: Position): boolean =>
  size !== 0n || account.openOrders(symbol).some((order) => order.positionSide === side);

/** Signed size, with the contract's decimals. */
export const amountText = ({ size, symbol }: Position): string =>
  fixed(size, symbol.options.quantityPrecision);
/** Average price of what is open. */
export const entryText = (position: Position): string =>
  position.size === 0n ? '0.0' : short(entryPrice(position));

const riskFields = (venue: FuturesVenue, account: FuturesAccount, position: Position): View => ({
  symbol: position.symbol.name,
  positionSide: position.side,
  positionAmt: amountText(position),
  entryPrice: entryText(position),
  breakEvenPrice: short(breakEven(position)),
  markPrice: fixed(venue.market.mark(position.symbol), 8),
  unRealizedProfit: fixed(positionMargin(account, venue.market, position).profit, 8),
  liquidationPrice: short(liquidationPrice(account, venue.market, position)),
  isolatedMargin: '0',
  notional: short(positionMargin(account, venue.market, position).value),
  isolatedWallet: '0',
  updateTime: position.updateTime,
});

/** Position information, version 2: of every contract, or of one. Source: page "Position Information V2". */
export const positionsV2 = (venue: FuturesVenue, account: FuturesAccount): readonly View[] =>
  allPositions(venue, account).map((position) => {
    const { leverage, marginType } = account.settings(position.symbol);
    return {
      ...riskFields(venue, account, position),
      leverage: String(leverage),
      maxNotionalValue: String(maxNotional(position.symbol, leverage)),
      marginType: marginType === 'ISOLATED' ? 'isolated' : 'cross',
      isAutoAddMargin: 'false',
    };
  });

/** Position information, version 3: only of contracts in use. Source: page "Position Information V3". */
export const positionsV3 = (venue: FuturesVenue, account: FuturesAccount): readonly View[] =>
  allPositions(venue, account)
    .filter((position) => isUsed(account, position))
    .map((position) => {
      const margin = positionMargin(account, venue.market, position);
      return {
        ...riskFields(venue, account, position),
        marginAsset: position.symbol.options.quote,
        initialMargin: short(margin.initial + margin.ofOrders),
        maintMargin: short(margin.maintenance),
        positionInitialMargin: short(margin.initial),
        openOrderInitialMargin: short(margin.ofOrders),
        adl: position.size === 0n ? 0 : 1,
        bidNotional: short(margin.bids),
        askNotional: short(margin.asks),
      };
    });
