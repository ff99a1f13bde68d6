import { describe } from 'vitest';
import { testCards } from './testing/cards.js';

describe('Binance futures in one-way mode, on the simulator', () => {
  testCards(false);
});
