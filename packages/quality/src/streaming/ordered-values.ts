/**
 * Values in order, of which some come and some go. They lie in sorted blocks of about the root of their number: a search takes
 * O(log w) comparisons, and an insertion or removal moves one part of one block, a few hundred neighbouring doubles that the
 * processor copies at once. That is faster than any tree of single values up to millions of them, and hardly grows with w.
 */
export class OrderedValues {
  readonly #capacity: number;
  readonly #blocks: Float64Array[] = [];
  readonly #lengths: number[] = [];
  #n = 0;

  /** @param expected - about how many values there will be at a time */
  constructor(expected: number) {
    this.#capacity = 2 ** Math.min(12, Math.max(6, Math.ceil(Math.log2(2 * Math.sqrt(expected)))));
  }

  get n(): number {
    return this.#n;
  }

  insert(x: number): void {
    this.#n++;
    if (this.#blocks.length === 0) this.#open(0);
    let at = Math.min(this.#blockOf(x), this.#blocks.length - 1);
    if (this.#lengths[at] === this.#capacity) {
      this.#split(at);
      at = Math.min(this.#blockOf(x), this.#blocks.length - 1);
    }
    const block = this.#blocks[at]!;
    const length = this.#lengths[at]!;
    const place = lowerBound(block, length, x);
    block.copyWithin(place + 1, place, length);
    block[place] = x;
    this.#lengths[at] = length + 1;
  }

  /** @returns whether it was there */
  remove(x: number): boolean {
    const at = this.#blockOf(x);
    const block = this.#blocks[at];
    if (block === undefined) return false;
    const length = this.#lengths[at]!;
    const place = lowerBound(block, length, x);
    if (block[place] !== x) return false;
    block.copyWithin(place, place + 1, length);
    this.#lengths[at] = length - 1;
    this.#n--;
    if (length - 1 <= this.#capacity >> 2) this.#join(at);
    return true;
  }

  /** The value with that many before it; undefined when there are fewer. */
  at(rank: number): number | undefined {
    if (!(rank >= 0 && rank < this.#n)) return undefined;
    if (rank > this.#n / 2) {
      let after = this.#n;
      for (let i = this.#blocks.length - 1; ; i--) {
        after -= this.#lengths[i]!;
        if (rank >= after) return this.#blocks[i]![rank - after];
      }
    }
    let left = rank;
    for (let i = 0; ; i++) {
      if (left < this.#lengths[i]!) return this.#blocks[i]![left];
      left -= this.#lengths[i]!;
    }
  }

  /** How many are less than x. */
  countBelow(x: number): number {
    const at = this.#blockOf(x);
    let before = 0;
    for (let i = 0; i < at; i++) before += this.#lengths[i]!;
    const block = this.#blocks[at];
    return block === undefined ? before : before + lowerBound(block, this.#lengths[at]!, x);
  }

  /** How many are greater than x. */
  countAbove(x: number): number {
    let above = 0;
    for (let i = this.#blocks.length - 1; i >= 0; i--) {
      const block = this.#blocks[i]!;
      const length = this.#lengths[i]!;
      if (block[0]! > x) above += length;
      else return above + length - upperBound(block, length, x);
    }
    return above;
  }

  /** The first block whose last value is not below x; one past the last when there is none. */
  #blockOf(x: number): number {
    let low = 0;
    let high = this.#blocks.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (this.#blocks[middle]![this.#lengths[middle]! - 1]! < x) low = middle + 1;
      else high = middle;
    }
    return low;
  }

  #open(at: number): Float64Array {
    const block = new Float64Array(this.#capacity);
    this.#blocks.splice(at, 0, block);
    this.#lengths.splice(at, 0, 0);
    return block;
  }

  #split(at: number): void {
    const half = this.#capacity >> 1;
    this.#open(at + 1).set(this.#blocks[at]!.subarray(half));
    this.#lengths[at] = half;
    this.#lengths[at + 1] = half;
  }

  /** Small neighbours become one block, or there would be ever more of them. */
  #join(at: number): void {
    const left = this.#lengths[at - 1] !== undefined && this.#fits(at - 1) ? at - 1 : at;
    if (this.#lengths[at] === 0) this.#close(at);
    else if (this.#fits(left)) {
      const length = this.#lengths[left]!;
      this.#blocks[left]!.set(this.#blocks[left + 1]!.subarray(0, this.#lengths[left + 1]!), length);
      this.#lengths[left] = length + this.#lengths[left + 1]!;
      this.#close(left + 1);
    }
  }

  /** Whether a block and the one after it fill no more than half of one, so that the next insertions split nothing. */
  #fits(at: number): boolean {
    const after = this.#lengths[at + 1];
    return after !== undefined && this.#lengths[at]! + after <= this.#capacity >> 1;
  }

  #close(at: number): void {
    this.#blocks.splice(at, 1);
    this.#lengths.splice(at, 1);
  }
}

/** The place of the first value that is not below x. */
const lowerBound = (block: Float64Array, length: number, x: number): number => {
  let low = 0;
  let high = length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (block[middle]! < x) low = middle + 1;
    else high = middle;
  }
  return low;
};

/** The place of the first value that is greater than x. */
const upperBound = (block: Float64Array, length: number, x: number): number => {
  let low = 0;
  let high = length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (block[middle]! <= x) low = middle + 1;
    else high = middle;
  }
  return low;
};
