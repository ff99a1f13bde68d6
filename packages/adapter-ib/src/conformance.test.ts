import { describe } from 'vitest';
import { testCards } from './testing/cards.js';
import { es } from './testing/ib-bench.js';

describe('Interactive Brokers, futures', () => testCards(es, false));
