import type { TickBatch } from '@mikrobot/core';

/** Ticks that most batches hold. */
export const batchTicks = 8192;

/** A batch that is filled again and again. */
export class TickBuffer implements TickBatch {
  length = 0;
  readonly symbols: readonly string[];
  readonly symbol: Uint16Array;
  readonly time: Float64Array;
  readonly bid: Float64Array;
  readonly ask: Float64Array;
  readonly volume: Float64Array;
  /** Undefined while a row is in the batch whose source could not say. */
  path: Uint8Array | undefined;
  readonly #path: Uint8Array;

  /** @param capacity - ticks */
  constructor(symbols: readonly string[], capacity: number) {
    this.symbols = symbols;
    this.symbol = new Uint16Array(capacity);
    this.time = new Float64Array(capacity);
    this.bid = new Float64Array(capacity);
    this.ask = new Float64Array(capacity);
    this.volume = new Float64Array(capacity);
    this.#path = new Uint8Array(capacity);
    this.path = this.#path;
  }

  get full(): boolean {
    return this.length === this.time.length;
  }

  clear(): void {
    this.length = 0;
    this.path = this.#path;
  }
}
