import type { OrderRequest } from '@mikrobot/core';
import type { BinanceSimulator } from '@mikrobot/simulators';
import { afterEach, describe, expect, it } from 'vitest';
import { until } from '../testing/until.js';
import type { RestClient, RestRequest } from '../transport/rest-client.js';
import { FuturesCommands } from './commands.js';
import { EchoWatch } from './echo-watch.js';
import { KnownOrders } from './known-orders.js';
import { type BenchOptions, startVenue, symbol } from './testing/futures-bench.js';
import { openTrader, type Trader } from './testing/trader.js';

const open: { venue?: BinanceSimulator; trader?: Trader } = {};

const start = async (options: BenchOptions = {}) => {
  const venue = await startVenue(options);
  open.venue = venue;
  const trader = await openTrader(venue);
  open.trader = trader;
  return { venue, trader, ...trader.trading };
};

afterEach(async () => {
  open.trader?.session.close();
  await open.venue?.close();
  expect(open.venue?.failures ?? []).toEqual([]);
});

describe('What leaves a position', () => {
  it('is not held to a band around the market: a stop-limit has its own, around its trigger', async () => {
    const { trader, commands } = await start();
    await trader.session.subscribe(symbol);
    const stop = { type: 'stop-limit', side: 'sell', purpose: 'protect' } as const;
    const far = trader.order({ ...stop, price: 100_000, limitPrice: 99_900 });
    expect(await commands.submit(far)).toMatchObject({ outcome: 'accepted' });
    // Limit more than 5 % below the trigger: the venue's rule and code.
    const wide = trader.order({ ...stop, price: 100_000, limitPrice: 94_000 });
    expect(await commands.submit(wide)).toMatchObject({ outcome: 'rejected', code: '-4184' });
  });

  it.each([false, true])('may be small when it is amended, too (hedge mode: %s)', async (hedge) => {
    const { trader, commands } = await start({ hedge });
    await commands.submit(
      trader.order({ side: 'sell', purpose: 'enter', reduceOnly: false, quantity: 0.001 }),
    );
    const target = trader.order({
      type: 'limit',
      side: 'buy',
      purpose: 'protect',
      price: 110_000,
      quantity: 0.001,
      reduceOnly: !hedge,
    });
    expect(await commands.submit(target)).toMatchObject({ outcome: 'accepted' });
    // Worth 90, and an entry must be worth 100.
    expect(await commands.amend({ ...target, price: 90_000 }, target)).toMatchObject({ outcome: 'accepted' });
    await until('it is told', () => trader.told(target.id).includes('replaced'));
  });

  it('goes out although the budget of requests is used up', async () => {
    const asked: RestRequest[] = [];
    const rest = {
      now: () => 0,
      command: async (request: RestRequest) => {
        asked.push(request);
        return { orderId: 1 };
      },
    } as unknown as RestClient;
    const { trader, session } = await start().then(({ trader }) => ({ trader, session: trader.session }));
    const [instrument] = session.instruments;
    const filters = { venue: 'futures', notional: [] } as never;
    const commands = new FuturesCommands({
      rest,
      known: new KnownOrders(),
      echo: new EchoWatch({ now: () => 0, arm: () => () => undefined }, 1_000, () => undefined),
      hedge: false,
      symbol: () => ({ instrument, filters }) as never,
      markPrice: () => undefined,
    });
    const purposes: readonly OrderRequest['purpose'][] = ['enter', 'reduce', 'protect', 'flatten'];
    for (const purpose of purposes) await commands.submit(trader.order({ purpose }));
    expect(asked.map(({ priority }) => priority)).toEqual(['normal', 'critical', 'critical', 'critical']);
  });
});

describe('An order that ends at a time', () => {
  it.each(['market', 'stop'] as const)('is not sent as one that never ends: %s', async (type) => {
    const { trader, commands } = await start();
    const goodTill = Date.now() + 3_600_000;
    const order = trader.order({ type, price: 121_000, timeInForce: 'GTD', goodTill });
    expect(await commands.submit(order)).toMatchObject({ outcome: 'rejected', code: 'UNSUPPORTED' });
    expect((await trader.trading.snapshot()).orders).toEqual([]);
  });
});
