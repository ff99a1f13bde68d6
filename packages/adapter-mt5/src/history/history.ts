import { type Bar, type Clock, type HistoryQuery, MikroBotError, type Timeframe } from '@mikrobot/core';
import type { Terminal } from '../bridge/terminal.js';
import { type Requests, timeframes } from '../protocol/requests.js';
import type { BarRow } from '../protocol/symbol-record.js';
import type { ServerTime } from '../server-time.js';
import { toBar } from './to-bar.js';

/** How far a reading of past bars has come. */
export interface HistoryProgress {
  readonly symbol: string;
  readonly timeframe: Timeframe;
  /** Bars read so far. */
  readonly bars: number;
  /** Epoch ms UTC: read up to here, of this span. */
  readonly upTo: number;
  readonly from: number;
  readonly to: number;
}

/** What past bars are read with. */
export interface HistoryParts {
  readonly clock: Clock;
  readonly time: ServerTime;
  terminal(): Terminal | undefined;
  /** A symbol's point, in price; undefined where it is not known. */
  point(symbol: string): number | undefined;
  readonly onProgress: ((progress: HistoryProgress) => void) | undefined;
}

/** Bars that are asked for at once. */
const PAGE = 2_000;
/** Ms between two questions while the terminal still loads, and how often it is asked. */
const LOADING_PAUSE = 1_000;
const MOST_QUESTIONS = 60;

const known: ReadonlySet<string> = new Set(timeframes);

const where = 'metatrader5, history';

/**
 * Past bars, closed ones only. A span of years comes in pages; a terminal that has to load them first is asked again.
 * @throws `MikroBotError` `UNKNOWN_INSTRUMENT`, `BAD_TIMEFRAME`; `PREFLIGHT_FAILED` when the terminal does not answer, `TIMED_OUT` when
 * it loads for more than a minute
 */
export async function* history(parts: HistoryParts, query: HistoryQuery): AsyncGenerator<Bar> {
  const { symbol, timeframe, from, to } = query;
  const point = parts.point(symbol);
  if (point === undefined)
    throw new MikroBotError('UNKNOWN_INSTRUMENT', `there is no symbol ${symbol}.`, { where });
  if (!known.has(timeframe))
    throw new MikroBotError('BAD_TIMEFRAME', `MetaTrader 5 has no bars of ${timeframe}.`, { where });
  const { time, clock } = parts;
  const end = time.toServer(to);
  let next: number | undefined = time.toServer(from);
  let bars = 0;
  let last = Number.NEGATIVE_INFINITY;
  while (next !== undefined && next < end) {
    const page: Page = await readPage(parts, {
      symbol,
      timeframe: timeframe as Requests['bars']['timeframe'],
      from: next,
      to: end,
      limit: PAGE,
    });
    for (const row of page.rows) {
      const bar = toBar(row, { symbol, timeframe, point }, time);
      if (bar.time <= last || bar.time < from || bar.time >= to || bar.closeTime > clock.now()) continue;
      last = bar.time;
      bars += 1;
      yield bar;
    }
    // A page that does not lead on would be asked for again and again.
    next = page.next !== undefined && page.next > next ? page.next : undefined;
    const upTo = next === undefined ? to : time.toUtc(next);
    parts.onProgress?.({ symbol, timeframe, bars, upTo, from, to });
  }
}

interface Page {
  readonly rows: readonly BarRow[];
  readonly next: number | undefined;
}

const readPage = async (parts: HistoryParts, request: Requests['bars']): Promise<Page> => {
  for (let question = 0; question < MOST_QUESTIONS; question++) {
    const asked = await parts.terminal()?.ask('bars', request);
    if (asked?.outcome === 'answer') return { rows: asked.parts.bar, next: asked.answer.data.next };
    const isLoading = asked?.outcome === 'refused' && asked.code === 'HISTORY_LOADING';
    if (!isLoading) {
      const why = asked?.detail ?? 'it is not connected';
      throw new MikroBotError(
        'PREFLIGHT_FAILED',
        `the terminal tells no bars of ${request.symbol}: ${why}.`,
        {
          where,
        },
      );
    }
    await pause(parts.clock);
  }
  throw new MikroBotError('TIMED_OUT', `the terminal still loads the bars of ${request.symbol}.`, { where });
};

const pause = (clock: Clock): Promise<void> =>
  new Promise((resolve) => {
    clock.arm('metatrader5 history', clock.now() + LOADING_PAUSE, () => resolve());
  });
