import { MikroBotError, type Span } from '@mikrobot/core';
import * as z from 'zod';

/** How much an event is expected to move the market. */
export const impacts = ['low', 'medium', 'high'] as const;
/** See {@link impacts}. */
export type Impact = (typeof impacts)[number];

/** A scheduled publication. */
export interface NewsEvent {
  /** Epoch ms UTC. */
  readonly time: number;
  /** ISO codes in capitals; `ALL` for what concerns every currency. */
  readonly currencies: readonly string[];
  readonly impact: Impact;
  readonly title: string;
}

/**
 * Where economic news is scheduled: implement it over any source. It is asked synchronously and must answer the same for the same
 * moment in a replay; a source that is read over the network keeps a copy and hands that out.
 */
export interface NewsCalendar {
  /** Events at `from` to `to`, both inclusive (epoch ms), in order of time. */
  events(from: number, to: number): readonly NewsEvent[];
  /** The stretch of time for which every event is known; an empty one (end before start) when none is. */
  covered(): Span;
}

const time = z.number().min(-8.64e15).max(8.64e15);
const code = z
  .string()
  .min(1)
  .transform((text) => text.toUpperCase());

/** For calendars from outside. `currencies` is one code or several, in any case. */
export const newsEventSchema = z.strictObject({
  time,
  currencies: z.union([code.transform((one): readonly string[] => [one]), z.array(code).min(1).readonly()]),
  impact: z.enum(impacts),
  title: z.string().min(1),
});

const coverageSchema = z
  .strictObject({ start: time, end: time })
  .refine(({ start, end }) => end >= start, { path: ['end'], error: 'It is before start' });

/** What an author of a calendar writes; see {@link newsEventSchema}. */
export type NewsEventInput = z.input<typeof newsEventSchema>;

const checked = <T>(schema: z.ZodType<T>, value: unknown, name: string): T => {
  const parsed = schema.safeParse(value);
  if (parsed.success) return parsed.data;
  const { message, path } = parsed.error.issues[0]!;
  throw new MikroBotError('BAD_CONFIG', `${message}.`, {
    where: [name, ...path].join('.'),
    cause: parsed.error,
  });
};

/** Index of the first event at or after a moment. */
const firstAt = (events: readonly NewsEvent[], moment: number): number => {
  let low = 0;
  let high = events.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (events[middle]!.time < moment) low = middle + 1;
    else high = middle;
  }
  return low;
};

/**
 * A calendar of events in memory, sorted or not.
 * @param covers - for which time the list is complete, epoch ms, `start` inclusive and `end` exclusive. Left out: from the first
 * event to the last, so that a list that has run out is noticed.
 * @throws `MikroBotError` `BAD_CONFIG` naming the event and field that is wrong.
 *
 * @example
 * ```ts
 * const calendar = calendarOf([
 *   { time: Date.UTC(2024, 0, 5, 13, 30), currencies: 'USD', impact: 'high', title: 'Nonfarm payrolls' },
 * ]);
 * const policy = newsWindow({ before: 300_000 }, { calendar });
 * ```
 */
export const calendarOf = (events: readonly NewsEventInput[], covers?: Span): NewsCalendar => {
  const sorted = [...checked(z.array(newsEventSchema), events, 'calendar')].sort((a, b) => a.time - b.time);
  const first = sorted[0]?.time ?? 0;
  const last = sorted.at(-1)?.time ?? -1;
  const span =
    covers === undefined
      ? { start: first, end: last + 1 }
      : checked(coverageSchema, covers, 'calendar covers');
  return {
    events(from, to) {
      const start = firstAt(sorted, from);
      let end = start;
      while (end < sorted.length && sorted[end]!.time <= to) end++;
      return sorted.slice(start, end);
    },
    covered: () => span,
  };
};
