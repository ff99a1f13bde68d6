import type { BinanceSimulator } from '@mikrobot/simulators';
import { afterEach, describe, expect, it } from 'vitest';
import { startVenue, symbol } from './testing/futures-bench.js';
import { openTrader, type Trader } from './testing/trader.js';

const open: { venue?: BinanceSimulator; trader?: Trader } = {};

afterEach(async () => {
  open.trader?.session.close();
  await open.venue?.close();
});

describe('A snapshot of futures', () => {
  it('is not complete when things went on all the while that it was read, and is complete afterwards', async () => {
    const venue = await startVenue();
    open.venue = venue;
    const trader = await openTrader(venue);
    open.trader = trader;
    let going = true;
    const work = (): void => {
      venue.controls.futures.byHand('bot', symbol, 0.001);
      if (going) setImmediate(work);
    };
    work();
    expect((await trader.trading.snapshot()).complete).toBe(false);
    going = false;
    await expect.poll(async () => (await trader.trading.snapshot()).complete).toBe(true);
  });
});
