import * as z from 'zod';
import { turn } from '../../turn.js';
import type { BuiltVenue } from './build-venue.js';
import type { SymbolMarket } from './market/symbol-market.js';

/** How a recording is told. */
export interface ReplayOptions {
  /** Times as fast as it was recorded; Infinity (the default): as fast as listeners take it. */
  readonly speed?: number;
  /** Symbol of a depth snapshot among the lines, which does not name it. Default: the symbol of the first stream. */
  readonly symbol?: string;
  /** Ends the telling early. */
  readonly abort?: AbortSignal;
}

/** What was told. */
export interface ReplaySummary {
  readonly lines: number;
  /** Lines that are no message of a stream and no snapshot, or are malformed. */
  readonly skipped: number;
}

interface Recorded {
  /** Epoch ms at which it was recorded; undefined where the line does not say. */
  readonly time: number | undefined;
  readonly stream: string | undefined;
  /** The payload as it was recorded. */
  readonly text: string;
  readonly payload: Readonly<Record<string, unknown>>;
}

/** `<ns> {"stream":…,"data":…}`, the same without the time, or a snapshot of the book. */
const LINE = /^(?:(\d+) )?(\{.*\})\s*$/s;
const COMBINED = /^\{"stream":"([^"]+)","data":(.*)\}$/s;

const record = (line: string): Recorded | undefined => {
  const [, ns, json] = LINE.exec(line) ?? [];
  if (json === undefined) return undefined;
  const [, stream, data] = COMBINED.exec(json) ?? [];
  const text = data ?? json;
  let payload: unknown;
  try {
    payload = JSON.parse(text);
  } catch {
    return undefined;
  }
  if (typeof payload !== 'object' || payload === null) return undefined;
  const time = ns === undefined ? undefined : Number(BigInt(ns) / 1_000n) / 1_000;
  return { time, stream, text, payload: payload as Recorded['payload'] };
};

const decimal = z.string().regex(/^\d+(\.\d{1,8}0*)?$/);
const id = z.number().int().nonnegative();
const levels = z.array(z.tuple([decimal, decimal]));
const time = z.number().optional();

const messages = {
  snapshot: z.object({ lastUpdateId: id, bids: levels, asks: levels }),
  depth: z.object({ u: id, b: levels, a: levels }),
  bookTicker: z.object({ b: decimal, B: decimal, a: decimal, A: decimal, T: time, E: time }),
  trade: z.object({ t: id, p: decimal, q: decimal, m: z.boolean(), T: z.number() }),
};

/** Moves a venue's market by what was recorded, and tells it. */
class Retelling {
  readonly #venue: BuiltVenue;
  #symbol: string | undefined;

  constructor(venue: BuiltVenue, symbol: string | undefined) {
    this.#venue = venue;
    this.#symbol = symbol;
  }

  /** Returns false, and tells nothing, for what is no message of a stream or is malformed. */
  tell({ stream, text, payload, time: at }: Recorded): boolean {
    const { feed } = this.#venue;
    this.#symbol ??= stream?.split('@')[0]?.toUpperCase();
    const symbol = typeof payload.s === 'string' ? payload.s : this.#symbol;
    const market = symbol === undefined ? undefined : feed.markets.get(symbol);
    const kind = stream === undefined ? 'snapshot' : (stream.split('@')[1] ?? '');
    if (market !== undefined && !this.#move(market, kind, payload, at)) return false;
    if (stream === undefined) return market !== undefined;
    feed.retold.add(stream);
    feed.retell(stream, text);
    return true;
  }

  #move(market: SymbolMarket, kind: string, payload: unknown, at: number | undefined): boolean {
    switch (kind) {
      case 'snapshot':
        return this.#snapshot(market, payload);
      case 'depth':
        return this.#depth(market, payload);
      case 'bookTicker':
        return this.#quote(market, payload, at);
      case 'trade':
        return this.#trade(market, payload);
      default:
        return true;
    }
  }

  #snapshot({ book }: SymbolMarket, payload: unknown): boolean {
    const { data } = messages.snapshot.safeParse(payload);
    if (data === undefined) return false;
    book.replace('bids', data.bids);
    book.replace('asks', data.asks);
    book.updateId = BigInt(data.lastUpdateId);
    return true;
  }

  #depth({ book }: SymbolMarket, payload: unknown): boolean {
    const { data } = messages.depth.safeParse(payload);
    if (data === undefined) return false;
    book.updateId = BigInt(data.u);
    book.apply('bids', data.b);
    book.apply('asks', data.a);
    return true;
  }

  #quote(market: SymbolMarket, payload: unknown, at: number | undefined): boolean {
    const { data } = messages.bookTicker.safeParse(payload);
    if (data === undefined) return false;
    market.time = Math.floor(data.T ?? data.E ?? at ?? market.time);
    this.#venue.exchange.quote(market.rule.symbol, this.#now(), Number(data.b), Number(data.a));
    market.best([data.b, data.B], [data.a, data.A]);
    return true;
  }

  #trade(market: SymbolMarket, payload: unknown): boolean {
    const { data } = messages.trade.safeParse(payload);
    if (data === undefined) return false;
    const { t, T, p, q, m } = data;
    market.print({ id: BigInt(t), time: T, price: p, quantity: q, buyerIsMaker: m });
    this.#venue.exchange.trade(market.rule.symbol, this.#now(), Number(p), Number(q), m);
    return true;
  }

  /** Orders trade at the venue's time, not at that of the recording, which may be years ago. */
  #now(): number {
    return Math.floor(this.#venue.now());
  }
}

/** So many lines are told before others get their turn. */
const TURN = 100;
/** No more is told while a listener has so many bytes to take. */
const MOST_WAITING = 1_000_000;

const pause = (venue: BuiltVenue, ms: number): Promise<void> =>
  new Promise((resolve) => void venue.clock.arm('replay', venue.clock.now() + ms, () => resolve()));

/**
 * Tells recorded lines of streams as they are: `<ns> {"stream":…,"data":…}`, with or without the time in ns. Book tickers move
 * the exchange's quotes, trades its tape, depth updates and snapshots the book that `depth` answers. The streams that are told
 * this way are no longer made up by the venue.
 */
export const replayLines = async (
  venue: BuiltVenue,
  lines: AsyncIterable<string> | Iterable<string>,
  options: ReplayOptions = {},
): Promise<ReplaySummary> => {
  const { speed = Number.POSITIVE_INFINITY, abort } = options;
  const retelling = new Retelling(venue, options.symbol);
  let count = 0;
  let skipped = 0;
  let start: { readonly recorded: number; readonly now: number } | undefined;
  for await (const line of lines) {
    if (abort?.aborted === true) break;
    const recorded = record(line);
    if (recorded === undefined) {
      skipped++;
      continue;
    }
    if (recorded.time !== undefined && Number.isFinite(speed)) {
      start ??= { recorded: recorded.time, now: venue.clock.now() };
      const due = start.now + (recorded.time - start.recorded) / speed;
      if (due > venue.clock.now()) await pause(venue, due - venue.clock.now());
    }
    if (retelling.tell(recorded)) count++;
    else skipped++;
    if ((count + skipped) % TURN !== 0) continue;
    do await turn();
    while (venue.lines.open('market').some((open) => open.waiting > MOST_WAITING));
  }
  return { lines: count, skipped };
};
