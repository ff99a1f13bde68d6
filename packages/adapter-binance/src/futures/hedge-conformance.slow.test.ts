import { describe } from 'vitest';
import { testCards } from './testing/cards.js';

describe('Binance futures in hedge mode, on the simulator', () => {
  testCards(true);
});
