import { currencyDecimals } from '@mikrobot/core';
import type { BacktestResult } from '../analysis/result.js';

/** What stands where a figure is undefined or there is not enough data. */
export const NOTHING = '–';

const MINUS = '−';
const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;
const months = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];

/** A number with grouped thousands, a true minus sign and so many decimals; the same on every machine. */
export const fixed = (value: number | null, decimals = 0): string => {
  if (value === null || !Number.isFinite(value)) return NOTHING;
  const [whole = '0', fraction] = Math.abs(value).toFixed(decimals).split('.');
  const grouped = whole.replace(/\B(?=(\d{3})+$)/g, ',');
  const text = fraction === undefined ? grouped : `${grouped}.${fraction}`;
  return value < 0 && /[1-9]/.test(text) ? MINUS + text : text;
};

/** {@link fixed} with a plus before what is above zero. */
export const signed = (value: number | null, decimals = 0): string => {
  const text = fixed(value, decimals);
  return value !== null && value > 0 && /[1-9]/.test(text) ? `+${text}` : text;
};

/** A fraction as percent. */
export const percent = (fraction: number | null, decimals = 1): string =>
  fraction === null ? NOTHING : `${fixed(fraction * 100, decimals)} %`;

/** {@link percent} with a sign. */
export const signedPercent = (fraction: number | null, decimals = 1): string =>
  fraction === null ? NOTHING : `${signed(fraction * 100, decimals)} %`;

const pad = (n: number): string => String(n).padStart(2, '0');

/** A day in UTC, as in `5 Mar 2024`. */
export const day = (time: number | null): string => {
  if (time === null) return NOTHING;
  const date = new Date(time);
  return `${date.getUTCDate()} ${months[date.getUTCMonth()]} ${date.getUTCFullYear()}`;
};

/** The month of a time in UTC, three letters. */
export const month = (time: number): string => months[new Date(time).getUTCMonth()] as string;

/** The time of day in UTC, as in `14:05`. */
export const clock = (time: number): string => {
  const date = new Date(time);
  return `${pad(date.getUTCHours())}:${pad(date.getUTCMinutes())}`;
};

/** Day and time in UTC, sortable by eye, as in `2024-03-05 14:05`. */
export const dateTime = (time: number | null): string =>
  time === null ? NOTHING : new Date(time).toISOString().slice(0, 16).replace('T', ' ');

/** A length of time in its two largest units, as in `3 d 4 h`. */
export const duration = (ms: number | null): string => {
  if (ms === null) return NOTHING;
  if (ms < MINUTE) return `${Math.round(ms / 1000)} s`;
  if (ms < HOUR) return `${Math.round(ms / MINUTE)} min`;
  if (ms < DAY) return `${Math.floor(ms / HOUR)} h ${pad(Math.floor((ms % HOUR) / MINUTE))} min`;
  const hours = Math.floor((ms % DAY) / HOUR);
  return hours === 0 ? `${fixed(Math.floor(ms / DAY))} d` : `${fixed(Math.floor(ms / DAY))} d ${hours} h`;
};

/** A count with its noun, as in `1 trade`, `2 trades`. */
export const counted = (n: number, one: string, many = `${one}s`): string =>
  `${fixed(n)} ${n === 1 ? one : many}`;

/** How the figures of one result are written. */
export interface Formats {
  /** Decimals of money. */
  readonly moneyDecimals: number;
  money(amount: number | null): string;
  signedMoney(amount: number | null): string;
  price(symbol: string, price: number | null): string;
  lots(symbol: string, lots: number): string;
  /** A distance in price, as pips. */
  pips(symbol: string, distance: number | null): string;
}

/** The formats of a result. Accounts of thousands need no millionths, whatever the currency allows. */
export const formatsOf = ({ account, instruments }: BacktestResult): Formats => {
  const decimals = currencyDecimals(account.currency);
  const moneyDecimals = account.startEquity >= 1000 ? Math.min(2, decimals) : decimals;
  const bySymbol = new Map(instruments.map((instrument) => [instrument.symbol, instrument]));
  return {
    moneyDecimals,
    money: (amount) => fixed(amount, moneyDecimals),
    signedMoney: (amount) => signed(amount, moneyDecimals),
    price: (symbol, price) => fixed(price, bySymbol.get(symbol)?.priceDecimals ?? 5),
    lots: (symbol, lots) => fixed(lots, bySymbol.get(symbol)?.quantityDecimals ?? 2),
    pips: (symbol, distance) =>
      distance === null ? NOTHING : fixed(distance / (bySymbol.get(symbol)?.pipSize ?? 1), 1),
  };
};
