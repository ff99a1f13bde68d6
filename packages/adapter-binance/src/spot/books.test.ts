import type { FillEvent } from '@mikrobot/core';
import type { BinanceSimulator } from '@mikrobot/simulators';
import { afterEach, describe, expect, it } from 'vitest';
import { until } from '../testing/until.js';
import { type BenchOptions, startVenue, symbol } from './testing/spot-bench.js';
import { openTrader, type Trader } from './testing/trader.js';

const open: { venue?: BinanceSimulator; traders: Trader[] } = { traders: [] };

const start = async (options: BenchOptions) => {
  const venue = await startVenue(options);
  open.venue = venue;
  venue.controls.spot.quote(symbol, 2_000, 2_000);
  venue.controls.spot.quote('BNBUSDT', 500, 500);
  return { venue, trader: await another(venue) };
};

const another = async (venue: BinanceSimulator): Promise<Trader> => {
  const trader = await openTrader(venue);
  open.traders.push(trader);
  return trader;
};

afterEach(async () => {
  for (const { session } of open.traders) session.close();
  open.traders.length = 0;
  await open.venue?.close();
  expect(open.venue?.failures).toEqual([]);
});

/** Trades at the market, and gives what was told of it. */
const trade = async (
  trader: Trader,
  side: 'buy' | 'sell',
  quantity: number,
): Promise<readonly FillEvent[]> => {
  const order = trader.order({ side, quantity });
  expect(await trader.session.orders.submit(order)).toMatchObject({ outcome: 'accepted' });
  const fills = () => trader.events.filter((e): e is FillEvent => e.type === 'fill' && e.id === order.id);
  await until('the order fills', () => fills().at(-1)?.remaining === 0);
  return fills();
};

const balance = async ({ session }: Trader): Promise<number> => (await session.snapshot()).account.balance;

describe('The books of a spot account', () => {
  it('add up with fees in the base asset: what is told as held can be sold', async () => {
    const { venue, trader } = await start({ taker: '0.001', balances: { USDT: '10000' } });
    const [bought] = await trade(trader, 'buy', 1.003);
    // 1.003 less 0.1%, in whole steps of 0.001: 0.00099700 of dust is lost with the fee.
    expect(bought).toMatchObject({ quantity: 1.001, price: 2_000 });
    expect(bought?.commission).toBeCloseTo(0.002 * 2_000, 8);
    expect(await balance(trader)).toBeCloseTo(10_000 - 4, 8);
    const { positions } = await trader.session.snapshot();
    expect(positions).toEqual([{ symbol, quantity: 1.001, averagePrice: 2_000 }]);
    venue.controls.spot.quote(symbol, 2_100, 2_100);
    const [sold] = await trade(trader, 'sell', 1.001);
    // Paid in the quote asset.
    expect(sold?.profit).toBeCloseTo(1.001 * 100, 8);
    expect(sold?.commission).toBeCloseTo(1.001 * 2_100 * 0.001, 8);
    expect(await balance(trader)).toBeCloseTo(10_000 - 4 + 100.1 - 2.1021, 6);
    expect((await trader.session.snapshot()).positions).toEqual([]);
  });

  it('value a fee in BNB at its price', async () => {
    const { trader } = await start({ taker: '0.001', bnbFees: true, balances: { USDT: '10000', BNB: '1' } });
    const [bought] = await trade(trader, 'buy', 1);
    // 0.1% of 2,000, less a quarter.
    expect(bought).toMatchObject({ quantity: 1 });
    expect(bought?.commission).toBeCloseTo(1.5, 6);
  });

  it('have the cost of what an earlier process bought, and name its trades as it did', async () => {
    const { venue, trader } = await start({ taker: '0.001' });
    await trade(trader, 'buy', 1);
    venue.controls.spot.quote(symbol, 2_200, 2_200);
    await trade(trader, 'buy', 1);
    const before = await trader.session.snapshot();
    trader.session.close();
    const next = await another(venue);
    const after = await next.session.snapshot();
    expect(after.positions).toEqual(before.positions);
    expect(after.account.balance).toBeCloseTo(before.account.balance, 8);
    for (const fill of trader.events.filter((e): e is FillEvent => e.type === 'fill')) {
      const found = await next.session.orders.query(fill);
      const { tradeId, quantity, price, commission, profit } = fill;
      expect(found).toMatchObject({ fills: [{ tradeId, quantity, price, commission, profit }] });
    }
  });

  it('take what was there before any trade as bought at the price of the start', async () => {
    const { trader } = await start({ balances: { USDT: '1000', ETH: '2.0005' } });
    const { account, positions } = await trader.session.snapshot();
    expect(positions).toEqual([{ symbol, quantity: 2, averagePrice: 2_000 }]);
    expect(account).toMatchObject({
      balance: 5_000,
      equity: 5_000,
      currency: 'USDT',
      mode: 'netting',
      leverage: 1,
    });
  });

  it('tell equity at the market and the balance at cost', async () => {
    const { venue, trader } = await start({ balances: { USDT: '10000' } });
    await trade(trader, 'buy', 1);
    venue.controls.spot.quote(symbol, 2_150, 2_150);
    const { account } = await trader.session.snapshot();
    expect(account).toMatchObject({ balance: 10_000, equity: 10_150 });
    expect(trader.accounts.at(-1)).toMatchObject({ balance: 10_000 });
  });
});

