import { type Contract, EventName } from '@stoqey/ib';
import type { Line, Notice } from '../line/line.js';
import { listen } from '../listen.js';
import type { MarketDrops } from './drops.js';
import type { TickStream } from './tick-stream.js';
import { ageOf, isDelayed, isQuoteSize, tickIds } from './tick-types.js';

/** Where messages of ticks belong. */
export interface TickReaderParts {
  /** Without it delayed prices are dropped. */
  readonly delayedData: boolean;
  /** The stream that is asked for under an id. */
  readonly streamOf: (id: number) => TickStream | undefined;
  /** TWS said something of a stream. */
  readonly notice: (stream: TickStream, notice: Notice) => void;
  /** TWS wants the stream to be asked for by another contract: that of the underlying. */
  readonly reroute: (stream: TickStream, contract: Contract) => void;
}

/** Reads messages of ticks, and gives each to the stream whose id it has. */
export class TickReader {
  readonly #parts: TickReaderParts;
  #notNumbers = 0;
  #unwantedDelayed = 0;

  constructor(parts: TickReaderParts) {
    this.#parts = parts;
  }

  /** How many messages were dropped, by reason. */
  get drops(): Omit<MarketDrops, 'crossed'> {
    return { 'not a number': this.#notNumbers, 'delayed data that nobody asked for': this.#unwantedDelayed };
  }

  /** @returns the way to stop */
  listen(line: Line): () => void {
    const { events } = line;
    const { streamOf, notice, reroute } = this.#parts;
    const leaves = [
      line.onNotice((told) => {
        const stream = streamOf(told.id);
        if (stream !== undefined) notice(stream, told);
      }),
      listen(events, EventName.tickPrice, (id: number, field: number, price: number) =>
        this.#price(id, field, price),
      ),
      listen(events, EventName.tickByTickBidAsk, (id: number, _time: unknown, bid: number, ask: number) =>
        this.#both(id, bid, ask),
      ),
      listen(events, EventName.tickSize, (id: number, field: number, size: number) =>
        this.#size(id, field, size),
      ),
      listen(events, EventName.tickGeneric, (id: number, field: number, value: number) => {
        // 1: a general halt, 2: by volatility; 0: none, -1: not known.
        if (field === tickIds.halted || field === tickIds.delayedHalted) streamOf(id)?.halt(value > 0);
      }),
      listen(events, EventName.marketDataType, (id: number, type: number) => {
        const age = ageOf(type);
        if (age !== undefined) streamOf(id)?.aged(age);
      }),
      listen(events, EventName.rerouteMktDataReq, (id: number, conId: number, exchange: string) => {
        const stream = streamOf(id);
        if (stream !== undefined && conId > 0) reroute(stream, { conId, exchange });
      }),
    ];
    return () => {
      for (const leave of leaves) leave();
    };
  }

  #price(id: number, field: number, price: number): void {
    const stream = this.#parts.streamOf(id);
    if (stream === undefined) return;
    if (!Number.isFinite(price)) this.#notNumbers += 1;
    else if (isDelayed(field) && !this.#parts.delayedData) this.#unwantedDelayed += 1;
    else stream.price(field, price);
  }

  #both(id: number, bid: number, ask: number): void {
    const stream = this.#parts.streamOf(id);
    if (stream === undefined) return;
    if (Number.isFinite(bid) && Number.isFinite(ask)) stream.both(bid, ask);
    else this.#notNumbers += 1;
  }

  #size(id: number, field: number, size: number): void {
    const stream = this.#parts.streamOf(id);
    if (stream === undefined || !(size >= 0)) return;
    if (field === tickIds.volume || field === tickIds.delayedVolume) stream.quote.dayVolume(size);
    else if (isQuoteSize(field)) stream.quote.confirm();
  }
}
