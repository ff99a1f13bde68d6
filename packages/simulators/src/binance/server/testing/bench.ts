import { createHmac, generateKeyPairSync, type KeyObject, sign } from 'node:crypto';
import { VirtualClock } from '@mikrobot/core';
import type { VenueLimits } from '../limits.js';
import { type BinanceSimulator, serveExchanges } from '../simulator.js';
import { DummyExchange } from './dummy-exchange.js';

/** The key of the examples in rest-api.md and web-socket-api.md of the venue's documentation. */
export const docKey = 'vmPUZE6mv9SD5VNHk4HlWFsOr6aKE2zvsw0MuIgwCIPy6utIco14y7Ju91duEh8A';
const docSecret = 'NhqPtmdSJYdKjVHjA7PZj4Mge3R5YNiP1e3UZjInClVN65XAbvqqM6A7H5fATj0j';

const pem = (key: KeyObject): string => String(key.export({ type: 'spki', format: 'pem' }));
const ed25519 = generateKeyPairSync('ed25519');
const rsa = generateKeyPairSync('rsa', { modulusLength: 2_048 });
export const edKey = 'E'.repeat(64);
export const rsaKey = 'R'.repeat(64);
export const readKey = 'O'.repeat(64);

/** Signs as the documentation says. */
export const signers = {
  hmac: (payload: string) => createHmac('sha256', docSecret).update(payload).digest('hex'),
  ed25519: (payload: string) => sign(null, Buffer.from(payload), ed25519.privateKey).toString('base64'),
  rsa: (payload: string) => sign('sha256', Buffer.from(payload), rsa.privateKey).toString('base64'),
};

/** A simulator with dummy exchanges, a clock that stands at the time of the documentation's example, and requests to it. */
export interface Bench {
  readonly simulator: BinanceSimulator;
  readonly clock: VirtualClock;
  readonly spot: DummyExchange;
  readonly futures: DummyExchange;
  /** Sends a request with the documentation's key, signed, at the clock's time. */
  signed(method: string, path: string, params?: Readonly<Record<string, string>>): Promise<Response>;
  plain(method: string, path: string): Promise<Response>;
  /** Parameters of a request of the WebSocket API, signed. */
  wsParams(params?: Readonly<Record<string, string | number>>): Record<string, string | number>;
}

/** The timestamp in the examples of rest-api.md. */
export const docTime = 1_499_827_319_559;

/** @param at - the venue's time, epoch ms */
export const openBench = async (limits?: VenueLimits, at = docTime): Promise<Bench> => {
  const clock = new VirtualClock(at);
  const spot = new DummyExchange('/api/v3');
  const futures = new DummyExchange('/fapi/v1');
  const simulator = await serveExchanges({
    spot: { exchange: spot, limits },
    futures: { exchange: futures, limits },
    accounts: [
      {
        name: 'main',
        keys: [
          { apiKey: docKey, secret: docSecret },
          { apiKey: edKey, publicKey: pem(ed25519.publicKey) },
          { apiKey: rsaKey, publicKey: pem(rsa.publicKey) },
        ],
      },
      {
        name: 'watcher',
        keys: [{ apiKey: readKey, secret: docSecret, permissions: ['USER_DATA', 'USER_STREAM'] }],
      },
    ],
    clock,
  });
  const plain = (method: string, path: string): Promise<Response> =>
    fetch(simulator.url + path, { method, headers: { 'X-MBX-APIKEY': docKey } });
  return {
    simulator,
    clock,
    spot,
    futures,
    plain,
    signed(method, path, params = {}) {
      const payload = new URLSearchParams({ ...params, timestamp: String(clock.now()) }).toString();
      return plain(method, `${path}?${payload}&signature=${signers.hmac(payload)}`);
    },
    wsParams(params = {}) {
      const all: Record<string, string | number> = { ...params, apiKey: docKey, timestamp: clock.now() };
      const payload = Object.keys(all)
        .sort()
        .map((name) => `${name}=${all[name]}`)
        .join('&');
      return { ...all, signature: signers.hmac(payload) };
    },
  };
};