describe('Stop and target as a pair', () => {
  const pair = async (trader: Trader) => {
    await trade(trader, 'buy', 1);
    const common = { side: 'sell', quantity: 1, purpose: 'protect' } as const;
    const stop = trader.order({ ...common, type: 'stop', price: 1_900 });
    const target = trader.order({ ...common, type: 'limit', price: 2_100 });
    expect(await trader.session.orders.submitPair(stop, target)).toMatchObject({ outcome: 'accepted' });
    await until('both work', () => trader.told(target.id).length > 0 && trader.told(stop.id).length > 0);
    return { stop, target };
  };

  it('lock what they would sell once, and are both in the snapshot', async () => {
    const { trader } = await start({});
    const { stop, target } = await pair(trader);
    const { orders, positions } = await trader.session.snapshot();
    expect(orders.map(({ id, type, price }) => [id, type, price])).toEqual(
      expect.arrayContaining([
        [stop.id, 'stop', 1_900],
        [target.id, 'limit', 2_100],
      ]),
    );
    expect(positions).toMatchObject([{ quantity: 1 }]);
    const more = trader.order({ side: 'sell', quantity: 1 });
    // The venue's word for holdings that are locked. Source: errors.md, "Messages for -1010, -2010 and -2011".
    expect(await trader.session.orders.submit(more)).toMatchObject({ outcome: 'rejected', code: '-2010' });
  });

  it('end together when one of them is cancelled', async () => {
    const { trader } = await start({});
    const { stop, target } = await pair(trader);
    expect(await trader.session.orders.cancel(stop)).toMatchObject({ outcome: 'accepted' });
    await until('both end', () => [stop, target].every(({ id }) => trader.told(id).includes('cancelled')));
    expect(await trader.session.orders.cancel(target)).toMatchObject({ outcome: 'rejected', code: '-2011' });
    const found = await trader.session.orders.query({ ...stop });
    expect(found).toMatchObject({ outcome: 'found', report: { id: stop.id, state: 'cancelled' } });
  });

  it.each([
    ['stop', 1_890, 'target'],
    ['target', 2_110, 'stop'],
  ] as const)('the %s trades, and the other one is told as cancelled', async (leg, price, other) => {
    const { venue, trader } = await start({});
    const legs = await pair(trader);
    venue.controls.spot.quote(symbol, price, price);
    await until('one fills', () => trader.told(legs[leg].id).includes('fill'));
    await until('the other ends', () => trader.told(legs[other].id).at(-1) === 'cancelled');
    expect(await trader.session.orders.query(legs[other])).toMatchObject({ report: { state: 'cancelled' } });
    expect((await trader.session.snapshot()).positions).toEqual([]);
  });

  it('are refused whole when one leg would trade at once', async () => {
    const { trader } = await start({});
    await trade(trader, 'buy', 1);
    const common = { side: 'sell', quantity: 1, purpose: 'protect' } as const;
    const stop = trader.order({ ...common, type: 'stop', price: 2_050 });
    const target = trader.order({ ...common, type: 'limit', price: 2_100 });
    expect(await trader.session.orders.submitPair(stop, target)).toMatchObject({ outcome: 'rejected' });
    expect((await trader.session.snapshot()).orders).toEqual([]);
  });

  it('and all other orders go at once by cancelAll, which finds nothing to do the second time', async () => {
    const { trader } = await start({});
    await pair(trader);
    await trader.session.orders.submit(trader.order({ type: 'limit', price: 1_900 }));
    expect(await trader.session.orders.cancelAll(symbol)).toEqual({ outcome: 'accepted' });
    expect((await trader.session.snapshot()).orders).toEqual([]);
    expect(await trader.session.orders.cancelAll(symbol)).toEqual({ outcome: 'accepted' });
  });
});

describe('Events that come twice or in the wrong order', () => {
  it('tell the same story', async () => {
    const { venue, trader } = await start({});
    venue.faults.duplicateNext('executionReport TRADE');
    venue.faults.duplicateNext('executionReport NEW');
    const fills = await trade(trader, 'buy', 1);
    expect(fills).toHaveLength(1);
    venue.faults.reorderNext();
    await trade(trader, 'sell', 1);
    const types = trader.events.map(({ type }) => type);
    expect(types.filter((type) => type === 'fill')).toHaveLength(2);
    expect((await trader.session.snapshot()).account.balance).toBe(1_000_000);
  });
});
