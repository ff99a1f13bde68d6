import { MikroBotError } from '../errors/mikrobot-error.js';

/**
 * An amount in integer minor units of one currency (cents of USD, satoshi of BTC), so that any number of
 * bookings adds up exactly.
 */
export type MinorUnits = bigint;

const SPECIAL: Readonly<Record<string, number>> = {
  JPY: 0,
  KRW: 0,
  BTC: 8,
  ETH: 8,
  USDT: 8,
  USDC: 8,
  BNB: 8,
};

/** Decimals in which a currency's ledger is kept: 2, unless the currency is known to differ. */
export const currencyDecimals = (currency: string): number => SPECIAL[currency] ?? 2;

/** A number in currency units, rounded half away from zero to minor units. */
export const toMinor = (amount: number, currency: string): MinorUnits => {
  const scaled = Math.abs(amount) * 10 ** currencyDecimals(currency);
  const whole = Math.floor(scaled);
  // 1.005 is a hair less in binary, and a written half must round up. Large amounts have no room for a hair.
  const hair = Math.min(scaled * Number.EPSILON, 0.2);
  const units = BigInt(scaled - whole + hair >= 0.5 ? whole + 1 : whole);
  return amount < 0 ? -units : units;
};

/** Minor units as a number in currency units, for arithmetic that is not bookkeeping. */
export const fromMinor = (units: MinorUnits, currency: string): number =>
  Number(units) / 10 ** currencyDecimals(currency);

/**
 * Reads an exact decimal text such as `"10000.50"`.
 * @throws {@link MikroBotError} `BAD_CONFIG` when it is no number or has more decimals than the currency.
 */
export const parseMoney = (text: string, currency: string): MinorUnits => {
  const match = /^(-?)(\d+)(?:\.(\d+))?$/.exec(text);
  const decimals = currencyDecimals(currency);
  const fraction = match?.[3] ?? '';
  if (!match || fraction.length > decimals) {
    throw new MikroBotError('BAD_CONFIG', `"${text}" is not an amount of ${currency}.`, {
      hint: `Write digits with at most ${decimals} decimals, as in "10000${decimals > 0 ? '.50' : ''}".`,
    });
  }
  const units = BigInt((match[2] as string) + fraction.padEnd(decimals, '0'));
  return match[1] === '-' ? -units : units;
};

/** Minor units as an exact decimal text: `1000050n` of USD is `"10000.50"`. */
export const formatMoney = (units: MinorUnits, currency: string): string => {
  const decimals = currencyDecimals(currency);
  const digits = (units < 0n ? -units : units).toString().padStart(decimals + 1, '0');
  const whole = digits.slice(0, digits.length - decimals);
  const text = decimals === 0 ? digits : `${whole}.${digits.slice(-decimals)}`;
  return units < 0n ? `-${text}` : text;
};
