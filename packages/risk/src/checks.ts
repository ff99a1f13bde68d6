import { type Book, type Finding, type Instrument, type OrderDraft, type Signal, sign } from '@mikrobot/core';

/** What the findings of the shared checks mean; a policy names in its definition those that it uses. */
export const sharedCodes = {
  BAD_ACCOUNT: 'The balance or equity of the account is not a positive number.',
  NO_QUOTE: 'No price of the instrument is known.',
  NO_RATE: 'No rate is known that converts a currency to that of the account.',
  NO_STOP: 'The entry has no protective stop, so what it risks is unknown.',
  STOP_DISTANCE: 'The stop is at the entry price or on its winning side.',
  UNKNOWN_SYMBOL: 'The venue has no such instrument.',
  UNPRICED: 'The floating profit of a position is unknown, so the equity is unknown too.',
} as const;

/** Whether a check found something; else the answer is the checked value. */
export const isFinding = <T>(answer: T | Finding): answer is Finding =>
  typeof answer === 'object' && answer !== null && 'code' in answer && typeof answer.code === 'string';

/** A number as a finding may carry it: JSON has no NaN and no Infinity. */
export const shown = (value: number): number | string => (Number.isFinite(value) ? value : String(value));

/**
 * From the entry to the protective stop, in price; positive.
 * @returns `NO_STOP`, or `STOP_DISTANCE` when a buy's stop is not below its price (a sell's not above)
 */
export const stopDistance = ({ side, price, stop }: OrderDraft): number | Finding => {
  if (stop === undefined) return { code: 'NO_STOP', limit: 'a protective stop', actual: 'none' };
  const distance = (price - stop) * sign(side);
  if (distance > 0 && distance < Number.POSITIVE_INFINITY) return distance;
  const where = side === 'buy' ? 'below' : 'above';
  return { code: 'STOP_DISTANCE', limit: `a stop ${where} ${price}`, actual: shown(stop) };
};

const money = (name: string, value: number): number | Finding =>
  value > 0 && value < Number.POSITIVE_INFINITY
    ? value
    : { code: 'BAD_ACCOUNT', limit: `a positive ${name}`, actual: shown(value) };

/** Balance in account currency. @returns `BAD_ACCOUNT` unless it is positive and finite */
export const goodBalance = (account: { readonly balance: number }): number | Finding =>
  money('balance', account.balance);

/** Equity in account currency; ask {@link unpriced} too. @returns `BAD_ACCOUNT` unless it is positive and finite */
export const goodEquity = (account: { readonly equity: number }): number | Finding =>
  money('equity', account.equity);

/** Account currency for one unit of the instrument's currency, as the signal saw it. @returns `NO_RATE` when unknown */
export const signalRate = ({ rate, symbol, account }: Signal): number | Finding =>
  rate !== undefined && rate > 0 && rate < Number.POSITIVE_INFINITY
    ? rate
    : { code: 'NO_RATE', limit: `a rate to ${account.currency}`, actual: `none for ${symbol}` };

/** Units of `to` for one of `from` at present. @returns `NO_RATE` when unknown */
export const bookRate = (book: Book, from: string, to: string): number | Finding => {
  const rate = book.rate(from, to);
  return rate !== undefined && rate > 0 && rate < Number.POSITIVE_INFINITY
    ? rate
    : { code: 'NO_RATE', limit: `a rate to ${to}`, actual: `none from ${from}` };
};

/** @returns `UNKNOWN_SYMBOL` when the venue has no such instrument */
export const knownInstrument = (book: Book, symbol: string): Instrument | Finding =>
  book.instrument(symbol) ?? { code: 'UNKNOWN_SYMBOL', limit: 'an instrument of the venue', actual: symbol };

/** The finding `UNPRICED` while the equity is not known, because a position cannot be priced. */
export const unpriced = (book: Book): Finding | undefined => {
  const symbols = book.unpriced();
  return symbols.length === 0
    ? undefined
    : { code: 'UNPRICED', limit: 'a price for every position', actual: symbols.join(' ') };
};
