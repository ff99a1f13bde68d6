import { MainClient, USDMClient, WebsocketAPIClient, WebsocketClient, WS_KEY_MAP } from 'binance';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { BinanceSimulator } from '../start-binance.js';
import { Awaited, ed25519, hmac, startVenue } from './testing/client-venue.js';

const keys = [
  { name: 'an HMAC key', api_key: hmac.apiKey, api_secret: hmac.secret },
  { name: 'an Ed25519 key', api_key: ed25519.apiKey, api_secret: ed25519.privateKey },
] as const;

/** Fields of messages that these tests look at. */
interface Message {
  readonly e?: string;
  readonly s?: string;
  readonly c?: string;
  readonly X?: string;
  readonly o?: { readonly c?: string; readonly X?: string };
}

const silent = { trace: () => {}, info: () => {}, error: () => {} };
let simulator: BinanceSimulator;

beforeAll(async () => {
  simulator = await startVenue();
});
afterAll(() => simulator.close());

const heard = (client: WebsocketClient): Awaited<Message> => {
  const messages = new Awaited<Message>();
  client.on('message', (message) => messages.tell(message as unknown as Message));
  return messages;
};

describe.each(keys)('binance with $name', ({ name: _, ...key }) => {
  const sockets = () => ({
    ...key,
    wsUrl: simulator.url.replace('http', 'ws'),
    restOptions: { baseUrl: simulator.url },
  });

  it('trades spot by MainClient', async () => {
    const client = new MainClient({ ...key, baseUrl: simulator.spot.rest });
    const info = await client.getExchangeInfo({ symbol: 'BTCUSDT' });
    expect(info.symbols[0]?.symbol).toBe('BTCUSDT');
    const placed = await client.submitNewOrder({
      symbol: 'BTCUSDT',
      side: 'BUY',
      type: 'LIMIT',
      timeInForce: 'GTC',
      quantity: 0.01,
      price: 50_000,
      newOrderRespType: 'RESULT',
    });
    expect(placed).toMatchObject({ status: 'NEW', price: '50000.00000000' });
    const mine = { symbol: 'BTCUSDT', orderId: placed.orderId };
    expect(await client.getOrder(mine)).toMatchObject({ status: 'NEW' });
    expect(await client.cancelOrder(mine)).toMatchObject({ status: 'CANCELED' });
  });

  it('trades futures by USDMClient', async () => {
    const client = new USDMClient({ ...key, baseUrl: simulator.futures.rest });
    const info = await client.getExchangeInfo();
    expect(info.symbols.map(({ symbol }) => symbol)).toContain('BTCUSDT');
    const placed = await client.submitNewOrder({
      symbol: 'BTCUSDT',
      side: 'BUY',
      type: 'LIMIT',
      timeInForce: 'GTC',
      quantity: 0.01,
      price: 58_000,
    });
    expect(placed).toMatchObject({ status: 'NEW' });
    const mine = { symbol: 'BTCUSDT', orderId: placed.orderId };
    expect(await client.getOrder(mine)).toMatchObject({ status: 'NEW' });
    expect(await client.cancelOrder(mine)).toMatchObject({ status: 'CANCELED' });
  });

  it('hears the markets of both venues by WebsocketClient', async () => {
    const client = new WebsocketClient(sockets(), silent);
    const messages = heard(client);
    await client.subscribe(['btcusdt@bookTicker'], WS_KEY_MAP.main);
    await client.subscribe(['btcusdt@aggTrade'], WS_KEY_MAP.usdmMarket);
    const timer = setInterval(() => {
      simulator.controls.spot.quote('BTCUSDT', 60_000, 60_010);
      simulator.controls.futures.trade('BTCUSDT', 60_005, 0.5);
    }, 5);
    const spot = await messages.first((message) => JSON.stringify(message).includes('"60010.00000000"'));
    const futures = await messages.first((message) => JSON.stringify(message).includes('60005'));
    clearInterval(timer);
    expect(JSON.stringify(spot)).toContain('"60000.00000000"');
    expect(JSON.stringify(futures)).toContain('aggTrade');
    await client.closeAll(true);
  });

  it('hears the fill of its spot market order by WebsocketAPIClient', async () => {
    const client = new WebsocketAPIClient(
      { ...sockets(), attachEventListeners: false, muteLatencyWarning: true },
      silent,
    );
    const messages = heard(client.getWSClient());
    await client.subscribeUserDataStream(WS_KEY_MAP.mainWSAPI);
    // This client adds no timestamp, and its types know none: the caller has to.
    const order = {
      symbol: 'BTCUSDT',
      side: 'BUY',
      type: 'MARKET',
      quantity: 0.01,
      timestamp: Date.now(),
    } as const;
    const placed = await client.submitNewSpotOrder(order);
    const { clientOrderId } = placed.result;
    const fill = await messages.first((message) =>
      [clientOrderId, 'FILLED'].every((word) => JSON.stringify(message).includes(`"${word}"`)),
    );
    expect(JSON.stringify(fill)).toContain('executionReport');
    client.getWSClient().closeAll(true);
  });

  it('hears the fill of its futures market order by the user stream of WebsocketClient', async () => {
    const client = new WebsocketClient(sockets(), silent);
    const messages = heard(client);
    await client.subscribeUsdFuturesUserDataStream();
    const rest = new USDMClient({ ...key, baseUrl: simulator.futures.rest });
    const placed = await rest.submitNewOrder({
      symbol: 'BTCUSDT',
      side: 'BUY',
      type: 'MARKET',
      quantity: 0.01,
    });
    const fill = await messages.first((message) =>
      [placed.clientOrderId, 'FILLED'].every((word) => JSON.stringify(message).includes(`"${word}"`)),
    );
    expect(JSON.stringify(fill)).toContain('ORDER_TRADE_UPDATE');
    client.closeAll(true);
  });
});
