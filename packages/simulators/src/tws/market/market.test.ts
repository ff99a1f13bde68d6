import { SecType } from '@stoqey/ib';
import { describe, expect, it } from 'vitest';
import { benchTime, marketOfEachTest } from './testing/market-bench.js';

const aapl = { symbol: 'AAPL', secType: SecType.STK, exchange: 'SMART', currency: 'USD' };
const eurusd = { symbol: 'EUR', secType: SecType.CASH, exchange: 'IDEALPRO', currency: 'USD' };
const second = benchTime / 1_000;
const versions = [176, 193] as const;

describe('Market data of the simulated TWS, heard by the client library', () => {
  const open = marketOfEachTest();

  // Ids of ticks: documentation of the TWS API, "Available Tick Types". The library makes a tickSize of each price with a size, but
  // of none whose id is 0; TWS sends the size once more by itself (ib_insync#29).
  it.each(versions)(
    'tells all that is known at the start, then each change, at version %i',
    async (serverVersion) => {
      const { client, controls } = await open({ serverVersion });
      controls.previousClose('AAPL', 184.5);
      controls.quote('AAPL', 185.25, 185.27, { bidSize: 300, askSize: 200 });
      controls.trade('AAPL', 185.26, 50);
      client.api.reqMktData(5, aapl, '', false, false);
      expect(await client.heard()).toEqual([
        // The library reads the price step of 0.01 as a whole number.
        ['tickReqParams', 5, 0, '9c0001', 3],
        ['marketDataType', 5, 1],
        ['tickPrice', 5, 1, 185.25, true],
        ['tickSize', 5, 0, 300],
        ['tickPrice', 5, 2, 185.27, true],
        ['tickSize', 5, 3, 200],
        ['tickSize', 5, 3, 200],
        ['tickString', 5, 45, String(second)],
        ['tickPrice', 5, 4, 185.26, false],
        ['tickSize', 5, 5, 50],
        ['tickSize', 5, 5, 50],
        ['tickSize', 5, 8, 50],
        ['tickPrice', 5, 6, 185.26, false],
        ['tickPrice', 5, 7, 185.26, false],
        ['tickPrice', 5, 14, 185.26, false],
        ['tickPrice', 5, 9, 184.5, false],
        ['tickGeneric', 5, 49, 0],
      ]);
      controls.quote('AAPL', 185.25, 185.28, { bidSize: 100, askSize: 200 });
      controls.trade('AAPL', 185.26, 7);
      controls.trade('AAPL', 185.3, 1);
      controls.halt('AAPL');
      expect(await client.heard()).toEqual([
        ['tickSize', 5, 0, 100],
        ['tickPrice', 5, 2, 185.28, true],
        ['tickSize', 5, 3, 200],
        ['tickSize', 5, 3, 200],
        ['tickSize', 5, 5, 7],
        ['tickSize', 5, 8, 57],
        ['tickPrice', 5, 4, 185.3, false],
        ['tickSize', 5, 5, 1],
        ['tickSize', 5, 5, 1],
        ['tickSize', 5, 8, 58],
        ['tickPrice', 5, 6, 185.3, false],
        ['tickGeneric', 5, 49, 1],
      ]);
      client.api.cancelMktData(5);
      await client.settle();
      controls.quote('AAPL', 1, 2);
      expect(await client.heard()).toEqual([]);
    },
  );

  it('sends each quote to the exchange, and refuses what is none', async () => {
    const { controls, quotes } = await open();
    controls.quote('EURUSD', 1.1, 1.10005);
    expect(quotes).toEqual([[12087792, 1.1, 1.10005]]);
    for (const [bid, ask] of [
      [2, 1],
      [0, 1],
      [Number.NaN, 1],
      [1, Number.POSITIVE_INFINITY],
    ] as const)
      expect(() => controls.quote('EURUSD', bid, ask)).toThrow('is no quote');
    expect(() => controls.trade('AAPL', 1, 0)).toThrow('is no trade');
    expect(() => controls.quote('NOPE', 1, 2)).toThrow('There is no contract "NOPE".');
    expect(quotes).toHaveLength(1);
  });

  // Codes and texts: TWS API "Error Codes"; 354 and 10167 as users reported them (atreyu-backtrader-api#8, stoqey/ib#160).
  it('refuses data without a subscription, and tells delayed ones under their own ids when they are asked for', async () => {
    const { client, controls } = await open();
    controls.subscriptionMissing('AAPL');
    controls.quote('AAPL', 185.25, 185.27, { bidSize: 300, askSize: 200 });
    controls.trade('AAPL', 185.26, 50);
    client.api.reqMktData(5, aapl, '', false, false);
    expect(await client.errors()).toEqual([
      [
        5,
        354,
        'Requested market data is not subscribed.Delayed market data is available.AAPL NASDAQ.NMS/TOP/ALL',
      ],
    ]);
    client.api.reqMarketDataType(3);
    client.api.reqMktData(6, aapl, '', false, false);
    const [refusal, ...ticks] = (await client.heard()).filter(([name]) => name !== 'tickReqParams');
    expect(refusal?.slice(2)).toEqual([10167, 6, undefined]);
    expect(ticks).toEqual([
      ['marketDataType', 6, 3],
      ['tickPrice', 6, 66, 185.25, true],
      ['tickSize', 6, 69, 300],
      ['tickSize', 6, 69, 300],
      ['tickPrice', 6, 67, 185.27, true],
      ['tickSize', 6, 70, 200],
      ['tickSize', 6, 70, 200],
      ['tickString', 6, 88, String(second)],
      ['tickPrice', 6, 68, 185.26, false],
      ['tickSize', 6, 71, 50],
      ['tickSize', 6, 71, 50],
      ['tickSize', 6, 74, 50],
      ['tickPrice', 6, 72, 185.26, false],
      ['tickPrice', 6, 73, 185.26, false],
      ['tickPrice', 6, 76, 185.26, false],
      ['tickGeneric', 6, 90, 0],
    ]);
    client.api.reqMktData(7, eurusd, '', false, false);
    expect(await client.heard('marketDataType')).toEqual([['marketDataType', 7, 1]]);
  });

  it('keeps prices back where a part of the subscriptions is missing, and all where nothing may be seen', async () => {
    const { client, controls } = await open();
    controls.previousClose('AAPL', 184.5);
    controls.subscriptionMissing('AAPL', 'part');
    client.api.reqMktData(5, aapl, '', false, false);
    await client.settle();
    controls.quote('AAPL', 185.25, 185.27);
    const heard = await client.heard();
    expect(heard.find(([name]) => name === 'error')?.[2]).toBe(10090);
    expect(heard.filter(([name]) => name === 'tickPrice')).toEqual([['tickPrice', 5, 9, 184.5, false]]);
    controls.subscriptionMissing('AAPL', 'none');
    client.api.reqMktData(6, aapl, '', false, false);
    client.api.reqMarketDataType(4);
    client.api.reqMktData(7, aapl, '', false, false);
    expect((await client.errors()).map(([id, code]) => [id, code])).toEqual([
      [6, 354],
      [7, 10168],
    ]);
  });

  it('ends a snapshot when it has told a quote, or after eleven seconds without one', async () => {
    const { client, controls, clock } = await open();
    controls.quote('AAPL', 185.25, 185.27);
    client.api.reqMktData(5, aapl, '', true, false);
    client.api.reqMktData(6, eurusd, '', true, false);
    expect(await client.heard('tickSnapshotEnd')).toEqual([['tickSnapshotEnd', 5]]);
    clock.advance(benchTime + 10_999);
    expect(await client.heard('tickSnapshotEnd')).toEqual([]);
    clock.advance(benchTime + 11_000);
    expect(await client.heard('tickSnapshotEnd')).toEqual([['tickSnapshotEnd', 6]]);
    controls.quote('AAPL', 1, 2);
    expect(await client.heard()).toEqual([]);
  });

  it('tells time and sales as one text when generic tick 233 is asked for', async () => {
    const { client, controls } = await open();
    client.api.reqMktData(5, aapl, '233', false, false);
    await client.settle();
    controls.trade('AAPL', 185.26, 50);
    expect(await client.heard('tickString')).toEqual([
      ['tickString', 5, 45, String(second)],
      ['tickString', 5, 48, `185.26;50;${benchTime};50;185.26;true`],
    ]);
  });

  it('allows so many market data lines of all clients together, and not one more', async () => {
    const { client, connect } = await open({ lines: 3 });
    const other = await connect(2);
    client.api.reqMktData(1, aapl, '', false, false);
    client.api.reqRealTimeBars(2, eurusd, 5, 'BID', false);
    await client.settle();
    other.api.reqMktData(1, aapl, '', false, false);
    await other.settle();
    client.api.reqMktData(3, eurusd, '', false, false);
    expect(await client.errors()).toEqual([[3, 101, 'Max number of tickers has been reached']]);
    other.api.cancelMktData(1);
    await other.settle();
    client.api.reqMktData(3, eurusd, '', false, false);
    expect(await client.errors()).toEqual([]);
  });

  it.each([
    ['a contract that is not there', { ...aapl, symbol: 'NOPE' }, '', false, 200],
    [
      'a contract that may be several',
      { symbol: 'ES', secType: SecType.FUT, exchange: 'CME' },
      '',
      false,
      200,
    ],
    ['no exchange', { conId: 265598 }, '', false, 321],
    ['ticks that are none', aapl, 'what', false, 321],
    ['generic ticks of a snapshot', aapl, '233', true, 321],
  ])('refuses %s', async (_what, contract, generic, snapshot, code) => {
    const { client } = await open();
    client.api.reqMktData(8, contract, generic, snapshot, false);
    expect((await client.errors()).map(([id, c]) => [id, c])).toEqual([[8, code]]);
  });

  it('refuses the id of a subscription that runs, and to end one that does not', async () => {
    const { client } = await open();
    client.api.reqMktData(8, aapl, '', false, false);
    client.api.reqMktData(8, eurusd, '', false, false);
    client.api.cancelMktData(9);
    client.api.cancelTickByTickData(10);
    client.api.cancelRealTimeBars(11);
    expect((await client.errors()).map(([id, code]) => [id, code])).toEqual([
      [8, 322],
      [9, 300],
      [10, 300],
      [11, 300],
    ]);
  });

  it('ends the subscriptions of a client that goes', async () => {
    const { client, connect, tws } = await open({ lines: 1 });
    const other = await connect(2);
    client.api.reqMktData(1, aapl, '', false, false);
    await client.settle();
    client.api.disconnect();
    // The other end of the socket hears of it in its own time.
    for (let left = 100; left > 0 && tws.connections > 1; left--) await other.settle();
    other.api.reqMktData(1, aapl, '', false, false);
    expect(await other.errors()).toEqual([]);
  });

  // 1101: "Connectivity between IB and TWS has been restored- data lost": requests of market data must be made again.
  it('forgets the subscriptions of a client when its data are lost, and only then', async () => {
    const { client, controls, tws } = await open({ lines: 1 });
    client.api.reqMktData(1, aapl, '', false, false);
    await client.settle();
    tws.faults.connectivityLost();
    tws.faults.connectivityRestored({ dataLost: false });
    controls.quote('AAPL', 1, 2);
    expect((await client.heard('tickPrice')).length).toBe(2);
    tws.faults.connectivityLost();
    tws.faults.connectivityRestored({ dataLost: true });
    controls.quote('AAPL', 2, 3);
    expect(await client.heard('tickPrice')).toEqual([]);
    client.api.reqMktData(1, aapl, '', false, false);
    expect(await client.errors()).toEqual([]);
  });
});
