import type { Decision } from '../model/decision.js';

/** A decision as it is journalled: what is on record already (the signal, the intent) is referred to by id. */
export const decisionRecord = (decision: Decision): object => {
  const { signal, outcome, time, verdicts } = decision;
  const base = { signal: signal.id, outcome, time };
  switch (decision.outcome) {
    case 'executed':
      return { ...base, order: decision.order.id, verdicts };
    case 'unknown':
      return { ...base, order: decision.order.id, detail: decision.detail, verdicts };
    case 'held':
      return { ...base, refusal: decision.refusal, until: decision.until, verdicts };
    case 'refused':
      return { ...base, refusal: decision.refusal, verdicts };
  }
};
