import { type Tick, VirtualClock } from '@mikrobot/core';
import { SecType } from '@stoqey/ib';
import { describe, expect, it } from 'vitest';
import { type ScriptedLine, scriptedLine } from '../testing/scripted-line.js';
import type { MarketContract } from './market-contract.js';
import { TickStreams } from './tick-streams.js';

const contract = (
  symbol: string,
  secType = SecType.STK,
  spec: MarketContract['spec'] = {},
): MarketContract => ({
  symbol,
  contract: { conId: 265_598, symbol, secType, exchange: 'SMART', currency: 'USD' },
  spec,
  tradable: true,
});

const contracts = [
  contract('AAPL'),
  contract('SPX', SecType.IND),
  contract('ES', SecType.FUT, { tickByTick: true }),
  contract('CFD', SecType.CFD),
];

const start = ({ delayedData = false }: { readonly delayedData?: boolean } = {}) => {
  const clock = new VirtualClock(Date.UTC(2024, 0, 10, 15));
  const ticks: Tick[] = [];
  const conditions: (readonly [string, string | undefined])[] = [];
  const line = scriptedLine();
  const streams = new TickStreams({
    clock,
    delayedData,
    find: (symbol) => contracts.find((one) => one.symbol === symbol),
    emit: (tick) => void ticks.push({ ...tick }),
    condition: (symbol, detail) => void conditions.push([symbol, detail]),
  });
  streams.attach(line);
  const prices = () => ticks.map(({ bid, ask }) => [bid, ask]);
  return { clock, line, streams, ticks, conditions, prices };
};

/** The id of the last request for market data. */
const lastId = (line: ScriptedLine, name = 'reqMktData'): number => Number(line.sentAs(name).at(-1)?.[0]);

/** A price with its size as TWS sends them: message 1, version 6. */
const price = (line: ScriptedLine, id: number, field: number, value: number, size = 1): void =>
  line.receive(1, 6, id, field, value, size, 1);

const turn = () => Promise.resolve();

