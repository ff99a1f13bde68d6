import { toUnits } from './units.js';

/** The account's balances by asset, free and locked together, in units. */
export class Wallet {
  readonly #totals = new Map<string, { readonly total: bigint; readonly time: number }>();
  /** Venue time of the newest change that was told, epoch ms. */
  #time = 0;

  get time(): number {
    return this.#time;
  }

  total(asset: string): bigint {
    return this.#totals.get(asset)?.total ?? 0n;
  }

  /** Takes a balance. An older one than is known is left out: events can overtake one another. @param time - venue time, epoch ms */
  set(asset: string, free: string, locked: string, time: number): void {
    const known = this.#totals.get(asset);
    if (known !== undefined && known.time > time) return;
    this.#totals.set(asset, { total: toUnits(free) + toUnits(locked), time });
    if (time > this.#time) this.#time = time;
  }

  /** Takes all balances: what is not named is nothing. */
  replace(balances: readonly { asset: string; free: string; locked: string }[], time: number): void {
    for (const [asset, known] of this.#totals) if (known.time <= time) this.#totals.delete(asset);
    for (const { asset, free, locked } of balances) this.set(asset, free, locked, time);
  }
}
