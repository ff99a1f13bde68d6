import { describe, expect, it } from 'vitest';
import { sample, sampleMessages } from '../testing/market-messages.js';
import { MarketMapper } from './market.js';
import type { Malformation, MarketEvent } from './market-events.js';

const wrapped = (stream: string, change: Readonly<Record<string, unknown>> = {}): string =>
  JSON.stringify({ stream, data: { ...sample(stream), ...change } });

describe('a message of the public streams', () => {
  const read = (stream: string): MarketEvent | undefined => new MarketMapper().read(wrapped(stream));

  it('of spot trades says who took: the buyer stood in the book, so a seller came', () => {
    expect(read('btcusdt@trade')).toEqual({
      kind: 'trade',
      symbol: 'BTCUSDT',
      id: '3735683259',
      time: 1723161255342,
      price: 61837.63,
      quantity: 0.02,
      taker: 'sell',
      span: undefined,
    });
  });

  it('of aggregated trades names the trades in it', () => {
    const event = {
      symbol: 'BNBBTC',
      id: '12345',
      price: 0.001,
      quantity: 100,
      span: { first: '100', last: '105' },
    };
    expect(read('bnbbtc@aggTrade')).toMatchObject(event);
    expect(read('btcusdt@aggTrade')).toMatchObject({ id: '5933014', time: 123456785 });
  });

  it('of best prices has the time of the match on futures and none on spot', () => {
    const prices = { bid: 61837.63, bidQuantity: 3.78826, ask: 61837.64, askQuantity: 1.54698 };
    const spot = { kind: 'quote', symbol: 'BTCUSDT', updateId: 50093239212, time: undefined, ...prices };
    expect(read('btcusdt@bookTicker')).toEqual(spot);
    expect(read('bnbusdt@bookTicker')).toMatchObject({ time: 1568014460891, bid: 25.3519, ask: 25.3652 });
  });

  it('of depth changes keeps the ids by which they continue each other', () => {
    expect(read('btcusdt@depth@100ms')).toEqual({
      kind: 'depth',
      symbol: 'BTCUSDT',
      time: 1723161255308,
      first: 50093239203,
      last: 50093239207,
      previous: undefined,
      bids: [[55653.87, 0]],
      asks: [
        [61838.04, 0.32332],
        [61844.3, 0.40163],
        [61862.5, 0.05019],
        [61862.51, 0],
      ],
    });
    expect(read('btcusdt@depth')).toMatchObject({ time: 123456788, first: 157, last: 160, previous: 149 });
  });

  it('of partial depth is the best levels, best first, of the symbol that the stream names', () => {
    const spot = { kind: 'book', symbol: 'BNBBTC', updateId: 160, time: undefined, bids: [[0.0024, 10]] };
    expect(read('bnbbtc@depth5')).toMatchObject(spot);
    const futures = read('btcusdt@depth5@100ms');
    expect(futures).toMatchObject({ kind: 'book', updateId: 390497878, time: 1571889248276 });
    // The documentation shows them the other way.
    expect(futures).toHaveProperty('bids.0', [7405.43, 2.562]);
    expect(futures).toHaveProperty('asks.0', [7405.96, 3.34]);
  });

  it('of klines is a bar of bids, the ask one tick above', () => {
    const event = new MarketMapper(() => 0.0001).read(wrapped('bnbbtc@kline_1m'));
    expect(event).toMatchObject({ kind: 'bar', interval: '1m', timeframe: 'M1', closed: false });
    expect(event).toHaveProperty('bar', {
      symbol: 'BNBBTC',
      timeframe: 'M1',
      time: 1672515780000,
      closeTime: 1672515840000,
      open: 0.001,
      high: 0.0025,
      low: 0.001,
      close: 0.002,
      askOpen: 0.0011,
      askHigh: 0.0026,
      askLow: 0.0011,
      askClose: 0.0021,
      volume: 1000,
      ticks: 100,
    });
  });

  it('of mark prices has the funding rate and when it is next paid', () => {
    const mapper = new MarketMapper();
    expect(mapper.read(wrapped('btcusdt@markPrice@1s'))).toEqual({
      kind: 'mark',
      symbol: 'BTCUSDT',
      time: 1562305380000,
      price: 11794.15,
      index: 11784.62659091,
      fundingRate: 0.00038167,
      nextFunding: 1562306400000,
    });
    expect(mapper.read(wrapped('btcusdt@markPrice@1s', { r: '-0.00006042' }))).toMatchObject({
      fundingRate: -0.00006042,
    });
    // Contracts with a delivery pay none.
    expect(mapper.read(wrapped('btcusdt@markPrice@1s', { r: '', T: 0 }))).toMatchObject({
      fundingRate: undefined,
      nextFunding: undefined,
    });
  });

  it('is read the same bare and wrapped, except for partial depth, which only its stream tells', () => {
    const mapper = new MarketMapper();
    for (const { stream, data } of sampleMessages()) {
      if (/@depth5/.test(stream)) continue;
      expect(mapper.read(JSON.stringify(data))).toEqual(mapper.read(JSON.stringify({ stream, data })));
      expect(mapper.event(data, stream)).toEqual(mapper.read(JSON.stringify(data)));
    }
  });

  it('keeps ids beyond 2^53 to the last digit', () => {
    const text = wrapped('btcusdt@trade').replace('3735683259', '9007199254740993');
    expect(new MarketMapper().read(text)).toMatchObject({ id: '9007199254740993' });
  });
});

