/**
 * The largest of the last values, in constant time per value over the long run: a value is kept only while none after it is as
 * large, so that the first one kept is the largest. Values are numbered as they come, from 0.
 */
export class MonotoneDeque {
  readonly #size: number;
  readonly #values: Float64Array;
  readonly #numbers: Float64Array;
  #head = 0;
  #length = 0;

  /** @param size - how many values count; 1 or more */
  constructor(size: number) {
    this.#size = size;
    this.#values = new Float64Array(size);
    this.#numbers = new Float64Array(size);
  }

  /** @param number - one more than that of the value before */
  push(x: number, number: number): void {
    const size = this.#size;
    if (this.#length > 0 && this.#numbers[this.#head]! <= number - size) {
      this.#head = this.#head + 1 === size ? 0 : this.#head + 1;
      this.#length--;
    }
    while (this.#length > 0 && this.#values[(this.#head + this.#length - 1) % size]! <= x) this.#length--;
    const at = (this.#head + this.#length) % size;
    this.#values[at] = x;
    this.#numbers[at] = number;
    this.#length++;
  }

  /** Undefined before the first value. */
  get largest(): number | undefined {
    return this.#length === 0 ? undefined : this.#values[this.#head];
  }
}
