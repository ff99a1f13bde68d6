import { type Clock, MikroBotError, type Timeframe, timeframeMs, zoneOf } from '@mikrobot/core';
import { EventName } from '@stoqey/ib';
import type { BarSource } from '../contracts/contract-spec.js';
import { isWarning } from '../errors.js';
import { readBarTime } from '../history/bar-time.js';
import type { HistoryQueue } from '../history/history-queue.js';
import type { Line } from '../line/line.js';
import { listen } from '../listen.js';
import { BarJoin, type BarSide, type BarUpdate } from './bar-join.js';
import { type BarRequest, keptRequests, realTimeRequests } from './bar-requests.js';
import type { MarketContract } from './market-contract.js';

/** Ms until a stream that TWS refused is asked for again. */
const AGAIN = 60_000;

/** What streams of bars need to know of a contract. */
export interface BarContract extends MarketContract {
  readonly spec: MarketContract['spec'] & {
    readonly bars: BarSource;
    readonly outsideRegularHours: boolean;
  };
}

/** What streams of bars are made of. */
export interface LiveBarParts {
  readonly clock: Clock;
  readonly find: (symbol: string) => BarContract | undefined;
  /** Bars that are kept up to date count as requests for past bars. */
  readonly queue: Pick<HistoryQueue, 'run'>;
  readonly condition: (name: string, detail: string | undefined) => void;
}

interface Stream {
  readonly name: string;
  readonly symbol: string;
  readonly requests: readonly BarRequest[];
  readonly kept: boolean;
  readonly join: BarJoin;
  /** Ids of its requests on the present line. */
  readonly ids: Map<number, BarRequest>;
  trouble: boolean;
  cancelTimer: () => void;
  ended: boolean;
}

/** Bars as TWS makes them, while they form; they outlive lines. */
export class LiveBars {
  readonly #parts: LiveBarParts;
  readonly #streams = new Set<Stream>();
  readonly #byId = new Map<number, Stream>();
  #line: Line | undefined;
  #leave: () => void = () => undefined;
  #opened = 0;

  constructor(parts: LiveBarParts) {
    this.#parts = parts;
  }

  /**
   * Tells bars of a symbol: of five seconds when each is over, of other lengths while they form.
   * @returns the way to end it
   * @throws `MikroBotError` `UNKNOWN_INSTRUMENT`, or `BAD_TIMEFRAME` for a length that TWS does not keep up to date
   */
  subscribe(symbol: string, timeframe: Timeframe, listener: (update: BarUpdate) => void): () => void {
    const contract = this.#parts.find(symbol);
    if (contract === undefined)
      throw new MikroBotError('UNKNOWN_INSTRUMENT', 'it is not among the contracts.', { where: symbol });
    const { bars, outsideRegularHours } = contract.spec;
    const wish = { contract: contract.contract, bars, regularHours: !outsideRegularHours };
    const kept = timeframe !== 'S5';
    const requests = kept
      ? keptRequests(timeframe, zoneOf('UTC'), timeframeMs(timeframe), wish)
      : realTimeRequests(wish);
    if (requests === undefined)
      throw new MikroBotError('BAD_TIMEFRAME', `TWS keeps no bars of ${timeframe} up to date.`, {
        where: symbol,
        hint: 'Use S5, S15, S30, a length of minutes up to M30, or H1; or let core build them of ticks.',
      });
    this.#opened += 1;
    const stream: Stream = {
      name: `${symbol} ${timeframe} bars ${this.#opened}`,
      symbol,
      requests,
      kept,
      join: new BarJoin(symbol, timeframe, !kept, listener),
      ids: new Map(),
      trouble: false,
      cancelTimer: () => undefined,
      ended: false,
    };
    this.#streams.add(stream);
    this.#ask(stream);
    return () => this.#end(stream);
  }

