/**
 * What is held of one asset and what it cost, by average cost. All amounts are whole hundred-millionths, so that proceeds are cost
 * plus profit to the last digit, whatever is traded.
 */
export class CostBasis {
  #held = 0n;
  #cost = 0n;

  /** Of the asset. */
  get held(): bigint {
    return this.#held;
  }

  /** What {@link held} cost, in the account's currency. */
  get cost(): bigint {
    return this.#cost;
  }

  /** Takes in what was bought, or came by a deposit and is worth so much. */
  add(quantity: bigint, value: bigint): void {
    this.#held += quantity;
    this.#cost += value;
  }

  /**
   * Gives away a quantity for a value. What is sold beyond what is held cost nothing: it was written off, as the rest of a fee.
   * @returns the profit
   */
  remove(quantity: bigint, value: bigint): bigint {
    const gone = quantity < this.#held ? quantity : this.#held;
    const cost = gone === this.#held ? this.#cost : (this.#cost * gone) / this.#held;
    this.#held -= gone;
    this.#cost -= cost;
    return value - cost;
  }

  /** What a part of it cost. */
  costOf(quantity: bigint): bigint {
    return quantity >= this.#held ? this.#cost : (this.#cost * quantity) / this.#held;
  }
}
