import type { BotState } from '../../runtime/bot-state.js';
import type { Rule } from '../rule.js';

/**
 * Lets entries pass only while the bot is active and its books agree with the venue. What reduces risk always passes.
 * @param unreconciled - why the books may differ; undefined when they agree
 */
export const lifeCycleRule = (
  state: () => BotState,
  unreconciled: () => string | undefined = () => undefined,
): Rule => ({
  name: 'lifeCycle',
  check() {
    const actual = state();
    // A halt is told by risk, which knows why.
    const why = unreconciled();
    if (actual === 'active' && why !== undefined)
      return { code: 'NOT_RECONCILED', limit: 'books that agree with the venue', actual: why };
    if (actual === 'active' || actual === 'killing' || actual === 'halted') return undefined;
    return { code: actual === 'paused' ? 'PAUSED' : 'NOT_ACTIVE', limit: 'active', actual };
  },
});
