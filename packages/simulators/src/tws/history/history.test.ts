import { SecType, WhatToShow } from '@stoqey/ib';
import { describe, expect, it } from 'vitest';
import { benchTime, type LibraryClient, marketOfEachTest } from '../market/testing/market-bench.js';
import { aapl, ask, minutes } from './testing/ask-history.js';

const eurusd = { symbol: 'EUR', secType: SecType.CASH, exchange: 'IDEALPRO', currency: 'USD' };
const nq = { symbol: 'NQ', secType: SecType.CONTFUT, exchange: 'CME', currency: 'USD' };
const btc = { symbol: 'BTC', secType: SecType.CRYPTO, exchange: 'PAXOS', currency: 'USD' };
const versions = [176, 193] as const;
const MINUTE = 60_000;

describe('History of the simulated TWS, heard by the client library', () => {
  const open = marketOfEachTest();
  const codes = async (client: LibraryClient) => (await client.errors()).map(([id, code]) => [id, code]);
  const dates = async (client: LibraryClient) =>
    (await client.heard('historicalData')).map(([, , date]) => date).slice(0, -1);

  // The order of fields: the library's decoder. Since version 174 dates have the zone of the contract ("INSTRUMENT_TIMEZONE").
  it.each(versions)('tells bars with each field in its place at version %i', async (serverVersion) => {
    const { client } = await open({ serverVersion, history: { AAPL: minutes(benchTime - 3 * MINUTE, 3) } });
    ask(client, 4, { duration: '120 S' });
    expect(await client.heard()).toEqual([
      // Average: (high + low + close) / 3 of bars that were given, as nothing better is known of them.
      [
        'historicalData',
        4,
        '20240102 09:58:00 US/Eastern',
        101,
        101.75,
        100.5,
        101.5,
        10,
        2,
        101.25,
        undefined,
      ],
      [
        'historicalData',
        4,
        '20240102 09:59:00 US/Eastern',
        102,
        102.75,
        101.5,
        102.5,
        10,
        2,
        102.25,
        undefined,
      ],
      [
        'historicalData',
        4,
        'finished-20240102 09:58:00 US/Eastern-20240102 10:00:00 US/Eastern',
        ...[-1, -1, -1, -1, -1, -1, -1],
        false,
      ],
    ]);
    ask(client, 5, { duration: '60 S', format: 2, show: 'MIDPOINT' });
    expect((await client.heard())[0]).toEqual([
      'historicalData',
      5,
      String((benchTime - MINUTE) / 1_000),
      ...[102.005, 102.755, 101.505, 102.505],
      // "-1" stands for figures that only trades have.
      ...[-1, -1, -1],
      undefined,
    ]);
  });

  it('puts bars together from smaller ones', async () => {
    const { client } = await open({ history: { AAPL: minutes(benchTime - 30 * MINUTE, 30) } });
    ask(client, 1, { duration: '1800 S', size: '15 mins' });
    expect((await client.heard()).slice(0, 2).map((bar) => bar.slice(2, 10))).toEqual([
      ['20240102 09:30:00 US/Eastern', 100, 114.75, 99.5, 114.5, 150, 30, 107.25],
      ['20240102 09:45:00 US/Eastern', 115, 129.75, 114.5, 129.5, 150, 30, 122.25],
    ]);
    ask(client, 2, { duration: '1800 S', size: '30 mins', show: 'BID_ASK' });
    // Open and close are time averages of bid and ask, high the highest ask, low the lowest bid.
    const [bar] = await client.heard();
    expect(bar?.slice(3, 7)).toEqual([115, 129.76, 99.5, 115.01]);
    ask(client, 3, { duration: '1800 S', size: '30 mins', show: 'ASK' });
    expect((await client.heard())[0]?.slice(3, 7)).toEqual([100.01, 129.76, 99.51, 129.51]);
  });

  it('begins bars of hours with their session, and counts evenings to the next day', async () => {
    const sunday = Date.UTC(2023, 11, 31, 23);
    const { client } = await open({ history: { NQ: minutes(sunday, 600) } });
    const end = '20240102-00:00:00';
    ask(client, 1, { contract: nq, duration: '1 D', size: '4 hours', end });
    // The session of Chicago opens at 17:00; bars stand on hours that four divides.
    expect(await dates(client)).toEqual([]);
    ask(client, 2, { contract: nq, duration: '2 D', size: '4 hours', end });
    expect(await dates(client)).toEqual([
      '20231231 17:00:00 US/Central',
      '20231231 20:00:00 US/Central',
      '20240101 00:00:00 US/Central',
    ]);
    ask(client, 3, { contract: nq, duration: '2 D', size: '1 day', end, format: 2 });
    expect(await dates(client)).toEqual(['20240101']);
  });

  it('leaves out what is not within regular hours when asked to', async () => {
    const open9am = Date.UTC(2024, 0, 2, 14);
    const { client } = await open({ history: { AAPL: minutes(open9am, 60) } });
    ask(client, 1, { duration: '1 D', size: '30 mins' });
    expect(await dates(client)).toEqual(['20240102 09:00:00 US/Eastern', '20240102 09:30:00 US/Eastern']);
    ask(client, 2, { duration: '1 D', size: '30 mins', regular: true });
    expect(await dates(client)).toEqual(['20240102 09:30:00 US/Eastern']);
  });

  it.each([
    ['20240102 09:45:00 US/Eastern', '20240102 09:44:00 US/Eastern', []],
    ['20240102-14:45:00', '20240102 09:44:00 US/Eastern', []],
    ['20240102 14:45:00 UTC', '20240102 09:44:00 US/Eastern', []],
    ['20240102 09:45:00', '20240102 09:44:00 US/Eastern', [[1, 2174]]],
  ])('takes %s for the end', async (end, date, errors) => {
    const { client } = await open({ history: { AAPL: minutes(benchTime - 30 * MINUTE, 30) } });
    ask(client, 1, { end, duration: '60 S' });
    const heard = await client.heard();
    expect(heard.filter(([name]) => name === 'historicalData').map((bar) => bar[2])[0]).toBe(date);
    expect(heard.filter(([name]) => name === 'error').map((error) => [error[3], error[2]])).toEqual(errors);
  });

  it.each([
    ['an end that is none', { end: '2024-01-02' }, 10314],
    ['a day that is none', { end: '20240230 09:45:00 US/Eastern' }, 10314],
    ['a zone that is none', { end: '20240102 09:45:00 Mars' }, 10314],
    ['a bar size that is none', { size: '7 mins' }, 321],
    ['a duration that is none', { duration: '3 X' }, 321],
    ['more than a day in seconds', { duration: '86401 S' }, 321],
    ['more than a year in days', { duration: '366 D' }, 321],
    ['data that are none', { show: 'NONE' }, 321],
    ['an end of what is kept up to date', { end: '20240102-14:45:00', keep: true }, 321],
    ['seconds that are kept up to date', { size: '1 secs', duration: '60 S', keep: true }, 321],
    // "invalid step: 1": wrighter/ib-scripts#1.
    ['a day of seconds', { size: '1 secs', duration: '1 D' }, 162],
    ['a contract that is not there', { contract: { ...aapl, symbol: 'NOPE' } }, 200],
    // "Available Data per Product": forex and CFDs have no trades, indices nothing else, crypto AGGTRADES.
    ['trades of what is only quoted', { contract: eurusd }, 162],
    ['trades of a CFD', { contract: { symbol: 'IBUS500', secType: SecType.CFD, exchange: 'SMART' } }, 162],
    [
      'quotes of an index',
      { contract: { symbol: 'SPX', secType: SecType.IND, exchange: 'CBOE' }, show: 'BID' },
      162,
    ],
    ['trades of crypto', { contract: btc }, 10299],
    ['gathered trades of others', { show: 'AGGTRADES' }, 10299],
  ])('refuses %s', async (_what, asked, code) => {
    const { client, controls } = await open({ history: { AAPL: minutes(benchTime - 30 * MINUTE, 30) } });
    controls.quote('EURUSD', 1.1, 1.1001);
    ask(client, 1, asked);
    expect(await codes(client)).toEqual([[1, code]]);
  });

  it('tells trades of crypto when they are asked for by their name', async () => {
    const { client } = await open({ history: { BTC: minutes(benchTime - 3 * MINUTE, 3) } });
    ask(client, 1, { contract: btc, show: 'AGGTRADES', duration: '60 S' });
    expect((await client.heard())[0]?.slice(3, 9)).toEqual([102, 102.75, 101.5, 102.5, 10, 2]);
  });

  it('says in the words of TWS that there are no data', async () => {
    const { client, controls } = await open();
    ask(client, 1, { contract: eurusd, show: 'ASK' });
    controls.subscriptionMissing('AAPL');
    await client.settle();
    ask(client, 2, {});
    expect(await client.errors()).toEqual([
      // QuantConnect/Lean#607
      [
        1,
        162,
        'Historical Market Data Service error message:HMDS query returned no data: EUR.USD@IDEALPRO Ask',
      ],
      [2, 162, 'Historical Market Data Service error message:No market data permissions for NASDAQ STK'],
    ]);
  });

  it.each(versions)('keeps bars up to date every five seconds at version %i', async (serverVersion) => {
    const history = { AAPL: minutes(benchTime - 2 * MINUTE, 2) };
    const { client, controls, clock } = await open({ serverVersion, history });
    ask(client, 6, { keep: true, duration: '120 S' });
    expect(await client.heard()).toHaveLength(3);
    controls.trade('AAPL', 101, 10);
    clock.advance(benchTime + 4_000);
    controls.trade('AAPL', 103, 30);
    controls.trade('AAPL', 102, 10);
    clock.advance(benchTime + 5_000);
    const date = '20240102 10:00:00 US/Eastern';
    expect(await client.heard()).toEqual([
      ['historicalDataUpdate', 6, date, 101, 103, 101, 102, 50, 3, 102.4],
    ]);
    clock.advance(benchTime + 55_000);
    expect(await client.heard()).toEqual([]);
    controls.trade('AAPL', 100, 1);
    clock.advance(benchTime + 60_000);
    controls.trade('AAPL', 105, 1);
    clock.advance(benchTime + 65_000);
    expect(await client.heard()).toEqual([
      ['historicalDataUpdate', 6, date, 101, 103, 100, 100, 51, 4, 102.352941176],
      ['historicalDataUpdate', 6, '20240102 10:01:00 US/Eastern', 105, 105, 105, 105, 1, 1, 105],
    ]);
    client.api.cancelHistoricalData(6);
    expect(await client.errors()).toEqual([
      [6, 162, 'Historical Market Data Service error message:API historical data query cancelled: 6'],
    ]);
    controls.trade('AAPL', 100, 1);
    clock.advance(benchTime + 70_000);
    expect(await client.heard()).toEqual([]);
  });

  it('takes its time when told to, and gives up on a request that is cancelled', async () => {
    const { client, clock } = await open({
      historyDelay: 500,
      history: { AAPL: minutes(benchTime - 3 * MINUTE, 3) },
    });
    ask(client, 1, { duration: '60 S' });
    ask(client, 2, { duration: '60 S', size: '1 min', show: 'BID' });
    client.api.cancelHistoricalData(2);
    client.api.cancelHistoricalData(3);
    expect(await codes(client)).toEqual([
      [2, 162],
      [3, 366],
    ]);
    clock.advance(benchTime + 500);
    expect((await client.heard('historicalData')).map(([, id]) => id)).toEqual([1, 1]);
  });

  it.each(versions)('tells how far the past goes at version %i', async (serverVersion) => {
    const { client } = await open({ serverVersion, history: { AAPL: minutes(benchTime - 3 * MINUTE, 3) } });
    client.api.reqHeadTimestamp(1, aapl, WhatToShow.TRADES, false, 1);
    client.api.reqHeadTimestamp(2, aapl, WhatToShow.TRADES, false, 2);
    client.api.reqHeadTimestamp(3, eurusd, WhatToShow.BID, false, 1);
    const heard = await client.heard();
    expect(heard.slice(0, 2)).toEqual([
      ['headTimestamp', 1, '20240102-14:57:00'],
      ['headTimestamp', 2, String((benchTime - 3 * MINUTE) / 1_000)],
    ]);
    expect(heard[2]?.slice(2, 4)).toEqual([162, 3]);
  });
});
