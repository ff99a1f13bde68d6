import type { OrderParts } from './parts.js';
import type { Ending, TrackedOrder } from './tracked-order.js';

/** Ms for which a refusal explains an end that follows. */
const REFUSAL_LASTS = 5_000;

/** Whether a refusal explains that it ends now. Nothing but its refusal ends an order that never worked. */
export const isRefused = ({ refusal, accepted }: TrackedOrder, now: number): boolean =>
  refusal !== undefined && (!accepted || now - refusal.at < REFUSAL_LASTS);

/**
 * How an order ended that TWS calls cancelled, or inactive after a refusal. TWS calls cancelled what has expired, too: it has when its
 * time is over, or when it is of the day, nobody of ours cancelled it, and the market is closed.
 * @param completed - the words of TWS for the end; empty where it has none
 */
export const howEnded = (
  order: TrackedOrder,
  completed: string,
  { clock, contracts }: Pick<OrderParts, 'clock' | 'contracts'>,
): Ending => {
  const { tif, goodTill, cancelAsked, refusal, accepted, symbol, counted, status } = order;
  const now = clock.now();
  const isRefusal =
    refusal !== undefined && (status === 'Inactive' || (!cancelAsked && now - refusal.at < REFUSAL_LASTS));
  if (isRefusal && (!accepted || counted === 0)) return { end: 'rejected', reason: refusal.detail };
  const isLate = tif === 'GTD' && goodTill !== undefined && now >= goodTill - 1_000;
  const isOfTheDay = tif === 'DAY' || tif === 'GTD';
  const isClosed =
    isOfTheDay && contracts.find(symbol) !== undefined && !contracts.sessions(symbol).isOpen(now);
  if (/expire/i.test(completed) || (!cancelAsked && (isLate || isClosed)))
    return { end: 'expired', reason: 'expired' };
  if (completed !== '') return { end: 'cancelled', reason: completed };
  return { end: 'cancelled', reason: cancelAsked ? 'asked for' : 'cancelled at the venue' };
};
