import type { Route, VenueCall } from '../exchange.js';
import { doorErrors } from '../shared/errors.js';
import type { KnownKey } from './keys.js';
import type { RateLimits } from './limits.js';
import { checkTiming } from './timing.js';

/** A request as it came, by REST or by the WebSocket API. */
export interface Ask {
  /** By method and path, such as `POST /api/v3/order`; of a WebSocket request, its route's. */
  readonly name: string;
  readonly route: Route;
  /** All parameters, also those of security. */
  readonly params: Readonly<Record<string, string>>;
  /** What the signature must be of. */
  readonly payload: string;
  readonly apiKey: string | undefined;
  /** The key that a session logged on with: it needs no signature of its own. */
  readonly session?: KnownKey | undefined;
}

/** Parameters of security, which no exchange sees. */
const SECURITY = new Set(['signature', 'timestamp', 'recvWindow', 'apiKey', 'returnRateLimits']);

const KEY_FORMAT = /^[A-Za-z0-9]{64}$/;

/** What every request passes before an exchange hears of it: limits, key, signature, time. */
export class Door {
  readonly limits: RateLimits;
  readonly #keys: ReadonlyMap<string, KnownKey>;

  constructor(keys: ReadonlyMap<string, KnownKey>, limits: RateLimits) {
    this.#keys = keys;
    this.limits = limits;
  }

  /**
   * The call that an exchange may handle.
   * @param now - the venue's time, epoch ms
   * @throws VenueError when it may not come in
   */
  admit(ask: Ask, now: number): VenueCall {
    const { route } = ask;
    const params = Object.fromEntries(Object.entries(ask.params).filter(([name]) => !SECURITY.has(name)));
    this.limits.weigh(typeof route.weight === 'number' ? route.weight : route.weight(params), now);
    const account = this.#account(ask, now);
    this.limits.checkOrders(account, route.orders ?? 0, now);
    return { params, account, now: Math.floor(now) };
  }

  /**
   * The key that a request proves to have.
   * @throws VenueError -2014, -2015, -1102, -1022, -1021
   */
  prove(ask: Pick<Ask, 'apiKey' | 'params' | 'payload'>, now: number): KnownKey {
    const key = this.key(ask.apiKey);
    const { signature } = ask.params;
    if (signature === undefined || signature === '') throw doorErrors.mandatory('signature');
    if (!key.verify(ask.payload, signature)) throw doorErrors.signature();
    checkTiming(ask.params, now);
    return key;
  }

  /** @throws VenueError -2014 for what cannot be a key, -2015 for one that is not known */
  key(apiKey: string | undefined): KnownKey {
    const key = this.#keys.get(apiKey ?? '');
    if (key !== undefined) return key;
    throw KEY_FORMAT.test(apiKey ?? '') ? doorErrors.key() : doorErrors.keyFormat();
  }

  #account(ask: Ask, now: number): string {
    const { security } = ask.route;
    if (security === 'NONE') return '';
    const key = this.#keyOf(ask, now);
    if (!key.may(security)) throw doorErrors.key();
    return key.account;
  }

  #keyOf(ask: Ask, now: number): KnownKey {
    const { security } = ask.route;
    if (security === 'MARKET_DATA' || security === 'USER_STREAM')
      return ask.apiKey === undefined && ask.session !== undefined ? ask.session : this.key(ask.apiKey);
    if (ask.session === undefined || ask.apiKey !== undefined) return this.prove(ask, now);
    checkTiming(ask.params, now);
    return ask.session;
  }
}
