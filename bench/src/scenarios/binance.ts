import { existsSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { gunzipSync } from 'node:zlib';
import { binanceSpot, LocalBook, MarketMapper } from '@mikrobot/adapter-binance';
import { createBot, fixedQuantity, fresh, wellFormed } from '@mikrobot/core';
import { demoKey, startBinance } from '@mikrobot/simulators';
import { MainClient } from 'binance';
import { eager } from '../eager.js';
import { percentile } from '../figures.js';
import type { Figure, Scenario } from '../scenario.js';

const recording = fileURLToPath(
  new URL(
    '../../../shared/data/btcusdt_l2_raw_ws_binance_spot_2024-08-08_2354_6min.jsonl.gz',
    import.meta.url,
  ),
);

/** Texts of recorded streams, as the socket gave them. */
const recorded = (): readonly string[] =>
  gunzipSync(readFileSync(recording))
    .toString()
    .split('\n')
    .map((line) => line.slice(line.indexOf('{')))
    .filter((text) => text.startsWith('{"stream"'));

/** Texts a second, the best of several rounds. */
const speed = (texts: readonly string[], take: () => (text: string) => unknown): number => {
  let best = Number.POSITIVE_INFINITY;
  const passes = Math.ceil(20_000 / texts.length);
  for (let round = 0; round < 8; round++) {
    const one = take();
    const start = performance.now();
    for (let pass = 0; pass < passes; pass++) for (const text of texts) one(text);
    best = Math.min(best, (performance.now() - start) / passes);
  }
  return (texts.length / best) * 1_000;
};

const decoding = (): readonly Figure[] => {
  const texts = recorded();
  const mapper = new MarketMapper();
  const read = () => (text: string) => mapper.read(text);
  const depth = texts.filter((text) => text.includes('@depth@'));
  const both = texts.filter((text) => /@trade"|@depth@/.test(text));
  const intoBook = () => {
    const book = new LocalBook({ venue: 'spot' });
    const first = mapper.read(depth[0] as string);
    if (first?.kind !== 'depth') throw new Error('The recording does not begin with a diff.');
    const { symbol, time } = first;
    book.snapshot({ kind: 'book', symbol, time, bids: [], asks: [], updateId: first.first - 1 });
    return (text: string) => {
      const event = mapper.read(text);
      if (event?.kind === 'depth') book.diff(event);
    };
  };
  const messages = speed(both, read);
  const parsed = speed(both, () => (text) => JSON.parse(text));
  const per = (name: string, value: number, floor?: number): Figure => ({
    ...{ name, value, unit: '/s', more: true },
    ...(floor === undefined ? {} : { floor }),
  });
  return [
    per('depth and trade messages a second, text to event', messages, 100_000),
    { name: 'share of JSON.parse alone', value: messages / parsed, unit: 'x', more: true },
    per(
      'trades a second',
      speed(
        texts.filter((text) => text.includes('@trade"')),
        read,
      ),
    ),
    per('depth a second', speed(depth, read)),
    per('depth a second, into a book', speed(depth, intoBook)),
  ];
};

/** From recorded socket text to events of the model. */
export const binanceDecoding: Scenario = {
  name: 'binance, market messages',
  async run() {
    if (existsSync(recording)) return decoding();
    console.error('skipped: the recorded streams of ../shared/data are not there');
    return [];
  },
};

const ORDERS = 400;
const WARM = 50;

/** Ms from the call to the answer of limit orders that rest. */
const roundTrips = async (): Promise<{ readonly ours: number[]; readonly theirs: number[] }> => {
  const orders = [
    { interval: 'SECOND', intervalNum: 10, limit: 1e9 },
    { interval: 'DAY', intervalNum: 1, limit: 1e9 },
  ] as const;
  const limits = { weight: 1e9, orders, patience: 1 };
  const binance = await startBinance({
    accounts: [{ name: 'main', keys: [demoKey], balances: { spot: { USDT: '100000000' } } }],
    spot: { limits },
  });
  let quotes = 0;
  const quote = (): void => binance.controls.spot.quote('BTCUSDT', 60_000, 60_000.01 + (quotes++ % 2) / 100);
  const ours: number[] = [];
  const theirs: number[] = [];
  const keys: Record<string, string> = { BINANCE_API_KEY: demoKey.apiKey, BINANCE_SECRET: demoKey.secret };
  const adapter = binanceSpot({
    environment: binance.spot,
    symbols: ['BTCUSDT'],
    secrets: { get: (name) => keys[name] },
  });
  const submit = adapter.submit.bind(adapter);
  let answered: () => void = () => undefined;
  let failed: string | undefined;
  adapter.submit = async (order) => {
    const start = performance.now();
    const outcome = await submit(order);
    ours.push(performance.now() - start);
    if (outcome.outcome !== 'accepted') failed = JSON.stringify(outcome);
    answered();
    return outcome;
  };
  const bot = createBot({
    adapter,
    run: [{ strategy: eager(50_000), symbol: 'BTCUSDT' }],
    risk: fixedQuantity({ lots: 0.001 }),
    validate: [wellFormed(), fresh()],
  });
  const running = bot.run();
  quote();
  // Until the stream tells ticks, and the bot acts on them.
  while (ours.length === 0) {
    await new Promise((resolve) => setTimeout(resolve, 50));
    quote();
  }
  const client = new MainClient({
    api_key: demoKey.apiKey,
    api_secret: demoKey.secret,
    baseUrl: binance.spot.rest,
  });
  const order = { symbol: 'BTCUSDT', side: 'BUY', type: 'LIMIT', timeInForce: 'GTC' } as const;
  for (let i = 0; i < ORDERS + WARM; i++) {
    const answer = new Promise<void>((resolve) => {
      answered = resolve;
    });
    quote();
    await answer;
    if (failed !== undefined) throw new Error(failed);
    const start = performance.now();
    await client.submitNewOrder({ ...order, quantity: 0.001, price: 50_000, newOrderRespType: 'RESULT' });
    theirs.push(performance.now() - start);
    if (i % 50 === 49) {
      await adapter.cancelAll('BTCUSDT');
    }
  }
  await bot.stop();
  await running;
  await binance.close();
  return { ours: ours.slice(WARM), theirs: theirs.slice(WARM) };
};

/** An order over loopback, by the adapter and by a client of others, in turns on one simulator. */
export const binanceRoundTrip: Scenario = {
  name: 'binance, order round trip over loopback',
  async run() {
    const { ours, theirs } = await roundTrips();
    const ms = (name: string, value: number): Figure => ({ name, value: value * 1_000, unit: 'µs' });
    const p50 = percentile(ours, 0.5);
    const p99 = percentile(ours, 0.99);
    return [
      ms('p50', p50),
      ms('p99', p99),
      ms('p50 of `binance` 3.6.5', percentile(theirs, 0.5)),
      ms('p99 of `binance` 3.6.5', percentile(theirs, 0.99)),
      { name: 'p50 as a share of it', value: p50 / percentile(theirs, 0.5), unit: 'x' },
    ];
  },
};
