import { instrumentOf, paper } from '@mikrobot/adapter-paper';
import { createBot, type Decision, defineStrategy, type Enricher, fixedQuantity } from '@mikrobot/core';
import { pureSignals } from '@mikrobot/gateway';
import { hasCompiler } from '@mikrobot/mql5';
import { type BosRoom, openBosRoom } from '@mikrobot/mql5/testing';
import fastify from 'fastify';
import { filter, firstValueFrom, NEVER } from 'rxjs';
import { afterEach, describe, expect, it } from 'vitest';

const compiler = hasCompiler();
if (!compiler) console.info('skipped, MikroBot_BOS.mq5 in front of the webhook: g++ is not installed');

const watch = defineStrategy({ name: 'watch', timeframes: [], signals: () => NEVER });
/** A message without a stop or a confidence would be refused. */
const complete: Enricher = {
  name: 'complete',
  enrich: ({ side, quote }) => ({
    stop: side === 'buy' ? quote.bid - 0.002 : quote.ask + 0.002,
    confidence: 0.9,
  }),
};

let room: BosRoom;
const closing: (() => Promise<unknown>)[] = [];
afterEach(async () => {
  for (const close of closing.splice(0)) await close();
  await room.close();
});

/**
 * A bot that trades EURUSD on paper, the market at the trigger of the scene, behind a webhook on loopback.
 * @param lost - answers that break off before they arrive
 */
const openWebhook = async (lost = 0) => {
  const { trigger } = room.scene;
  const adapter = paper({
    costs: 'none',
    balance: { USD: '10000' },
    instruments: [instrumentOf('EURUSD')],
  });
  const bot = createBot({
    adapter,
    run: [{ strategy: watch, symbol: 'EURUSD' }],
    enrich: [complete],
    risk: fixedQuantity({ lots: 0.1 }),
  });
  const running = bot.run();
  await firstValueFrom(bot.state$.pipe(filter((state) => state === 'active')));
  adapter.feedTick({ symbol: 'EURUSD', volume: 1, ...trigger });
  const decisions: Decision[] = [];
  bot.decisions$.subscribe((decision) => decisions.push(decision));

  const app = fastify();
  let left = lost;
  app.addHook('onSend', async ({ raw }) => {
    if (left-- > 0) raw.socket.destroy();
  });
  const secrets = { get: (name: string) => ({ KEY: 'key-1', SIGN: 'a secret of tests' })[name] };
  await app.register(pureSignals, { bot, secrets, apiKey: 'KEY', hmacSecret: 'SIGN' });
  const url = `${await app.listen({ host: '127.0.0.1', port: 0 })}/api/v1/pure-signal/`;
  closing.push(
    () => app.close(),
    () => bot.stop('the test is over'),
    () => running,
  );
  return { bot, decisions, url };
};

describe.skipIf(!compiler)('MikroBot_BOS.mq5 in front of the webhook', { timeout: 60_000 }, () => {
  const start = (inputs: Readonly<Record<string, string>>) => {
    room.mt5.controls.bars('EURUSD', room.scene.before);
    return room.start(inputs);
  };

  it('has its signal judged and traded by the bot, under its own name', async () => {
    room = await openBosRoom();
    const { bot, decisions, url } = await openWebhook();
    const { row, trigger } = room.scene;
    const terminal = await start({ InpUrl: url, InpApiKey: 'key-1', InpHmacSecret: 'a secret of tests' });
    await terminal.waitFor('MikroBot_BOS 2.00 on EURUSD');
    room.quote(trigger);
    await terminal.waitFor('answered 202');

    const side = row.direction === 'BUY' ? 'buy' : 'sell';
    expect(decisions).toMatchObject([
      { outcome: 'executed', signal: { origin: 'program', symbol: 'EURUSD', side } },
    ]);
    const [source] = decisions.map(({ signal }) => signal.source);
    expect(source).toBe('MikroBot_BOS');
    expect(bot.book.position('EURUSD', source!).quantity).toBe(side === 'buy' ? 0.1 : -0.1);
  });

  it('has its signal traded once, although the answer is lost and it asks again', async () => {
    room = await openBosRoom();
    const { decisions, url } = await openWebhook(1);
    const terminal = await start({ InpUrl: url, InpApiKey: 'key-1', InpHmacSecret: 'a secret of tests' });
    await terminal.waitFor('MikroBot_BOS 2.00 on EURUSD');
    room.quote(room.scene.trigger);
    await terminal.waitFor('got no answer');
    await terminal.waitFor('answered 202');
    expect(decisions).toHaveLength(1);
  });

  it('that does not know the secret is refused, says so, and moves nothing', async () => {
    room = await openBosRoom();
    const { decisions, url } = await openWebhook();
    const terminal = await start({ InpUrl: url, InpApiKey: 'key-1', InpHmacSecret: 'another' });
    await terminal.waitFor('MikroBot_BOS 2.00 on EURUSD');
    room.quote(room.scene.trigger);
    await terminal.waitFor('answered 401');
    expect(decisions).toEqual([]);
  });
});
