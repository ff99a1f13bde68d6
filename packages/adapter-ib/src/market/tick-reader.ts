import { EventName } from '@stoqey/ib';
import type { Line } from '../line/line.js';
import { listen } from '../listen.js';
import type { TickStream } from './tick-stream.js';
import { ageOf, isDelayed, isQuoteSize, tickIds } from './tick-types.js';

/** What messages of market data lead to. */
export interface TickReaderParts {
  /** Takes delayed data where the account has no live data. */
  readonly delayedData: boolean;
  /** The stream of a request, where it is one of the present. */
  readonly find: (id: number) => TickStream | undefined;
  /** The first price of a request has come. */
  readonly heard: (stream: TickStream) => void;
  /** Its condition may have changed. */
  readonly changed: (stream: TickStream) => void;
  /** Its data is that of another contract. */
  readonly reroute: (stream: TickStream, contractId: number, exchange: string) => void;
  /** TWS says something of the request. */
  readonly notice: (stream: TickStream, code: number, text: string) => void;
}

/** Reads messages of market data into the streams that they are for. */
export class TickReader {
  readonly #parts: TickReaderParts;
  #notNumbers = 0;
  #unwantedDelayed = 0;

  constructor(parts: TickReaderParts) {
    this.#parts = parts;
  }

  /** Prices that were no numbers, and were dropped. */
  get notNumbers(): number {
    return this.#notNumbers;
  }

  /** Delayed prices that nobody asked for, and were dropped. */
  get unwantedDelayed(): number {
    return this.#unwantedDelayed;
  }

  /** @returns the way to stop */
  listen(line: Line): () => void {
    const { events } = line;
    const { find, notice } = this.#parts;
    const leaves = [
      line.onNotice(({ id, code, text }) => {
        const stream = find(id);
        if (stream !== undefined) notice(stream, code, text);
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
      listen(events, EventName.tickGeneric, (id: number, field: number, value: number) =>
        this.#generic(id, field, value),
      ),
      listen(events, EventName.marketDataType, (id: number, type: number) => this.#aged(id, type)),
      listen(events, EventName.rerouteMktDataReq, (id: number, contractId: number, exchange: string) => {
        const stream = find(id);
        if (stream !== undefined && contractId > 0) this.#parts.reroute(stream, contractId, exchange);
      }),
    ];
    return () => {
      for (const leave of leaves) leave();
    };
  }

  #price(id: number, field: number, price: number): void {
    const stream = this.#parts.find(id);
    if (stream === undefined) return;
    if (!Number.isFinite(price)) this.#notNumbers += 1;
    else if (isDelayed(field) && !this.#parts.delayedData) this.#unwantedDelayed += 1;
    else if (stream.price(field, price) && price > 0 && !stream.heard) this.#parts.heard(stream);
  }

  #size(id: number, field: number, size: number): void {
    const stream = this.#parts.find(id);
    if (stream === undefined || !(size >= 0)) return;
    if (field === tickIds.volume || field === tickIds.delayedVolume) stream.quote.dayVolume(size);
    else if (isQuoteSize(field)) stream.quote.confirm();
  }

  #both(id: number, bid: number, ask: number): void {
    const stream = this.#parts.find(id);
    if (stream === undefined) return;
    if (!(Number.isFinite(bid) && Number.isFinite(ask))) this.#notNumbers += 1;
    else {
      stream.quote.both(bid, ask);
      if (!stream.heard) this.#parts.heard(stream);
    }
  }

  #generic(id: number, field: number, value: number): void {
    const stream = this.#parts.find(id);
    if (stream === undefined || (field !== tickIds.halted && field !== tickIds.delayedHalted)) return;
    // 1: a general halt, 2: by volatility; 0: none, -1: not known.
    const halted = value > 0;
    if (halted === stream.halted) return;
    stream.halted = halted;
    this.#parts.changed(stream);
  }

  #aged(id: number, type: number): void {
    const stream = this.#parts.find(id);
    const age = ageOf(type);
    if (stream === undefined || age === undefined || stream.age === age) return;
    stream.age = age;
    this.#parts.changed(stream);
  }
}
