import type { ConnectionState } from '@mikrobot/core';

/** Tells the state of the connection when it changes, with what else is not well: delayed prices make `up` a `degraded`. */
export class News {
  readonly #tell: (state: ConnectionState) => void;
  readonly #conditions = new Map<string, string>();
  #state: ConnectionState['state'] | undefined;
  #told = '';

  constructor(tell: (state: ConnectionState) => void) {
    this.#tell = tell;
  }

  /** Something is not well, or well again where `detail` is undefined. */
  condition(name: string, detail: string | undefined): void {
    if (this.#conditions.get(name) === detail) return;
    if (detail === undefined) this.#conditions.delete(name);
    else this.#conditions.set(name, detail);
    if (this.#state === 'up') this.#say('up', false, 'all is well again');
  }

  up(dataLost: boolean, detail: string): void {
    this.#state = 'up';
    // What was lost is only asked for when the state is up, so that is told before the rest.
    if (dataLost && this.#conditions.size > 0) this.#tell({ state: 'up', dataLost, detail });
    this.#say('up', dataLost, detail);
  }

  /** TWS is there, but does not reach IB. */
  cut(detail: string): void {
    this.#state = 'degraded';
    this.#say('degraded', false, detail);
  }

  down(detail: string): void {
    // What never was up cannot go down.
    if (this.#state === undefined || this.#state === 'down') return;
    this.#state = 'down';
    this.#say('down', false, detail);
  }

  #say(state: ConnectionState['state'], dataLost: boolean, detail: string): void {
    const wrong = [...this.#conditions.values()].join('; ');
    const isImpaired = state === 'up' && wrong !== '';
    const told: ConnectionState = isImpaired
      ? { state: 'degraded', dataLost: false, detail: wrong }
      : { state, dataLost, detail };
    const text = `${told.state} ${told.detail}`;
    if (text === this.#told && !told.dataLost) return;
    this.#told = text;
    this.#tell(told);
  }
}
