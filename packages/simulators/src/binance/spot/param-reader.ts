import type { VenueCall, VenueError } from '../exchange.js';
import { SCALE } from '../filters/filter-checks.js';
import { toUnits } from '../shared/decimal.js';
import { spotErrors } from './errors.js';

const DECIMAL = '^([0-9]{1,20})(\\.[0-9]{1,20})?$';
const LONG = '^[0-9]{1,20}$';
/** What a client may call an order. */
const CLIENT_ID = '^[a-zA-Z0-9-_]{1,36}$';
const LARGEST_LONG = 2n ** 63n - 1n;

/** Reads the parameters of a request, with the venue's errors for what is missing or malformed. */
export class ParamReader {
  readonly #params: VenueCall['params'];

  /**
   * @param known - names that the request may have
   * @param signed - whether `timestamp` and `signature` were sent beside
   * @throws VenueError -1104 for a parameter that nobody reads
   */
  constructor(params: VenueCall['params'], known: readonly string[], signed = true) {
    this.#params = params;
    const names = Object.keys(params);
    const read = names.filter((name) => known.includes(name)).length;
    const door = signed ? 2 : 0;
    if (read < names.length) throw spotErrors.unread(read + door, names.length + door);
  }

  has(name: string): boolean {
    return this.#params[name] !== undefined;
  }

  /** @throws VenueError -1105 when it was sent empty */
  text(name: string): string | undefined {
    const value = this.#params[name];
    if (value === '') throw spotErrors.empty(name);
    return value;
  }

  /** @throws VenueError -1102, -1105 */
  mandatory(name: string): string {
    const value = this.text(name);
    if (value === undefined) throw spotErrors.mandatory(name);
    return value;
  }

  /**
   * A decimal in units of 10^-8.
   * @throws VenueError -1100 for what is no plain decimal (`1e-7`), -1111 for more than eight decimals
   */
  decimal(name: string): bigint | undefined {
    const value = this.text(name);
    if (value === undefined) return undefined;
    if (!new RegExp(DECIMAL).test(value)) throw spotErrors.illegal(name, DECIMAL);
    try {
      return toUnits(value, SCALE);
    } catch {
      throw spotErrors.precision(name);
    }
  }

  /** @throws VenueError -1100, -1108 */
  long(name: string): bigint | undefined {
    const value = this.text(name);
    if (value === undefined) return undefined;
    if (!new RegExp(LONG).test(value)) throw spotErrors.illegal(name, LONG);
    if (BigInt(value) > LARGEST_LONG) throw spotErrors.overflow(name);
    return BigInt(value);
  }

  /** A count from 1 on, never more than `most`. @throws VenueError -1100, -1130 */
  limit(name: string, usual: number, most: number): number {
    const value = this.long(name);
    if (value === undefined) return usual;
    if (value === 0n) throw spotErrors.invalid(name);
    return value > BigInt(most) ? most : Number(value);
  }

  /** Epoch ms; texts in microseconds are taken as such. */
  time(name: string): number | undefined {
    const value = this.long(name);
    if (value === undefined) return undefined;
    return value > 10n ** 14n ? Number(value / 1000n) : Number(value);
  }

  /** @throws `error` when the value is none of `values` */
  oneOf<const T extends string>(name: string, values: readonly T[], error: () => VenueError): T | undefined {
    const value = this.text(name);
    if (value === undefined) return undefined;
    const found = values.find((one) => one === value);
    if (found === undefined) throw error();
    return found;
  }

  /** @throws VenueError -1100 for what is no boolean */
  flag(name: string): boolean | undefined {
    const value = this.oneOf(name, ['true', 'false'], () => spotErrors.illegal(name, '^(true|false)$'));
    return value === undefined ? undefined : value === 'true';
  }

  /** The name that a client gives an order, a list or a cancel. @throws VenueError -1100 */
  clientId(name: string): string | undefined {
    const value = this.text(name);
    if (value !== undefined && !new RegExp(CLIENT_ID).test(value)) throw spotErrors.illegal(name, CLIENT_ID);
    return value;
  }
}
