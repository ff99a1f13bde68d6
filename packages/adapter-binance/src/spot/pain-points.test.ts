import { type BinanceSimulator, replayClock } from '@mikrobot/simulators';
import { afterEach, describe, expect, it } from 'vitest';
import { until } from '../testing/until.js';
import { type BenchOptions, startVenue, symbol } from './testing/spot-bench.js';
import { openTrader, type Trader, type TraderOptions } from './testing/trader.js';

/** What users of other clients reported; each number is the issue that it was told in. */
const open: { venue?: BinanceSimulator; trader?: Trader } = {};

const start = async (options: BenchOptions & TraderOptions = {}) => {
  const venue = await startVenue(options);
  open.venue = venue;
  venue.controls.spot.quote(symbol, 2_000, 2_000.02);
  const trader = await openTrader(venue, options);
  open.trader = trader;
  return { venue, trader, orders: trader.session.orders };
};

afterEach(async () => {
  open.trader?.session.close();
  await open.venue?.close();
  expect(open.venue?.failures).toEqual([]);
});

const limit = { type: 'limit', price: 1_900 } as const;

/** A clock on which a minute takes six seconds, at both ends of the line. */
const fast = (recvWindow = 60_000) => ({ clock: replayClock({ start: Date.now(), speed: 10 }), recvWindow });

describe('A user stream that is silent while its socket is open (python-binance#712)', () => {
  it('is noticed by an order that it does not tell, and what it hid is found', async () => {
    const { venue, trader, orders } = await start(fast());
    venue.faults.mute(true);
    const order = trader.order();
    expect(await orders.submit(order)).toMatchObject({ outcome: 'accepted' });
    await until('the stream is given up', () => trader.lines.at(-1)?.state === 'down');
    expect(trader.told(order.id)).toEqual([]);
    venue.faults.mute(false);
    await until('the stream is back', () => trader.lines.at(-1)?.state === 'up');
    expect(trader.lines.at(-1)).toMatchObject({ state: 'up', dataLost: true });
    const found = await orders.query(order);
    expect(found).toMatchObject({ outcome: 'found', report: { state: 'filled', filled: 0.1 } });
    const next = trader.order({ side: 'sell' });
    await orders.submit(next);
    await until('the new stream tells', () => trader.told(next.id).includes('fill'));
  });

  it('is noticed by a change of the balance that nobody told', async () => {
    const { venue, trader } = await start(fast());
    venue.faults.mute(true);
    venue.controls.spot.byHand('bot', symbol, 0.5);
    expect((await trader.session.snapshot()).positions).toMatchObject([{ symbol, quantity: 0.5 }]);
    await until('the stream is given up', () => trader.lines.at(-1)?.state === 'down');
  });

  it('is noticed when nothing at all is heard, and no heartbeat pretends otherwise', async () => {
    const { venue, trader } = await start(fast());
    await until('it beats', () => trader.beats.count > 0);
    venue.faults.halfOpen();
    await until('the line is down', () => trader.lines.at(-1)?.state === 'down');
    await until('the line is up', () => trader.lines.at(-1)?.state === 'up');
    expect(trader.lines.at(-1)?.dataLost).toBe(true);
  });

  it('is subscribed again when the venue ends it', async () => {
    const { venue, trader, orders } = await start(fast());
    venue.faults.terminateStreams();
    await until('it is down', () => trader.lines.at(-1)?.state === 'down');
    await until('it is up', () => trader.lines.at(-1)?.state === 'up');
    const order = trader.order();
    expect(await orders.submit(order)).toMatchObject({ outcome: 'accepted' });
    await until('it tells', () => trader.told(order.id).includes('fill'));
  });
});

describe('An order whose answer is -1007 (nautilus_trader#4215, sieblyio/binance#580)', () => {
  it('is unknown, and there is one of it', async () => {
    const { venue, trader, orders } = await start();
    venue.faults.loseNextAnswer('timeout');
    const order = trader.order(limit);
    expect(await orders.submit(order)).toMatchObject({ outcome: 'unknown' });
    expect(await orders.query(order)).toMatchObject({ outcome: 'found', report: { state: 'accepted' } });
    expect((await trader.session.snapshot()).orders.map(({ id }) => id)).toEqual([order.id]);
    // Whoever tries again in spite of all gets no second order.
    expect(await orders.submit(order)).toMatchObject({ outcome: 'unknown' });
  });

  it('is not called absent before it surely cannot arrive any more', async () => {
    const { venue, trader, orders } = await start(fast(20_000));
    venue.faults.loseNextRequest();
    const order = trader.order(limit);
    expect(await orders.submit(order)).toMatchObject({ outcome: 'unknown' });
    expect(await orders.query(order)).toMatchObject({ outcome: 'unknown' });
    await until('its window is over', async () => (await orders.query(order)).outcome !== 'unknown');
    expect(await orders.query(order)).toEqual({ outcome: 'absent' });
  });
});

