import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type Bench, docKey, docTime, edKey, openBench, readKey, rsaKey, signers } from './testing/bench.js';

/** rest-api.md, "SIGNED Endpoint Examples for POST /api/v3/order": the request and the signature printed there. */
const docPayload =
  'symbol=LTCBTC&side=BUY&type=LIMIT&timeInForce=GTC&quantity=1&price=0.1&recvWindow=5000&timestamp=1499827319559';
const docSignature = 'c8db56825ae71d6d79447849e617115f4a920fa2acdcab2b053c4b2838bd6b71';
/** The same page, symbol of non-ASCII characters. */
const wideSymbol = '%EF%BC%91%EF%BC%92%EF%BC%93%EF%BC%94%EF%BC%95%EF%BC%96';
const widePayload = docPayload.replace('LTCBTC', wideSymbol);
const wideSignature = 'e1353ec6b14d888f1164ae9af8228a3dbd508bc82eb867db8ab6046442f33ef3';

describe('The REST door', () => {
  let bench: Bench;
  beforeEach(async () => {
    bench = await openBench();
  });
  afterEach(async () => {
    await bench.simulator.close();
    expect(bench.simulator.failures).toEqual([]);
  });

  const post = (query: string, options: { readonly key?: string; readonly body?: string } = {}) =>
    fetch(`${bench.simulator.url}/api/v3/order${query === '' ? '' : `?${query}`}`, {
      method: 'POST',
      headers: { 'X-MBX-APIKEY': options.key ?? docKey, 'Content-Type': 'application/x-www-form-urlencoded' },
      ...(options.body === undefined ? {} : { body: options.body }),
    });
  const error = async (response: Response) => [
    response.status,
    ((await response.json()) as { code: number }).code,
  ];

  it('takes the signed request that the documentation prints, and gives the exchange its parameters alone', async () => {
    const response = await post(`${docPayload}&signature=${docSignature}`);
    expect(response.status).toBe(200);
    expect(bench.spot.calls).toEqual([
      {
        name: 'POST /api/v3/order',
        call: {
          account: 'main',
          now: docTime,
          params: {
            symbol: 'LTCBTC',
            side: 'BUY',
            type: 'LIMIT',
            timeInForce: 'GTC',
            quantity: '1',
            price: '0.1',
          },
        },
      },
    ]);
  });

  it('takes the documented request with a symbol of non-ASCII characters', async () => {
    expect((await post(`${widePayload}&signature=${wideSignature}`)).status).toBe(200);
    expect(bench.spot.calls[0]?.call.params.symbol).toBe('１２３４５６');
  });

  it('takes hexadecimal signatures in any case, and parameters from query and body together', async () => {
    expect((await post(`${docPayload}&signature=${docSignature.toUpperCase()}`)).status).toBe(200);
    expect((await post('', { body: `${docPayload}&signature=${docSignature}` })).status).toBe(200);
    const [query, body] = ['symbol=LTCBTC&side=BUY', `type=LIMIT&timestamp=${docTime}`];
    const signature = signers.hmac(query + body);
    expect((await post(query, { body: `${body}&signature=${signature}` })).status).toBe(200);
  });

  it('takes a parameter from the query where the body has it, too', async () => {
    const [query, body] = [`symbol=A&timestamp=${docTime}`, 'symbol=B'];
    await post(`${query}&signature=${signers.hmac(query + body)}`, { body });
    expect(bench.spot.calls[0]?.call.params).toEqual({ symbol: 'A' });
  });

  it('takes Ed25519 and RSA signatures, percent-encoded', async () => {
    for (const [key, signer] of [
      [edKey, signers.ed25519],
      [rsaKey, signers.rsa],
    ] as const) {
      const signature = encodeURIComponent(signer(docPayload));
      expect((await post(`${docPayload}&signature=${signature}`, { key })).status).toBe(200);
    }
  });

  it('refuses a payload that was signed before it was percent-encoded (CHANGELOG.md, 2025-12-17)', async () => {
    const raw = decodeURIComponent(widePayload);
    expect(await error(await post(`${widePayload}&signature=${signers.hmac(raw)}`))).toEqual([400, -1022]);
  });

  it.each([
    [
      '-1022 for a signature of something else',
      docKey,
      `${docPayload}&signature=${'0'.repeat(64)}`,
      400,
      -1022,
    ],
    [
      '-1022 for a signature that is no hexadecimal text',
      docKey,
      `${docPayload}&signature=nonsense`,
      400,
      -1022,
    ],
    ['-1102 without a signature', docKey, docPayload, 400, -1102],
    ['-2014 for what cannot be a key', 'short', `${docPayload}&signature=${docSignature}`, 401, -2014],
    [
      '-2015 for a key that is not known',
      'x'.repeat(64),
      `${docPayload}&signature=${docSignature}`,
      401,
      -2015,
    ],
    [
      '-2015 for a key without the permission',
      readKey,
      `${docPayload}&signature=${docSignature}`,
      401,
      -2015,
    ],
    [
      '-1101 for a parameter that comes twice',
      docKey,
      `side=BUY&${docPayload}&signature=${docSignature}`,
      400,
      -1101,
    ],
    ['-1100 for broken percent-encoding', docKey, `a=%E0%A4%A&signature=${docSignature}`, 400, -1100],
  ])('answers %s', async (_, key, query, status, code) => {
    expect(await error(await post(query, { key }))).toEqual([status, code]);
    expect(bench.spot.calls).toEqual([]);
  });

  /** rest-api.md, "Timing security": timestamp < serverTime + 1000 and serverTime - timestamp <= recvWindow (5000). */
  it.each([
    [999, undefined, 200, undefined],
    [1_000, undefined, 400, -1021],
    [-5_000, undefined, 200, undefined],
    [-5_001, undefined, 400, -1021],
    [-60_000, '60000', 200, undefined],
    [-101, '100.5', 400, -1021],
    [-100, '100.5', 200, undefined],
    [0, '60001', 400, -1102],
    [0, '5.1234', 400, -1102],
  ])(
    'a timestamp %d ms from its time, recvWindow %s, is answered %d %s',
    async (offset, window, status, code) => {
      const payload = `timestamp=${docTime + offset}${window === undefined ? '' : `&recvWindow=${window}`}`;
      const response = await post(`${payload}&signature=${signers.hmac(payload)}`);
      const body = (await response.json()) as { code?: number };
      expect([response.status, body.code]).toEqual([status, code]);
    },
  );

  it('takes timestamps in microseconds, and asks for one', async () => {
    const payload = `timestamp=${docTime}123`;
    expect((await post(`${payload}&signature=${signers.hmac(payload)}`)).status).toBe(200);
    const none = await post(`symbol=A&signature=${signers.hmac('symbol=A')}`);
    expect(await none.json()).toEqual({
      code: -1102,
      msg: "Mandatory parameter 'timestamp' was not sent, was empty/null, or malformed.",
    });
  });

  it('writes integers beyond 2^53 whole', async () => {
    const text = await (await bench.signed('GET', '/api/v3/order')).text();
    expect(text).toContain('"orderId":9007199254740993,');
  });

  it('answers 404 for what is not there, in no JSON', async () => {
    for (const path of ['/api/v3/nothing', '/fapi/v1/nothing', '/elsewhere']) {
      const response = await bench.plain('GET', path);
      expect(response.status).toBe(404);
    }
    expect((await bench.plain('PUT', '/api/v3/ping')).status).toBe(404);
  });

  it('serves both venues', async () => {
    expect(await (await bench.plain('GET', '/api/v3/time')).json()).toEqual({ serverTime: docTime });
    expect(await (await bench.plain('GET', '/fapi/v1/time')).json()).toEqual({ serverTime: docTime });
    expect(await (await bench.plain('GET', '/sapi/v1/system/status')).json()).toEqual({
      status: 0,
      msg: 'normal',
    });
  });
});
