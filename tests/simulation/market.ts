import type { PaperAdapter } from '@mikrobot/adapter-paper';
import type { Chance } from './chance.js';

/** The symbols of a simulated world, and where they begin. */
const OPENING: Readonly<Record<string, number>> = { EURUSD: 1.1, GBPUSD: 1.27 };

const PIP = 0.0001;

const round = (price: number): number => Math.round(price * 1e5) / 1e5;

/** A random walk of a few symbols, handed to the venue tick by tick. */
export class Market {
  readonly #venue: PaperAdapter;
  readonly #chance: Chance;
  readonly #bids = new Map<string, number>();

  constructor(venue: PaperAdapter, chance: Chance, symbols: readonly string[]) {
    this.#venue = venue;
    this.#chance = chance;
    for (const symbol of symbols) this.#bids.set(symbol, OPENING[symbol] as number);
  }

  bid(symbol: string): number {
    return this.#bids.get(symbol) as number;
  }

  ask(symbol: string): number {
    return round(this.bid(symbol) + PIP);
  }

  /** Every symbol moves, now and then with a gap. */
  move(): void {
    for (const symbol of this.#bids.keys()) {
      const far = this.#chance.hit(0.05) ? 30 : 4;
      this.#bids.set(symbol, round(this.bid(symbol) + this.#chance.between(-far, far) * PIP));
      this.#tick(symbol, this.#chance.whole(1, 8));
    }
  }

  /** Every symbol is quoted again as it is, with all the volume that anybody could want. */
  stay(): void {
    for (const symbol of this.#bids.keys()) this.#tick(symbol, 1_000);
  }

  #tick(symbol: string, volume: number): void {
    const time = this.#venue.clock.now();
    this.#venue.feedTick({ symbol, time, bid: this.bid(symbol), ask: this.ask(symbol), volume });
  }
}
