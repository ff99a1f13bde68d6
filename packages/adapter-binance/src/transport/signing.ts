import { MikroBotError } from '@mikrobot/core';
import type { KeyRing } from './keys.js';

/** Parameters of a request; undefined ones are left out. Prices and quantities are decimal strings. */
export type Params = Readonly<Record<string, string | number | boolean | undefined>>;

/** Parameters as they go out. */
export type SentParams = Readonly<Record<string, string | number | boolean>>;

const present = (params: Params): readonly (readonly [string, string | number | boolean])[] =>
  Object.entries(params).flatMap(([name, value]) => (value === undefined ? [] : [[name, value] as const]));

/** Percent-encoded, in the order given. */
export const queryOf = (params: Params): string =>
  present(params)
    .map(([name, value]) => `${encodeURIComponent(name)}=${encodeURIComponent(String(value))}`)
    .join('&');

/** The key ring, where one is needed. @throws `MikroBotError` `BAD_CONFIG` when there is none */
const needKeys = (keys: KeyRing | undefined): KeyRing => {
  if (keys !== undefined) return keys;
  throw new MikroBotError('BAD_CONFIG', 'There are no keys.', {
    where: 'binance keys',
    hint: 'Give `secrets` that know BINANCE_API_KEY.',
  });
};

/**
 * A signed query of the REST API. Source: rest-api.md, "SIGNED Endpoint Examples": what is signed is what is sent.
 * @param now - the venue's time, epoch ms
 * @param recvWindow - ms
 */
export const signedQuery = (
  params: Params,
  keys: KeyRing | undefined,
  now: number,
  recvWindow: number,
): string => {
  const ring = needKeys(keys);
  const payload = queryOf({ ...params, recvWindow, timestamp: Math.floor(now) });
  return `${payload}&signature=${encodeURIComponent(ring.sign(payload))}`;
};

/**
 * Signed parameters of the WebSocket API. Source: web-socket-api.md, "SIGNED request example": sorted by name, not
 * percent-encoded.
 * @param now - the venue's time, epoch ms
 * @param recvWindow - ms
 */
export const signedParams = (params: Params, keys: KeyRing, now: number, recvWindow: number): SentParams => {
  const all = present({ ...params, apiKey: keys.apiKey, recvWindow, timestamp: Math.floor(now) });
  const sorted = [...all].sort(([a], [b]) => (a < b ? -1 : 1));
  const payload = sorted.map(([name, value]) => `${name}=${value}`).join('&');
  return { ...Object.fromEntries(sorted), signature: keys.sign(payload) };
};
