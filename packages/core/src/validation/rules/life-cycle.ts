import type { BotState } from '../../runtime/bot-state.js';
import type { Rule } from '../rule.js';

/** Lets entries pass only while the bot is active. What reduces risk always passes. */
export const lifeCycleRule = (state: () => BotState): Rule => ({
  name: 'lifeCycle',
  check() {
    const actual = state();
    // A halt is told by risk, which knows why.
    if (actual === 'active' || actual === 'killing' || actual === 'halted') return undefined;
    return { code: actual === 'paused' ? 'PAUSED' : 'NOT_ACTIVE', limit: 'active', actual };
  },
});
