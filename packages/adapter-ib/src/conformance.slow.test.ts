import { describe } from 'vitest';
import { testCards } from './testing/cards.js';
import { es, eurusd } from './testing/ib-bench.js';

describe('Interactive Brokers, forex', () => testCards(eurusd, true));
describe('Interactive Brokers, futures, at server version 176', () =>
  testCards(es, true, { serverVersion: 176 }));
