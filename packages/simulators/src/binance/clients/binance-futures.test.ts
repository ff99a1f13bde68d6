import { DerivativesTradingUsdsFutures } from '@binance/derivatives-trading-usds-futures';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { BinanceSimulator } from '../start-binance.js';
import { Awaited } from './testing/client-venue.js';
import { endQuietly, keys, startQuietly } from './testing/official-clients.js';

/** Fields of user events that these tests look at. */
interface UserEvent {
  readonly e?: string;
  readonly o?: { readonly c?: string; readonly X?: string; readonly z?: string };
}

let simulator: BinanceSimulator;

beforeAll(async () => {
  simulator = await startQuietly();
});
afterAll(() => endQuietly(simulator));

describe.each(keys)('@binance/derivatives-trading-usds-futures with $name', ({ name: _, ...key }) => {
  const client = () =>
    new DerivativesTradingUsdsFutures({
      configurationRestAPI: { ...key, basePath: simulator.futures.rest },
      configurationWebsocketAPI: { ...key, wsURL: simulator.futures.wsApi },
      configurationWebsocketStreams: { wsURL: simulator.futures.streams },
    });

  it('reads exchange information, places, queries and cancels regular and conditional orders by REST', async () => {
    const { restAPI } = client();
    const info = await (await restAPI.exchangeInformation()).data();
    expect(info.symbols?.map(({ symbol }) => symbol)).toContain('BTCUSDT');
    const placed = await (
      await restAPI.newOrder({
        symbol: 'BTCUSDT',
        side: 'BUY',
        type: 'LIMIT',
        timeInForce: 'GTC',
        quantity: 0.01,
        price: 58_000,
        newClientOrderId: 'rest-order',
      } as Parameters<typeof restAPI.newOrder>[0])
    ).data();
    expect(placed).toMatchObject({ status: 'NEW', clientOrderId: 'rest-order' });
    const mine = { symbol: 'BTCUSDT', origClientOrderId: 'rest-order' };
    expect(await (await restAPI.queryOrder(mine)).data()).toMatchObject({ status: 'NEW' });
    expect(await (await restAPI.cancelOrder(mine)).data()).toMatchObject({ status: 'CANCELED' });
    const stop = await (
      await restAPI.newAlgoOrder({
        algoType: 'CONDITIONAL',
        symbol: 'BTCUSDT',
        side: 'SELL',
        type: 'STOP_MARKET',
        quantity: 0.01,
        triggerPrice: 55_000,
        clientAlgoId: 'stop',
      } as Parameters<typeof restAPI.newAlgoOrder>[0])
    ).data();
    expect(stop).toMatchObject({ algoStatus: 'NEW', clientAlgoId: 'stop' });
    expect(await (await restAPI.cancelAlgoOrder({ clientAlgoId: 'stop' })).data()).toMatchObject({
      code: '200',
    });
  });

  it('hears the book ticker on a public stream', async () => {
    const streams = await client().websocketStreams.connect();
    const tickers = new Awaited<{ readonly b?: string | undefined; readonly s?: string | undefined }>();
    streams.individualSymbolBookTickerStreams({ symbol: 'btcusdt' }).on('message', tickers.tell);
    const timer = setInterval(() => simulator.controls.futures.quote('BTCUSDT', 60_000, 60_010), 5);
    const ticker = await tickers.first(() => true);
    clearInterval(timer);
    expect(ticker.s).toBe('BTCUSDT');
    expect(Number(ticker.b)).toBe(60_000);
    await streams.disconnect();
  });

  it('hears the fill of an order that it placed by the WebSocket API on the stream of its listen key', async () => {
    const { restAPI, websocketAPI, websocketStreams } = client();
    const { listenKey } = await (await restAPI.startUserDataStream()).data();
    const streams = await websocketStreams.connect();
    const events = new Awaited<UserEvent>();
    streams.userData(listenKey ?? '').on('message', (event) => events.tell(event as UserEvent));
    const api = await websocketAPI.connect();
    const id = `ws-${'privateKey' in key ? 'ed' : 'hmac'}`;
    const placed = await api.newOrder({
      symbol: 'BTCUSDT',
      side: 'BUY',
      type: 'MARKET',
      quantity: 0.01,
      newClientOrderId: id,
      newOrderRespType: 'RESULT',
    } as Parameters<typeof api.newOrder>[0]);
    expect(placed.data).toMatchObject({ status: 'FILLED' });
    const fill = await events.first(({ o }) => o?.c === id && o.X === 'FILLED');
    expect([fill.e, Number(fill.o?.z)]).toEqual(['ORDER_TRADE_UPDATE', 0.01]);
    await api.disconnect();
    await streams.disconnect();
  });
});
