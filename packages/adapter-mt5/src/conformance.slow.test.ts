import { hasCompiler } from '@mikrobot/mql5';
import { describe } from 'vitest';
import { testCards } from './testing/cards.js';

const terminals = describe.skipIf(!hasCompiler());

terminals('MetaTrader 5 by the bridge EA, hedging (needs g++)', () => testCards('hedging'));
terminals('MetaTrader 5 by the bridge EA, netting (needs g++)', () => testCards('netting'));
// Brokers answer before or after the news of what they did, and some keep no comments.
terminals(
  'MetaTrader 5 by the bridge EA, hedging, at a hasty broker that keeps no comments (needs g++)',
  () => testCards('hedging', { resultFirst: true, lossyComments: true }),
);
