/**
 * The present market of every instrument in columns, so that a tick writes numbers in place and makes nothing.
 * `low` and `high` bound where nothing can happen: a tick with its bid above `low` and its ask below `high` touches no order and
 * no margin level.
 */
export class QuoteColumns {
  readonly bid: Float64Array;
  readonly ask: Float64Array;
  readonly time: Float64Array;
  /** Volume of the present tick; 0 when unknown. */
  readonly volume: Float64Array;
  /** Exponential mean of the mid's absolute move from tick to tick. */
  readonly move: Float64Array;
  readonly low: Float64Array;
  readonly high: Float64Array;

  constructor(size: number) {
    this.bid = new Float64Array(size).fill(Number.NaN);
    this.ask = new Float64Array(size).fill(Number.NaN);
    this.time = new Float64Array(size).fill(Number.NEGATIVE_INFINITY);
    this.volume = new Float64Array(size);
    this.move = new Float64Array(size);
    // The first quote of an instrument is looked at: it may complete a conversion rate.
    this.low = new Float64Array(size).fill(Number.POSITIVE_INFINITY);
    this.high = new Float64Array(size).fill(Number.NEGATIVE_INFINITY);
  }

  quoted(index: number): boolean {
    return this.bid[index]! > 0;
  }

  mid(index: number): number {
    return (this.bid[index]! + this.ask[index]!) / 2;
  }
}
