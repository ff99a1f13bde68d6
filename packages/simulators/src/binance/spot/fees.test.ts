import { describe, expect, it } from 'vitest';
import { spotSymbol } from './symbols.js';
import { SpotBench } from './testing/spot-bench.js';

const symbols = [
  spotSymbol({
    baseAsset: 'BTC',
    quoteAsset: 'USDT',
    tickSize: '0.01',
    stepSize: '0.00001',
    minNotional: '5',
  }),
  spotSymbol({ baseAsset: 'BNB', quoteAsset: 'USDT', tickSize: '0.01', stepSize: '0.001', minNotional: '5' }),
];

/** The sale of commission_faq.md: 0.49975 BTC at 35,000, a notional value of 17,491.25. */
const sale = (taker: string, balances: Record<string, string>, bnbFees = false): SpotBench => {
  const bench = new SpotBench({
    symbols,
    accounts: [{ name: 'me', balances: { BTC: '1', ...balances }, taker, bnbFees }],
  });
  bench.quote(260, 260, 'BNBUSDT').quote(35_000, 35_001);
  bench.place({ side: 'SELL', type: 'MARKET', quantity: '0.49975' });
  return bench;
};

describe('Commission (commission_faq.md, "How is the commission calculated?")', () => {
  it.each([
    ['0.00000060', '0.01049475'],
    ['0.00000230', '0.04022988'],
    ['0.06000000', '1049.47500000'],
  ])('at a rate of %s is %s USDT of the 17,491.25 received', (rate, commission) => {
    expect(sale(rate, {}).report).toMatchObject({ n: commission, N: 'USDT', Y: '17491.25000000' });
  });

  it('is taken from what is received', () => {
    expect(sale('0.06000000', {}).balance('USDT')).toEqual(['16441.77500000', '0.00000000']);
  });

  it('of a buy is taken from the bought asset', () => {
    const bench = new SpotBench({
      symbols,
      accounts: [{ name: 'me', balances: { USDT: '35000' }, taker: '0.001' }],
    }).quote(34_999, 35_000);
    bench.place({ side: 'BUY', type: 'MARKET', quantity: '0.5' });
    expect(bench.report).toMatchObject({ n: '0.00050000', N: 'BTC' });
    expect(bench.balance('BTC')).toEqual(['0.49950000', '0.00000000']);
  });

  it('in BNB is converted by its market price and a quarter less, as the venue’s discount of 0.25 says', () => {
    // 17.49125 USDT at 1 BNB = 260 USDT are 0.0672740… BNB; three quarters of it.
    const bench = sale('0.001', { BNB: '1' }, true);
    expect(bench.report).toMatchObject({ n: '0.05045553', N: 'BNB' });
    expect(bench.balance('USDT')).toEqual(['17491.25000000', '0.00000000']);
    expect(bench.balance('BNB')).toEqual(['0.94954447', '0.00000000']);
  });

  it('is taken from what is received where there is too little BNB', () => {
    expect(sale('0.001', { BNB: '0.05' }, true).report).toMatchObject({ n: '17.49125000', N: 'USDT' });
  });
});