describe('Ticks', () => {
  it('tell both sides of a quote as one tick, and nothing before both are known', async () => {
    const { line, streams, prices, ticks, clock } = start();
    const subscribed = streams.subscribe('AAPL');
    const id = lastId(line);
    price(line, id, 1, 99.5);
    await turn();
    expect(prices()).toEqual([]);
    price(line, id, 2, 100.5);
    await subscribed;
    expect(prices()).toEqual([[99.5, 100.5]]);
    price(line, id, 1, 101);
    price(line, id, 2, 102);
    await turn();
    expect(prices().slice(1)).toEqual([[101, 102]]);
    expect(ticks[1]).toMatchObject({ symbol: 'AAPL', time: clock.now(), volume: 0 });
  });

  it('tell each change of one side, also when several arrive together', async () => {
    const { line, streams, prices } = start();
    void streams.subscribe('AAPL');
    const id = lastId(line);
    price(line, id, 1, 99);
    price(line, id, 2, 103);
    for (const bid of [100, 101, 102]) price(line, id, 1, bid);
    await turn();
    expect(prices()).toEqual([
      [99, 103],
      [100, 103],
      [101, 103],
      [102, 103],
    ]);
  });

  it('tell a quote again when a size shows that it still holds, but not with each size', async () => {
    const { clock, line, streams, ticks } = start();
    void streams.subscribe('AAPL');
    const id = lastId(line);
    price(line, id, 1, 99);
    price(line, id, 2, 100);
    line.receive(2, 6, id, 0, 300);
    expect(ticks).toHaveLength(1);
    clock.advance(clock.now() + 1_000);
    line.receive(2, 6, id, 3, 200);
    line.receive(2, 6, id, 0, 100);
    await turn();
    expect(ticks.map(({ time, bid, ask }) => [time, bid, ask])).toEqual([
      [clock.now() - 1_000, 99, 100],
      [clock.now(), 99, 100],
    ]);
  });

  it('are told again when TWS repeats a price', async () => {
    const { line, streams, prices } = start();
    void streams.subscribe('AAPL');
    const id = lastId(line);
    price(line, id, 1, 99);
    price(line, id, 2, 100);
    price(line, id, 1, 99);
    price(line, id, 2, 100);
    await turn();
    expect(prices()).toEqual([
      [99, 100],
      [99, 100],
    ]);
  });

  it('that are only looked at are not emitted', async () => {
    const { line, streams, prices } = start();
    const seen: number[] = [];
    const leave = streams.peek('AAPL', ({ bid }) => void seen.push(bid));
    const id = lastId(line);
    price(line, id, 1, 99);
    price(line, id, 2, 100);
    void streams.subscribe('AAPL');
    leave();
    price(line, id, 1, 98);
    await turn();
    expect(seen).toEqual([99]);
    expect(prices()).toEqual([[98, 100]]);
    expect(line.sentAs('cancelMktData')).toEqual([]);
  });

  // Source: TWS API, Receiving Watchlist Data: "-1 indicates that there is no data currently available".
  it('pause while one side is -1 or 0', async () => {
    const { line, streams, prices } = start();
    void streams.subscribe('AAPL');
    const id = lastId(line);
    price(line, id, 1, 99);
    price(line, id, 2, 100);
    price(line, id, 2, -1, 0);
    price(line, id, 1, 98);
    await turn();
    price(line, id, 2, 0, 0);
    price(line, id, 1, 97);
    await turn();
    price(line, id, 2, 99);
    await turn();
    price(line, id, 1, -1, 0);
    await turn();
    expect(prices()).toEqual([
      [99, 100],
      [97, 99],
    ]);
  });

  it('drop and count quotes that stay crossed, and prices that are no numbers', async () => {
    const { line, streams, prices } = start();
    void streams.subscribe('AAPL');
    const id = lastId(line);
    price(line, id, 1, 101);
    price(line, id, 2, 100);
    await turn();
    line.receive(1, 6, id, 1, 'abc', 1, 1);
    await turn();
    expect(prices()).toEqual([]);
    expect(streams.drops).toMatchObject({ crossed: 1, 'not a number': 1 });
  });

  // Tick 8 is the volume of the day. Source: TWS API, Available Tick Types.
  it('carry what traded since the tick before, also over the end of a day', async () => {
    const { line, streams, ticks } = start();
    void streams.subscribe('AAPL');
    const id = lastId(line);
    line.receive(2, 6, id, 8, 12_000);
    price(line, id, 1, 99);
    price(line, id, 2, 100);
    line.receive(2, 6, id, 8, 12_010);
    line.receive(2, 6, id, 8, 12_015);
    price(line, id, 1, 98);
    await turn();
    line.receive(2, 6, id, 8, 3);
    price(line, id, 1, 97);
    await turn();
    expect(ticks.map(({ volume }) => volume)).toEqual([0, 15, 3]);
  });

  it('of an index have its last price on both sides', async () => {
    const { line, streams, prices } = start();
    void streams.subscribe('SPX');
    const id = lastId(line);
    price(line, id, 1, 4_700);
    price(line, id, 4, 4_712.5, 0);
    await turn();
    expect(prices()).toEqual([[4_712.5, 4_712.5]]);
  });

  it('come one by one where the contract asks for it', async () => {
    const { line, streams, prices, ticks, clock } = start();
    const subscribed = streams.subscribe('ES');
    expect(line.sentAs('reqTickByTickData')[0]?.slice(2)).toEqual(['BidAsk', 0, true]);
    const id = lastId(line, 'reqTickByTickData');
    // Message 99: request, type 3, seconds, bid, ask, sizes, mask.
    line.receive(99, id, 3, 1_704_898_800, 4_750, 4_750.25, 5, 7, 0);
    (await subscribed)();
    expect(prices()).toEqual([[4_750, 4_750.25]]);
    expect(ticks[0]?.time).toBe(clock.now());
    expect(line.sentAs('cancelTickByTickData')).toEqual([[id]]);
  });

  it('are asked for anew on each line, and of the old one nothing is heard', async () => {
    const { line, streams, prices } = start();
    void streams.subscribe('AAPL');
    const old = lastId(line);
    price(line, old, 1, 99);
    price(line, old, 2, 100);
    streams.detach();
    price(line, old, 1, 50);
    await turn();
    const next = scriptedLine();
    streams.attach(next);
    const id = lastId(next);
    price(next, id, 2, 101);
    await turn();
    expect(prices()).toEqual([[99, 100]]);
    price(next, id, 1, 100);
    await turn();
    expect(prices()).toEqual([
      [99, 100],
      [100, 101],
    ]);
  });

  it('are asked for anew on the same line when TWS has lost the requests', async () => {
    const { line, streams, prices } = start();
    void streams.subscribe('AAPL');
    const old = lastId(line);
    streams.attach(line);
    const id = lastId(line);
    expect(id).not.toBe(old);
    price(line, old, 1, 1);
    price(line, old, 2, 2);
    price(line, id, 1, 99);
    price(line, id, 2, 100);
    expect(prices()).toHaveLength(1);
  });

  it('of one symbol are asked for once, and end with the last who listens', async () => {
    const { clock, line, streams } = start();
    const both = Promise.all([streams.subscribe('AAPL'), streams.subscribe('AAPL')]);
    clock.advance(clock.now() + 3_000);
    const [first, second] = await both;
    first();
    first();
    expect(line.sentAs('cancelMktData')).toEqual([]);
    second();
    expect(line.sentAs('cancelMktData')).toEqual([[lastId(line)]]);
    expect(line.sentAs('reqMktData')).toHaveLength(1);
  });

  it('of a symbol that is not configured are refused', async () => {
    const { streams } = start();
    await expect(streams.subscribe('NONE')).rejects.toMatchObject({ code: 'UNKNOWN_INSTRUMENT' });
  });

  // Message texts: TWS API, Message Codes; issues of ib_insync and nautilus_trader.
  it.each([
    [200, 'No security definition has been found for the request'],
    [354, 'Requested market data is not subscribed.'],
    [10_168, 'Requested market data is not subscribed. Delayed market data is not enabled.'],
    [101, 'Max number of tickers has been reached'],
    [10_197, 'No market data during competing live session'],
  ])('that TWS refuses with %i reject the subscription with its words', async (code, text) => {
    const { line, streams, conditions } = start();
    const subscribed = streams.subscribe('AAPL');
    line.receive(4, 2, lastId(line), code, text, '');
    await expect(subscribed).rejects.toMatchObject({ code: 'PREFLIGHT_FAILED', where: 'AAPL' });
    await expect(subscribed).rejects.toThrow(text);
    expect(conditions).toEqual([]);
  });

  it('of which a part is missing are refused only when no price comes', async () => {
    const { clock, line, streams } = start();
    const text = 'Part of requested market data is not subscribed.';
    const poor = streams.subscribe('AAPL');
    line.receive(4, 2, lastId(line), 10_090, text, '');
    const rich = streams.subscribe('SPX');
    const id = lastId(line);
    line.receive(4, 2, id, 10_090, text, '');
    price(line, id, 4, 4_700);
    clock.advance(clock.now() + 3_000);
    await expect(poor).rejects.toThrow(text);
    await rich;
  });

  it('that end later are a condition of the market, asked for again, and well when a price comes', async () => {
    const { clock, line, streams, conditions } = start();
    const subscribed = streams.subscribe('AAPL');
    const id = lastId(line);
    price(line, id, 1, 99);
    await subscribed;
    line.receive(4, 2, id, 10_197, 'No market data during competing live session', '');
    expect(conditions.at(-1)?.[1]).toContain('competing live session');
    clock.advance(clock.now() + 30_000);
    const again = lastId(line);
    expect(again).not.toBe(id);
    price(line, again, 1, 99);
    expect(conditions.at(-1)).toEqual(['AAPL', undefined]);
  });

  // Tick 49: 0 not halted, 1 general halt, 2 volatility halt. Source: TWS API, Halted.
  it.each([1, 2])('of a halted market (%i) are a condition until it goes on', async (value) => {
    const { line, streams, conditions } = start();
    void streams.subscribe('AAPL');
    const id = lastId(line);
    line.receive(45, 6, id, 49, value);
    line.receive(45, 6, id, 49, 0);
    expect(conditions).toEqual([
      ['AAPL', 'AAPL is halted'],
      ['AAPL', undefined],
    ]);
  });

  it('of a market that went on while the line was down are no longer called halted', () => {
    const { line, streams, conditions } = start();
    void streams.subscribe('AAPL');
    line.receive(45, 6, lastId(line), 49, 1);
    streams.detach();
    streams.attach(scriptedLine());
    expect(conditions.at(-1)).toEqual(['AAPL', undefined]);
  });

  it('of a contract for difference come from the contract that TWS sends us to', async () => {
    const { line, streams, prices } = start();
    void streams.subscribe('CFD');
    // Message 91: request, contract, exchange.
    line.receive(91, lastId(line), 8_314, 'SMART');
    const [id, asked] = line.sentAs('reqMktData').at(-1)!;
    expect(asked).toEqual({ conId: 8_314, exchange: 'SMART' });
    price(line, Number(id), 1, 99);
    price(line, Number(id), 2, 100);
    expect(prices()).toEqual([[99, 100]]);
  });

  it('tell nothing after the end, and leave no timer', async () => {
    const { clock, line, streams, prices, conditions } = start();
    void streams.subscribe('AAPL');
    const id = lastId(line);
    price(line, id, 1, 99);
    price(line, id, 2, 100);
    price(line, id, 2, 101);
    streams.close();
    await turn();
    price(line, id, 1, 98);
    clock.advance(clock.now() + 100_000);
    expect(prices()).toEqual([[99, 100]]);
    expect(conditions).toEqual([]);
    expect(line.sentAs('cancelMktData')).toEqual([[id]]);
  });
});

