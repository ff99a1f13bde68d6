import {
  type ApprovedOrder,
  createBot,
  defineStrategy,
  type MikroBotError,
  type Secrets,
} from '@mikrobot/core';
import type { BinanceSimulator } from '@mikrobot/simulators';
import { afterEach, describe, expect, it } from 'vitest';
import type { BinanceOptions } from '../options.js';
import { secrets } from '../testing/bot-keys.js';
import { until } from '../testing/until.js';
import { type BinanceSpotAdapter, binanceSpot } from './adapter.js';
import { startVenue, symbol } from './testing/spot-bench.js';

const open: { venue?: BinanceSimulator; adapters: BinanceSpotAdapter[] } = { adapters: [] };
const { signal } = new AbortController();

const venueOf = async (...given: Parameters<typeof startVenue>): Promise<BinanceSimulator> => {
  const venue = await startVenue(...given);
  open.venue = venue;
  venue.controls.spot.quote(symbol, 2_000, 2_000.02);
  return venue;
};

const adapterOf = (venue: BinanceSimulator, given: Partial<BinanceOptions> = {}): BinanceSpotAdapter => {
  const adapter = binanceSpot({ symbols: [symbol], secrets, environment: venue.spot, ...given });
  open.adapters.push(adapter);
  return adapter;
};

afterEach(async () => {
  for (const adapter of open.adapters) adapter.close();
  open.adapters.length = 0;
  await open.venue?.close();
});

const failure = (work: Promise<unknown>): Promise<MikroBotError> =>
  work.then(
    () => expect.unreachable('it should have failed'),
    (error) => error,
  );

/** An order as risk approves it, that was sent nowhere. */
const approved = async (venue: BinanceSimulator): Promise<ApprovedOrder> => {
  const adapter = adapterOf(venue);
  const orders: ApprovedOrder[] = [];
  adapter.submit = async (order) => {
    orders.push(order);
    return { outcome: 'rejected', code: 'KEPT' };
  };
  const bot = createBot({
    adapter,
    run: [{ strategy: defineStrategy({ name: 'none', timeframe: 'M1', onBar: () => undefined }), symbol }],
    risk: { name: 'all', judge: () => undefined },
    validate: [],
  });
  const ran = bot.run();
  await until('the bot is active', () => bot.state === 'active');
  const draft = { symbol, intent: 'enter', side: 'buy', quantity: 0.1, confidence: 1 } as const;
  await until('an order comes', () => {
    if (orders.length === 0) bot.command({ do: 'signal', draft, by: 'test' });
    return orders.length > 0;
  });
  await bot.stop('enough', { deadline: 0 });
  await ran;
  return orders[0] as ApprovedOrder;
};