describe('a message that is not as documented', () => {
  const cases: readonly [Malformation, string, Readonly<Record<string, unknown>>][] = [
    ['price', 'btcusdt@trade', { p: '0.00000000' }],
    ['price', 'btcusdt@trade', { p: '-1' }],
    ['price', 'btcusdt@trade', { p: 61837.63 }],
    ['price', 'btcusdt@trade', { p: '1e5' }],
    ['price', 'btcusdt@trade', { p: 'NaN' }],
    ['price', 'btcusdt@trade', { p: undefined }],
    ['quantity', 'btcusdt@trade', { q: '0' }],
    ['time', 'btcusdt@trade', { T: '1723161255342' }],
    // Microseconds.
    ['time', 'btcusdt@trade', { T: 1723161255342000 }],
    ['id', 'btcusdt@trade', { t: -1 }],
    ['id', 'btcusdt@trade', { t: 'abc' }],
    ['shape', 'btcusdt@trade', { m: 'true' }],
    ['symbol', 'btcusdt@trade', { s: '' }],
    ['kind', 'btcusdt@trade', { e: 'blockTrade' }],
    ['id', 'bnbbtc@aggTrade', { f: undefined }],
    ['crossed', 'btcusdt@bookTicker', { b: '61837.65' }],
    ['price', 'btcusdt@bookTicker', { a: '0.00000000' }],
    ['time', 'bnbusdt@bookTicker', { E: undefined, T: undefined }],
    ['id', 'btcusdt@depth@100ms', { U: 50093239208 }],
    ['shape', 'btcusdt@depth@100ms', { b: {} }],
    ['shape', 'btcusdt@depth@100ms', { a: ['1', '2'] }],
    ['quantity', 'btcusdt@depth@100ms', { a: [['1', '-2']] }],
    ['price', 'btcusdt@depth@100ms', { a: [['0', '2']] }],
    ['crossed', 'bnbbtc@depth5', { asks: [['0.0023', '1']] }],
    ['symbol', 'btcusdt@depth5@100ms', { s: 'ETHUSDT' }],
    ['shape', 'bnbbtc@kline_1m', { k: null }],
    ['rate', 'btcusdt@markPrice@1s', { r: '38.167' }],
    ['time', 'btcusdt@markPrice@1s', { T: 0 }],
  ];

  it.each(cases)('is dropped and counted as %s: %s %j', (reason, stream, change) => {
    const mapper = new MarketMapper();
    expect(mapper.read(wrapped(stream, change))).toBeUndefined();
    expect(mapper.malformed[reason]).toBe(1);
    expect(Object.values(mapper.malformed).reduce((a, b) => a + b)).toBe(1);
  });

  it.each([
    ['price', { h: '0.0019' }],
    ['price', { l: '0.0011' }],
    ['time', { T: 1672515840000 }],
    ['shape', { i: '1M' }],
    ['quantity', { n: 1.5 }],
  ] as const)('is dropped as %s where a kline contradicts itself: %j', (reason, change) => {
    const mapper = new MarketMapper();
    const { k } = sample('bnbbtc@kline_1m');
    expect(mapper.read(wrapped('bnbbtc@kline_1m', { k: { ...(k as object), ...change } }))).toBeUndefined();
    expect(mapper.malformed[reason]).toBe(1);
  });

  it.each(['', '{', 'null', '[]', '"x"', '12', '{"stream":"x","data":null}', '{"result":null,"id":1}'])(
    'is no market event: %s',
    (text) => {
      const mapper = new MarketMapper();
      expect(mapper.read(text)).toBeUndefined();
      expect(mapper.malformed.json + mapper.malformed.kind).toBe(1);
    },
  );
});
