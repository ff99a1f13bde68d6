import * as z from 'zod';
import { checkShare } from '../numeric/check.js';
import { readSaved } from '../saved.js';
import { checkValue } from '../values.js';

const five = z.array(z.number()).max(5);

const stateSchema = z.strictObject({
  p: z.number().gt(0).lt(1),
  n: z.number().int().nonnegative(),
  heights: five,
  places: five,
});

/** What a {@link P2Quantile} remembers. Plain JSON. */
export type P2QuantileState = Readonly<z.infer<typeof stateSchema>>;

/**
 * One quantile of a stream from five markers (Jain and Chlamtac, The P^2 algorithm, CACM 28, 1985). The smallest of all estimators,
 * without a bound on its error: for figures that decide something take a {@link QuantileSketch}.
 */
export class P2Quantile {
  readonly p: number;
  #n = 0;
  /** The markers' values; until there are five, the values themselves. Ascending. */
  #heights: number[] = [];
  /** How many values are at most as large as a marker, as far as is known. */
  #places: number[] = [1, 2, 3, 4, 5];

  /**
   * @param p - probability, between 0 and 1
   * @throws `MikroBotError` `BAD_CONFIG` when it does not lie between them.
   */
  constructor(p: number) {
    checkShare(p, 'the probability of a quantile');
    this.p = p;
  }

  /**
   * The estimate that was saved.
   * @throws `MikroBotError` `BAD_DATA` when it is no state.
   */
  static from(state: unknown): P2Quantile {
    const { p, n, heights, places } = readSaved(
      stateSchema.refine((s) => s.places.length === 5 && s.heights.length === Math.min(5, s.n), {
        error: 'There are not as many markers as values ask for',
      }),
      state,
      'the state of a P2 quantile',
    );
    const quantile = new P2Quantile(p);
    quantile.#n = n;
    quantile.#heights = [...heights];
    quantile.#places = [...places];
    return quantile;
  }

  /** Plain JSON, from which {@link P2Quantile.from} goes on to the last bit. */
  state(): P2QuantileState {
    return { p: this.p, n: this.#n, heights: [...this.#heights], places: [...this.#places] };
  }

  get n(): number {
    return this.#n;
  }

  /** @throws `MikroBotError` `BAD_DATA` when it is not finite. */
  push(x: number): void {
    checkValue(x, 'a quantile');
    const q = this.#heights;
    if (this.#n++ < 5) {
      q.push(x);
      q.sort((a, b) => a - b);
      return;
    }
    if (x < q[0]!) q[0] = x;
    if (x > q[4]!) q[4] = x;
    // The last marker counts every value, the first none but itself.
    for (let i = 1; i < 5; i++) if (i === 4 || x < q[i]!) this.#places[i]!++;
    for (let i = 1; i < 4; i++) this.#adjust(i);
  }

  /** Exact up to five values (type 7); undefined without any. */
  get value(): number | undefined {
    const q = this.#heights;
    if (this.#n > 5) return q[2];
    const place = (q.length - 1) * this.p;
    const lower = q[Math.floor(place)];
    if (lower === undefined) return undefined;
    return lower + (place - Math.floor(place)) * ((q[Math.floor(place) + 1] ?? lower) - lower);
  }

  /** Moves a marker by one place when it is one or more away from where it should be. */
  #adjust(i: number): void {
    const q = this.#heights;
    const places = this.#places;
    const share = i === 1 ? this.p / 2 : i === 2 ? this.p : (1 + this.p) / 2;
    const missing = 1 + (this.#n - 1) * share - places[i]!;
    const up = places[i + 1]! - places[i]!;
    const down = places[i - 1]! - places[i]!;
    if (!((missing >= 1 && up > 1) || (missing <= -1 && down < -1))) return;
    const step = missing > 0 ? 1 : -1;
    const rise = (q[i + 1]! - q[i]!) / up;
    const fall = (q[i]! - q[i - 1]!) / -down;
    const parabolic = q[i]! + (step / (up - down)) * ((step - down) * rise + (up - step) * fall);
    q[i] =
      q[i - 1]! < parabolic && parabolic < q[i + 1]! ? parabolic : q[i]! + step * (step > 0 ? rise : fall);
    places[i]! += step;
  }
}
