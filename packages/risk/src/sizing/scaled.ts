import {
  type Book,
  type Instrument,
  MikroBotError,
  type OrderDraft,
  type PolicyAnswer,
  type RiskPolicy,
  type Signal,
} from '@mikrobot/core';
import { isFinding } from '../checks.js';

/** The port of policies that scale what another one allows. */
export interface ScaledPorts {
  /** Says the full size. It must not have a memory; a policy that has one goes around it. */
  readonly sizing: RiskPolicy;
}

/** What the finding of {@link scaledCap} means, beside those of the sizing policy. */
export const scaledCodes = {
  NO_SIZE: 'Neither the signal nor the sizing policy says how much, so there is nothing to scale.',
} as const;

/**
 * Checks what is to be scaled, and gives what the policy around it says in its name.
 * @throws `MikroBotError` `BAD_CONFIG` when it has a memory, which would be lost
 */
export const scaledBody = (
  name: string,
  { sizing }: ScaledPorts,
): Pick<RiskPolicy, 'notice'> & { permits(instrument: Instrument): string | undefined } => {
  if (sizing.memory !== undefined)
    throw new MikroBotError('BAD_CONFIG', `${sizing.name} has a memory, so ${name} cannot go around it.`, {
      where: `${name}.sizing`,
      hint: `Put ${sizing.name} outermost.`,
    });
  return {
    ...(sizing.notice !== undefined && { notice: sizing.notice }),
    permits: (instrument) => sizing.permits?.(instrument),
  };
};

/** What the sizing policy allows of an order, times a factor from 0 to 1. A refusal stays one. */
export const scaledCap = (
  { sizing }: ScaledPorts,
  factor: number,
  order: OrderDraft,
  signal: Signal,
  book: Book,
): PolicyAnswer => {
  const answer = sizing.judge(order, signal, book, undefined);
  if (isFinding(answer)) return answer;
  const lots = Math.min(order.quantity, answer?.cap ?? Number.POSITIVE_INFINITY);
  if (lots === Number.POSITIVE_INFINITY)
    return { code: 'NO_SIZE', limit: 'a size to scale', actual: `none of ${sizing.name}` };
  return { cap: lots > 0 ? lots * factor : 0 };
};
