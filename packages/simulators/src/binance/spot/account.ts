import { SCALE } from '../filters/filter-checks.js';
import { fromUnits, toUnits } from '../shared/decimal.js';

/** An account that a simulated venue opens. */
export interface SpotAccountOptions {
  readonly name: string;
  /** Free amounts by asset, as decimal texts. */
  readonly balances?: Readonly<Record<string, string>>;
  /** Part of what is received that a maker pays, as a decimal text. Default '0.001'. */
  readonly maker?: string;
  /** Part of what is received that a taker pays, as a decimal text. Default '0.001'. */
  readonly taker?: string;
  /** Whether commission is paid in BNB at a discount of a quarter, while there is enough of it. Default false. */
  readonly bnbFees?: boolean;
}

interface Balance {
  free: bigint;
  locked: bigint;
}

const DEFAULT_RATE = '0.001';

/** What one account owns, in units of 10^-8 of each asset. Nothing here rounds, so amounts add up exactly. */
export class SpotAccount {
  readonly name: string;
  readonly maker: bigint;
  readonly taker: bigint;
  readonly bnbFees: boolean;
  /** Epoch ms of the last change; 0 before. */
  updateTime = 0;
  readonly #balances = new Map<string, Balance>();
  readonly #touched = new Set<string>();

  constructor({ name, balances = {}, maker, taker, bnbFees }: SpotAccountOptions) {
    this.name = name;
    this.maker = toUnits(maker ?? DEFAULT_RATE, SCALE);
    this.taker = toUnits(taker ?? DEFAULT_RATE, SCALE);
    this.bnbFees = bnbFees ?? false;
    for (const [asset, amount] of Object.entries(balances)) this.#of(asset).free = toUnits(amount, SCALE);
  }

  /** Rates as the venue writes them. */
  get makerRate(): string {
    return fromUnits(this.maker, SCALE);
  }

  get takerRate(): string {
    return fromUnits(this.taker, SCALE);
  }

  free(asset: string): bigint {
    return this.#balances.get(asset)?.free ?? 0n;
  }

  total(asset: string): bigint {
    const balance = this.#balances.get(asset);
    return balance === undefined ? 0n : balance.free + balance.locked;
  }

  /** Adds to what is free; a negative amount takes away. */
  book(asset: string, amount: bigint): void {
    this.#of(asset).free += amount;
    this.#touched.add(asset);
  }

  /** Moves an amount from free to locked; a negative one back. */
  lock(asset: string, amount: bigint): void {
    if (amount === 0n) return;
    const balance = this.#of(asset);
    balance.free -= amount;
    balance.locked += amount;
    this.#touched.add(asset);
  }

  /** Balances as the account endpoint lists them, with a row for each of `assets` that was never owned. */
  rows(assets: readonly string[], withZeros: boolean): readonly Record<string, string>[] {
    const names = withZeros
      ? [...new Set([...assets, ...this.#balances.keys()])]
      : [...this.#balances.keys()];
    return names
      .filter((asset) => withZeros || this.total(asset) !== 0n)
      .map((asset) => ({ asset, ...this.#amounts(asset) }));
  }

  /** The balances that changed since the last call, as `outboundAccountPosition` lists them. */
  takeChanges(): readonly Record<string, string>[] {
    const changes = [...this.#touched].map((asset) => {
      const { free, locked } = this.#amounts(asset);
      return { a: asset, f: free, l: locked };
    });
    this.#touched.clear();
    return changes;
  }

  #amounts(asset: string): { readonly free: string; readonly locked: string } {
    const { free, locked } = this.#of(asset);
    return { free: fromUnits(free, SCALE), locked: fromUnits(locked, SCALE) };
  }

  #of(asset: string): Balance {
    let balance = this.#balances.get(asset);
    if (balance === undefined) {
      balance = { free: 0n, locked: 0n };
      this.#balances.set(asset, balance);
    }
    return balance;
  }
}
