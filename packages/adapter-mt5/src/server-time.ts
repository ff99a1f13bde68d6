import { type Zone, zoneOf } from '@mikrobot/core';

/**
 * Times of MetaTrader 5: epoch ms of the trade server's wall clock, as if that were UTC. With the broker's zone they are told apart over
 * changes of the clocks; without it, the offset that the terminal sees now is taken for all times, so that bars of another season are an
 * hour off.
 */
export class ServerTime {
  readonly #zone: Zone | undefined;
  #offset = 0;

  /**
   * @param zone - IANA name of the server's zone, such as `Europe/Athens`
   * @throws `MikroBotError` `BAD_CONFIG` for a zone that does not exist
   */
  constructor(zone: string | undefined) {
    this.#zone = zone === undefined ? undefined : zoneOf(zone);
  }

  /** Takes what the terminal sees: how far the server's clock is ahead of UTC, ms. */
  observe(offset: number): void {
    this.#offset = offset;
  }

  /** @param server - epoch ms of the server's clock @returns epoch ms UTC */
  toUtc(server: number): number {
    const zone = this.#zone;
    const seen = server - this.#offset;
    // In the hour that comes twice, the terminal knows which of the two it is.
    if (zone === undefined || zone.toLocal(seen) === server) return seen;
    return zone.toUtc(server);
  }

  /** @param utc - epoch ms UTC @returns epoch ms of the server's clock */
  toServer(utc: number): number {
    return this.#zone === undefined ? utc + this.#offset : this.#zone.toLocal(utc);
  }
}
