import { seededRandom, systemClock } from '@mikrobot/core';
import { type BinanceSimulator, startBinance } from '@mikrobot/simulators';
import { afterEach, describe, expect, it } from 'vitest';
import { parseLossless } from '../transport/lossless-json.js';
import { StreamHub } from '../transport/stream-hub.js';
import { MarketData } from './market-data.js';
import { futuresPath } from './stream-names.js';

const clock = systemClock();
const ends: (() => unknown)[] = [];

afterEach(async () => {
  for (const end of ends.splice(0).reverse()) await end();
});

const connect = async (
  venue: 'spot' | 'futures',
): Promise<{ simulator: BinanceSimulator; data: MarketData }> => {
  const simulator = await startBinance({ firstMarketId: 2n ** 53n - 1_000_000n });
  ends.push(() => simulator.close());
  const { rest, streams } = simulator[venue];
  const hub = (path: string): StreamHub => {
    const made = new StreamHub({
      url: `${streams}${path}/stream`,
      clock,
      random: seededRandom(1),
      name: `hub ${path}`,
    });
    ends.push(() => made.close());
    return made;
  };
  const hubs =
    venue === 'spot'
      ? { public: hub(''), market: undefined }
      : { public: hub('/public'), market: hub('/market') };
  const data = new MarketData({
    venue,
    clock,
    streams: {
      subscribe: (stream, listener) =>
        (futuresPath(stream) === 'market' ? (hubs.market ?? hubs.public) : hubs.public).subscribe(
          stream,
          listener,
        ),
    },
    get: async (path, params) => {
      const query = Object.entries(params).map(([name, value]) => `${name}=${value}`);
      return parseLossless(await (await fetch(`${rest}${path}?${query.join('&')}`)).text());
    },
  });
  return { simulator, data };
};

/** Waits for what a listener hears, moving the market until then: streams tell nothing while it stands. */
const heard = async (move: () => void, done: () => boolean): Promise<void> => {
  const deadline = clock.now() + 5_000;
  while (!done()) {
    if (clock.now() > deadline) throw new Error('Nothing was heard for 5 s');
    move();
    await new Promise<void>((resolve) => clock.arm('move the market', clock.now() + 20, () => resolve()));
  }
};

describe.each(['spot', 'futures'] as const)('market data of the simulated %s venue', (venue) => {
  it('keeps a book that follows the quotes, and finds its way back when the line has broken', async () => {
    const { simulator, data } = await connect(venue);
    let price = 60_000;
    const move = (): void => {
      price += 1;
      simulator.controls[venue].quote('BTCUSDT', price, price + 0.1);
    };
    let seen = 0;
    move();
    const live = data.book('BTCUSDT', {
      listener: ({ synced, bid }) => {
        if (synced) seen = bid;
      },
    });
    ends.push(() => live.close());
    await heard(move, () => live.book.synced && seen > 60_001);
    expect(live.book.ask).toBeCloseTo(live.book.bid + 0.1, 6);
    const before = seen;
    simulator.faults.drop();
    for (let i = 0; i < 5; i++) move();
    await heard(move, () => live.book.synced && seen > before + 6);
    expect(live.book.ask).toBeCloseTo(live.book.bid + 0.1, 6);
    expect(Object.values(data.malformed).every((count) => count === 0)).toBe(true);
  });

  it('reads every stream that it subscribes', async () => {
    const { simulator, data } = await connect(venue);
    const told = new Set<string>();
    const tell = ({ kind }: { readonly kind: string }): void => void told.add(kind);
    ends.push(data.quotes('BTCUSDT', tell), data.trades('BTCUSDT', tell), data.bars('BTCUSDT', 'M1', tell));
    ends.push(data.depth('BTCUSDT', 5, tell));
    if (venue === 'futures') ends.push(data.markPrice('BTCUSDT', tell));
    let price = 60_000;
    await heard(
      () => {
        price += 1;
        simulator.controls[venue].quote('BTCUSDT', price, price + 0.1);
        simulator.controls[venue].trade('BTCUSDT', price, 0.5);
      },
      () => told.size === (venue === 'futures' ? 5 : 4),
    );
    expect(Object.values(data.malformed).every((count) => count === 0)).toBe(true);
  });
});
