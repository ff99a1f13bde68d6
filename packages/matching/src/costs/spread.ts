import type { AssetClass, Instrument } from '@mikrobot/core';
import { nextRollOver, previousRollOver } from '../roll-over.js';

/** The spread of a market whose data has no ask. Data that has both sides keeps its own spread. */
export interface SpreadModel {
  /** Pips of the instrument between bid and ask. */
  readonly pips: number;
  /** Pips that hold instead for these asset classes. */
  readonly byAssetClass: Readonly<Partial<Record<AssetClass, number>>>;
  /** Multiplies the spread on both sides of the roll-over at 17:00 New York, when banks hardly quote. */
  readonly widening: { readonly minutes: number; readonly factor: number } | undefined;
}

const MINUTE = 60_000;

/** Width of the modelled spread in price, on the grid (rounded up), outside the widened minutes. */
export const spreadWidth = (model: SpreadModel, instrument: Instrument): number => {
  const pips = model.byAssetClass[instrument.assetClass] ?? model.pips;
  const steps = (pips * instrument.pipSize) / instrument.tickSize;
  return Math.ceil(steps - 1e-6) * instrument.tickSize;
};

/** Supplies asks that data does not have. Instruments are named by their position in the list it was made with. */
export class AskModel {
  readonly #model: SpreadModel;
  readonly #width: Float64Array;
  readonly #power: Float64Array;
  // The widened minutes lie round two roll-overs, and a day is looked up once, not at each row.
  #dayFrom = Number.POSITIVE_INFINITY;
  #dayTo = Number.NEGATIVE_INFINITY;

  constructor(model: SpreadModel, instruments: readonly Instrument[]) {
    this.#model = model;
    this.#width = Float64Array.from(instruments, (i) => spreadWidth(model, i));
    this.#power = Float64Array.from(instruments, (i) => 10 ** i.priceDecimals);
  }

  /** The ask that belongs to a bid at `time` (epoch ms). */
  ask(index: number, time: number, bid: number): number {
    const { widening } = this.#model;
    let width = this.#width[index]!;
    if (widening !== undefined && this.#isWide(time, widening.minutes)) width *= widening.factor;
    const power = this.#power[index]!;
    return Math.round((bid + width) * power) / power;
  }

  #isWide(time: number, minutes: number): boolean {
    if (time < this.#dayFrom || time >= this.#dayTo) {
      this.#dayFrom = previousRollOver(time);
      this.#dayTo = nextRollOver(time);
    }
    const span = minutes * MINUTE;
    return time < this.#dayFrom + span || time >= this.#dayTo - span;
  }
}
