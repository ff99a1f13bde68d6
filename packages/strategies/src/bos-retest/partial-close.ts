import { type Draft, type Quote, roundQuantity, type Side, type StrategyContext } from '@mikrobot/core';

/** Closes half of a position once its profit has reached a multiple of the stop's first distance. */
export class PartialClose {
  readonly #context: StrategyContext;
  readonly #atR: number;
  #side: Side | undefined;
  #stop = 0;

  /** @param atR - profit in multiples of the distance from the average entry price to the first stop */
  constructor(context: StrategyContext, atR: number) {
    this.#context = context;
    this.#atR = atR;
  }

  /** Takes note of an entry that was asked for. It may never be filled: then no position comes, and nothing happens. */
  entry(side: Side, stop: number): void {
    this.#side = side;
    this.#stop = stop;
  }

  /** The exit of half of the position, once; undefined while there is nothing to do. */
  tick(quote: Quote): Draft | undefined {
    const { position, instrument, signal } = this.#context;
    if (this.#side === undefined || position.flat) return undefined;
    // After a reversal was asked for, the old position is still there until its exit fills.
    if (position.long !== (this.#side === 'buy')) return undefined;
    const entry = position.averagePrice;
    const profit = position.long ? quote.bid - entry : entry - quote.ask;
    // Differences of decimal prices are off by binary dust, which must not cost a tick.
    if (profit < this.#atR * Math.abs(entry - this.#stop) - 1e-6 * instrument.tickSize) return undefined;

    this.#side = undefined;
    const quantity = roundQuantity(instrument, Math.abs(position.quantity) / 2);
    if (quantity < instrument.minQuantity) return undefined;
    return signal.exit({ quantity, reason: `half closed at ${this.#atR} R` });
  }
}