describe('A start', () => {
  it('ends with a hint where the venue does not know the key', async () => {
    const wrong: Secrets = { get: (name) => (name === 'BINANCE_PRIVATE_KEY' ? undefined : 'x'.repeat(64)) };
    const error = await failure(adapterOf(await venueOf(), { secrets: wrong }).connect(signal));
    expect(error).toMatchObject({ code: 'PREFLIGHT_FAILED' });
    expect(error.hint).toMatch(/key/i);
    expect(error.message).not.toContain('xxxx');
  });

  it('ends where symbols have more than one quote asset, or one is not listed', async () => {
    const grid = { tickSize: '0.01', stepSize: '0.00001', minNotional: '5' };
    const venue = await venueOf({
      more: [
        { ...grid, baseAsset: 'BTC', quoteAsset: 'USDT' },
        { ...grid, baseAsset: 'BTC', quoteAsset: 'EUR' },
      ],
    });
    const mixed = await failure(adapterOf(venue, { symbols: [symbol, 'BTCEUR'] }).connect(signal));
    expect(mixed).toMatchObject({ code: 'BAD_CONFIG' });
    const unknown = await failure(adapterOf(venue, { symbols: [symbol, 'XXXYYY'] }).connect(signal));
    expect(unknown).toMatchObject({ code: 'PREFLIGHT_FAILED' });
    const two = adapterOf(venue, { symbols: [symbol, 'BTCUSDT'] });
    await two.connect(signal);
    expect(two.instruments().map((each) => each.symbol)).toEqual([symbol, 'BTCUSDT']);
  });

  it('ends where no stop could be placed', async () => {
    const plain = {
      baseAsset: 'XYZ',
      quoteAsset: 'USDT',
      tickSize: '0.01',
      stepSize: '0.01',
      minNotional: '5',
      orderTypes: ['LIMIT', 'LIMIT_MAKER', 'MARKET'],
    } as const;
    const error = await failure(
      adapterOf(await venueOf({ more: [plain] }), { symbols: ['XYZUSDT'] }).connect(signal),
    );
    expect(error).toMatchObject({ code: 'PREFLIGHT_FAILED' });
    expect(error.message).toContain('STOP_LOSS');
  });

  it('that failed can be tried again, and leaves no socket open', async () => {
    const venue = await venueOf();
    const adapter = adapterOf(venue);
    venue.faults.maintenance(true);
    expect(await failure(adapter.connect(signal))).toMatchObject({ code: 'PREFLIGHT_FAILED' });
    venue.faults.maintenance(false);
    await adapter.connect(signal);
    expect((await adapter.snapshot()).complete).toBe(true);
    // A second session would tell everything twice.
    expect(await failure(adapter.connect(signal))).toMatchObject({ code: 'ALREADY_RUN' });
  });

  it('without keys gives the market, and neither account nor orders', async () => {
    const venue = await venueOf();
    const order = await approved(venue);
    const adapter = binanceSpot({ symbols: [symbol], environment: venue.spot });
    open.adapters.push(adapter);
    await adapter.connect(signal);
    const ticks: number[] = [];
    adapter.on('tick', ({ bid }) => ticks.push(bid));
    adapter.subscribe({ symbol });
    await until('a tick comes', () => ticks.includes(2_000));
    expect(await failure(adapter.snapshot())).toMatchObject({ code: 'PREFLIGHT_FAILED' });
    expect(await adapter.submit(order)).toMatchObject({ outcome: 'rejected', code: 'NO_KEYS' });
  });

  it('needs symbols and a window that the venue allows', () => {
    expect(() => binanceSpot({ symbols: [] })).toThrow(expect.objectContaining({ code: 'BAD_CONFIG' }));
    for (const recvWindow of [0, 60_001, Number.NaN])
      expect(() => binanceSpot({ symbols: [symbol], recvWindow })).toThrow(
        expect.objectContaining({ code: 'BAD_CONFIG' }),
      );
  });
});

describe('Real money', () => {
  it('is told as such, and no order is placed without live: true', async () => {
    const venue = await venueOf();
    const order = await approved(venue);
    const real = { ...venue.spot, live: true };
    const careless = adapterOf(venue, { environment: real });
    await careless.connect(signal);
    expect((await careless.snapshot()).account.live).toBe(true);
    expect(await careless.submit(order)).toMatchObject({ outcome: 'rejected', code: 'BAD_CONFIG' });
    expect((await careless.snapshot()).positions).toEqual([]);
    careless.close();
    const meant = adapterOf(venue, { environment: real, live: true });
    await meant.connect(signal);
    expect(await meant.submit(order)).toMatchObject({ outcome: 'accepted' });
  });
});

describe('What was not approved', () => {
  it('is refused with FORGED_APPROVAL', async () => {
    const adapter = adapterOf(await venueOf());
    const forged = { request: {} } as ApprovedOrder;
    expect(() => adapter.submit(forged)).toThrow(expect.objectContaining({ code: 'FORGED_APPROVAL' }));
    expect(() => adapter.submitPair(forged, forged)).toThrow(
      expect.objectContaining({ code: 'FORGED_APPROVAL' }),
    );
  });
});
