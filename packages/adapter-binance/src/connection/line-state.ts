import type { ConnectionState } from '@mikrobot/core';

/**
 * The state of all lines as one: `up` when user data and market streams are, `degraded` when only the prices are missing, `down` when
 * fills would not be heard.
 */
export class LineState {
  readonly #emit: (state: ConnectionState) => void;
  readonly #silent = new Set<string>();
  #told: ConnectionState['state'] | undefined;
  #user = false;
  #lost = false;
  /** What was lost was told while prices were missing; it is told again when all is well. */
  #toldLost = false;

  constructor(emit: (state: ConnectionState) => void) {
    this.#emit = emit;
  }

  /** Whether user data is heard. */
  get user(): boolean {
    return this.#user;
  }

  userUp(dataLost: boolean, detail: string): void {
    this.#user = true;
    this.#lost ||= dataLost;
    this.#toldLost = false;
    this.#tell(detail);
  }

  userDown(detail: string): void {
    this.#user = false;
    this.#tell(detail);
  }

  /** Streams whose line is open or not. */
  market(streams: readonly string[], up: boolean, detail: string): void {
    for (const stream of streams) {
      if (up) this.#silent.delete(stream);
      else this.#silent.add(stream);
    }
    this.#tell(detail);
  }

  /** News that must be told although the line is as it was. */
  lost(detail: string): void {
    this.#lost = true;
    this.#toldLost = false;
    this.#tell(detail);
  }

  note(detail: string): void {
    if (this.#told === 'up') this.#emit({ state: 'up', dataLost: false, detail });
  }

  close(detail: string): void {
    this.#user = false;
    this.#tell(detail);
  }

  #tell(detail: string): void {
    const state = !this.#user ? 'down' : this.#silent.size > 0 ? 'degraded' : 'up';
    const news = this.#lost && !this.#toldLost && state !== 'down';
    if (state === this.#told && !news) return;
    // A line that was never up cannot go down.
    if (state === 'down' && this.#told === undefined) return;
    this.#told = state;
    // What was lost must be asked for now, even while prices are missing.
    if (news && state === 'degraded') {
      this.#toldLost = true;
      this.#emit({ state: 'up', dataLost: true, detail });
    }
    const dataLost = state === 'up' && this.#lost;
    if (dataLost) {
      this.#lost = false;
      this.#toldLost = false;
    }
    this.#emit({ state, dataLost, detail });
  }
}
