import { MikroBotError } from '../errors/mikrobot-error.js';
import type { RiskPolicy } from './policy.js';

/**
 * Every entry has at most `lots`.
 * @throws `MikroBotError` `BAD_CONFIG` when `lots` is not above 0.
 */
export const fixedQuantity = ({ lots }: { readonly lots: number }): RiskPolicy => {
  if (!(lots > 0 && Number.isFinite(lots))) {
    throw new MikroBotError('BAD_CONFIG', `lots is ${lots}, but must be a number above 0.`, {
      where: 'fixedQuantity',
    });
  }
  const answer = { cap: lots };
  return {
    name: 'fixedQuantity',
    permits: ({ minQuantity, maxQuantity }) =>
      lots < minQuantity || lots > maxQuantity
        ? `${lots} lots, but the venue takes ${minQuantity} to ${maxQuantity}`
        : undefined,
    judge: () => answer,
  };
};
