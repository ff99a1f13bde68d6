import type { AdapterCard } from './card.js';
import { amendments } from './cards/amendments.js';
import { brackets } from './cards/brackets.js';
import { cancels } from './cards/cancels.js';
import { conditionalOrders } from './cards/conditional-orders.js';
import { duplicates } from './cards/duplicates.js';
import { history } from './cards/history.js';
import { line } from './cards/line.js';
import { marketData } from './cards/market-data.js';
import { orders } from './cards/orders.js';
import { partialFills } from './cards/partial-fills.js';
import { rejections } from './cards/rejections.js';
import { shutdown } from './cards/shutdown.js';
import { snapshots } from './cards/snapshots.js';
import { timeAndRates } from './cards/time-and-rates.js';
import { timeInForce } from './cards/time-in-force.js';
import { unknowns } from './cards/unknowns.js';

/** Every card, in the order in which they are run. */
export const allCards: readonly AdapterCard[] = [
  ...marketData,
  ...history,
  ...orders,
  ...conditionalOrders,
  ...timeInForce,
  ...brackets,
  ...amendments,
  ...cancels,
  ...partialFills,
  ...duplicates,
  ...rejections,
  ...line,
  ...unknowns,
  ...snapshots,
  ...timeAndRates,
  ...shutdown,
];
