import { createHmac } from 'node:crypto';
import { type Bot, VirtualClock } from '@mikrobot/core';
import fastify, { type FastifyInstance } from 'fastify';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { PureSignalsOptions } from './options.js';
import { pureSignals } from './pure-signals.js';
import { tradingBot } from './testing/trading-bot.js';

const PATH = '/api/v1/pure-signal/';
const NOW = Date.UTC(2025, 6, 23, 15);
const secrets = { get: (name: string) => ({ KEY: 'k-1234', SIGN: 'shh' })[name] };
const smallest = { symbol: 'EURUSD', direction: 'BUY', trigger_price: 1.085 };

let bot: Bot;
let stop: () => Promise<void>;
let app: FastifyInstance;
let log: string[];

beforeEach(async () => {
  ({ bot, stop } = await tradingBot());
  log = [];
});
afterEach(async () => {
  await app?.close();
  await stop();
});

const open = async (options: Partial<PureSignalsOptions> = {}): Promise<void> => {
  app = fastify({ logger: { level: 'info', stream: { write: (line) => void log.push(line) } } });
  const clock = new VirtualClock(NOW);
  await app.register(pureSignals, { bot, secrets, apiKey: 'KEY', clock, waitForDecision: 0, ...options });
};

const post = async (
  body: unknown,
  headers: Record<string, string> = {},
  more: { readonly remoteAddress?: string } = {},
) => {
  const payload = typeof body === 'string' || Buffer.isBuffer(body) ? body : JSON.stringify(body);
  const reply = await app.inject({
    method: 'POST',
    url: PATH,
    headers: { 'content-type': 'application/json', 'x-api-key': 'k-1234', ...headers },
    payload,
    ...more,
  });
  return { status: reply.statusCode, id: reply.headers['x-correlation-id'], ...reply.json() };
};

const signed = (body: string, time = NOW / 1_000, secret = 'shh') => ({
  'x-timestamp': String(time),
  'x-signature': `sha256=${createHmac('sha256', secret).update(`${time}.${body}`).digest('hex')}`,
});

describe('the pure-signal webhook', () => {
  it('proposes the smallest signal to the bot, which completes it and trades', async () => {
    await open();
    const answer = await post(smallest);
    expect(answer).toMatchObject({ status: 'accepted', decision: 'executed' });
    expect(answer.notes).toHaveLength(2);
    expect(bot.book.position('EURUSD', 'unnamed-ea').quantity).toBe(0.1);
    expect(answer.explanation).toContain('buy 0.1 market');
  });

  it('gives every answer and log line the correlation id, the sender’s own where it has one', async () => {
    await open();
    const own = await post(smallest, { 'x-correlation-id': 'ea-77' });
    expect(own).toMatchObject({ id: 'ea-77', correlation_id: 'ea-77' });
    const made = await post({ ...smallest, symbol: undefined }, { 'x-correlation-id': 'two words' });
    expect(made.id).toMatch(/^[0-9a-f-]{36}$/);
    expect(made.correlation_id).toBe(made.id);
    const ids = log
      .filter((line) => line.includes('pure signal'))
      .map((line) => JSON.parse(line).correlation_id);
    expect(new Set(ids)).toEqual(new Set(['ea-77', made.id]));
  });

  it.each([
    ['a missing symbol', { direction: 'BUY', trigger_price: 1 }, ['symbol', 'is missing']],
    [
      'a price in quotes',
      { ...smallest, trigger_price: '1.085' },
      ['trigger_price', 'Invalid input: expected number, received string'],
    ],
    ['no JSON', '{"symbol":', ['(all)', expect.stringContaining('is no JSON')]],
    ['no UTF-8', Buffer.from([0x7b, 0xff, 0x7d]), ['(all)', 'is no UTF-8']],
    ['nothing', '', ['(all)', expect.stringContaining('is no JSON')]],
  ])('answers 400 to %s, in words', async (_what, body, [field, message]) => {
    await open();
    const reply = await app.inject({
      method: 'POST',
      url: PATH,
      headers: { 'x-api-key': 'k-1234' },
      payload: body as string,
    });
    expect(reply.statusCode).toBe(400);
    expect(reply.json()).toMatchObject({ status: 'refused', errors: [{ field, message }] });
    expect(bot.book.exposed()).toEqual([]);
  });

  it('takes what expert advisors really send: any content type, and a zero at the end', async () => {
    await open();
    const body = `${JSON.stringify(smallest)}\0`;
    const answer = await post(body, { 'content-type': 'application/x-www-form-urlencoded' });
    expect(answer.decision).toBe('executed');
  });

  it('tells a refusal of the bot as one, and still answers 202: the message was right', async () => {
    await open();
    const answer = await post({ ...smallest, symbol: 'XAUUSD' });
    expect(answer).toMatchObject({ status: 'accepted', decision: expect.stringMatching(/refused|pending/) });
    expect(bot.book.exposed()).toEqual([]);
  });

  it('answers 503 while the bot takes no proposals, and takes the same message later', async () => {
    await open({
      bot: {
        decisions$: bot.decisions$,
        command: () => ({ taken: false, finding: { code: 'NO_RIGHT', limit: 'trader', actual: 'program' } }),
      },
    });
    expect(await post(smallest, { 'idempotency-key': 'a' })).toMatchObject({
      status: 'refused',
      errors: [{ message: 'NO_RIGHT' }],
    });
    expect((await post(smallest, { 'idempotency-key': 'a' })).repeated).toBeUndefined();
  });

  it('lists the timeframes', async () => {
    await open();
    const reply = await app.inject({ url: `${PATH}timeframes/`, headers: { 'x-api-key': 'k-1234' } });
    expect(reply.json().timeframes).toEqual(expect.arrayContaining(['M1', 'M5', 'M15', 'H1', 'H4', 'D1']));
  });
});

