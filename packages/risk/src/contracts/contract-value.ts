import type { Finding, Instrument } from '@mikrobot/core';

/** What moves of the price are worth for one lot. */
export interface ContractValue {
  /** Of the smallest step of the price. */
  readonly tick: number;
  /** Of a move by 1 in price. */
  readonly point: number;
  readonly pip: number;
}

/** Units of currency `to` for one of `from`; undefined when unknown. A book's `rate` is one, and so is `givenRates(…)`. */
export type RateOf = (from: string, to: string) => number | undefined;

/** What a contract is made of, as far as its value goes. */
export type ContractTerms = Pick<Instrument, 'contractSize' | 'tickSize' | 'pipSize' | 'currency'>;

/** What moves of the price are worth for one lot, in the instrument's own currency. */
export const contractValue = ({
  contractSize,
  tickSize,
  pipSize,
}: Omit<ContractTerms, 'currency'>): ContractValue => ({
  tick: contractSize * tickSize,
  point: contractSize,
  pip: contractSize * pipSize,
});

/**
 * What moves of the price are worth for one lot in another currency, that of the account.
 * @returns `NO_RATE` when the conversion is unknown: it is never taken to be 1
 *
 * @example
 * ```ts
 * const value = contractValueIn('USD', instrumentFor('USDJPY'), givenRates({ USDJPY: 150 }));
 * // { tick: 0.667, point: 666.67, pip: 6.67 }
 * ```
 */
export const contractValueIn = (
  currency: string,
  terms: ContractTerms,
  rateOf: RateOf,
): ContractValue | Finding => {
  const rate = terms.currency === currency ? 1 : rateOf(terms.currency, currency);
  if (rate === undefined || !(rate > 0 && rate < Number.POSITIVE_INFINITY))
    return { code: 'NO_RATE', limit: `a rate to ${currency}`, actual: `none from ${terms.currency}` };
  const { tick, point, pip } = contractValue(terms);
  return { tick: tick * rate, point: point * rate, pip: pip * rate };
};
