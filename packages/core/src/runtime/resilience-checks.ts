import { MikroBotError } from '../errors/mikrobot-error.js';
import type { BulkheadOptions } from './bulkhead.js';
import type { BreakerOptions } from './circuit-breaker.js';
import type { CallOptions, ResilienceOptions } from './resilience.js';
import type { RetryOptions } from './retry.js';

/** The parts of a guard with nothing left out. */
export interface ResilienceParts {
  readonly retry: RetryOptions;
  readonly breaker: BreakerOptions;
  readonly bulkhead: BulkheadOptions;
}

/** Figures that count something; all others are ms. */
const counts: readonly string[] = ['attempts', 'failures', 'successes', 'concurrent', 'waiting'];
/** Figures that may be 0: nobody waits, or not for long. */
const mayBeZero: readonly string[] = ['first', 'longest', 'waiting', 'wait'];

const checkFigure = (name: string, figure: string, value: unknown): void => {
  const least = mayBeZero.includes(figure) ? 0 : counts.includes(figure) ? 1 : Number.MIN_VALUE;
  const whole = !counts.includes(figure) || Number.isInteger(value);
  if (Number.isFinite(value) && (value as number) >= least && whole) return;
  throw new MikroBotError('BAD_CONFIG', `${figure} is ${String(value)}.`, {
    where: name,
    hint: `Use a ${counts.includes(figure) ? 'whole number' : 'number of ms'} ${least === 1 ? 'from 1' : least === 0 ? 'from 0' : 'above 0'}.`,
  });
};

/** Fills in what was left out. @throws `MikroBotError` `BAD_CONFIG` when a figure makes no sense. */
export const checkOptions = ({
  name,
  timeout,
  retry,
  breaker,
  bulkhead,
}: ResilienceOptions): ResilienceParts => {
  const parts: ResilienceParts = {
    retry: { attempts: 4, first: 250, longest: 10_000, ...retry },
    breaker: { failures: 5, pause: 30_000, successes: 3, ...breaker },
    bulkhead: { concurrent: 16, waiting: 64, wait: 1_000, ...bulkhead },
  };
  for (const part of Object.values(parts) as readonly object[]) {
    for (const [figure, value] of Object.entries(part))
      if (figure !== 'after') checkFigure(name, figure, value);
  }
  if (timeout !== undefined) checkFigure(name, 'timeout', timeout);
  return parts;
};

/** @throws `MikroBotError` `BAD_CONFIG` for an order command that is called repeatable, and a deadline that is none. */
export const checkCall = (name: string, what: string, { repeatable, timeout }: CallOptions): void => {
  if (timeout !== undefined) checkFigure(name, 'timeout', timeout);
  if (repeatable !== true || !/^(submit|amend|cancel)\b/.test(what)) return;
  throw new MikroBotError('BAD_CONFIG', `${what} is an order command and cannot be repeatable.`, {
    where: name,
    hint: 'Made twice it may be two orders. Answer `unknown` when it fails; core asks what became of it.',
  });
};
