import type { ConnectionState } from '@mikrobot/core';

/** Tells how the line is, and never the same twice. */
export class LinkState {
  readonly #tell: (state: ConnectionState) => void;
  #last: ConnectionState | undefined;

  constructor(tell: (state: ConnectionState) => void) {
    this.#tell = tell;
  }

  /** Whether anything but `down` was told last. */
  get isOpen(): boolean {
    return this.#last !== undefined && this.#last.state !== 'down';
  }

  say(state: ConnectionState['state'], detail: string, dataLost = false): void {
    // Before the first connection there is nothing that could be down.
    if (state === 'down' && !this.isOpen) return;
    if (!dataLost && this.#last?.state === state && this.#last.detail === detail) return;
    this.#last = { state, dataLost, detail };
    this.#tell(this.#last);
  }
}
