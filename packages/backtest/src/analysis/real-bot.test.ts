import { paper } from '@mikrobot/adapter-paper';
import { type Bot, createBot, defineStrategy, fixedQuantity, type Support } from '@mikrobot/core';
import { describe, expect, it } from 'vitest';
import { fromTicks } from '../feed/memory-feeds.js';
import { toHtml } from '../report/to-html.js';
import { faultsOf } from '../test-support/well-formed.js';
import { backtest } from './backtest.js';

/** A Tuesday, 14:00 UTC: London and New York are open. */
const start = Date.UTC(2024, 2, 5, 14);

/** Bids by seconds after the start; the ask is a pip above. */
const path: readonly (readonly [second: number, bid: number])[] = [
  [0, 1.1],
  [30, 1.1],
  [60, 1.1], // closes the first bar: a buy at 1.1001
  [90, 1.101],
  [120, 1.1015],
  [130, 1.1021], // the target
  [150, 1.102],
  [180, 1.102], // closes the bar of the exit: a sale at 1.1020
  [200, 1.1034], // a gap over the stop at 1.1030, filled at the ask of 1.1035
  [240, 1.1034],
  [300, 1.1034],
];

const feed = fromTicks(
  path.map(([second, bid]) => ({
    symbol: 'EURUSD',
    time: start + second * 1000,
    bid,
    ask: Math.round((bid + 0.0001) * 1e5) / 1e5,
    volume: 1,
  })),
);

/** Buys on the first bar, sells on the first bar on which it is flat again, and rests. */
const twice = () => {
  let entries = 0;
  return defineStrategy({
    name: 'twice',
    timeframe: 'M1',
    onBar({ position, signal }) {
      if (!position.flat || entries === 2) return undefined;
      entries += 1;
      return entries === 1
        ? signal.buy({ stop: 1.0991, target: 1.1021, confidence: 0.9 })
        : signal.sell({ stop: 1.103, target: 1.1, confidence: 0.9 });
    },
  });
};

const botWith = (brackets: Support): Bot =>
  createBot({
    adapter: paper({ feed, costs: 'none', balance: { USD: '10000' }, brackets }),
    run: [{ strategy: twice(), symbol: 'EURUSD' }],
    risk: fixedQuantity({ lots: 0.1 }),
  });

describe.each(['native', 'none'] as const)(
  'a back-test of a real bot on the paper venue, brackets %s',
  (brackets) => {
    const run = () => backtest(botWith(brackets), { feed, costs: 'none' });

    it('measures a target and a stop that the market jumped over', async () => {
      const { trades, performance, account } = await run();
      expect(trades).toMatchObject([
        { strategy: 'twice', owner: 'twice:EURUSD', side: 'buy', quantity: 0.1, exit: 'target', net: 20 },
        { side: 'sell', quantity: 0.1, exit: 'stop', net: -15 },
      ]);
      const [won, lost] = trades;
      expect(won?.entryPrice).toBeCloseTo(1.1001, 9);
      expect(won?.exitPrice).toBeCloseTo(1.1021, 9);
      // Ten pips of a tenth of a lot are ten dollars.
      expect(won?.risk).toBeCloseTo(10, 6);
      expect(won?.r).toBeCloseTo(2, 6);
      expect(lost?.r).toBeCloseTo(-1.5, 6);
      expect(won?.favourable).toBeCloseTo(0.002, 9);
      expect(won?.session).toBe('london-new-york');
      expect(account).toMatchObject({ startEquity: 10_000, endEquity: 10_005, endBalance: 10_005 });
      expect(performance).toMatchObject({
        realised: 5,
        floating: 0,
        other: 0,
        equityChange: 5,
        commission: 0,
      });
    });

    it('blames the gap over the stop on slippage', async () => {
      const { costs } = await run();
      expect(costs.slippageBySymbol[0]?.fills).toBe(4);
      expect(costs.slippageBySymbol[0]?.worst).toBeCloseTo(5, 6);
      expect(costs.slippage).toBeCloseTo(5, 6);
    });

    it('counts each signal once and every order that filled', async () => {
      const { funnel, orders, signalTimes } = await run();
      expect(funnel).toMatchObject({ signals: 2, executed: 2, refused: 0, held: 0, unknown: 0 });
      expect(orders).toMatchObject({ filled: 4 });
      expect(signalTimes.heat[1]?.[14]).toBe(2);
    });

    it('makes a page of it', async () => {
      expect(faultsOf(toHtml(await run(), { title: 'Twice' }))).toEqual([]);
    });
  },
);

describe('the hash of decisions of a real bot', () => {
  it('is the same for every run, whoever keeps the stops', async () => {
    const hashes = await Promise.all(
      (['native', 'native', 'none'] as const).map(
        async (brackets) => (await backtest(botWith(brackets))).decisionsHash,
      ),
    );
    expect(new Set(hashes).size).toBe(1);
  });
});
