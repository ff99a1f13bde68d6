import type { BacktestResult } from '../analysis/result.js';

/**
 * A result as JSON text, the same for the same result: two spaces of indentation, columns of figures on one line. What is undefined
 * is `null`; there is no NaN and no Infinity.
 */
export const toJson = (result: BacktestResult): string => {
  const { equity, prices, signalTimes, ...rest } = result;
  const flat = (value: unknown): string => JSON.stringify(value);
  const series = prices.map(
    ({ symbol, barMs, bars }) =>
      `    { "symbol": ${flat(symbol)}, "barMs": ${barMs}, "bars": ${flat(bars)} }`,
  );
  const body = JSON.stringify(rest, null, 2).replace(/\n}$/, '');
  return `${body},
  "signalTimes": ${flat(signalTimes)},
  "equity": ${flat(equity)},
  "prices": [
${series.join(',\n')}
  ]
}
`;
};
