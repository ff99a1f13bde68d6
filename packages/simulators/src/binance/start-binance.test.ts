import { createHmac } from 'node:crypto';
import { afterEach, describe, expect, it } from 'vitest';
import { WsClient } from './server/testing/ws-client.js';
import { type BinanceSimulator, demoKey, startBinance } from './start-binance.js';

describe('A simulator that is started in one line', () => {
  let binance: BinanceSimulator;
  const clients: WsClient[] = [];
  afterEach(async () => {
    for (const client of clients.splice(0)) client.close();
    await binance.close();
    expect(binance.failures).toEqual([]);
  });

  /** Signs as rest-api.md says and asks. */
  const ask = async (
    method: string,
    path: string,
    params: Readonly<Record<string, string>>,
    key = demoKey,
  ) => {
    const payload = new URLSearchParams({ ...params, timestamp: String(Date.now()) }).toString();
    const signature = createHmac('sha256', key.secret).update(payload).digest('hex');
    const url = `${binance.url}${path}?${payload}&signature=${signature}`;
    const response = await fetch(url, { method, headers: { 'X-MBX-APIKEY': key.apiKey } });
    return { status: response.status, body: (await response.json()) as Record<string, unknown> };
  };
  const order = { symbol: 'BTCUSDT', side: 'BUY', type: 'MARKET', quantity: '0.01' };

  it('trades on spot: answer, user data, public tape and balances agree', async () => {
    binance = await startBinance();
    binance.controls.spot.quote('BTCUSDT', 60_000, 60_000.01);
    const tape = await WsClient.open(`${binance.spot.streams}/ws/btcusdt@trade`);
    const user = await WsClient.open(binance.spot.wsApi);
    clients.push(tape, user);
    const params = { apiKey: demoKey.apiKey, timestamp: Date.now() };
    const payload = `apiKey=${params.apiKey}&timestamp=${params.timestamp}`;
    const signature = createHmac('sha256', demoKey.secret).update(payload).digest('hex');
    await user.ask({ id: 1, method: 'userDataStream.subscribe.signature', params: { ...params, signature } });
    const { status, body } = await ask('POST', '/api/v3/order', order);
    expect([status, body.status, body.executedQty]).toEqual([200, 'FILLED', '0.01000000']);
    const isTrade = (message: Record<string, unknown>) =>
      (message.event as { x?: string } | undefined)?.x === 'TRADE';
    const { event } = (await user.next(isTrade)) as { event: Record<string, unknown> };
    expect([event.i, event.l, event.L]).toEqual([body.orderId, '0.01000000', '60000.01000000']);
    // A buyer who takes is not the maker.
    expect(await tape.next(() => true)).toMatchObject({ p: '60000.01000000', q: '0.01000000', m: false });
    const { balances } = (await ask('GET', '/api/v3/account', {})).body as {
      balances: Record<string, string>[];
    };
    // 10000 - 0.01 * 60000.01; commission 0.001 of what was bought.
    expect(balances.find(({ asset }) => asset === 'USDT')?.free).toBe('9399.99990000');
    expect(balances.find(({ asset }) => asset === 'BTC')?.free).toBe('0.00999000');
  });

  it('trades on futures, and tells it by the listen key', async () => {
    binance = await startBinance();
    binance.controls.futures.quote('BTCUSDT', 60_000, 60_000.1);
    const created = await fetch(`${binance.url}/fapi/v1/listenKey`, {
      method: 'POST',
      headers: { 'X-MBX-APIKEY': demoKey.apiKey },
    });
    const { listenKey } = (await created.json()) as { listenKey: string };
    const user = await WsClient.open(`${binance.futures.streams}/private/ws/${listenKey}`);
    clients.push(user);
    const { status } = await ask('POST', '/fapi/v1/order', order);
    expect(status).toBe(200);
    const told = await user.next((message) => (message.o as { x?: string } | undefined)?.x === 'TRADE');
    expect(told.o).toMatchObject({ s: 'BTCUSDT', S: 'BUY', l: '0.01', L: '60000.1', X: 'FILLED' });
  });

  it('keeps accounts apart, with what each is given', async () => {
    const other = { apiKey: 'other', secret: 'secret' };
    binance = await startBinance({
      accounts: [
        { name: 'a', keys: [demoKey], balances: { spot: { USDT: '1' } } },
        { name: 'b', keys: [other], balances: { spot: { USDT: '2' }, futures: { USDT: '3' } }, hedge: true },
      ],
    });
    const usdt = async (key: typeof demoKey | typeof other) => {
      const { body } = await ask('GET', '/api/v3/account', {}, key as typeof demoKey);
      return (body.balances as Record<string, string>[]).find(({ asset }) => asset === 'USDT')?.free;
    };
    expect([await usdt(demoKey), await usdt(other)]).toEqual(['1.00000000', '2.00000000']);
    const dual = await ask('GET', '/fapi/v1/positionSide/dual', {}, other as unknown as typeof demoKey);
    expect(dual.body).toEqual({ dualSidePosition: true });
  });

  it('tells the limits that it keeps in exchangeInfo', async () => {
    binance = await startBinance();
    for (const [path, weight] of [
      ['/api/v3/exchangeInfo', 6_000],
      ['/fapi/v1/exchangeInfo', 2_400],
    ] as const) {
      const { rateLimits } = (await (await fetch(binance.url + path)).json()) as {
        rateLimits: { limit: number }[];
      };
      expect(rateLimits).toContainEqual(
        expect.objectContaining({ rateLimitType: 'REQUEST_WEIGHT', interval: 'MINUTE', limit: weight }),
      );
    }
  });
});
