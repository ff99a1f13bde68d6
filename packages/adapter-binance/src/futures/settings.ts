import { BinanceError } from '../errors.js';
import type { RestClient } from '../transport/rest-client.js';

/** "No need to change …": the account is as wanted already. Source: USD-M futures error codes. */
const ALREADY: ReadonlySet<number> = new Set([-4046, -4059]);

/** How margin is held for a symbol. */
export type MarginType = 'CROSSED' | 'ISOLATED';

/** Settings of a futures account. Errors of the venue are passed on as `BinanceError`; what is set already is no error. */
export class FuturesSettings {
  readonly #rest: RestClient;

  constructor(rest: RestClient) {
    this.#rest = rest;
  }

  /** @param leverage - 1 to 125, as far as the symbol allows */
  async leverage(symbol: string, leverage: number): Promise<void> {
    await this.#set('/fapi/v1/leverage', { symbol, leverage });
  }

  /** The venue refuses while the symbol has open orders or a position. */
  async marginType(symbol: string, marginType: MarginType): Promise<void> {
    await this.#set('/fapi/v1/marginType', { symbol, marginType });
  }

  /** For every symbol. The venue refuses while there is an open order or a position. */
  async hedge(on: boolean): Promise<void> {
    await this.#set('/fapi/v1/positionSide/dual', { dualSidePosition: String(on) });
  }

  async #set(path: string, params: Readonly<Record<string, string | number>>): Promise<void> {
    try {
      await this.#rest.request({ method: 'POST', path, params, security: 'signed', weight: 1 });
    } catch (error) {
      if (!(error instanceof BinanceError && ALREADY.has(error.code))) throw error;
    }
  }
}
