import type { ConnectionState } from '@mikrobot/core';

/**
 * One state of several lines. Without the private line nothing is known of the account, so it is down; without market data alone it
 * is degraded. Lost events are told with the state `up` that follows, for only then everything can be asked for.
 */
export class Lines {
  readonly #tell: (state: ConnectionState) => void;
  readonly #marketsDown = new Set<string>();
  #private = false;
  #lost = false;
  #told: ConnectionState['state'] = 'down';

  constructor(tell: (state: ConnectionState) => void) {
    this.#tell = tell;
  }

  /** As last told. */
  get state(): ConnectionState['state'] {
    return this.#told;
  }

  /** @param lost - events of the account may be missing */
  privateUp(lost: boolean): void {
    this.#private = true;
    this.#lost ||= lost;
    this.#tellState(lost ? 'the user stream is back' : 'connected');
  }

  privateDown(reason: string): void {
    this.#private = false;
    this.#tellState(reason);
  }

  /** @param name - of the line */
  marketUp(name: string): void {
    this.#marketsDown.delete(name);
    this.#tellState(`${name} market data is back`);
  }

  marketDown(name: string, reason: string): void {
    this.#marketsDown.add(name);
    this.#tellState(`${name} market data: ${reason}`);
  }

  #tellState(detail: string): void {
    const state = !this.#private ? 'down' : this.#marketsDown.size > 0 ? 'degraded' : 'up';
    const lost = state === 'up' && this.#lost;
    if (state === this.#told && !lost) return;
    this.#told = state;
    if (lost) this.#lost = false;
    this.#tell({ state, dataLost: lost, detail });
  }
}
