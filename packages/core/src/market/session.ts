import { MikroBotError } from '../errors/mikrobot-error.js';
import type { Span } from './trading-day.js';
import { DAY_MS, parseLocalTime, type Zone, zoneOf } from './zone.js';

/** A weekday as JavaScript counts them: 0 is Sunday. */
export type Weekday = 0 | 1 | 2 | 3 | 4 | 5 | 6;

/** A recurring stretch of market time. */
export interface Session {
  readonly name: string;
  /** Whether it is open at a moment (epoch ms UTC). */
  isOpen(time: number): boolean;
  /** Begin and end of the session that is open at a moment; undefined when it is closed. */
  spanAt(time: number): Span | undefined;
}

/** What {@link defineSession} takes. */
export interface SessionInput {
  readonly name: string;
  /** IANA name, such as `Europe/London`. */
  readonly zone: string;
  /** Local time of its begin, as `08:00`. */
  readonly from: string;
  /** Local time of its end, exclusive; at or before `from` it is on the next day. */
  readonly to: string;
  /** Local weekdays on which it begins; Monday to Friday when left out. */
  readonly days?: readonly Weekday[] | undefined;
}

const WORKDAYS: readonly Weekday[] = [1, 2, 3, 4, 5];

/** 1 January 1970 was a Thursday. */
const weekdayOf = (day: number): number => (((day + 4) % 7) + 7) % 7;

/** Remembers the stretch, open or closed, that it was last asked about, so that the next tick costs two comparisons. */
class ZonedSession implements Session {
  readonly name: string;
  readonly #zone: Zone;
  /** Ms after the local midnight of the day it begins on. */
  readonly #from: number;
  readonly #to: number;
  readonly #days: ReadonlySet<number>;
  #knownFrom = Infinity;
  #knownTo = -Infinity;
  #span: Span | undefined;

  constructor(name: string, zone: Zone, from: number, to: number, days: ReadonlySet<number>) {
    this.name = name;
    this.#zone = zone;
    this.#from = from;
    this.#to = to;
    this.#days = days;
  }

  isOpen(time: number): boolean {
    return this.spanAt(time) !== undefined;
  }

  spanAt(time: number): Span | undefined {
    if (time >= this.#knownFrom && time < this.#knownTo) return this.#span;
    const day = Math.floor(this.#zone.toLocal(time) / DAY_MS);
    this.#span = undefined;
    this.#knownFrom = -Infinity;
    this.#knownTo = Infinity;
    for (let d = day - 2; d <= day + 2; d++) {
      const span = { start: this.#utc(d, this.#from), end: this.#utc(d, this.#to) };
      // A day off still bounds what is known, at the moment its session would begin.
      if (span.start > time) this.#knownTo = Math.min(this.#knownTo, span.start);
      else if (!this.#days.has(weekdayOf(d))) this.#knownFrom = Math.max(this.#knownFrom, span.start);
      else if (span.end > time) return this.#open(span);
      else this.#knownFrom = Math.max(this.#knownFrom, span.end);
    }
    return undefined;
  }

  #open(span: Span): Span {
    this.#knownFrom = span.start;
    this.#knownTo = span.end;
    this.#span = span;
    return span;
  }

  #utc(day: number, clock: number): number {
    return this.#zone.toUtc(day * DAY_MS + clock);
  }
}

/**
 * A session by the clock on the wall of its place, so that summer time is right there and everywhere else. Public holidays
 * are not known.
 * @example
 * ```ts
 * const xetra = defineSession({ name: 'xetra', zone: 'Europe/Berlin', from: '09:00', to: '17:30' });
 * ```
 * @throws {@link MikroBotError} `BAD_CONFIG` for an unknown zone, a time that is none, or no days.
 */
export const defineSession = (input: SessionInput): Session => {
  const { name, days = WORKDAYS } = input;
  const where = `session ${name}`;
  const from = parseLocalTime(input.from, where) % DAY_MS;
  const to = parseLocalTime(input.to, where);
  if (days.length === 0)
    throw new MikroBotError('BAD_CONFIG', 'It has no days.', {
      where,
      hint: 'Leave days out for Monday to Friday.',
    });
  return new ZonedSession(name, zoneOf(input.zone), from, to > from ? to : to + DAY_MS, new Set(days));
};

/** When both of two sessions are open. */
export const overlapOf = (name: string, first: Session, second: Session): Session => ({
  name,
  isOpen: (time) => first.isOpen(time) && second.isOpen(time),
  spanAt: (time) => {
    const a = first.spanAt(time);
    const b = second.spanAt(time);
    if (a === undefined || b === undefined) return undefined;
    return { start: Math.max(a.start, b.start), end: Math.min(a.end, b.end) };
  },
});

const workday = (name: string, zone: string): Session =>
  defineSession({ name, zone, from: '08:00', to: '17:00' });

const london = /* @__PURE__ */ workday('london', 'Europe/London');
const newYork = /* @__PURE__ */ workday('new-york', 'America/New_York');
const tokyo = /* @__PURE__ */ workday('tokyo', 'Asia/Tokyo');
const sydney = /* @__PURE__ */ workday('sydney', 'Australia/Sydney');
const londonNewYork = /* @__PURE__ */ overlapOf('london-new-york', london, newYork);

/**
 * The four sessions of foreign exchange, each 08:00 to 17:00 on workdays by its own clock, and the busiest hours: when London
 * and New York are both open (13-17 UTC in winter, 12-16 in summer, 12-17 while only one of them has changed its clocks).
 */
export const sessions = { london, newYork, tokyo, sydney, londonNewYork } as const;

/** The week of foreign exchange, in five days from 17:00 New York: Sunday evening to Friday evening. */
export const fxWeek: Session = /* @__PURE__ */ defineSession({
  name: 'fx-week',
  zone: 'America/New_York',
  from: '17:00',
  to: '17:00',
  days: [0, 1, 2, 3, 4],
});

/** Groups of the day for reports; see {@link sessionTag}. */
export type SessionTag = 'london-new-york' | 'london' | 'new-york' | 'tokyo' | 'off';

/**
 * The session that a moment counts to in reports: the overlap before its parts, London and New York before Tokyo.
 * @param time - epoch ms UTC
 */
export const sessionTag = (time: number): SessionTag => {
  const inLondon = london.isOpen(time);
  if (newYork.isOpen(time)) return inLondon ? 'london-new-york' : 'new-york';
  if (inLondon) return 'london';
  return tokyo.isOpen(time) ? 'tokyo' : 'off';
};
