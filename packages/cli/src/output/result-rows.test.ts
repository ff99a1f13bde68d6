import { paper } from '@mikrobot/adapter-paper';
import { backtest, fromTicks } from '@mikrobot/backtest';
import { createBot, defineStrategy, fixedQuantity } from '@mikrobot/core';
import { describe, expect, it } from 'vitest';
import { resultRows } from './result-rows.js';

/** A Tuesday, 14:00 UTC. */
const start = Date.UTC(2024, 2, 5, 14);

/** Bids by seconds after the start; the ask is a pip above. */
const path = [
  [0, 1.1],
  [60, 1.1], // closes the first bar: a buy at 1.1001
  [130, 1.1021], // its target, and the second bar closes: a sale at 1.1021
  [190, 1.1015],
] as const;

/** Buys first, then sells when it is flat again, unless one entry is all. */
const inAndOut = (most: number) => {
  let entries = 0;
  return defineStrategy({
    name: 'in-and-out',
    timeframe: 'M1',
    onBar({ position, signal }) {
      if (!position.flat || entries === most) return undefined;
      entries += 1;
      return entries === 1
        ? signal.buy({ stop: 1.0991, target: 1.1021, confidence: 0.9 })
        : signal.sell({ stop: 1.11, target: 1.09, confidence: 0.9 });
    },
  });
};

const equityAfter = async (entries: number): Promise<string | undefined> => {
  const feed = fromTicks(
    path.map(([second, bid]) => ({
      symbol: 'EURUSD',
      time: start + second * 1000,
      bid,
      ask: Math.round((bid + 0.0001) * 1e5) / 1e5,
      volume: 1,
    })),
  );
  const bot = createBot({
    adapter: paper({ feed, costs: 'none', balance: { USD: '10000' } }),
    run: [{ strategy: inAndOut(entries), symbol: 'EURUSD' }],
    risk: fixedQuantity({ lots: 0.1 }),
  });
  return new Map(resultRows(await backtest(bot, { feed, costs: 'none' }))).get('equity');
};

describe('the row of equity', () => {
  it('tells what is earned from what floats while a trade is open', async () => {
    // A tenth of a lot makes 1 USD a pip: 20 pips to the target, then 1.1021 less the ask of 1.1016.
    expect(await equityAfter(2)).toBe(
      '10,000.00 USD to 10,025.00 USD: +20.00 of 1 finished trade, +5.00 floating in 1 open one',
    );
  });

  it('is the change alone when nothing is open', async () => {
    expect(await equityAfter(1)).toBe('10,000.00 USD to 10,020.00 USD');
  });
});
