import { type BarSizeSetting, type Contract, EventName, type WhatToShow } from '@stoqey/ib';
import type { Request } from '../line/line.js';
import { listen } from '../listen.js';

/** A bar as TWS tells it, not checked yet. */
export interface RawBar {
  readonly date: string;
  readonly open: number | undefined;
  readonly high: number | undefined;
  readonly low: number | undefined;
  readonly close: number | undefined;
  readonly volume: number | undefined;
  readonly count: number | undefined;
}

/** What is asked for. */
export interface BarsQuery {
  readonly contract: Contract;
  /** In UTC, such as `20251219-21:00:00`; empty for now. */
  readonly end: string;
  readonly duration: string;
  readonly size: BarSizeSetting;
  readonly show: WhatToShow;
  readonly regularHours: boolean;
}

/** Ms; large answers take their time. */
const BARS_TIMEOUT = 60_000;
const HEAD_TIMEOUT = 20_000;
/** Seconds since 1970. */
const EPOCH_DATES = 2;

/** Asks for past bars. `sent` is told the id, by which it can be cancelled. */
export const barsRequest = (
  what: string,
  query: BarsQuery,
  sent: (requestId: number) => void,
): Request<RawBar> => ({
  what,
  timeout: BARS_TIMEOUT,
  ask: (commands, requestId) => {
    const { contract, end, duration, size, show, regularHours } = query;
    sent(requestId);
    commands.reqHistoricalData(
      requestId,
      contract,
      end,
      duration,
      size,
      show,
      regularHours ? 1 : 0,
      EPOCH_DATES,
      false,
    );
  },
  listen: (events, requestId, add, done) =>
    listen(
      events,
      EventName.historicalData,
      (
        id: number,
        date: string,
        open: number,
        high: number,
        low: number,
        close: number,
        volume: number,
        count: number | undefined,
      ) => {
        if (id !== requestId) return;
        // The library tells the end as a bar with this for its date.
        if (date.startsWith('finished')) done();
        else add({ date, open, high, low, close, volume, count });
      },
    ),
});

/** Asks for the time of the first bar there is. */
export const headRequest = (
  what: string,
  { contract, show, regularHours }: Pick<BarsQuery, 'contract' | 'show' | 'regularHours'>,
): Request<string> => ({
  what,
  timeout: HEAD_TIMEOUT,
  ask: (commands, requestId) =>
    void commands.reqHeadTimestamp(requestId, contract, show, regularHours, EPOCH_DATES),
  listen: (events, requestId, add, done) =>
    listen(events, EventName.headTimestamp, (id: number, time: string) => {
      if (id !== requestId) return;
      add(time);
      done();
    }),
});
