import { inspect } from 'node:util';
import {
  type CommandOutcome,
  type ConnectionState,
  createBot,
  defineStrategy,
  fixedQuantity,
  MikroBotError,
} from '@mikrobot/core';
import type { BinanceSimulator } from '@mikrobot/simulators';
import { afterEach, describe, expect, it } from 'vitest';
import { secrets } from '../testing/bot-keys.js';
import { until } from '../testing/until.js';
import { binanceFutures } from './adapter.js';
import { adapterOn, startVenue, symbol } from './testing/futures-bench.js';

const open: { venue?: BinanceSimulator } = {};
const start = async (): Promise<BinanceSimulator> => {
  open.venue = await startVenue();
  return open.venue;
};
const abort = () => new AbortController().signal;

afterEach(async () => {
  await open.venue?.close();
  delete open.venue;
});

const silent = defineStrategy({ name: 'silent', timeframe: 'M1', onBar: () => undefined });

describe('The adapter of Binance futures', () => {
  it.each([
    [{ symbols: [] }, 'symbols'],
    [{ symbols: [symbol], leverage: { ETHUSDT: 5 } }, 'ETHUSDT'],
    [{ symbols: [symbol], leverage: { BTCUSDT: 126 } }, '126'],
    [{ symbols: [symbol], recvWindow: 60_001 }, '60001'],
    [{ symbols: [symbol], absentAfter: -1 }, '-1'],
    [{ symbols: [symbol], absentAfter: Number.NaN }, 'NaN'],
  ])('refuses %j', (options, words) => {
    expect(() => binanceFutures(options)).toThrow(expect.objectContaining({ code: 'BAD_CONFIG' }));
    expect(() => binanceFutures(options)).toThrow(words);
  });

  it.each([
    [undefined, { outcome: 'rejected', code: 'BAD_CONFIG' }],
    [true, { outcome: 'accepted' }],
  ])('answers an order for real money, where the option live is %s, as %j', async (live, expected) => {
    const venue = await start();
    const environment = { ...venue.futures, live: true };
    const first = adapterOn(venue);
    await first.connect(abort());
    const { id } = (await first.snapshot()).account;
    first.close();
    const adapter = adapterOn(venue, { environment, ...(live === undefined ? {} : { live }) });
    const answers: CommandOutcome[] = [];
    const submit = adapter.submit.bind(adapter);
    adapter.submit = async (order) => {
      const answer = await submit(order);
      answers.push(answer);
      return answer;
    };
    const bot = createBot({
      adapter,
      account: id,
      run: [{ strategy: silent, symbol }],
      risk: fixedQuantity({ lots: 0.01 }),
      validate: [],
    });
    const ran = bot.run();
    await until('the bot is active', () => bot.state === 'active');
    const draft = { symbol, intent: 'enter', side: 'buy', confidence: 1, stop: 119_000 } as const;
    bot.command({ do: 'signal', draft, by: 'test' });
    await until('the order is answered', () => answers.length > 0);
    expect(answers[0]).toMatchObject(expected);
    await bot.stop('the test is over', { deadline: 0 });
    await ran;
  });

  it('says which key is wrong, and never what it is', async () => {
    const venue = await start();
    const wrong = 'a-secret-that-nobody-may-read';
    const adapter = adapterOn(venue, {
      secrets: { get: (name) => (name === 'BINANCE_SECRET' ? wrong : secrets.get(name)) },
    });
    const error = await adapter.connect(abort()).then(
      () => undefined,
      (reason: unknown) => reason,
    );
    expect(error).toBeInstanceOf(MikroBotError);
    expect(error).toMatchObject({ code: 'PREFLIGHT_FAILED' });
    expect(String(error)).toContain('The secret does not belong to the key');
    expect(inspect(error, { depth: 10 })).not.toContain(wrong);
    adapter.close();
  });

  it('gives market data without keys, and no account', async () => {
    const venue = await start();
    const { environment, ...options } = { environment: venue.futures, symbols: [symbol] };
    const adapter = binanceFutures({ ...options, environment });
    const ticks: number[] = [];
    adapter.on('tick', ({ bid }) => ticks.push(bid));
    await adapter.connect(abort());
    expect(adapter.instruments()).toMatchObject([{ symbol }]);
    await adapter.subscribe({ symbol });
    venue.controls.futures.quote(symbol, 121_000, 121_000.1);
    await until('the quote is told', () => ticks.includes(121_000));
    const marks: number[] = [];
    adapter.market.markPrice(symbol, ({ price, fundingRate }) =>
      marks.push(price, fundingRate ?? Number.NaN),
    );
    await until('a mark price is told', () => marks.length > 0);
    expect(marks[0]).toBeCloseTo(121_000.05, 1);
    await expect(async () => adapter.snapshot()).rejects.toThrow('market data only');
    expect(await adapter.cancel({ id: 'a', symbol })).toMatchObject({
      outcome: 'rejected',
      code: 'NOT_CONNECTED',
    });
    adapter.close();
  });

  it('tells its end once, and cannot be connected twice', async () => {
    const venue = await start();
    const adapter = adapterOn(venue);
    const lines: ConnectionState['state'][] = [];
    adapter.on('connection', ({ state }) => lines.push(state));
    await adapter.connect(abort());
    await expect(adapter.connect(abort())).rejects.toMatchObject({ code: 'ALREADY_RUN' });
    adapter.close();
    adapter.close();
    expect(lines).toEqual(['up', 'down']);
  });
});