describe('Delayed data', () => {
  // Ticks 66 and 67, market data type 3. Source: TWS API, Available Tick Types and Market Data Types.
  it('is taken and marked where it is allowed', async () => {
    const { line, streams, prices, conditions } = start({ delayedData: true });
    expect(line.sentAs('reqMarketDataType')).toEqual([[3]]);
    const subscribed = streams.subscribe('AAPL');
    const id = lastId(line);
    line.receive(
      4,
      2,
      id,
      10_167,
      'Requested market data is not subscribed. Displaying delayed market data.',
      '',
    );
    line.receive(58, 1, id, 3);
    price(line, id, 66, 99);
    price(line, id, 67, 100);
    await subscribed;
    expect(prices()).toEqual([[99, 100]]);
    expect(streams.ageOf('AAPL')).toBe('delayed');
    expect(conditions).toEqual([['AAPL', 'market data of AAPL is delayed']]);
  });

  it('is not asked for, and dropped if it comes, where it is not allowed', async () => {
    const { line, streams, prices } = start();
    expect(line.sentAs('reqMarketDataType')).toEqual([[1]]);
    void streams.subscribe('AAPL');
    const id = lastId(line);
    price(line, id, 66, 99);
    price(line, id, 67, 100);
    await turn();
    expect(prices()).toEqual([]);
    expect(streams.drops['delayed data that nobody asked for']).toBe(2);
  });
});
