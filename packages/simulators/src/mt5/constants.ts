/** ENUM_TRADE_REQUEST_ACTIONS */
export const action = { DEAL: 1, PENDING: 5, SLTP: 6, MODIFY: 7, REMOVE: 8, CLOSE_BY: 10 } as const;

/** ENUM_ORDER_TYPE */
export const orderType = {
  BUY: 0,
  SELL: 1,
  BUY_LIMIT: 2,
  SELL_LIMIT: 3,
  BUY_STOP: 4,
  SELL_STOP: 5,
  BUY_STOP_LIMIT: 6,
  SELL_STOP_LIMIT: 7,
  CLOSE_BY: 8,
} as const;

/** ENUM_ORDER_STATE */
export const orderState = {
  STARTED: 0,
  PLACED: 1,
  CANCELED: 2,
  PARTIAL: 3,
  FILLED: 4,
  REJECTED: 5,
  EXPIRED: 6,
} as const;

/** ENUM_ORDER_TYPE_FILLING */
export const filling = { FOK: 0, IOC: 1, RETURN: 2, BOC: 3 } as const;

/** ENUM_ORDER_TYPE_TIME */
export const orderTime = { GTC: 0, DAY: 1, SPECIFIED: 2, SPECIFIED_DAY: 3 } as const;

/** ENUM_ORDER_REASON, ENUM_DEAL_REASON and ENUM_POSITION_REASON, which agree as far as they go. */
export const reason = { CLIENT: 0, MOBILE: 1, WEB: 2, EXPERT: 3, SL: 4, TP: 5, SO: 6 } as const;

/** ENUM_DEAL_TYPE */
export const dealType = {
  BUY: 0,
  SELL: 1,
  BALANCE: 2,
  CREDIT: 3,
  CHARGE: 4,
  CORRECTION: 5,
  BONUS: 6,
} as const;

/** ENUM_DEAL_ENTRY */
export const dealEntry = { IN: 0, OUT: 1, INOUT: 2, OUT_BY: 3 } as const;

/** ENUM_TRADE_TRANSACTION_TYPE */
export const transactionType = {
  ORDER_ADD: 0,
  ORDER_UPDATE: 1,
  ORDER_DELETE: 2,
  HISTORY_ADD: 3,
  DEAL_ADD: 6,
  POSITION: 9,
} as const;

/** ENUM_SYMBOL_TRADE_MODE */
export const tradeMode = { DISABLED: 0, LONG_ONLY: 1, SHORT_ONLY: 2, CLOSE_ONLY: 3, FULL: 4 } as const;

/** ENUM_SYMBOL_TRADE_EXECUTION */
export const execution = { REQUEST: 0, INSTANT: 1, MARKET: 2, EXCHANGE: 3 } as const;

/** ENUM_SYMBOL_CALC_MODE, as far as it is simulated. */
export const calcMode = { FOREX: 0, CFD: 2, CFD_LEVERAGE: 4, FOREX_NO_LEVERAGE: 5 } as const;

/** ENUM_SYMBOL_SWAP_MODE, as far as it is simulated. */
export const swapMode = {
  DISABLED: 0,
  POINTS: 1,
  CURRENCY_SYMBOL: 2,
  CURRENCY_MARGIN: 3,
  CURRENCY_DEPOSIT: 4,
  INTEREST_CURRENT: 5,
  INTEREST_OPEN: 6,
} as const;

/** ENUM_ACCOUNT_MARGIN_MODE */
export const marginMode = { netting: 0, exchange: 1, hedging: 2 } as const;

/** ENUM_ACCOUNT_TRADE_MODE */
export const accountTradeMode = { demo: 0, contest: 1, real: 2 } as const;

/** Flags of SYMBOL_ORDER_MODE. */
export const orderMode = {
  MARKET: 1,
  LIMIT: 2,
  STOP: 4,
  STOP_LIMIT: 8,
  SL: 16,
  TP: 32,
  CLOSE_BY: 64,
} as const;

/** Flags of MqlTick. */
export const tickFlag = { BID: 2, ASK: 4, LAST: 8, VOLUME: 16 } as const;
