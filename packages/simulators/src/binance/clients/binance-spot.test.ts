import { Spot } from '@binance/spot';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { BinanceSimulator } from '../start-binance.js';
import { Awaited } from './testing/client-venue.js';
import { endQuietly, keys, startQuietly } from './testing/official-clients.js';

/** Fields of user events that these tests look at. */
interface UserEvent {
  readonly e?: string;
  readonly c?: string;
  readonly X?: string;
  readonly z?: string;
}

let simulator: BinanceSimulator;

beforeAll(async () => {
  simulator = await startQuietly();
});
afterAll(() => endQuietly(simulator));

describe.each(keys)('@binance/spot with $name', ({ name: _, ...key }) => {
  const client = () =>
    new Spot({
      configurationRestAPI: { ...key, basePath: simulator.spot.rest },
      configurationWebsocketAPI: { ...key, wsURL: simulator.spot.wsApi },
      configurationWebsocketStreams: { wsURL: simulator.spot.streams },
    });

  it('reads exchange information, places, queries and cancels an order by REST', async () => {
    const { restAPI } = client();
    const info = await (await restAPI.exchangeInfo({ symbol: 'BTCUSDT' })).data();
    expect(info.symbols?.[0]?.symbol).toBe('BTCUSDT');
    const placed = await (
      await restAPI.newOrder({
        symbol: 'BTCUSDT',
        side: 'BUY',
        type: 'LIMIT',
        timeInForce: 'GTC',
        quantity: 0.01,
        price: 50_000,
        newClientOrderId: 'rest-order',
      } as Parameters<typeof restAPI.newOrder>[0])
    ).data();
    expect(placed).toMatchObject({ status: 'NEW', clientOrderId: 'rest-order' });
    const mine = { symbol: 'BTCUSDT', origClientOrderId: 'rest-order' };
    expect(await (await restAPI.getOrder(mine)).data()).toMatchObject({
      status: 'NEW',
      price: '50000.00000000',
    });
    expect(await (await restAPI.deleteOrder(mine)).data()).toMatchObject({ status: 'CANCELED' });
  });

  it('hears the market on a stream', async () => {
    const streams = await client().websocketStreams.connect();
    const trades = new Awaited<{ readonly p?: string | undefined; readonly s?: string | undefined }>();
    streams.trade({ symbol: 'btcusdt' }).on('message', trades.tell);
    const timer = setInterval(() => simulator.controls.spot.trade('BTCUSDT', 60_005, 0.5), 5);
    const trade = await trades.first(() => true);
    clearInterval(timer);
    expect(trade).toMatchObject({ s: 'BTCUSDT', p: '60005.00000000' });
    await streams.disconnect();
  });

  it('hears the fill of its market order on the user stream of the WebSocket API', async () => {
    const api = await client().websocketAPI.connect();
    if ('privateKey' in key) await api.sessionLogon();
    const { stream } =
      'privateKey' in key
        ? await api.userDataStreamSubscribe()
        : await api.userDataStreamSubscribeSignature();
    const events = new Awaited<UserEvent>();
    stream.on('message', (event) => events.tell(event as UserEvent));
    const id = `ws-${'privateKey' in key ? 'ed' : 'hmac'}`;
    const placed = await api.orderPlace({
      symbol: 'BTCUSDT',
      side: 'BUY',
      type: 'MARKET',
      quantity: 0.01,
      newClientOrderId: id,
    } as Parameters<typeof api.orderPlace>[0]);
    expect(placed.data).toMatchObject({ status: 'FILLED' });
    const fill = await events.first(({ c, X }) => c === id && X === 'FILLED');
    expect(fill).toMatchObject({ e: 'executionReport', z: '0.01000000' });
    await api.disconnect();
  });
});
