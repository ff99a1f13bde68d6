import { createHash, createHmac, timingSafeEqual } from 'node:crypto';
import { BlockList, isIP } from 'node:net';
import { BoundedMap, type Secrets } from '@mikrobot/core';
import { badOption } from './options.js';

/** Why somebody may not come in, with the HTTP status that says so. */
export interface Denial {
  readonly status: 401 | 403 | 409;
  readonly message: string;
}

/** What of a request matters for letting it in. */
export interface Visitor {
  readonly body: Buffer;
  /** A header's value; undefined when it is missing or given twice. */
  header(name: string): string | undefined;
}

/** Signatures that are remembered, so that a copied request is refused. */
const REMEMBERED = 10_000;

/** Comparing digests takes the same time wherever they differ. */
const same = (given: string, wanted: string): boolean => {
  const digest = (text: string): Buffer => createHash('sha256').update(text).digest();
  return timingSafeEqual(digest(given), digest(wanted));
};

/** Addresses of IPv4 that come in by an IPv6 socket. */
const plainAddress = (ip: string): string =>
  ip.startsWith('::ffff:') && isIP(ip.slice(7)) === 4 ? ip.slice(7) : ip;

/**
 * A list of addresses and networks.
 * @throws `MikroBotError` `BAD_CONFIG` naming the entry that is none.
 */
export const allowList = (entries: readonly string[]): ((ip: string) => boolean) => {
  const list = new BlockList();
  for (const entry of entries) {
    const [address = '', bits] = entry.split('/');
    const version = isIP(address);
    const widest = version === 4 ? 32 : 128;
    const prefix = bits === undefined ? widest : Number(bits);
    if (version === 0 || !Number.isInteger(prefix) || prefix < 0 || prefix > widest) {
      throw badOption(
        `'${entry}' is no address and no network.`,
        'allow',
        "Write '192.168.1.7' or '10.0.0.0/8'.",
      );
    }
    list.addSubnet(address, prefix, version === 4 ? 'ipv4' : 'ipv6');
  }
  return (ip) => {
    const address = plainAddress(ip);
    return isIP(address) !== 0 && list.check(address, isIP(address) === 4 ? 'ipv4' : 'ipv6');
  };
};

/** The secrets of a door. */
export interface Keys {
  readonly apiKey: string | undefined;
  readonly hmac: string | undefined;
}

/**
 * Fetches the secrets by their names.
 * @throws `MikroBotError` `BAD_CONFIG` when there is none of that name, and when no name is given at all.
 */
export const keysOf = async (
  secrets: Secrets,
  names: { readonly apiKey: string | undefined; readonly hmac: string | undefined },
): Promise<Keys> => {
  if (names.apiKey === undefined && names.hmac === undefined) {
    const hint = "Give 'apiKey' or 'hmacSecret' the name of a secret.";
    throw badOption('There is no key, so that anybody could trade.', 'apiKey, hmacSecret', hint);
  }
  const secret = async (name: string | undefined, where: string): Promise<string | undefined> => {
    if (name === undefined) return undefined;
    const value = await secrets.get(name);
    if (value === undefined || value === '')
      throw badOption(`There is no secret '${name}'.`, where, 'Set it.');
    return value;
  };
  return { apiKey: await secret(names.apiKey, 'apiKey'), hmac: await secret(names.hmac, 'hmacSecret') };
};

/** Judges who may come in: address, key, signature, and that a signed request comes once. */
export class Doorkeeper {
  readonly #keys: Keys;
  readonly #isAllowed: (ip: string) => boolean;
  readonly #maxSkew: number;
  readonly #seen = new BoundedMap<string, true>(REMEMBERED);

  constructor(keys: Keys, isAllowed: (ip: string) => boolean, maxSkew: number) {
    this.#keys = keys;
    this.#isAllowed = isAllowed;
    this.#maxSkew = maxSkew;
  }

  /** Before the body is read. */
  address(ip: string): Denial | undefined {
    return this.#isAllowed(ip) ? undefined : { status: 403, message: 'this address is not on the list' };
  }

  /** @param now - epoch ms */
  judge(visitor: Visitor, now: number): Denial | undefined {
    const { apiKey, hmac } = this.#keys;
    if (apiKey !== undefined && !same(visitor.header('x-api-key') ?? '', apiKey)) {
      return { status: 401, message: 'X-API-Key is missing or wrong' };
    }
    return hmac === undefined ? undefined : this.#signature(visitor, hmac, now);
  }

  #signature({ body, header }: Visitor, secret: string, now: number): Denial | undefined {
    const time = header('x-timestamp') ?? '';
    const given = header('x-signature') ?? '';
    const wanted = createHmac('sha256', secret).update(`${time}.`).update(body).digest('hex');
    if (!same(given, `sha256=${wanted}`)) return { status: 401, message: 'X-Signature is missing or wrong' };
    const age = Math.abs(now - Number(time) * 1_000);
    if (age <= this.#maxSkew) return undefined;
    return { status: 401, message: 'X-Timestamp is too old, or the clocks differ' };
  }

  /** A signature counts once. A sender that asks again by its Idempotency-Key is answered before this is asked. */
  repeated({ header }: Visitor): Denial | undefined {
    const given = this.#keys.hmac === undefined ? undefined : header('x-signature');
    if (given === undefined) return undefined;
    if (this.#seen.has(given)) return { status: 409, message: 'this request was made before' };
    this.#seen.set(given, true);
    return undefined;
  }
}