describe('a message that is sent twice', () => {
  it('is proposed once when it has an Idempotency-Key, and both get the answer', async () => {
    await open();
    const [first, second] = await Promise.all([
      post(smallest, { 'idempotency-key': 'a' }),
      post(smallest, { 'idempotency-key': 'a' }),
    ]);
    expect([first.repeated, second.repeated]).toEqual([undefined, true]);
    expect(second.signal_id).toBe(first.signal_id);
    expect(bot.book.position('EURUSD', 'unnamed-ea').quantity).toBe(0.1);
  });

  it('is refused when the key was another message’s', async () => {
    await open();
    await post(smallest, { 'idempotency-key': 'a' });
    expect(await post({ ...smallest, direction: 'SELL' }, { 'idempotency-key': 'a' })).toMatchObject({
      status: 'refused',
    });
  });
});

describe('the door', () => {
  const code = async (headers: Record<string, string>, more: { readonly remoteAddress?: string } = {}) => {
    const payload = JSON.stringify(smallest);
    return (await app.inject({ method: 'POST', url: PATH, headers, payload, ...more })).statusCode;
  };

  it('does not open without a key', async () => {
    await expect(open({ apiKey: undefined as never })).rejects.toMatchObject({ code: 'BAD_CONFIG' });
  });

  it.each([
    [{ apiKey: 'NONE' }, "There is no secret 'NONE'."],
    [{ allow: ['localhost'] }, "'localhost' is no address and no network."],
    [{ allow: ['10.0.0.0/40'] }, "'10.0.0.0/40' is no address and no network."],
    [{ perMinute: 0 }, '0 is no number of at least 1.'],
    [{ waitForDecision: Number.NaN }, 'NaN is no number of at least 0.'],
  ])('does not open with %j', async (options, words) => {
    await expect(open(options)).rejects.toThrow(words);
  });

  it('lets nobody in without the key, and no reader of the timeframes either', async () => {
    await open();
    expect(await code({})).toBe(401);
    expect(await code({ 'x-api-key': 'k-12345' })).toBe(401);
    expect((await app.inject({ url: `${PATH}timeframes/` })).statusCode).toBe(401);
    expect(await code({ 'x-api-key': 'k-1234' })).toBe(202);
  });

  it('lets in this machine alone, or who is on its list', async () => {
    const key = { 'x-api-key': 'k-1234' };
    await open();
    expect(await code(key, { remoteAddress: '10.0.0.7' })).toBe(403);
    expect(await code(key, { remoteAddress: '::ffff:127.0.0.1' })).toBe(202);
    await app.close();
    await open({ allow: ['10.0.0.0/24', 'fd00::/8'] });
    expect(await code(key, { remoteAddress: '10.0.0.7' })).toBe(202);
    expect(await code(key, { remoteAddress: 'fd12::1' })).toBe(202);
    expect(await code(key, { remoteAddress: '10.0.1.7' })).toBe(403);
    expect(await code(key)).toBe(403);
  });

  it('takes a signed message once, in its time, unchanged', async () => {
    await open({ apiKey: undefined as never, hmacSecret: 'SIGN' });
    const body = JSON.stringify(smallest);
    expect(await code(signed(body))).toBe(202);
    expect(await code(signed(body))).toBe(409);
    expect(await code(signed(body, NOW / 1_000 + 1))).toBe(202);
    expect(await code(signed(body, NOW / 1_000, 'guess'))).toBe(401);
    expect(await code(signed(`${body} `))).toBe(401);
    expect(await code(signed(body, NOW / 1_000 - 301))).toBe(401);
    expect(await code(signed(body, NOW / 1_000 + 301))).toBe(401);
    expect(await code(signed(body, Number.NaN))).toBe(401);
    expect(await code({})).toBe(401);
  });

  it('answers a signed message again by its key, and knows a copy without it', async () => {
    await open({ apiKey: undefined as never, hmacSecret: 'SIGN' });
    const headers = { 'x-api-key': '', ...signed(JSON.stringify(smallest)), 'idempotency-key': 'a' };
    expect((await post(smallest, headers)).decision).toBe('executed');
    expect(await post(smallest, headers)).toMatchObject({ decision: 'executed', repeated: true });
    expect(await post(smallest, { ...headers, 'idempotency-key': 'b' })).toMatchObject({ status: 'refused' });
  });

  it('lets in so many a minute, whether they have the key or not', async () => {
    await open({ perMinute: 3 });
    const key = { 'x-api-key': 'k-1234' };
    expect(await code(key)).toBe(202);
    expect(await code({})).toBe(401);
    expect(await code(key)).toBe(202);
    const late = await post(smallest);
    expect(late).toMatchObject({ status: 'refused', correlation_id: late.id });
    expect(await code(key)).toBe(429);
  });

  it('refuses a body of more than 64 kB', async () => {
    await open();
    const payload = JSON.stringify({ ...smallest, more: 'x'.repeat(70_000) });
    const reply = await app.inject({
      method: 'POST',
      url: PATH,
      headers: { 'x-api-key': 'k-1234' },
      payload,
    });
    expect([reply.statusCode, reply.json().status]).toEqual([413, 'refused']);
  });

  it('writes no secret into its log', async () => {
    await open();
    await post(smallest);
    await code({ 'x-api-key': 'k-12' });
    expect(log.join()).not.toMatch(/k-12/);
  });
});