describe('An order that is lost on the way', () => {
  it('is known to be absent when the venue would not take it any more, long before its answer is given up', async () => {
    const { venue, trader, orders } = await start({ recvWindow: 200 });
    venue.faults.loseNextRequest();
    const order = trader.order(limit);
    let answered = false;
    void orders.submit(order).then(() => {
      answered = true;
    });
    await until('the request is lost', () => venue.faults.counts.get('lost-request') === 1);
    expect(await orders.query(order)).toMatchObject({ outcome: 'unknown' });
    await until('its window is over', async () => (await orders.query(order)).outcome === 'absent');
    expect(answered).toBe(false);
  });
});

describe('Ids above 2^53 (ccxt#8115)', () => {
  it('stay whole in answers, events, queries and cancels', async () => {
    const { trader, orders } = await start({ firstId: 9_007_199_254_740_993n });
    const order = trader.order();
    expect(await orders.submit(order)).toEqual({ outcome: 'accepted', venueId: '9007199254740993' });
    await until('it fills', () => trader.told(order.id).includes('fill'));
    expect(trader.events.at(-1)).toMatchObject({ tradeId: `${symbol}-9007199254740993` });
    const found = await orders.query({ ...order, venueId: '9007199254740993' });
    expect(found).toMatchObject({
      outcome: 'found',
      report: { venueId: '9007199254740993' },
      fills: [{ tradeId: `${symbol}-9007199254740993` }],
    });
    const resting = trader.order(limit);
    await orders.submit(resting);
    expect(await orders.cancel(resting)).toEqual({ outcome: 'accepted', venueId: '9007199254740994' });
  });
});

describe('Filters and exact decimals (node-binance-api#71, python-binance#219)', () => {
  it('are applied before anything is sent, with the venue’s own words', async () => {
    const { venue, trader, orders } = await start();
    const refusals = [
      [{ ...limit, quantity: 10_000_000 }, 'Filter failure: LOT_SIZE'],
      [{ type: 'limit', price: 450, quantity: 0.002 }, 'Filter failure: NOTIONAL'],
      [{ type: 'limit', price: 2, quantity: 0.1 }, 'Filter failure: PERCENT_PRICE_BY_SIDE'],
      [{ type: 'limit', price: 2_000_000 }, 'Filter failure: PRICE_FILTER'],
      [{ quantity: 0 }, 'Filter failure: LOT_SIZE'],
    ] as const;
    for (const [given, words] of refusals) {
      const order = trader.order(given);
      const answer = await orders.submit(order);
      expect(answer).toMatchObject({ outcome: 'rejected', code: '-1013' });
      expect((answer as { detail: string }).detail).toContain(words);
    }
    expect((await trader.session.snapshot()).orders).toEqual([]);
    expect(venue.faults.counts.size).toBe(0);
  });

  it('write a ten-millionth as it is', async () => {
    const tiny = {
      baseAsset: 'BTC',
      quoteAsset: 'USDT',
      tickSize: '0.01000000',
      stepSize: '0.00000010',
      minNotional: '0.00100000',
    };
    const { venue, trader, orders } = await start({ more: [tiny], symbols: ['BTCUSDT'] });
    venue.controls.spot.quote('BTCUSDT', 60_000, 60_000.01);
    const order = trader.order({ symbol: 'BTCUSDT', quantity: 1e-7, type: 'limit', price: 50_000 });
    expect(await orders.submit(order)).toMatchObject({ outcome: 'accepted' });
    const [report] = (await trader.session.snapshot()).orders;
    expect(report).toMatchObject({ id: order.id, quantity: 1e-7, price: 50_000 });
  });
});

describe('A clock that drifts (binance-api-node#80)', () => {
  it('costs one round trip: -1021 is answered by comparing the clocks, and the order is placed once', async () => {
    const { venue, trader, orders } = await start();
    venue.faults.skew(-60_000);
    const order = trader.order(limit);
    expect(await orders.submit(order)).toMatchObject({ outcome: 'accepted' });
    expect((await trader.session.snapshot()).orders.map(({ id }) => id)).toEqual([order.id]);
  });
});

describe('Connections that are lost again and again (python-binance#1637)', () => {
  it('are replaced one for one, and tell nothing twice', async () => {
    const { venue, trader, orders } = await start(fast());
    const end = trader.session.subscribe(symbol);
    await until('ticks come', () => trader.ticks.length > 0);
    for (let i = 0; i < 3; i++) {
      const ups = () => trader.lines.filter(({ state }) => state === 'up').length;
      const before = ups();
      venue.faults.drop();
      await until('the line is back', () => ups() > before && trader.lines.at(-1)?.state === 'up');
    }
    const sockets = venue.connections;
    const order = trader.order();
    await orders.submit(order);
    await until('it fills', () => trader.told(order.id).includes('fill'));
    trader.ticks.length = 0;
    venue.controls.spot.quote(symbol, 2_010, 2_010.02);
    await until('a tick comes', () => trader.ticks.length > 0);
    expect(trader.ticks.filter(({ bid }) => bid === 2_010)).toHaveLength(1);
    expect(trader.told(order.id).filter((type) => type === 'fill')).toHaveLength(1);
    // User stream, market streams, and what REST keeps open.
    expect(sockets).toBeLessThanOrEqual(2 + 8);
    end();
    trader.session.close();
    await until('no socket is left', () => venue.connections === 0);
  });
});
