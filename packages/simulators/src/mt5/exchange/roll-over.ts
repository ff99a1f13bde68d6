import { swapMode } from '../constants.js';
import type { SymbolMarket } from '../market/market.js';
import type { TradeAccount } from './account.js';
import type { Desk } from './desk.js';
import { rounded } from './numbers.js';
import { tellPosition } from './position-requests.js';
import { isBuy, type Position } from './records.js';

const DAY = 86_400_000;
/** Banks count a year so. */
const DAYS_OF_YEAR = 360;
const SUNDAY = 0;
const SATURDAY = 6;

/** Nights that the roll-over at the end of a day counts for: three on the symbol's day, none at the weekend. */
const nightsOf = ({ symbol }: SymbolMarket, ended: number): number => {
  const day = new Date(ended).getUTCDay();
  if (day === SUNDAY || day === SATURDAY) return 0;
  return day === symbol.swapRollover3Days ? 3 : 1;
};

/** Swap of one night, in account currency. */
const nightlySwap = (
  desk: Desk,
  account: TradeAccount,
  { symbol, quote }: SymbolMarket,
  position: Position,
): number => {
  const rate = isBuy(position.type) ? symbol.swapLong : symbol.swapShort;
  const { volume } = position;
  const own = account.terms.currency;
  const converted = (amount: number, currency: string): number =>
    desk.rates.money(amount, currency, own) ?? 0;
  const worth = (price: number): number => symbol.contractSize * volume * price;
  switch (symbol.swapMode) {
    case swapMode.POINTS:
      return converted(rate * symbol.point * symbol.contractSize * volume, symbol.currencyProfit);
    case swapMode.CURRENCY_SYMBOL:
      return converted(rate * volume, symbol.currencyBase);
    case swapMode.CURRENCY_MARGIN:
      return converted(rate * volume, symbol.currencyMargin);
    case swapMode.CURRENCY_DEPOSIT:
      return rate * volume;
    case swapMode.INTEREST_CURRENT:
      return converted(
        (worth(quote?.bid ?? position.priceOpen) * rate) / 100 / DAYS_OF_YEAR,
        symbol.currencyProfit,
      );
    case swapMode.INTEREST_OPEN:
      return converted((worth(position.priceOpen) * rate) / 100 / DAYS_OF_YEAR, symbol.currencyProfit);
    default:
      return 0;
  }
};

/** Charges the swaps of the day that has just ended. @param midnight - server time of the roll-over */
export const chargeSwaps = (desk: Desk, account: TradeAccount, midnight: number): void => {
  const digits = account.terms.currencyDigits;
  for (const position of account.positions.values()) {
    const market = desk.market.get(position.symbol);
    const nights = nightsOf(market, midnight - DAY);
    const swap = rounded(nights * nightlySwap(desk, account, market, position), digits);
    if (swap === 0) continue;
    position.swap = rounded(position.swap + swap, digits);
    position.timeUpdate = desk.time.now();
    tellPosition(account, position);
  }
  account.tell({ kind: 'account' });
};
