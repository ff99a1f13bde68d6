import { momentsOf } from '../streaming/summary.js';
import { type Figure, figure } from './figure.js';
import { lacksOrder } from './lacks.js';

/**
 * The statistic of Durbin and Watson (1950) for values about their mean: squared differences of neighbours over squared
 * distances to the mean. About 2 for independent values, towards 0 for a slow drift, towards 4 for a seesaw.
 * @throws `MikroBotError` `BAD_DATA` when a value is not finite.
 */
export const durbinWatson = (values: ArrayLike<number>): Figure => {
  const notes = lacksOrder(values, 2, 'a Durbin-Watson statistic');
  if (notes.length > 0) return { value: undefined, notes };
  let squares = 0;
  for (let i = 1; i < values.length; i++) squares += (values[i]! - values[i - 1]!) ** 2;
  return figure(squares / momentsOf(values).sumOfSquares);
};

/**
 * The ratio of von Neumann (1941): mean square of successive differences over the variance, with n - 1 and n below. About 2 for
 * independent values.
 * @throws `MikroBotError` `BAD_DATA` when a value is not finite.
 */
export const vonNeumannRatio = (values: ArrayLike<number>): Figure => {
  const n = values.length;
  const { value, notes } = durbinWatson(values);
  return { value: value === undefined ? undefined : (value * n) / (n - 1), notes };
};
