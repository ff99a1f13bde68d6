import type { Decision, PolicyVerdict, Refusal } from '../model/decision.js';

/** JSON has neither NaN nor infinity, and a policy may say either. */
const told = <T>(figure: T): T | string =>
  typeof figure === 'number' && !Number.isFinite(figure) ? String(figure) : figure;

const isTold = ({ quantity = 0, limit, actual }: PolicyVerdict): boolean =>
  Number.isFinite(quantity) && told(limit) === limit && told(actual) === actual;

/** Nearly always the verdicts themselves: copies are made where a figure is none. */
const toldVerdicts = (verdicts: readonly PolicyVerdict[]): readonly object[] =>
  verdicts.every(isTold)
    ? verdicts
    : verdicts.map(({ quantity, limit, actual, ...rest }) => ({
        ...rest,
        quantity: told(quantity),
        limit: told(limit),
        actual: told(actual),
      }));

const toldRefusal = ({ limit, actual, ...rest }: Refusal): object => ({
  ...rest,
  limit: told(limit),
  actual: told(actual),
});

/** A decision as it is journalled: what is on record already (the signal, the intent) is referred to by id. */
export const decisionRecord = (decision: Decision): object => {
  const { signal, outcome, time } = decision;
  const verdicts = toldVerdicts(decision.verdicts);
  const base = { signal: signal.id, outcome, time };
  switch (decision.outcome) {
    case 'executed':
      return { ...base, order: decision.order.id, verdicts };
    case 'unknown':
      return { ...base, order: decision.order.id, detail: decision.detail, verdicts };
    case 'held':
      return { ...base, refusal: toldRefusal(decision.refusal), until: decision.until, verdicts };
    case 'refused':
      return { ...base, refusal: toldRefusal(decision.refusal), verdicts };
  }
};
