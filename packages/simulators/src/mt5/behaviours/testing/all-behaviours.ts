import type { Behaviour } from './behaviour.js';
import { deals } from './deals.js';
import { hedging } from './hedging.js';
import { link } from './link.js';
import { money } from './money.js';
import { netting } from './netting.js';
import { pending } from './pending.js';
import { protection } from './protection.js';
import { refusals } from './refusals.js';

/** Everything that the trade server is checked for, by topic. */
export const behaviourTopics: Readonly<Record<string, readonly Behaviour[]>> = {
  'Market orders': deals,
  'Hedging positions': hedging,
  'Netting positions': netting,
  'Pending orders': pending,
  'Stop loss and take profit': protection,
  Refusals: refusals,
  Money: money,
  'The link': link,
};

/** The table, in one piece. */
export const allBehaviours: readonly Behaviour[] = Object.values(behaviourTopics).flat();
