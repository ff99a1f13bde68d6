import { SecType } from '@stoqey/ib';
import { describe, expect, it } from 'vitest';
import { benchTime, marketOfEachTest } from './testing/market-bench.js';

const aapl = { symbol: 'AAPL', secType: SecType.STK, exchange: 'SMART', currency: 'USD' };
const eurusd = { symbol: 'EUR', secType: SecType.CASH, exchange: 'IDEALPRO', currency: 'USD' };
const second = benchTime / 1_000;
const versions = [176, 193] as const;

describe('Tick-by-tick data and real-time bars of the simulated TWS, heard by the client library', () => {
  const open = marketOfEachTest();

  it.each(versions)('tells trades and quotes tick by tick at version %i', async (serverVersion) => {
    const { client, controls } = await open({ serverVersion });
    controls.quote('AAPL', 185.25, 185.27, { bidSize: 300, askSize: 200 });
    client.api.reqTickByTickData(1, aapl, 'BidAsk' as never, 0, false);
    client.api.reqTickByTickData(2, aapl, 'AllLast' as never, 0, false);
    client.api.reqTickByTickData(3, aapl, 'MidPoint' as never, 0, false);
    const attributes = { bidPastLow: false, askPastHigh: false };
    expect(await client.heard()).toEqual([
      ['tickByTickBidAsk', 1, String(second), 185.25, 185.27, 300, 200, attributes],
      ['tickByTickMidPoint', 3, String(second), 185.26],
    ]);
    client.api.reqTickByTickData(4, aapl, 'Last' as never, 0, false);
    expect(await client.errors()).toEqual([
      [4, 10190, 'Max number of tick-by-tick requests has been reached.'],
    ]);
    controls.quote('AAPL', 185.25, 185.27, { bidSize: 300, askSize: 100 });
    controls.trade('AAPL', 185.27, 5);
    expect(await client.heard()).toEqual([
      ['tickByTickBidAsk', 1, String(second), 185.25, 185.27, 300, 100, attributes],
      [
        'tickByTickAllLast',
        2,
        2,
        String(second),
        185.27,
        5,
        { pastLimit: false, unreported: false },
        'NASDAQ',
        '',
      ],
    ]);
    client.api.cancelTickByTickData(1);
    client.api.reqTickByTickData(4, aapl, 'Last' as never, 0, false);
    controls.subscriptionMissing('EURUSD');
    client.api.cancelTickByTickData(3);
    client.api.reqTickByTickData(5, eurusd, 'BidAsk' as never, 0, false);
    expect((await client.errors()).map(([id, code]) => [id, code])).toEqual([[5, 10189]]);
  });

  it.each(versions)('tells bars of five seconds at each end of them at version %i', async (serverVersion) => {
    const { client, controls, clock } = await open({ serverVersion });
    controls.quote('AAPL', 185.2, 185.3);
    controls.trade('AAPL', 185.25, 10);
    client.api.reqRealTimeBars(1, aapl, 5, 'TRADES', true);
    client.api.reqRealTimeBars(2, aapl, 5, 'MIDPOINT', true);
    await client.settle();
    clock.advance(benchTime + 1_000);
    controls.trade('AAPL', 185.35, 30);
    controls.quote('AAPL', 185.3, 185.4);
    clock.advance(benchTime + 4_999);
    expect(await client.heard()).toEqual([]);
    clock.advance(benchTime + 5_000);
    expect(await client.heard()).toEqual([
      // (10 x 185.25 + 30 x 185.35) / 40
      ['realtimeBar', 1, second, 185.25, 185.35, 185.25, 185.35, 40, 185.325, 2],
      ['realtimeBar', 2, second, 185.25, 185.35, 185.25, 185.35, -1, -1, -1],
    ]);
    clock.advance(benchTime + 7_000);
    // The middle stood at 185.35 until now: the bar begins there.
    controls.quote('AAPL', 185.2, 185.3);
    clock.advance(benchTime + 10_000);
    expect(await client.heard()).toEqual([
      ['realtimeBar', 1, second + 5, 185.35, 185.35, 185.35, 185.35, 0, 185.35, 0],
      ['realtimeBar', 2, second + 5, 185.35, 185.35, 185.25, 185.25, -1, -1, -1],
    ]);
    client.api.cancelRealTimeBars(1);
    // 16:00 New York: what comes later is outside regular hours.
    await client.settle();
    clock.advance(Date.UTC(2024, 0, 2, 21));
    await client.heard();
    clock.advance(Date.UTC(2024, 0, 2, 21, 0, 30));
    expect(await client.heard()).toEqual([]);
  });

  it('refuses real-time bars that come too fast, of unknown data, or without a subscription', async () => {
    const { client, controls } = await open();
    client.api.reqRealTimeBars(1, aapl, 5, 'TRADES', true);
    client.api.cancelRealTimeBars(1);
    client.api.reqRealTimeBars(2, aapl, 5, 'TRADES', true);
    client.api.reqRealTimeBars(3, aapl, 5, 'BID_ASK' as never, true);
    controls.subscriptionMissing('EURUSD');
    client.api.reqRealTimeBars(4, eurusd, 5, 'BID', true);
    expect((await client.errors()).map(([id, code]) => [id, code])).toEqual([
      [2, 420],
      [3, 321],
      [4, 420],
    ]);
  });
});
