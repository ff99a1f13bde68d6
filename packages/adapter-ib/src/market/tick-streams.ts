import { type Clock, MikroBotError, type Tick } from '@mikrobot/core';
import { TickByTickDataType } from '@stoqey/ib';
import type { Line } from '../line/line.js';
import type { MarketDrops } from './drops.js';
import type { MarketContract } from './market-contract.js';
import type { Quote } from './quote.js';
import { streamError, troubleOf } from './stream-errors.js';
import { TickReader } from './tick-reader.js';
import { TickStream } from './tick-stream.js';
import type { MarketDataAge } from './tick-types.js';

/** Ms that a stream may be silent before it counts as begun: a closed market tells nothing. */
const QUIET = 3_000;
/** Ms until a stream that TWS ended is asked for again. */
const AGAIN = 30_000;

/** What streams of ticks are made of. */
export interface TickStreamParts {
  readonly clock: Clock;
  /** Takes delayed data where the account has no live data. */
  readonly delayedData: boolean;
  /** Of a symbol that is configured. */
  readonly find: (symbol: string) => MarketContract | undefined;
  /** The tick object is used again. */
  readonly emit: (tick: Tick) => void;
  /** What is wrong with the data of a symbol; undefined: nothing any more. */
  readonly condition: (symbol: string, detail: string | undefined) => void;
}

/**
 * The best prices of symbols as ticks. Streams live through lines: each new line is given to {@link attach}, and all are asked for
 * again.
 */
export class TickStreams {
  readonly #parts: TickStreamParts;
  readonly #bySymbol = new Map<string, TickStream>();
  readonly #byId = new Map<number, TickStream>();
  readonly #reader: TickReader;
  readonly #waiting: Quote[] = [];
  #line: Line | undefined;
  #leave: () => void = () => undefined;
  /** Crossed quotes of streams that have ended. */
  #crossed = 0;
  #closed = false;

  constructor(parts: TickStreamParts) {
    this.#parts = parts;
    this.#reader = new TickReader({
      delayedData: parts.delayedData,
      find: (id) => this.#byId.get(id),
      heard: (stream) => this.#heard(stream),
      changed: (stream) => this.#tell(stream),
      reroute: (stream, conId, exchange) => this.#reroute(stream, conId, exchange),
      notice: (stream, code, text) => this.#notice(stream, code, text),
    });
  }

  /** How many messages were dropped, by reason. */
  get drops(): MarketDrops {
    let crossed = this.#crossed;
    for (const { quote } of this.#bySymbol.values()) crossed += quote.crossed;
    return {
      'not a number': this.#reader.notNumbers,
      crossed,
      'delayed data that nobody asked for': this.#reader.unwantedDelayed,
    };
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
    for (const stream of this.#bySymbol.values()) {
      stream.id = 0;
      stream.quote.forget();
    }
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
    const { clock, emit } = this.#parts;
    const stream = new TickStream(market, { clock, emit, wait: this.#wait });
    this.#bySymbol.set(symbol, stream);
    this.#arm(stream, QUIET, () => this.#quiet(stream));
    this.#ask(stream);
    return stream;
  }

  #ask(stream: TickStream): void {
    const line = this.#line;
    if (line === undefined) return;
    stream.id = line.nextRequestId();
    stream.heard = false;
    stream.partial = undefined;
    // A halt that goes on is told again.
    if (stream.halted) {
      stream.halted = false;
      this.#tell(stream);
    }
    stream.quote.forget();
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
    stream.id = 0;
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
    stream.cancelTimer();
    stream.quote.forget();
    stream.began.resolve();
    this.#crossed += stream.quote.crossed;
    this.#stop(stream);
    if (stream.condition !== undefined) this.#parts.condition(symbol, undefined);
  }

  #heard(stream: TickStream): void {
    stream.heard = true;
    stream.cancelTimer();
    stream.began.resolve();
    if (stream.trouble === undefined) return;
    stream.trouble = undefined;
    this.#tell(stream);
  }

  /** Data of a contract for difference is that of its underlying. */
  #reroute(stream: TickStream, conId: number, exchange: string): void {
    this.#stop(stream);
    stream.contract = { conId, exchange };
    this.#ask(stream);
  }

  #notice(stream: TickStream, code: number, text: string): void {
    const trouble = troubleOf(code);
    if (trouble === 'partial') stream.partial = { code, text };
    if (trouble !== 'refused') return;
    // TWS has ended it: there is nothing to cancel.
    this.#byId.delete(stream.id);
    stream.id = 0;
    stream.quote.forget();
    if (!stream.began.settled) {
      stream.began.reject(streamError(stream.market.symbol, code, text));
      return;
    }
    stream.trouble = `${text} (${code})`;
    this.#tell(stream);
    this.#arm(stream, AGAIN, () => {
      this.#stop(stream);
      this.#ask(stream);
    });
  }

  /** Nothing has come for a while: the market may be closed, unless TWS said that something is missing. */
  #quiet(stream: TickStream): void {
    const { partial } = stream;
    if (partial === undefined) stream.began.resolve();
    else stream.began.reject(streamError(stream.market.symbol, partial.code, partial.text));
  }

  #arm(stream: TickStream, wait: number, wake: () => void): void {
    const { clock } = this.#parts;
    stream.cancelTimer();
    stream.cancelTimer = clock.arm(`ib ticks ${stream.market.symbol}`, clock.now() + wait, wake);
  }

  #tell(stream: TickStream): void {
    this.#parts.condition(stream.market.symbol, stream.condition);
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
