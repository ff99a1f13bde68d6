import * as z from 'zod';
import type { Note } from '../notes.js';
import { checkInput } from './input.js';

/** The three S: throw away what is not needed, give the rest its place, keep it clean. */
export const housekeepingSteps = ['sort', 'setInOrder', 'shine'] as const;

/** One of {@link housekeepingSteps}. */
export type HousekeepingStep = (typeof housekeepingSteps)[number];

const itemSchema = z.strictObject({
  step: z.enum(housekeepingSteps),
  what: z.string().min(1),
  owner: z.string().min(1),
  due: z.number().describe('epoch ms'),
  done: z.number().optional().describe('epoch ms; none while it is open'),
});

/** What {@link housekeeping} takes. */
export const housekeepingSchema = z.strictObject({
  items: z.array(itemSchema),
  at: z.number().describe('epoch ms for which the state is asked; what was done later counts as open'),
});

/** See {@link housekeepingSchema}. */
export type HousekeepingInput = z.input<typeof housekeepingSchema>;

/** An item of a checklist. */
export type HousekeepingItem = z.output<typeof itemSchema>;

/** An open item past its date. */
export interface OverdueItem {
  readonly step: HousekeepingStep;
  readonly what: string;
  readonly owner: string;
  readonly due: number;
  /** Days of 24 hours since it was due. */
  readonly daysLate: number;
}

/** How much of a list is done. */
export interface HousekeepingScore {
  readonly items: number;
  readonly done: number;
  /** Done after the date. */
  readonly doneLate: number;
  /** Fraction that is done; undefined for an empty list. */
  readonly score: number | undefined;
}

/** State of a 3S checklist at a time. */
export interface HousekeepingResult extends HousekeepingScore {
  readonly bySteps: Readonly<Record<HousekeepingStep, HousekeepingScore>>;
  readonly byOwners: readonly (HousekeepingScore & { readonly owner: string })[];
  /** The latest first. */
  readonly overdue: readonly OverdueItem[];
  readonly notes: readonly Note[];
}

const DAY = 86_400_000;

const scoreOf = (items: readonly HousekeepingItem[], at: number): HousekeepingScore => {
  const done = items.filter((item) => item.done !== undefined && item.done <= at);
  return {
    items: items.length,
    done: done.length,
    doneLate: done.filter((item) => item.done! > item.due).length,
    score: items.length > 0 ? done.length / items.length : undefined,
  };
};

/**
 * Scores a 3S checklist: the first three of the 5S of Hirano, 5 Pillars of the Visual Workplace (1995).
 * @throws `MikroBotError` `BAD_DATA` for items without owner, unknown steps, or times that are not finite.
 */
export const housekeeping = (input: HousekeepingInput): HousekeepingResult => {
  const { items, at } = checkInput('housekeeping', housekeepingSchema, input);
  const of = (step: HousekeepingStep): HousekeepingScore =>
    scoreOf(
      items.filter((item) => item.step === step),
      at,
    );
  const owners = [...new Set(items.map(({ owner }) => owner))];
  return {
    ...scoreOf(items, at),
    bySteps: { sort: of('sort'), setInOrder: of('setInOrder'), shine: of('shine') },
    byOwners: owners.map((owner) => ({
      owner,
      ...scoreOf(
        items.filter((item) => item.owner === owner),
        at,
      ),
    })),
    overdue: items
      .filter(({ due, done }) => due < at && (done === undefined || done > at))
      .map(({ step, what, owner, due }) => ({ step, what, owner, due, daysLate: (at - due) / DAY }))
      .sort((a, b) => b.daysLate - a.daysLate),
    notes: items.length > 0 ? [] : [{ code: 'EMPTY', detail: 'The checklist has no items.' }],
  };
};
