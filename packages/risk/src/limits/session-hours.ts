import { defineSession, type Finding, fxWeek, type Session, sessions } from '@mikrobot/core';
import * as z from 'zod';
import { definePolicy } from '../policy-definition.js';
import { iso } from './measure.js';

const DAY_MS = 86_400_000;

const named = {
  london: sessions.london,
  'new-york': sessions.newYork,
  tokyo: sessions.tokyo,
  sydney: sessions.sydney,
  'london-new-york': sessions.londonNewYork,
  'fx-week': fxWeek,
} as const;

type SessionName = keyof typeof named;

const own = z.strictObject({
  name: z.string().min(1),
  zone: z.string().min(1),
  from: z.string(),
  to: z.string(),
  days: z
    .array(z.literal([0, 1, 2, 3, 4, 5, 6]))
    .min(1)
    .optional(),
});

const settings = z.strictObject({
  sessions: z
    .array(z.union([z.enum(Object.keys(named) as [SessionName, ...SessionName[]]), own]))
    .min(1)
    .default(['london', 'london-new-york'])
    .describe(
      'when entries pass: london, new-york, tokyo, sydney, london-new-york, fx-week, or { name, zone, from, to, days } in local time',
    ),
  flatBefore: z
    .number()
    .min(0)
    .max(DAY_MS)
    .default(0)
    .describe('no entries in so many last ms before the trading hours end, ms'),
});

/** When a session that is open at a moment ends, another may go on; undefined when all are closed. */
const endAt = (list: readonly Session[], time: number): number | undefined => {
  for (const session of list) {
    const span = session.spanAt(time);
    if (span !== undefined) return span.end;
  }
  return undefined;
};

/**
 * Lets entries pass in some sessions only, by the clocks of their places, and on request not shortly before their end. Where one
 * session takes over from another, the hours do not end. Public holidays are not known.
 */
export const sessionHours = /* @__PURE__ */ definePolicy({
  name: 'sessionHours',
  about: 'Refuses entries outside the trading sessions, or shortly before their end.',
  settings,
  codes: {
    SESSION_CLOSED: 'None of `sessions` is open.',
    SESSION_ENDING: 'The trading hours end within `flatBefore` ms.',
  },
  make: ({ sessions: wanted, flatBefore }) => {
    const list = wanted.map((session) =>
      typeof session === 'string' ? named[session] : defineSession(session),
    );
    const limit = list.map(({ name }) => name).join(', ');
    return {
      judge(_order, _signal, book): Finding | undefined {
        const now = book.now();
        let end = endAt(list, now);
        if (end === undefined) return { code: 'SESSION_CLOSED', limit, actual: iso(now) };
        while (end - now <= flatBefore) {
          const later = endAt(list, end);
          if (later === undefined) return { code: 'SESSION_ENDING', limit: flatBefore, actual: end - now };
          end = later;
        }
        return undefined;
      },
    };
  },
});
