import { MikroBotError, type Quote, type Tick } from '@mikrobot/core';
import type { Terminal } from '../bridge/terminal.js';
import type { TickRow } from '../protocol/tick.js';
import type { ServerTime } from '../server-time.js';

/** The one tick that is told again and again: core reads it and never keeps it. */
class ReusedTick implements Tick {
  symbol = '';
  time = Number.NaN;
  bid = Number.NaN;
  ask = Number.NaN;
  volume = Number.NaN;
}

interface Stream {
  open: number;
  quote: Quote | undefined;
}

/** What streams of ticks work with. */
export interface TickParts {
  readonly time: ServerTime;
  terminal(): Terminal | undefined;
  isKnown(symbol: string): boolean;
  tell(tick: Tick): void;
}

/** Streams of ticks, begun again on each connection. */
export class Ticks {
  readonly #parts: TickParts;
  readonly #streams = new Map<string, Stream>();
  readonly #tick = new ReusedTick();

  constructor(parts: TickParts) {
    this.#parts = parts;
  }

  /** The latest quote of a symbol that is subscribed to. */
  quote(symbol: string): Quote | undefined {
    return this.#streams.get(symbol)?.quote;
  }

  /**
   * Begins a stream.
   * @returns the way to end it
   * @throws `MikroBotError` `UNKNOWN_INSTRUMENT`; `PREFLIGHT_FAILED` without an answer
   */
  async subscribe(symbol: string): Promise<() => void> {
    const stream = this.#streams.get(symbol) ?? { open: 0, quote: undefined };
    // Before the terminal is asked: the first tick comes before its answer.
    this.#streams.set(symbol, stream);
    stream.open += 1;
    const end = this.#ender(symbol, stream);
    if (stream.open > 1) return end;
    const asked = await this.#parts.terminal()?.ask('subscribe', { symbol });
    // What is known is begun when the line is up again.
    if (asked?.outcome === 'answer' || (asked?.outcome !== 'refused' && this.#parts.isKnown(symbol)))
      return end;
    end();
    const isUnknown = asked?.outcome === 'refused';
    throw new MikroBotError(
      isUnknown ? 'UNKNOWN_INSTRUMENT' : 'PREFLIGHT_FAILED',
      isUnknown ? `the terminal has no symbol ${symbol}.` : `the terminal cannot be asked for ${symbol}.`,
      { where: 'metatrader5' },
    );
  }

  /** A new connection: the expert advisor knows of no stream. */
  begin(): void {
    for (const symbol of this.#streams.keys()) void this.#parts.terminal()?.ask('subscribe', { symbol });
  }

  take({ s, t, b, a, v }: TickRow): void {
    const stream = this.#streams.get(s);
    if (stream === undefined) return;
    const time = this.#parts.time.toUtc(t);
    stream.quote = { time, bid: b, ask: a };
    const tick = this.#tick;
    tick.symbol = s;
    tick.time = time;
    tick.bid = b;
    tick.ask = a;
    tick.volume = v ?? 0;
    this.#parts.tell(tick);
  }

  #ender(symbol: string, stream: Stream): () => void {
    let open = true;
    return () => {
      if (!open) return;
      open = false;
      stream.open -= 1;
      if (stream.open > 0) return;
      this.#streams.delete(symbol);
      void this.#parts.terminal()?.ask('unsubscribe', { symbol });
    };
  }
}
