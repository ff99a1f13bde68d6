import type { BuiltVenue } from './build-venue.js';
import type { Level } from './market/book.js';

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
  /** Lines that are no message of a stream and no snapshot. */
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

const levels = (value: unknown): readonly Level[] =>
  Array.isArray(value) ? (value as readonly Level[]) : [];

/** Moves a venue's market by what was recorded, and tells it. */
class Retelling {
  readonly #venue: BuiltVenue;
  #symbol: string | undefined;

  constructor(venue: BuiltVenue, symbol: string | undefined) {
    this.#venue = venue;
    this.#symbol = symbol;
  }

  /** Returns false for what is no message of a stream. */
  tell({ stream, text, payload, time }: Recorded): boolean {
    const { feed } = this.#venue;
    if (stream !== undefined) {
      feed.retold.add(stream);
      this.#symbol ??= stream.split('@')[0]?.toUpperCase();
    }
    const symbol = typeof payload.s === 'string' ? payload.s : this.#symbol;
    const known = symbol !== undefined && feed.markets.has(symbol);
    if (known && Array.isArray(payload.bids)) this.#snapshot(symbol, payload);
    else if (stream === undefined) return false;
    else if (known) this.#move(symbol, stream, payload, time);
    if (stream !== undefined) feed.retell(stream, text);
    return true;
  }

  #move(symbol: string, stream: string, payload: Recorded['payload'], time: number | undefined): void {
    const { exchange, feed } = this.#venue;
    const market = feed.market(symbol);
    const [, kind = ''] = stream.split('@');
    const at = Number(payload.T ?? payload.E ?? time ?? market.time);
    if (kind === 'depth') {
      market.book.updateId = BigInt(Number(payload.u));
      market.book.apply('bids', levels(payload.b));
      market.book.apply('asks', levels(payload.a));
    } else if (kind === 'bookTicker') {
      market.time = Math.max(market.time, Math.floor(at));
      const [bid, ask] = [
        [String(payload.b), String(payload.B)],
        [String(payload.a), String(payload.A)],
      ] as const;
      exchange.quote(symbol, market.time, Number(bid[0]), Number(ask[0]));
      market.best(bid, ask);
    } else if (kind === 'trade') {
      const buyerIsMaker = payload.m === true;
      market.print({
        id: BigInt(Number(payload.t)),
        time: at,
        price: String(payload.p),
        quantity: String(payload.q),
        buyerIsMaker,
      });
      exchange.trade(symbol, market.time, Number(payload.p), Number(payload.q), buyerIsMaker);
    }
  }

  #snapshot(symbol: string, payload: Recorded['payload']): void {
    const { book } = this.#venue.feed.market(symbol);
    book.replace('bids', levels(payload.bids));
    book.replace('asks', levels(payload.asks));
    book.updateId = BigInt(Number(payload.lastUpdateId));
  }
}

/** So many lines are told before others get their turn. */
const TURN = 100;
/** No more is told while a listener has so many bytes to take. */
const MOST_WAITING = 1_000_000;

const pause = (venue: BuiltVenue, ms: number): Promise<void> =>
  new Promise((resolve) => void venue.clock.arm('replay', venue.clock.now() + ms, () => resolve()));

const turn = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

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
    if (!retelling.tell(recorded)) skipped++;
    if (++count % TURN !== 0) continue;
    do await turn();
    while (venue.lines.open('market').some((open) => open.waiting > MOST_WAITING));
  }
  return { lines: count, skipped };
};
