import type { Clock, Tick } from '@mikrobot/core';
import type { MarketData } from '../market/market-data.js';

/** Ms that a subscription waits for its stream to be open. It goes on afterwards, but the caller is not kept. */
const PATIENCE = 5_000;

/** What ticks are made from. */
export interface TickParts {
  readonly market: MarketData;
  readonly clock: Clock;
  /** Best prices as they are now. Undefined where they cannot be had. */
  readonly ask: (symbol: string) => Promise<Tick | undefined>;
  readonly tell: (tick: Tick) => void;
}

interface Wanted {
  listeners: number;
  told: boolean;
  readonly end: () => void;
}

/** Ticks of the symbols that are wanted, each told once however often it is wanted. */
export class Ticks {
  readonly #parts: TickParts;
  readonly #wanted = new Map<string, Wanted>();
  readonly #waiting = new Set<() => void>();
  #up = false;

  constructor(parts: TickParts) {
    this.#parts = parts;
  }

  /** The streams are open, or no longer. */
  set up(up: boolean) {
    this.#up = up;
    if (up) for (const go of [...this.#waiting]) go();
  }

  /**
   * Resolves when the stream is open, or has not opened for a while. The venue tells prices only when they change, so a first tick
   * is asked for. @returns the way to end it
   */
  async want(symbol: string): Promise<() => void> {
    const wanted = this.#wanted.get(symbol) ?? this.#begin(symbol);
    wanted.listeners += 1;
    await this.#open();
    if (!wanted.told) {
      const tick = await this.#parts.ask(symbol);
      if (tick !== undefined && !wanted.told && wanted.listeners > 0) this.#tell(wanted, tick);
    }
    let ended = false;
    return () => {
      if (ended) return;
      ended = true;
      wanted.listeners -= 1;
      if (wanted.listeners > 0) return;
      wanted.end();
      this.#wanted.delete(symbol);
    };
  }

  close(): void {
    for (const wanted of this.#wanted.values()) {
      wanted.listeners = 0;
      wanted.end();
    }
    this.#wanted.clear();
    for (const go of [...this.#waiting]) go();
  }

  #begin(symbol: string): Wanted {
    const wanted: Wanted = {
      listeners: 0,
      told: false,
      end: this.#parts.market.ticks(symbol, (tick) => this.#tell(wanted, tick)),
    };
    this.#wanted.set(symbol, wanted);
    return wanted;
  }

  #tell(wanted: Wanted, tick: Tick): void {
    wanted.told = true;
    this.#parts.tell(tick);
  }

  #open(): Promise<void> {
    if (this.#up) return Promise.resolve();
    const { clock } = this.#parts;
    return new Promise((resolve) => {
      const go = (): void => {
        disarm();
        this.#waiting.delete(go);
        resolve();
      };
      const disarm = clock.arm(`binance futures ticks ${this.#waiting.size}`, clock.now() + PATIENCE, go);
      this.#waiting.add(go);
    });
  }
}
