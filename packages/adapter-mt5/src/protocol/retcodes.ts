/** What an answer of the trade server means for an order: whether it was taken, was not, or may have been. */
export interface Retcode {
  readonly word: string;
  readonly outcome: 'accepted' | 'rejected' | 'unknown';
  readonly meaning: string;
}

const accepted = (word: string, meaning: string): Retcode => ({ word, outcome: 'accepted', meaning });
const rejected = (word: string, meaning: string): Retcode => ({ word, outcome: 'rejected', meaning });
const unknown = (word: string, meaning: string): Retcode => ({ word, outcome: 'unknown', meaning });

/**
 * Return codes of the trade server. Source: mql5.com/en/docs/constants/errorswarnings/enum_trade_return_codes. After an error in
 * processing, a timeout or a lost line the order may have been placed, and so it may after a code that is not in the table.
 */
export const retcodes: Readonly<Record<number, Retcode>> = {
  10004: rejected('REQUOTE', 'The price is another one by now.'),
  10006: rejected('REJECTED', 'The server refused.'),
  10007: rejected('CANCELED', 'The trader cancelled it.'),
  10008: accepted('PLACED', 'The order was placed.'),
  10009: accepted('DONE', 'The request was carried out.'),
  10010: accepted('DONE_PARTIAL', 'A part of the request was carried out.'),
  10011: unknown('ERROR', 'An error while it was processed.'),
  10012: unknown('TIMEOUT', 'It was given up after a timeout.'),
  10013: rejected('INVALID', 'The request is none.'),
  10014: rejected('INVALID_VOLUME', 'The volume cannot be.'),
  10015: rejected('INVALID_PRICE', 'The price cannot be.'),
  10016: rejected('INVALID_STOPS', 'Stop loss or take profit cannot be, or are too close.'),
  10017: rejected('TRADE_DISABLED', 'Trading is disabled.'),
  10018: rejected('MARKET_CLOSED', 'The market is closed.'),
  10019: rejected('NO_MONEY', 'There is not enough free margin.'),
  10020: rejected('PRICE_CHANGED', 'The price changed.'),
  10021: rejected('PRICE_OFF', 'There are no quotes.'),
  10022: rejected('INVALID_EXPIRATION', 'The expiration cannot be.'),
  10023: rejected('ORDER_CHANGED', 'The order is in another state by now.'),
  10024: rejected('TOO_MANY_REQUESTS', 'Requests came too often.'),
  10025: rejected('NO_CHANGES', 'Nothing would change.'),
  10026: rejected('SERVER_DISABLES_AT', 'The server does not let programs trade.'),
  10027: rejected('CLIENT_DISABLES_AT', 'The terminal does not let programs trade.'),
  10028: rejected('LOCKED', 'The order is locked while another request is processed.'),
  10029: rejected('FROZEN', 'The order or position is too close to the price to be changed.'),
  10030: rejected('INVALID_FILL', 'The symbol has no such filling mode.'),
  10031: unknown('CONNECTION', 'There is no line to the trade server.'),
  10032: rejected('ONLY_REAL', 'Only for real accounts.'),
  10033: rejected('LIMIT_ORDERS', 'There are as many pending orders as may be.'),
  10034: rejected('LIMIT_VOLUME', 'There is as much volume of the symbol as may be.'),
  10035: rejected('INVALID_ORDER', 'The type of the order is prohibited or none.'),
  10036: rejected('POSITION_CLOSED', 'The position is closed already.'),
  10038: rejected('INVALID_CLOSE_VOLUME', 'More would be closed than is open.'),
  10039: rejected('CLOSE_ORDER_EXIST', 'An order closes the position already.'),
  10040: rejected('LIMIT_POSITIONS', 'There are as many open positions as may be.'),
  10041: rejected('REJECT_CANCEL', 'The pending order was not activated, and is cancelled.'),
  10042: rejected('LONG_ONLY', 'Only long positions are allowed.'),
  10043: rejected('SHORT_ONLY', 'Only short positions are allowed.'),
  10044: rejected('CLOSE_ONLY', 'Only closing is allowed.'),
  10045: rejected('FIFO_CLOSE', 'Positions are closed oldest first.'),
  10046: rejected('HEDGE_PROHIBITED', 'Positions of both sides of a symbol are prohibited.'),
};

/** What the EA refuses itself, with `retcode` 0: certain, nothing was sent to the server. */
export const eaRefusals = {
  BAD_REQUEST: 'The request is none of this protocol.',
  EXPIRED: "Its `expiresAt` has passed, by the EA's estimate of Node's clock.",
  GUARD_KILLED: 'The kill switch of the EA is on.',
  GUARD_LOTS: 'More lots than the EA lets through.',
  GUARD_ORDERS: 'More orders than the EA lets be open.',
  GUARD_READ_ONLY: 'The EA is set to watch only.',
  GUARD_SYMBOL: 'The symbol is not on the list of the EA.',
  JOURNAL_FAILED: 'The EA could not write it down, and so did not send it.',
  NOT_CONNECTED: 'The terminal has no line to its trade server.',
  TRADING_OFF: 'Trading by programs is switched off in terminal, account or EA.',
} as const;

/** @returns what a code means; a code that is not in the table proves nothing */
export const retcodeOf = (code: number): Retcode =>
  retcodes[code] ?? unknown(`RETCODE_${code}`, 'It is in no table of MetaQuotes.');
