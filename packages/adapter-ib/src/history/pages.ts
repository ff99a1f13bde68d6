import { MikroBotError, type Timeframe, type Zone } from '@mikrobot/core';
import { twsUtcTime } from '../tws-time.js';
import { type BarSize, durationOf, gridEnd, gridStart } from './bar-sizes.js';

/** What one request is to cover. */
export interface Page {
  /** Epoch ms, inclusive. */
  readonly from: number;
  /** Epoch ms, exclusive. */
  readonly to: number;
  /** As TWS is told it; empty for now. */
  readonly end: string;
  readonly duration: string;
}

/**
 * One request for what has no end but now.
 * @throws `MikroBotError` `BAD_CONFIG` where that is too much for one
 */
export const pageToNow = (size: BarSize, from: number, now: number, where: string): Page => {
  if (now - from > size.reach)
    throw new MikroBotError(
      'BAD_CONFIG',
      `bars of ${size.setting} of a continuous future go back ${Math.round(size.reach / 86_400_000)} days at most.`,
      { where, hint: 'Ask for coarser bars, or for those of the contract itself.' },
    );
  return { from, to: now, end: '', duration: durationOf(now - from) };
};

/** Requests that cover a stretch, oldest first; each begins and ends on the timeframe's grid. */
export const pagesOf = (
  size: BarSize,
  timeframe: Timeframe,
  zone: Zone,
  from: number,
  to: number,
): Page[] => {
  const pages: Page[] = [];
  for (let start = from; start < to; ) {
    // On the grid again where a change of clocks lies between.
    const next = Math.max(gridStart(timeframe, zone, start + size.page), gridEnd(timeframe, zone, start));
    const end = Math.min(next, to);
    pages.push({
      from: start,
      to: end,
      end: twsUtcTime(end),
      duration: size.duration,
    });
    start = end;
  }
  return pages;
};
