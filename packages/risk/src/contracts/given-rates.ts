import { CrossRates, defineInstrument, MikroBotError } from '@mikrobot/core';
import type { RateOf } from './contract-value.js';
import { fxContract } from './known-contracts.js';

/**
 * Conversion by rates that somebody gives, by pair: directly, inversely, or over at most two currencies in between.
 *
 * @example
 * ```ts
 * const rate = givenRates({ USDJPY: 150, EURUSD: 1.08 });
 * rate('JPY', 'EUR'); // 1 / 150 / 1.08
 * rate('CHF', 'EUR'); // undefined
 * ```
 *
 * @param rates - units of the second currency for one of the first, by pair in six letters
 * @throws `MikroBotError` `BAD_CONFIG` for a rate that is not a positive number, or a key that is no pair
 */
export const givenRates = (rates: Readonly<Record<string, number>>): RateOf => {
  for (const [pair, rate] of Object.entries(rates)) {
    if (!(rate > 0 && rate < Number.POSITIVE_INFINITY))
      throw new MikroBotError('BAD_CONFIG', `the rate of ${pair} is ${rate}, not a positive number.`, {
        where: `rates.${pair}`,
      });
    if (!/^[A-Z]{6}$/.test(pair))
      throw new MikroBotError('BAD_CONFIG', `${pair} is no pair of currencies.`, {
        where: 'rates',
        hint: 'Write both currencies in three capitals each, as in EURUSD.',
      });
  }
  const crosses = new CrossRates(
    Object.keys(rates).map((pair) =>
      defineInstrument({ ...fxContract(pair.slice(0, 3), pair.slice(3)), symbol: pair }),
    ),
    (pair) => {
      const rate = rates[pair];
      return rate === undefined ? undefined : { time: 0, bid: rate, ask: rate };
    },
  );
  return (from, to) => crosses.rate(from, to);
};
