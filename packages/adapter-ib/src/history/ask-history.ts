import { type Clock, MikroBotError } from '@mikrobot/core';
import { isPacing, LineEndedError, TwsError } from '../errors.js';
import type { Line } from '../line/line.js';
import type { HistoryQueue } from './history-queue.js';
import { type BarsQuery, barsRequest, headRequest, type RawBar } from './history-requests.js';

/** What past bars are asked with. */
export interface AskParts {
  readonly clock: Clock;
  readonly queue: HistoryQueue;
  /** The line of the moment, undefined while it is down. */
  readonly line: () => Line | undefined;
}

/** A request of past bars: what it asks, and what it is called. */
export interface BarsJob {
  readonly symbol: string;
  readonly query: BarsQuery;
  readonly small: boolean;
  readonly onWait: (ms: number) => void;
}

/** Other programs of the same user count as well, so that a violation can come in spite of the queue. Ms, doubled each time. */
const FIRST_PAUSE = 15_000;
const LONGEST_PAUSE = 150_000;
/** Together longer than the ten minutes that TWS looks back. */
const MOST_PAUSES = 8;
/** How often a request is repeated whose answer was lost: reading is safe. */
const MOST_LOSSES = 3;
/** Ms between two looks for a line, and the most of them. */
const LOOK = 1_000;
const MOST_LOOKS = 300;

/** 162 is every error of the history service; that there is nothing is none. */
const isNoData = (error: unknown): boolean =>
  error instanceof TwsError && error.twsCode === 162 && /no data/i.test(error.text);

const wasLost = (error: unknown): boolean =>
  error instanceof LineEndedError || (error instanceof MikroBotError && error.code === 'TIMED_OUT');

const sleep = (clock: Clock, ms: number): Promise<void> =>
  new Promise((resolve) => void clock.arm('ib.history.line', clock.now() + ms, () => resolve()));

/** The line, waited for while it is down. */
const standingLine = async ({ clock, line, queue }: AskParts): Promise<Line> => {
  for (let look = 0; look < MOST_LOOKS; look++) {
    queue.throwIfClosed();
    const now = line();
    if (now?.isOpen === true) return now;
    await sleep(clock, LOOK);
  }
  throw new LineEndedError('history', 'it did not come back in time');
};

/** Asks once. What TWS still works on after the time is over is cancelled, or it would answer to nobody. */
const askOnce = async (line: Line, what: string, query: BarsQuery): Promise<readonly RawBar[]> => {
  let requestId: number | undefined;
  const request = barsRequest(what, query, (id) => {
    requestId = id;
  });
  try {
    return await line.request(request);
  } catch (error) {
    const id = requestId;
    if (id !== undefined && wasLost(error) && line.isOpen)
      line.send((commands) => void commands.cancelHistoricalData(id));
    throw error;
  }
};

const keyOf = ({ contract, show }: BarsQuery): string =>
  `${contract.conId ?? `${contract.secType} ${contract.symbol}`} ${contract.exchange} ${show}`;

/**
 * Asks for one page of past bars, as often as it takes: after a pacing violation when that is over, and again where the line broke or no
 * answer came. No data is an empty page.
 * @throws `TwsError` for what TWS refuses, such as for want of a subscription; `MikroBotError` `TIMED_OUT` where no answer comes at all
 */
export const askBars = async (parts: AskParts, job: BarsJob): Promise<readonly RawBar[]> => {
  const { queue } = parts;
  const { symbol, query, small, onWait } = job;
  const what = `past bars of ${symbol}`;
  const paced = {
    what: `${keyOf(query)} ${query.end} ${query.duration} ${query.size} ${query.regularHours}`,
    series: keyOf(query),
    small,
  };
  let pause = FIRST_PAUSE;
  for (let pauses = 0, losses = 0; ; ) {
    const line = await standingLine(parts);
    try {
      return await queue.run(paced, () => askOnce(line, what, query), onWait);
    } catch (error) {
      if (isNoData(error)) return [];
      if (error instanceof TwsError && isPacing(error.twsCode, error.text) && pauses < MOST_PAUSES) {
        pauses += 1;
        queue.pause(pause);
        pause = Math.min(2 * pause, LONGEST_PAUSE);
      } else if (wasLost(error) && losses < MOST_LOSSES && !queue.isClosed) losses += 1;
      else throw error;
    }
  }
};

/**
 * When the first bar there is begins, epoch ms; undefined where TWS does not say. Only spares pages in which there is nothing.
 */
export const askHead = async (parts: AskParts, { symbol, query }: BarsJob): Promise<number | undefined> => {
  const what = `first bar of ${symbol}`;
  const line = await standingLine(parts);
  const paced = { what: `${keyOf(query)} head`, series: keyOf(query), small: false };
  try {
    const [seconds] = await parts.queue.run(paced, () => line.request(headRequest(what, query)));
    return /^\d{1,11}$/.test(seconds ?? '') ? Number(seconds) * 1_000 : undefined;
  } catch {
    return undefined;
  }
};
