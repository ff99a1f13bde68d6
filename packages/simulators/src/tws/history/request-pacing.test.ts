import { describe, expect, it } from 'vitest';
import { benchTime, type LibraryClient, marketOfEachTest } from '../market/testing/market-bench.js';
import { ask, minutes } from './testing/ask-history.js';

const MINUTE = 60_000;

describe('Limits of historical requests to the simulated TWS', () => {
  const open = marketOfEachTest();
  const codes = async (client: LibraryClient) => (await client.errors()).map(([id, code]) => [id, code]);
  // Limits: documentation of the TWS API, "Pacing Violations for Small Bars (30 secs or less)".
  it('refuses identical requests of small bars within fifteen seconds', async () => {
    const { client, clock, controls } = await open();
    controls.trade('AAPL', 100, 1);
    const small = { size: '5 secs', duration: '60 S' };
    ask(client, 1, small);
    ask(client, 2, small);
    ask(client, 3, { ...small, duration: '120 S' });
    expect(await client.errors()).toEqual([
      [2, 162, 'Historical Market Data Service error message:Historical data request pacing violation'],
    ]);
    clock.advance(benchTime + 14_999);
    ask(client, 4, small);
    expect(await codes(client)).toEqual([[4, 162]]);
    clock.advance(benchTime + 15_000);
    ask(client, 5, small);
    expect(await codes(client)).toEqual([]);
  });

  it('refuses the sixth request of one contract, exchange and kind within two seconds, bid and ask counting twice', async () => {
    const { client, clock, controls } = await open();
    controls.quote('AAPL', 100, 100.01);
    const distinct = (i: number) => ({ size: '5 secs', duration: `${60 + i} S`, show: 'BID' });
    for (let i = 1; i <= 6; i++) ask(client, i, distinct(i));
    ask(client, 7, { ...distinct(7), show: 'ASK' });
    expect(await codes(client)).toEqual([[6, 162]]);
    clock.advance(benchTime + 2_000);
    for (let i = 11; i <= 13; i++) ask(client, i, { ...distinct(i), show: 'BID_ASK' });
    expect(await codes(client)).toEqual([[13, 162]]);
  });

  it('refuses the sixty-first request within ten minutes, for all bars when told to', async () => {
    const { client, clock, controls } = await open();
    controls.trade('AAPL', 100, 1);
    controls.pacing('all');
    const distinct = (i: number) => ({ duration: `${600 + i} S` });
    for (let i = 1; i <= 60; i++) {
      ask(client, i, distinct(i));
      await client.settle();
      clock.advance(benchTime + i * 1_000);
    }
    expect(await codes(client)).toEqual([]);
    ask(client, 61, distinct(61));
    expect(await codes(client)).toEqual([[61, 162]]);
    // Ten minutes after the first it is forgotten, and only the first.
    clock.advance(benchTime + 600_000);
    ask(client, 62, distinct(62));
    await client.settle();
    ask(client, 63, distinct(63));
    expect(await codes(client)).toEqual([[63, 162]]);
    controls.pacing('off');
    ask(client, 64, distinct(63));
    expect(await codes(client)).toEqual([]);
  });

  it('lets bars of a minute and more come as fast as they are asked for', async () => {
    const { client } = await open({ history: { AAPL: minutes(benchTime - 3 * MINUTE, 3) } });
    for (let i = 1; i <= 70; i++) ask(client, i, {});
    expect(await codes(client)).toEqual([]);
  });
});
