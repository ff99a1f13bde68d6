import type { Rule } from '../rule.js';

/** Refuses a person's approval that came after the hold had expired. */
export const approvalInTime: Rule = {
  name: 'approvalInTime',
  always: true,
  check({ approval, time }) {
    if (approval === undefined || time <= approval.until) return undefined;
    return {
      code: 'HOLD_EXPIRED',
      limit: new Date(approval.until).toISOString(),
      actual: new Date(time).toISOString(),
    };
  },
};
