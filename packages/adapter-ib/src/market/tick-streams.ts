import { MikroBotError, type Tick } from '@mikrobot/core';
import { type Contract, TickByTickDataType } from '@stoqey/ib';
import type { Line, Notice } from '../line/line.js';
import type { MarketDrops } from './drops.js';
import type { MarketContract } from './market-contract.js';
import type { Quote } from './quote.js';
import { troubleOf } from './stream-errors.js';
import { TickReader } from './tick-reader.js';
import { TickStream, type TickStreamParts } from './tick-stream.js';
import type { MarketDataAge } from './tick-types.js';

/** What streams of ticks are made of; the tick object that is emitted is used again. */
export interface TickStreamsParts extends Omit<TickStreamParts, 'wait'> {
  /** Takes delayed data where the account has no live data. */
  readonly delayedData: boolean;
  /** Of a symbol that is configured. */
  readonly find: (symbol: string) => MarketContract | undefined;
}

/**
 * The best prices of symbols as ticks. Streams live through lines: each new line is given to {@link attach}, and all are asked for
 * again.
 */
export class TickStreams {
  readonly #parts: TickStreamsParts;
  readonly #bySymbol = new Map<string, TickStream>();
  readonly #byId = new Map<number, TickStream>();
  readonly #reader: TickReader;
  readonly #waiting: Quote[] = [];
  #line: Line | undefined;
  #leave: () => void = () => undefined;
  /** Crossed quotes of streams that have ended. */
  #crossed = 0;
  #closed = false;

  constructor(parts: TickStreamsParts) {
    this.#parts = parts;
    this.#reader = new TickReader({
      delayedData: parts.delayedData,
      streamOf: (id) => this.#byId.get(id),
      notice: (stream, notice) => this.#notice(stream, notice),
      reroute: (stream, contract) => this.#reroute(stream, contract),
    });
  }

  /** How many messages were dropped, by reason. */
  get drops(): MarketDrops {
    let crossed = this.#crossed;
    for (const { quote } of this.#bySymbol.values()) crossed += quote.crossed;
    return { ...this.#reader.drops, crossed };
  }

  /** How old the data of a symbol is; undefined while TWS has not told, or nobody listens. */
  ageOf(symbol: string): MarketDataAge | undefined {
    return this.#bySymbol.get(symbol)?.age;
  }

  /**
   * Starts the ticks of a symbol.
   * @returns the way to end them, once data has come or the market was silent for a while
   * @throws `MikroBotError` `UNKNOWN_INSTRUMENT` for a symbol that is not configured, `PREFLIGHT_FAILED` when TWS gives no data
   */
  async subscribe(symbol: string): Promise<() => void> {
    const stream = this.#bySymbol.get(symbol) ?? this.#open(symbol);
    stream.users += 1;
    let left = false;
    const leave = (): void => {
      if (left) return;
      left = true;
      stream.users -= 1;
      this.#endUnused(stream);
    };
    try {
      await stream.began.done;
    } catch (error) {
      leave();
      throw error;
    }
    return leave;
  }

  /**
   * Looks at the ticks of a symbol without having them emitted, from the last one on.
   * @returns the way to end it
   * @throws `MikroBotError` `UNKNOWN_INSTRUMENT` for a symbol that is not configured
   */
  peek(symbol: string, listener: (tick: Tick) => void): () => void {
    const stream = this.#bySymbol.get(symbol) ?? this.#open(symbol);
    stream.peeks.add(listener);
    const { last } = stream.quote;
    if (last !== undefined) listener(last);
    return () => {
      stream.peeks.delete(listener);
      this.#endUnused(stream);
    };
  }

  /** Takes a line that is new, or that TWS has lost the requests of, and asks for everything on it. */
  attach(line: Line): void {
    if (this.#closed) return;
    if (line !== this.#line) {
      this.detach();
      this.#line = line;
      this.#leave = this.#reader.listen(line);
    }
    this.#byId.clear();
    // Asked for by each connection: TWS forgets it with the socket.
    line.send((commands) => commands.reqMarketDataType(this.#parts.delayedData ? 3 : 1));
    for (const stream of this.#bySymbol.values()) this.#ask(stream);
  }

  /** The line has ended: what it told is no longer true. */
  detach(): void {
    this.#leave();
    this.#leave = () => undefined;
    this.#line = undefined;
    this.#byId.clear();
    for (const stream of this.#bySymbol.values()) stream.silenced();
  }

  /** Ends every stream. */
  close(): void {
    this.#closed = true;
    for (const stream of [...this.#bySymbol.values()]) this.#end(stream);
    this.detach();
  }

  #open(symbol: string): TickStream {
    const market = this.#parts.find(symbol);
    if (market === undefined || this.#closed)
      throw new MikroBotError('UNKNOWN_INSTRUMENT', 'it is not among the contracts.', {
        where: symbol,
        hint: 'Add it to `contracts`.',
      });
    const stream = new TickStream(market, { ...this.#parts, wait: this.#wait });
    this.#bySymbol.set(symbol, stream);
    this.#ask(stream);
    return stream;
  }

  #ask(stream: TickStream): void {
    const line = this.#line;
    if (line === undefined) return;
    stream.asked(line.nextRequestId());
    const { id, contract, tickByTick } = stream;
    this.#byId.set(id, stream);
    line.send((commands) => {
      if (tickByTick) commands.reqTickByTickData(id, contract, TickByTickDataType.BidAsk, 0, true);
      else commands.reqMktData(id, contract, '', false, false);
    });
  }

  #stop(stream: TickStream): void {
    const { id, tickByTick } = stream;
    if (!this.#byId.delete(id)) return;
    stream.silenced();
    this.#line?.send((commands) => {
      if (tickByTick) commands.cancelTickByTickData(id);
      else commands.cancelMktData(id);
    });
  }

  #endUnused(stream: TickStream): void {
    if (stream.users === 0 && stream.peeks.size === 0) this.#end(stream);
  }

  #end(stream: TickStream): void {
    const { symbol } = stream.market;
    if (this.#bySymbol.get(symbol) !== stream) return;
    this.#bySymbol.delete(symbol);
    this.#crossed += stream.quote.crossed;
    this.#stop(stream);
    stream.end();
  }

  /** Data of a contract for difference is that of its underlying. */
  #reroute(stream: TickStream, contract: Contract): void {
    this.#stop(stream);
    stream.contract = contract;
    this.#ask(stream);
  }

  #notice(stream: TickStream, { id, code, text }: Notice): void {
    const trouble = troubleOf(code);
    if (trouble === 'partial') stream.lacks(code, text);
    if (trouble !== 'refused') return;
    // TWS has ended it: there is nothing to cancel.
    this.#byId.delete(id);
    stream.refuse(code, text, () => {
      this.#stop(stream);
      this.#ask(stream);
    });
  }

  readonly #wait = (quote: Quote): void => {
    this.#waiting.push(quote);
    if (this.#waiting.length === 1) queueMicrotask(this.#flush);
  };

  readonly #flush = (): void => {
    const waiting = this.#waiting;
    for (let i = 0; i < waiting.length; i++) waiting[i]!.flush();
    waiting.length = 0;
  };
}
