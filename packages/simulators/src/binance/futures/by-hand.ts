import type { FuturesAccount } from './account.js';
import { type Amount, abs } from './amounts.js';
import type { OrderDraft } from './orders.js';
import type { PositionSide } from './positions.js';
import type { FuturesSymbol } from './symbols.js';

/** A person on a hedge account closes what is open the other way, and opens otherwise. */
const sideByHand = (account: FuturesAccount, symbol: FuturesSymbol, side: 'BUY' | 'SELL'): PositionSide => {
  const [opens, closes]: readonly [PositionSide, PositionSide] =
    side === 'BUY' ? ['LONG', 'SHORT'] : ['SHORT', 'LONG'];
  return account.position(symbol, closes).size === 0n ? opens : closes;
};

/**
 * The market order of a person who trades on the account by other means.
 * @param quantity - signed
 */
export const draftByHand = (
  account: FuturesAccount,
  symbol: FuturesSymbol,
  quantity: Amount,
  clientOrderId: string,
): OrderDraft => {
  const side = quantity > 0n ? 'BUY' : 'SELL';
  return {
    symbol,
    side,
    positionSide: account.dual ? sideByHand(account, symbol, side) : 'BOTH',
    type: 'MARKET',
    origType: 'MARKET',
    timeInForce: 'GTC',
    quantity: abs(quantity),
    price: 0n,
    reduceOnly: false,
    closePosition: false,
    clientOrderId,
    goodTillDate: 0,
    priceMatch: 'NONE',
    selfTradePreventionMode: 'EXPIRE_MAKER',
    workingType: 'CONTRACT_PRICE',
    priceProtect: false,
    stopPrice: 0n,
    algo: undefined,
  };
};
