import * as z from 'zod';
import { readSaved } from '../saved.js';
import { addTo, pairAt, plus, productError, scale, times } from './double-double.js';
import { Moments } from './moments.js';

const stateSchema = z.strictObject({
  moments: z.unknown(),
  links: z.array(z.number()).length(4),
  ends: z.tuple([z.number(), z.number()]),
});

/** What {@link SerialMoments} remembers. Plain JSON. */
export type SerialMomentsState = Readonly<z.infer<typeof stateSchema>>;

/**
 * Moments of a series, and what its order tells: the mean moving range and the autocorrelation at lag 1, in constant time and
 * space per value. Like a queue it takes values at the end and gives them up at the front.
 */
export class SerialMoments {
  readonly moments: Moments;
  /** Pairs: sum of moving ranges, sum of products of neighbouring distances to the origin. */
  #links = new Float64Array(4);
  #first = 0;
  #last = 0;

  /** @param moments - those to begin with, empty unless they come from a state */
  private constructor(moments: Moments) {
    this.moments = moments;
  }

  /** Without values. */
  static empty(): SerialMoments {
    return new SerialMoments(new Moments());
  }

  /**
   * The series that was saved.
   * @throws `MikroBotError` `BAD_DATA` when it is no state.
   */
  static from(state: unknown): SerialMoments {
    const { moments, links, ends } = readSaved(stateSchema, state, 'the state of a series');
    const series = new SerialMoments(Moments.from(moments));
    series.#links.set(links);
    [series.#first, series.#last] = ends;
    return series;
  }

  /** Plain JSON, from which {@link SerialMoments.from} goes on to the last bit. */
  state(): SerialMomentsState {
    return { moments: this.moments.state(), links: [...this.#links], ends: [this.#first, this.#last] };
  }

  /** @throws `MikroBotError` `BAD_DATA` when it is not finite. */
  push(x: number): void {
    const { moments } = this;
    moments.push(x);
    if (moments.n === 1) this.#first = x;
    else this.#link(this.#last, x, 1);
    this.#last = x;
  }

  /**
   * Gives up the oldest value.
   * @param next - the one after it; any number when it is the only one
   * @throws `MikroBotError` `BAD_DATA` when there is none.
   */
  shift(next: number): void {
    const { moments } = this;
    if (moments.n > 1) this.#link(this.#first, next, -1);
    moments.remove(this.#first);
    this.#first = next;
    if (moments.n === 0) this.#links.fill(0);
  }

  /** Forgets everything, and measures what comes from there. @param origin - the mean that is expected */
  startAt(origin: number): void {
    this.moments.startAt(origin);
    this.#links.fill(0);
  }

  /** The mean of the differences of neighbours, without their signs; undefined below two values. */
  get movingRange(): number | undefined {
    const { n } = this.moments;
    return n < 2 ? undefined : this.#links[0]! / (n - 1);
  }

  /** r1, with the sum of squares of all values below (Box and Jenkins, 1976); undefined without spread. */
  get autocorrelation(): number | undefined {
    const { n, origin, meanDistance: mean, sumOfSquares } = this.moments;
    if (sumOfSquares === 0) return undefined;
    const ends = plus([this.#first - origin, 0], [this.#last - origin, 0]);
    // The sum of (d - m)(e - m) over neighbours d, e, with the sums of d and e written as n m less one end.
    const centred = times(mean, plus(scale(mean, n + 1), scale(ends, -1)));
    return plus(pairAt(this.#links, 2), scale(centred, -1))[0] / sumOfSquares;
  }

  #link(before: number, after: number, sign: 1 | -1): void {
    const { origin } = this.moments;
    const a = before - origin;
    const b = after - origin;
    const product = a * b;
    addTo(this.#links, 0, sign * Math.abs(after - before), 0);
    addTo(this.#links, 2, sign * product, sign * productError(a, b, product));
  }
}
