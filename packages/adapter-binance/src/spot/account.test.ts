import { defineInstrument } from '@mikrobot/core';
import { describe, expect, it } from 'vitest';
import { Prices } from '../market/prices.js';
import { accountOf, type SpotAccount } from './account.js';
import { TradeLedger } from './trade-ledger.js';
import { toUnits } from './units.js';
import { Wallet } from './wallet.js';

const instrument = defineInstrument({
  symbol: 'BTCUSDT',
  assetClass: 'crypto',
  base: 'BTC',
  currency: 'USDT',
  contractSize: 1,
  tickSize: 0.01,
  pipSize: 0.01,
  quantityStep: 0.00001,
  minQuantity: 0.00001,
  maxQuantity: 9000,
  minNotional: 5,
});

interface Given {
  readonly cash: string;
  readonly btc: string;
  /** Bought so much, at such a price. */
  readonly bought?: readonly [quantity: string, price: string];
  readonly price?: number;
}

const account = ({ cash, btc, bought, price = 0 }: Given): SpotAccount => {
  const ledger = new TradeLedger({ base: 'BTC', quote: 'USDT', step: toUnits('0.00001'), worth: () => 0n });
  if (bought !== undefined) {
    const [quantityText, priceText] = bought;
    const fee = { commission: '0', commissionAsset: undefined };
    ledger.book({ tradeId: 'BTCUSDT-1', orderId: '1', side: 'buy', quantityText, priceText, ...fee });
  }
  const wallet = new Wallet();
  wallet.set('USDT', cash, '0', 1);
  wallet.set('BTC', btc, '0', 1);
  const prices = new Prices();
  prices.set('BTCUSDT', price);
  const books = [{ instrument, base: 'BTC', ledger }];
  return accountOf({ id: '7', currency: 'USDT', live: false, wallet, books, prices });
};

describe('A spot account', () => {
  it('has cash and holdings at cost as its balance, and holdings at the market in its equity', () => {
    const { state, positions } = account({
      cash: '8000',
      btc: '0.1',
      bought: ['0.1', '20000'],
      price: 21_000,
    });
    expect(state).toMatchObject({ balance: 10_000, equity: 10_100, margin: 0, leverage: 1, mode: 'netting' });
    expect(positions).toEqual([{ symbol: 'BTCUSDT', quantity: 0.1, averagePrice: 20_000 }]);
  });

  it('counts a deposit as a position at the price of today', () => {
    const { state, positions } = account({ cash: '0', btc: '0.5', price: 20_000 });
    expect(state).toMatchObject({ balance: 10_000, equity: 10_000 });
    expect(positions).toEqual([{ symbol: 'BTCUSDT', quantity: 0.5, averagePrice: 20_000 }]);
  });

  it('takes what fees left, and what is too small to sell, for no position', () => {
    const dust = account({ cash: '0', btc: '0.00024999', price: 20_000 });
    expect(dust.positions).toEqual([]);
    expect(dust.state.balance).toBe(0);
    const rest = account({ cash: '0', btc: '0.10003', bought: ['0.1', '20000'], price: 20_000 });
    expect(rest.positions[0]?.quantity).toBe(0.1);
  });

  it('counts a purchase at once when the balances are told before the trade', () => {
    const { state } = account({ cash: '8000', btc: '0.1', price: 20_000 });
    expect(state.balance).toBe(10_000);
  });

  it('holds no more than there is when something was withdrawn', () => {
    const { state, positions } = account({ cash: '0', btc: '0.04', bought: ['0.1', '20000'], price: 20_000 });
    expect(positions).toEqual([{ symbol: 'BTCUSDT', quantity: 0.04, averagePrice: 20_000 }]);
    expect(state.balance).toBe(800);
  });
});

describe('The balances of a wallet', () => {
  it('stay as the newest event told them, when an older one comes later', () => {
    const wallet = new Wallet();
    wallet.set('USDT', '10', '5', 200);
    wallet.set('USDT', '99', '0', 100);
    expect(wallet.total('USDT')).toBe(toUnits('15'));
  });

  it('are nothing for an asset that a newer reading leaves out', () => {
    const wallet = new Wallet();
    wallet.set('BTC', '1', '0', 100);
    wallet.replace([{ asset: 'USDT', free: '3', locked: '0' }], 200);
    expect([wallet.total('BTC'), wallet.total('USDT')]).toEqual([0n, toUnits('3')]);
  });
});
