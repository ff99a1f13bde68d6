import type { Tick } from '@mikrobot/core';
import type { MarketData } from '../market/market-data.js';
import { streamName } from '../market/stream-names.js';
import type { RestClient } from '../transport/rest-client.js';
import { readBookTicker } from './wire.js';

const TIMEOUT = 5_000;

/** What quotes need. */
export interface QuotesParts {
  readonly rest: RestClient;
  readonly market: MarketData;
  readonly tell: (tick: Tick) => void;
  /** Whether a stream gives what it should. */
  readonly heard: (stream: string, alive: boolean, detail: string) => void;
}

interface Watched {
  readonly symbol: string;
  readonly end: () => void;
  users: number;
  last: Tick | undefined;
}

/**
 * The best prices of symbols, each told once however many ask for it. The venue's stream speaks only when they change, so the first ones,
 * and those after a gap, are asked for.
 */
export class Quotes {
  readonly #parts: QuotesParts;
  readonly #watched = new Map<string, Watched>();

  constructor(parts: QuotesParts) {
    this.#parts = parts;
  }

  /** @returns the way to end it; each ends only itself */
  subscribe(symbol: string): () => void {
    const stream = streamName.quotes(symbol);
    const watched = this.#watched.get(stream) ?? this.#begin(symbol, stream);
    watched.users += 1;
    void this.ask(stream);
    let open = true;
    return () => {
      if (!open) return;
      open = false;
      watched.users -= 1;
      if (watched.users > 0) return;
      this.#watched.delete(stream);
      watched.end();
      this.#parts.heard(stream, true, 'the stream was ended');
    };
  }

  /** Asks for the prices of a stream that may have missed some, unless it speaks meanwhile. */
  async ask(stream: string): Promise<void> {
    const watched = this.#watched.get(stream);
    if (watched === undefined) return;
    const { symbol, last } = watched;
    try {
      const { bidPrice, askPrice } = await this.#read(symbol);
      if (watched.last === last && watched.users > 0) this.#tell(watched, Number(bidPrice), Number(askPrice));
    } catch {
      // The stream will speak, or its line will be told as down.
    }
  }

  /** A stream has said nothing for long: either nothing has happened, or it is dead. */
  async doubt(stream: string): Promise<void> {
    const watched = this.#watched.get(stream);
    if (watched === undefined) return;
    const { symbol, last } = watched;
    try {
      const { bidPrice, askPrice } = await this.#read(symbol);
      if (watched.last !== last || watched.users === 0) return;
      const same = last !== undefined && last.bid === Number(bidPrice) && last.ask === Number(askPrice);
      if (same) return;
      this.#parts.heard(stream, false, `${stream} is silent while prices change`);
    } catch {
      this.#parts.heard(stream, false, `${stream} is silent, and its prices cannot be asked for`);
    }
  }

  #begin(symbol: string, stream: string): Watched {
    const { market, tell, heard } = this.#parts;
    const end = market.ticks(symbol, (tick) => {
      heard(stream, true, `${stream} is heard again`);
      watched.last = tick;
      tell(tick);
    });
    const watched: Watched = { symbol, end, users: 0, last: undefined };
    this.#watched.set(stream, watched);
    return watched;
  }

  #tell(watched: Watched, bid: number, ask: number): void {
    const { rest, tell } = this.#parts;
    if (!(bid > 0 && ask >= bid)) return;
    const time = Math.max(rest.now(), watched.last?.time ?? 0);
    watched.last = { symbol: watched.symbol, time, bid, ask, volume: 0 };
    tell(watched.last);
  }

  async #read(symbol: string): Promise<ReturnType<typeof readBookTicker>> {
    const path = '/api/v3/ticker/bookTicker';
    const params = { symbol };
    return readBookTicker(
      await this.#parts.rest.request({
        method: 'GET',
        path,
        params,
        security: 'none',
        weight: 2,
        timeout: TIMEOUT,
      }),
    );
  }
}
