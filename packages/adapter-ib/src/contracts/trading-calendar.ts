import type { Session, Span } from '@mikrobot/core';
import { joinSpans, type ReadHours } from './hours.js';

/** Past stretches that are kept, ms: bars and reports look back a little. */
const KEEP_MS = 14 * 86_400_000;

/**
 * When a contract trades, as TWS tells it for the next days. What nobody has told counts as closed: the time after the last day told, and
 * holidays are in it because they are told. Only where TWS has told no hours at all is it always open. {@link learn} brings the days that follow.
 */
export class TradingCalendar implements Session {
  readonly name: string;
  #spans: readonly Span[] = [];
  #until = Number.NEGATIVE_INFINITY;
  /** The stretch of the last answer, so that the next tick costs two comparisons. */
  #last: Span | undefined;

  /** @param name - for errors and reports, such as `NQ hours` */
  constructor(name: string) {
    this.name = name;
  }

  /** Until when hours are known, epoch ms; -Infinity where TWS has told none. */
  get knownUntil(): number {
    return this.#until;
  }

  /**
   * Takes what TWS tells now: it replaces what it told of the same time before.
   * @param now - epoch ms
   */
  learn({ spans, from, until }: ReadHours, now: number): void {
    if (until === Number.NEGATIVE_INFINITY) return;
    const past = this.#spans.filter(({ start, end }) => start < from && end > now - KEEP_MS);
    // A stretch that reaches into what is told now ends there.
    const kept = past.map(({ start, end }) => ({ start, end: Math.min(end, from) }));
    this.#spans = joinSpans([...kept, ...spans]);
    this.#until = until;
    this.#last = undefined;
  }

  isOpen(time: number): boolean {
    return this.spanAt(time) !== undefined;
  }

  spanAt(time: number): Span | undefined {
    const last = this.#last;
    if (last !== undefined && time >= last.start && time < last.end) return last;
    if (this.#until === Number.NEGATIVE_INFINITY) return ALWAYS;
    this.#last = this.#spans.find(({ start, end }) => time >= start && time < end);
    return this.#last;
  }
}

const ALWAYS: Span = { start: Number.NEGATIVE_INFINITY, end: Number.POSITIVE_INFINITY };