  /** Takes a line that is new, or that TWS has lost the requests of, and asks for everything on it. */
  attach(line: Line): void {
    this.detach();
    this.#line = line;
    this.#leave = this.#listen(line);
    for (const stream of this.#streams) this.#ask(stream);
  }

  /** The line has ended. */
  detach(): void {
    this.#leave();
    this.#leave = () => undefined;
    this.#line = undefined;
    this.#byId.clear();
    for (const stream of this.#streams) {
      stream.ids.clear();
      stream.join.forget();
    }
  }

  /** Ends every stream. */
  close(): void {
    for (const stream of [...this.#streams]) this.#end(stream);
    this.detach();
  }

  #ask(stream: Stream): void {
    const line = this.#line;
    if (line === undefined) return;
    stream.cancelTimer();
    for (const request of stream.requests) {
      const begin = (): void => {
        if (stream.ended || line !== this.#line) return;
        const id = line.nextRequestId();
        stream.ids.set(id, request);
        this.#byId.set(id, stream);
        line.send((commands) => request.ask(commands, id));
      };
      if (!stream.kept) begin();
      else {
        const job = { what: `${stream.name} ${request.side}`, series: stream.symbol, small: false };
        this.#parts.queue.run(job, async () => begin()).catch(() => undefined);
      }
    }
  }

  #stop(stream: Stream): void {
    for (const [id, request] of stream.ids) {
      this.#byId.delete(id);
      this.#line?.send((commands) => request.cancel(commands, id));
    }
    stream.ids.clear();
  }

  #end(stream: Stream): void {
    if (stream.ended) return;
    stream.ended = true;
    this.#streams.delete(stream);
    stream.cancelTimer();
    this.#stop(stream);
    this.#well(stream);
  }

  #listen(line: Line): () => void {
    const utc = zoneOf('UTC');
    const kept = (
      id: number,
      date: string,
      open: number,
      high: number,
      low: number,
      close: number,
      volume: number,
      count: number | undefined,
    ): void => {
      // The end of the first bars comes as a bar of which this is the date.
      if (!this.#byId.has(id) || date.startsWith('finished')) return;
      const time = readBarTime(date, utc) ?? Number.NaN;
      this.#take(id, { time, open, high, low, close, volume, count: count ?? 0 });
    };
    const leaves = [
      listen(
        line.events,
        EventName.realtimeBar,
        (
          id: number,
          seconds: number,
          open: number,
          high: number,
          low: number,
          close: number,
          volume: number,
          _average: number,
          count: number,
        ) => this.#take(id, { time: seconds * 1_000, open, high, low, close, volume, count }),
      ),
      listen(line.events, EventName.historicalData, kept),
      listen(line.events, EventName.historicalDataUpdate, kept),
      line.onNotice(({ id, code, text }) => this.#notice(id, code, text)),
    ];
    return () => {
      for (const leave of leaves) leave();
    };
  }

  #take(id: number, bar: Parameters<BarJoin['take']>[1]): void {
    const stream = this.#byId.get(id);
    const side: BarSide | undefined = stream?.ids.get(id)?.side;
    if (stream === undefined || side === undefined) return;
    this.#well(stream);
    stream.join.take(side, bar);
  }

  #well(stream: Stream): void {
    if (!stream.trouble) return;
    stream.trouble = false;
    this.#parts.condition(stream.name, undefined);
  }

  #notice(id: number, code: number, text: string): void {
    const stream = this.#byId.get(id);
    if (stream === undefined || isWarning(code)) return;
    this.#byId.delete(id);
    stream.ids.delete(id);
    stream.trouble = true;
    this.#parts.condition(stream.name, `${stream.symbol}: no bars: ${text} (${code})`);
    const { clock } = this.#parts;
    stream.cancelTimer();
    stream.cancelTimer = clock.arm(`ib ${stream.name}`, clock.now() + AGAIN, () => {
      this.#stop(stream);
      this.#ask(stream);
    });
  }
}
