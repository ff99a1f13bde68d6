import { instrumentOf } from '@mikrobot/adapter-paper';
import { describe, expect, it } from 'vitest';
import { typicalCosts } from './typical-costs.js';

describe('typicalCosts', () => {
  it.each([
    ['EURUSD', 'retail-fx'],
    ['XAUUSD', 'retail-fx'],
    ['BTCUSDT', 'crypto-spot'],
    ['ES', 'futures'],
  ])('charges %s as %s', (symbol, preset) => {
    expect(typicalCosts([instrumentOf(symbol)])).toBe(preset);
  });
});
