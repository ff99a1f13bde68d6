import type { FuturesAccount } from '../account.js';
import { accountUpdate, configUpdate } from '../account-events.js';
import { amountOfNumber } from '../amounts.js';
import { futuresErrors } from '../errors.js';
import { assetMargin, maxNotional, positionMargin } from '../margin.js';
import { flag, integer, oneOf, type Params, required, symbolOf } from '../params.js';
import type { FuturesVenue } from '../venue.js';
import { accountRoutes, type NamedRoute } from './route.js';

const DONE = { code: 200, msg: 'success' };

const hasOrders = (account: FuturesAccount): boolean => account.open.size + account.openAlgos.size > 0;

/** Routes that change how an account trades. */
export const settingRoutes = (venue: FuturesVenue): readonly NamedRoute[] => {
  const { trade } = accountRoutes(venue);
  const wanted = (params: Params, name: string): boolean => {
    required(params, name);
    return flag(params, name);
  };
  return [
    trade('POST /fapi/v1/positionSide/dual', (account, { params }) => {
      const dual = wanted(params, 'dualSidePosition');
      if (dual === account.dual) throw futuresErrors.samePositionSide();
      if (hasOrders(account)) throw futuresErrors.positionSideOrders();
      if (account.held().length > 0) throw futuresErrors.positionSidePosition();
      account.dual = dual;
      return DONE;
    }),
    trade('POST /fapi/v1/multiAssetsMargin', (account, { params }) => {
      const multiAssets = wanted(params, 'multiAssetsMargin');
      if (multiAssets === account.multiAssets) throw futuresErrors.sameJoint();
      if (multiAssets && account.hasIsolated()) throw futuresErrors.jointIsolated();
      if (hasOrders(account)) throw futuresErrors.jointOrders();
      account.multiAssets = multiAssets;
      venue.tell(account, configUpdate(venue, { ai: { j: multiAssets } }));
      return DONE;
    }),
    trade('POST /fapi/v1/leverage', (account, { params }) => {
      const symbol = symbolOf(venue.symbols, params);
      const sent = required(params, 'leverage');
      const leverage = integer(params, 'leverage')!;
      const most = Math.max(...symbol.options.brackets.map((bracket) => bracket.leverage));
      if (leverage < 1 || leverage > most) throw futuresErrors.leverage(sent);
      const settings = account.settings(symbol);
      const before = settings.leverage;
      const held = account.positionsOf(symbol);
      const isHeld = held.some(({ size }) => size !== 0n);
      if (settings.marginType === 'ISOLATED' && isHeld && leverage < before)
        throw futuresErrors.isolatedLeverage();
      settings.leverage = leverage;
      const cap = amountOfNumber(maxNotional(symbol, leverage));
      const isOver = held.some((position) => {
        const { value } = positionMargin(account, venue.market, position);
        return value > cap || -value > cap;
      });
      const { available } = assetMargin(account, venue.market, symbol.options.quote);
      const isShort = leverage < before && available < 0n;
      if (isOver || isShort) {
        settings.leverage = before;
        throw isOver ? futuresErrors.overLeverage() : futuresErrors.underLeverage();
      }
      venue.tell(account, configUpdate(venue, { ac: { s: symbol.name, l: leverage } }));
      return { leverage, maxNotionalValue: String(maxNotional(symbol, leverage)), symbol: symbol.name };
    }),
    trade('POST /fapi/v1/marginType', (account, { params }) => {
      const symbol = symbolOf(venue.symbols, params);
      required(params, 'marginType');
      const types = ['ISOLATED', 'CROSSED'] as const;
      const type = oneOf(params, 'marginType', types, () => futuresErrors.invalid('marginType'))!;
      const settings = account.settings(symbol);
      if (type === settings.marginType) throw futuresErrors.sameMarginType();
      if (type === 'ISOLATED' && account.multiAssets) throw futuresErrors.isolatedJoint();
      if (account.openOrders(symbol).length + account.openAlgoOrders(symbol).length > 0)
        throw futuresErrors.marginTypeOrders();
      const held = account.positionsOf(symbol);
      if (held.some(({ size }) => size !== 0n)) throw futuresErrors.marginTypePosition();
      settings.marginType = type;
      venue.tell(account, accountUpdate(venue, account, 'MARGIN_TYPE_CHANGE', {}, held));
      return DONE;
    }),
  ];
};
