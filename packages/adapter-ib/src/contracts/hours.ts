import type { Span, Zone } from '@mikrobot/core';

/** What a text of hours says. */
export interface ReadHours {
  /** In order, without overlaps; stretches that touch are one. */
  readonly spans: readonly Span[];
  /** From when on the text tells, epoch ms: the beginning of its first day or stretch. Infinity when it tells nothing. */
  readonly from: number;
  /** Until when the text tells, epoch ms: the end of its last day or stretch. -Infinity when it tells nothing. */
  readonly until: number;
  /** Parts that cannot be read; their time counts as closed. */
  readonly unreadable: number;
}

const DAY_MS = 86_400_000;
const MINUTE_MS = 60_000;

/** Local ms of `20180323`, as a clock in UTC would show it. */
const dayOf = (text: string): number => {
  const [year, month, day] = [Number(text.slice(0, 4)), Number(text.slice(4, 6)), Number(text.slice(6))];
  const time = Date.UTC(year, month - 1, day);
  // 20180230 is no day, although Date.UTC takes it.
  return new Date(time).getUTCDate() === day ? time : Number.NaN;
};

const clockOf = (text: string): number => {
  const [hours, minutes] = [Number(text.slice(0, 2)), Number(text.slice(2))];
  return hours < 24 && minutes < 60
    ? (hours * 60 + minutes) * MINUTE_MS
    : text === '2400'
      ? DAY_MS
      : Number.NaN;
};

const CLOSED = /^(\d{8}):CLOSED$/;
const STRETCH = /^(?:(\d{8}):)?(\d{4})-(?:(\d{8}):)?(\d{4})$/;

/** Local begin and end of a stretch, and the day that the next of its list belongs to. */
const stretchOf = (
  text: string,
  lastDay: number,
): { start: number; end: number; day: number } | undefined => {
  const match = STRETCH.exec(text);
  if (match === null) return undefined;
  const [, fromDay, from, toDay, to] = match;
  const day = fromDay === undefined ? lastDay : dayOf(fromDay);
  const start = day + clockOf(from!);
  const end = (toDay === undefined ? day : dayOf(toDay)) + clockOf(to!);
  // The old form names one day. Where it goes over midnight, it does not say over which: no guess.
  return end > start && end - start <= 7 * DAY_MS ? { start, end, day } : undefined;
};

/**
 * Reads `tradingHours` or `liquidHours` of contract details, in the form of TWS 970 and later (`20180323:0400-20180323:2000;20180324:CLOSED`)
 * and in the one before (`20090507:0700-1830,1830-2330;20090508:CLOSED`).
 */
export const readHours = (text: string, zone: Zone): ReadHours => {
  const found: Span[] = [];
  let from = Number.POSITIVE_INFINITY;
  let until = Number.NEGATIVE_INFINITY;
  let unreadable = 0;
  for (const part of text.split(';')) {
    let day = Number.NaN;
    const closed = CLOSED.exec(part.trim());
    if (closed !== null) {
      const closedDay = dayOf(closed[1]!);
      if (Number.isNaN(closedDay)) unreadable += 1;
      else {
        from = Math.min(from, zone.toUtc(closedDay));
        until = Math.max(until, zone.toUtc(closedDay + DAY_MS));
      }
      continue;
    }
    for (const piece of part.split(',')) {
      if (piece.trim() === '') continue;
      const stretch = stretchOf(piece.trim(), day);
      if (stretch === undefined) {
        unreadable += 1;
        continue;
      }
      day = stretch.day;
      const span = { start: zone.toUtc(stretch.start), end: zone.toUtc(stretch.end) };
      found.push(span);
      from = Math.min(from, span.start);
      until = Math.max(until, span.end);
    }
  }
  return { spans: joinSpans(found), from, until, unreadable };
};

/** The same time in stretches that are in order and neither overlap nor touch. */
export const joinSpans = (spans: readonly Span[]): readonly Span[] => {
  const joined: Span[] = [];
  for (const span of [...spans].sort((a, b) => a.start - b.start)) {
    const last = joined.at(-1);
    if (last !== undefined && span.start <= last.end)
      joined[joined.length - 1] = { start: last.start, end: Math.max(last.end, span.end) };
    else joined.push(span);
  }
  return joined;
};
