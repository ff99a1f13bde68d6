import { type Book, type RiskEvent, TradingDays } from '@mikrobot/core';
import * as z from 'zod';
import { shown } from '../checks.js';
import { tidy } from '../limits/measure.js';
import { orderOutcome } from '../monitors/order-outcome.js';
import { slippageFigures, slippageWindowsSchema, withFill } from '../monitors/slippage-window.js';
import type { Trigger } from './latch.js';
import type { KillSwitchSettings } from './settings.js';

/** What the triggers look at. */
export const watchSchema = z.strictObject({
  /** End of the day that is counted, epoch ms; 0 before the first. */
  until: z.number(),
  /** Equity at the first event of that day, and the highest so far, account currency; null while unknown. */
  dayStart: z.number().nullable(),
  peak: z.number().nullable(),
  /** Orders in a row that failed. */
  failures: z.number().int().nonnegative(),
  /** Since when the line to the venue is down, epoch ms; null while it is not. */
  down: z.number().nullable(),
  slippage: slippageWindowsSchema,
});

/** See {@link watchSchema}. */
export type Watch = z.output<typeof watchSchema>;

/** Nothing seen yet. */
export const freshWatch: Watch = {
  until: 0,
  dayStart: null,
  peak: null,
  failures: 0,
  down: null,
  slippage: [],
};

/** A trigger that went off: the number against its limit, and the same in words. */
export interface Trip {
  readonly trigger: Exclude<Trigger, 'command'>;
  readonly limit: number;
  readonly actual: number;
  readonly reason: string;
}

/** The part of `from` that is gone; exact where the amounts are. */
const lost = (from: number, equity: number): number => tidy((from - equity) / from);

/** The triggers of one kill switch. */
export class Triggers {
  readonly #settings: KillSwitchSettings;
  readonly #days: TradingDays;
  /** Whether any trigger looks at the equity. */
  readonly needsEquity: boolean;

  constructor(settings: KillSwitchSettings) {
    this.#settings = settings;
    this.#days = new TradingDays(settings.roll);
    this.needsEquity = settings.dailyLoss !== undefined || settings.drawdown !== undefined;
  }

  /** What is known after an event; the same object when nothing is new. A line that came back is for {@link lineBack}. */
  heard(watch: Watch, event: RiskEvent, book: Book, equity: number): Watch {
    const seen = this.withEquity(watch, book, equity);
    switch (event.type) {
      case 'decision':
        return this.#counted(seen, event);
      case 'fill':
        return this.#slipped(seen, event, book);
      default:
        return seen;
    }
  }

  /** The line to the venue, which is followed whatever is latched. */
  line(watch: Watch, event: RiskEvent, book: Book): Watch {
    if (event.type !== 'connection' || event.connection.state !== 'down' || watch.down !== null) return watch;
    return { ...watch, down: book.now() };
  }

  /** The line to the venue is back, or a new start found it open. After {@link tripped}, for it may have been away for too long. */
  lineBack(watch: Watch, event: RiskEvent): Watch {
    const isBack =
      event.type === 'start' || (event.type === 'connection' && event.connection.state !== 'down');
    return isBack && watch.down !== null ? { ...watch, down: null } : watch;
  }

  /** Where all counts begin anew, but for the line, which is down from now on if it is down. */
  anew(watch: Watch, book: Book): Watch {
    return { ...freshWatch, down: watch.down === null ? null : book.now() };
  }

  /** The equity, account currency; NaN where no trigger looks at it or it is not known. */
  equityIn(book: Book): number {
    if (!this.needsEquity || book.unpriced().length > 0) return Number.NaN;
    const { equity } = book.account();
    return Number.isFinite(equity) ? equity : Number.NaN;
  }

  /** The equity of the day's begin and the highest, with that of this moment; unchanged while it is not known. */
  withEquity(watch: Watch, book: Book, equity: number): Watch {
    const now = book.now();
    // Of nothing or less no part can be lost.
    const isNewDay = (now >= watch.until || watch.dayStart === null) && equity > 0;
    const isPeak = equity > (watch.peak ?? 0);
    if (!isNewDay && !isPeak) return watch;
    return {
      ...watch,
      ...(isNewDay && { until: this.#days.at(now).end, dayStart: equity }),
      ...(isPeak && { peak: equity }),
    };
  }

  /** The first trigger that is beyond its limit. */
  tripped(watch: Watch, book: Book, equity: number): Trip | undefined {
    return (
      this.#losses(watch, equity) ?? this.#line(watch, book) ?? this.#orders(watch) ?? this.#slippage(watch)
    );
  }

  #counted(watch: Watch, { decision }: Extract<RiskEvent, { type: 'decision' }>): Watch {
    if (this.#settings.failures === undefined) return watch;
    const outcome = orderOutcome(decision);
    if (outcome === undefined || (outcome === 'success' && watch.failures === 0)) return watch;
    return { ...watch, failures: outcome === 'success' ? 0 : watch.failures + 1 };
  }

  #slipped(watch: Watch, { fill, expected }: Extract<RiskEvent, { type: 'fill' }>, book: Book): Watch {
    const { slippageRatio, slippagePips, slippageSpreadFraction, slippageFills } = this.#settings;
    if (slippageRatio === undefined) return watch;
    const model = { pips: slippagePips, spreadFraction: slippageSpreadFraction, fills: slippageFills };
    const slippage = withFill(watch.slippage, fill, expected, model, book);
    return slippage === watch.slippage ? watch : { ...watch, slippage };
  }

  #losses({ dayStart, peak }: Watch, equity: number): Trip | undefined {
    const { dailyLoss, drawdown } = this.#settings;
    const daily = dayStart === null ? 0 : lost(dayStart, equity);
    if (dailyLoss !== undefined && daily >= dailyLoss)
      return trip('dailyLoss', dailyLoss, daily, 'the day lost so much of its equity');
    const fall = peak === null ? 0 : lost(peak, equity);
    return drawdown !== undefined && fall >= drawdown
      ? trip('drawdown', drawdown, fall, 'the equity fell so far from its peak')
      : undefined;
  }

  #line({ down }: Watch, book: Book): Trip | undefined {
    const { downFor } = this.#settings;
    if (downFor === undefined || down === null) return undefined;
    const since = book.now() - down;
    return since >= downFor ? trip('down', downFor, since, 'the line was down for so many ms') : undefined;
  }

  #orders({ failures }: Watch): Trip | undefined {
    const { failures: limit } = this.#settings;
    return limit !== undefined && failures >= limit
      ? trip('failures', limit, failures, 'so many orders in a row failed')
      : undefined;
  }

  #slippage({ slippage }: Watch): Trip | undefined {
    const { slippageRatio, slippageAtLeast } = this.#settings;
    if (slippageRatio === undefined) return undefined;
    for (const { symbol } of slippage) {
      const figures = slippageFigures(slippage, symbol);
      if (figures !== undefined && figures.fills >= slippageAtLeast && figures.ratio > slippageRatio)
        return trip('slippage', slippageRatio, figures.ratio, `${symbol} slipped so many times the model`);
    }
    return undefined;
  }
}

const trip = (trigger: Trip['trigger'], limit: number, actual: number, what: string): Trip => ({
  trigger,
  limit,
  actual,
  reason: `${what}: ${shown(actual)}, limit ${limit}`,
});
