import type { CommandOutcome } from '@mikrobot/core';
import type { AskOutcome } from '../bridge/terminal.js';

/** Requests that a `result` answers. */
type Command = 'order' | 'protect' | 'modify' | 'cancel';

/** What a command came to, in core's words. What may have arrived and has no answer is unknown, never rejected. */
export const outcomeOf = (asked: AskOutcome<Command>): CommandOutcome => {
  if (asked.outcome === 'lost') return { outcome: 'unknown', detail: asked.detail };
  if (asked.outcome !== 'answer') return { outcome: 'rejected', code: asked.code, detail: asked.detail };
  const { outcome, code, detail, order } = asked.answer.data;
  if (outcome === 'accepted') return { outcome, venueId: order };
  if (outcome === 'rejected') return { outcome, code, detail: detail === '' ? undefined : detail };
  return { outcome: 'unknown', detail: detail === '' ? code : `${code}: ${detail}` };
};

/** A certain no: nothing was sent. */
export const refusal = (code: string, detail: string): CommandOutcome => ({
  outcome: 'rejected',
  code,
  detail,
});
