import type { BinanceSimulator } from '@mikrobot/simulators';
import { afterEach, describe, expect, it } from 'vitest';
import { startVenue, symbol } from './testing/spot-bench.js';
import { openTrader, type Trader } from './testing/trader.js';

const open: { venue?: BinanceSimulator; trader?: Trader } = {};

afterEach(async () => {
  open.trader?.session.close();
  await open.venue?.close();
});

describe('A snapshot of spot', () => {
  it('is not complete when things went on all the while that it was read, and is complete afterwards', async () => {
    const venue = await startVenue();
    open.venue = venue;
    venue.controls.spot.quote(symbol, 2_000, 2_000.02);
    const trader = await openTrader(venue);
    open.trader = trader;
    const { session } = trader;
    let going = true;
    const work = (): void => {
      venue.controls.spot.byHand('bot', symbol, 0.001);
      if (going) setImmediate(work);
    };
    work();
    expect((await session.snapshot()).complete).toBe(false);
    going = false;
    await expect.poll(async () => (await session.snapshot()).complete).toBe(true);
  });
});
