import type { Scenario } from '../scenario.js';
import { bars } from './bars.js';
import { ticksHundred, ticksNobody, ticksSubscribed } from './ticks.js';

export const scenarios: readonly Scenario[] = [ticksNobody, ticksSubscribed, ticksHundred, bars];
