import { MikroBotError } from '@mikrobot/core';

/**
 * An average run length to design for.
 * @throws `MikroBotError` `BAD_CONFIG` unless it is finite and above 1: a chart cannot signal before its first sample.
 */
export const checkRunLength = (arl: number, what: string): void => {
  if (!(typeof arl === 'number' && arl > 1 && arl < Number.POSITIVE_INFINITY)) {
    throw new MikroBotError(
      'BAD_CONFIG',
      `${what} must be finite and above 1 sample, and is ${String(arl)}.`,
      {
        hint: 'A three-sigma Shewhart chart has 370.4.',
      },
    );
  }
};

/**
 * The weight of the latest value in an EWMA.
 * @throws `MikroBotError` `BAD_CONFIG` unless it is above 0 and at most 1.
 */
export const checkLambda = (lambda: number): void => {
  if (!(typeof lambda === 'number' && lambda > 0 && lambda <= 1)) {
    throw new MikroBotError(
      'BAD_CONFIG',
      `the lambda of an EWMA must be above 0 and at most 1, and is ${String(lambda)}.`,
      { hint: 'Usual are 0.05 to 0.25.' },
    );
  }
};

/** Beyond it a system of equations takes seconds. */
const MOST_NODES = 1_000;

/**
 * A number of quadrature nodes, odd, so that one stands in the middle.
 * @param what - what asks for so many, for the error's sentence
 * @throws `MikroBotError` `BAD_CONFIG` for more than a thousand.
 */
export const nodeCount = (needed: number, what: string): number => {
  if (!(needed < MOST_NODES)) {
    throw new MikroBotError('BAD_CONFIG', `${what} is too large for its run length to be computed.`, {
      hint: 'Ask for a shorter run length, or look for a larger shift.',
    });
  }
  return 2 * Math.floor(needed / 2) + 1;
};
