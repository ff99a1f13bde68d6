import { at, type Json } from './json.js';
import type { Key } from './signer.js';

/** Parameters in the order in which they are sent. */
export type Params = Readonly<Record<string, string | number>>;

export interface Answer {
  readonly status: number;
  readonly headers: Headers;
  readonly body: Json;
}

type Method = 'GET' | 'POST' | 'PUT' | 'DELETE';

/** Percent-encoded, as it is signed and sent. */
export const encoded = (params: Params): string =>
  Object.entries(params)
    .map(([name, value]) => `${encodeURIComponent(name)}=${encodeURIComponent(value)}`)
    .join('&');

/** Says an answer as `400 -1121 Invalid symbol.`, or by its status alone when it is no error. */
export const said = ({ status, body }: Answer): string =>
  at(body, 'code') === undefined
    ? String(status)
    : `${status} ${String(at(body, 'code'))} ${String(at(body, 'msg'))}`;

/** Only code and message of an error, where no documentation fixes the HTTP status. */
export const complained = ({ body }: Answer): string => `${at(body, 'code')} ${at(body, 'msg')}`;

/** Speaks to a venue by plain HTTP with one key. */
export class Caller {
  readonly key: Key;
  readonly #base: string;
  readonly #now: () => number;

  constructor(base: string, key: Key, now: () => number) {
    this.#base = base;
    this.key = key;
    this.#now = now;
  }

  /** The same account by another key. */
  with(key: Key): Caller {
    return new Caller(this.#base, key, this.#now);
  }

  /** Sends exactly this. */
  async raw(
    method: Method,
    target: string,
    headers: Readonly<Record<string, string>> = {},
    body?: string,
  ): Promise<Answer> {
    const response = await fetch(this.#base + target, {
      method,
      headers:
        body === undefined ? headers : { 'content-type': 'application/x-www-form-urlencoded', ...headers },
      ...(body === undefined ? {} : { body }),
    });
    const text = await response.text();
    return {
      status: response.status,
      headers: response.headers,
      body: text === '' ? null : JSON.parse(text),
    };
  }

  /** Without key and signature. */
  open(path: string, params: Params = {}): Promise<Answer> {
    const query = encoded(params);
    return this.raw('GET', query === '' ? path : `${path}?${query}`);
  }

  /** With the key in the header and no signature. */
  keyed(method: Method, path: string): Promise<Answer> {
    return this.raw(method, path, this.header);
  }

  get(path: string, params: Params = {}): Promise<Answer> {
    return this.signed('GET', path, params);
  }

  post(path: string, params: Params = {}): Promise<Answer> {
    return this.signed('POST', path, params);
  }

  put(path: string, params: Params = {}): Promise<Answer> {
    return this.signed('PUT', path, params);
  }

  delete(path: string, params: Params = {}): Promise<Answer> {
    return this.signed('DELETE', path, params);
  }

  /** Everything in the query string; `timestamp` is the venue's time unless it is given. */
  signed(method: Method, path: string, params: Params): Promise<Answer> {
    const payload = encoded({ timestamp: this.#now(), ...params });
    return this.raw(method, `${path}?${payload}&signature=${this.signature(payload)}`, this.header);
  }

  /** Percent-encoded signature of a payload. */
  signature(payload: string): string {
    return encodeURIComponent(this.key.sign(payload));
  }

  get header(): Record<string, string> {
    return { 'X-MBX-APIKEY': this.key.apiKey };
  }
}
