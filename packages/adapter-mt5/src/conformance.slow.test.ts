import { hasCompiler } from '@mikrobot/mql5';
import { describe } from 'vitest';
import { testCards } from './testing/cards.js';

describe.skipIf(!hasCompiler())('MetaTrader 5 by the bridge EA, hedging (needs g++)', () =>
  testCards('hedging'),
);
describe.skipIf(!hasCompiler())('MetaTrader 5 by the bridge EA, netting (needs g++)', () =>
  testCards('netting'),
);
