import { tradingDay } from '@mikrobot/core';
import * as z from 'zod';

/** A loss or profit: a fraction of the initial balance, or so much money in account currency. */
const amountSchema = z.union([
  z.strictObject({ fraction: z.number().positive().max(1) }),
  z.strictObject({ amount: z.number().positive().finite() }),
]);

/** Whether the account must go below a floor to break a rule, or already breaks it by touching the floor. */
const breachSchema = z.enum(['below', 'at']).default('below');

const dailyLossSchema = z.strictObject({
  /** What may be lost from the day's start on. */
  loss: amountSchema,
  /** What a fraction is taken of: the initial balance, or the figure that the day starts from. */
  of: z.enum(['initial', 'start']).default('initial'),
  /** The figure that the day starts from: balance or equity when the day rolls, or the higher of the two. */
  from: z.enum(['balance', 'equity', 'higher']).default('balance'),
  breach: breachSchema,
  /** What a breach ends: the account, or (a soft limit) the day, and trading goes on with the next. */
  ends: z.enum(['account', 'day']).default('account'),
});

const totalLossSchema = z.strictObject({
  loss: amountSchema,
  /**
   * What the floor follows, never falling: nothing, the highest balance that a day ended with, or the highest equity that ever
   * was, with what floated.
   */
  trail: z.enum(['static', 'end-of-day', 'intraday']).default('static'),
  /** The floor rises to the initial balance and so much more (account currency), and no further. Left out: without end. */
  lockAt: z.number().nonnegative().finite().optional(),
  breach: breachSchema,
});

const phaseSchema = z.strictObject({
  /** Such as `challenge`. */
  name: z.string().min(1),
  /** Profit to reach; left out where there is none, as on a funded account. */
  target: amountSchema.optional(),
  /** Days on which at least one position must be opened. */
  tradingDays: z.number().int().nonnegative().default(0),
  /** Days that must end with at least such a profit. */
  profitableDays: z.strictObject({ days: z.number().int().positive(), profit: amountSchema }).optional(),
  /** The largest share of the total profit that the best day may have, 0 to 1. Exceeding it breaks nothing. */
  bestDay: z.number().positive().max(1).optional(),
  dailyLoss: dailyLossSchema.optional(),
  totalLoss: totalLossSchema,
});

const isRoll = (day: { readonly zone: string; readonly time: string }): boolean => {
  try {
    return tradingDay(0, day).end > 0;
  } catch {
    return false;
  }
};

/**
 * A prop firm's programme as data. Firms change their rules: a programme says of when it is (`asOf`) and where it was read
 * (`sources`), and whoever trades one writes it anew when the firm does.
 */
export const programmeSchema = z.strictObject({
  /** Unique, such as `ftmo-2-step`. What a bot remembers of an account is kept under it. */
  id: z.string().min(1),
  firm: z.string().min(1),
  title: z.string().min(1),
  /** Of these data; a new one when the rules changed. */
  version: z.string().min(1),
  /** When the sources were read, ISO date. */
  asOf: z.iso.date(),
  sources: z.array(z.string().min(1)).readonly(),
  /** What the data leave out, decide or take from others than the firm. */
  notes: z.array(z.string().min(1)).readonly().default([]),
  /** When the firm's day rolls: IANA zone and local time. */
  day: z
    .strictObject({ zone: z.string(), time: z.string() })
    .refine(isRoll, { error: 'It is not a time of day in an IANA zone' }),
  /** The only initial balance that the amounts of this programme are for; left out where all is in fractions. */
  initial: z.number().positive().finite().optional(),
  phases: z
    .array(phaseSchema)
    .readonly()
    .refine((phases) => phases.length > 0 && new Set(phases.map((p) => p.name)).size === phases.length, {
      error: 'A programme needs phases, each with a name of its own',
    }),
});

/** A programme as an author writes it; see {@link programmeSchema}. */
export type ProgrammeInput = z.input<typeof programmeSchema>;
/** A programme with its defaults filled in. */
export type Programme = z.output<typeof programmeSchema>;
/** A loss or profit in a {@link Programme}. */
export type ProgrammeAmount = z.output<typeof amountSchema>;
