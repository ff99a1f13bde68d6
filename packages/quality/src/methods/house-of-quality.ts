import * as z from 'zod';
import type { Note } from '../notes.js';
import { checkInput } from './input.js';

const strength = z.union([z.literal(0), z.literal(1), z.literal(3), z.literal(9)], {
  error: 'A relationship is 9 (strong), 3 (moderate), 1 (weak) or 0 (none)',
});

const roofSchema = z.strictObject({
  between: z.tuple([z.int().nonnegative(), z.int().nonnegative()]).describe('positions of two of `hows`'),
  correlation: z.enum(['++', '+', '-', '--']).describe('whether improving one helps or harms the other'),
});

/** What {@link houseOfQuality} takes. */
export const houseOfQualitySchema = z
  .strictObject({
    needs: z
      .array(z.strictObject({ need: z.string().min(1), importance: z.number().nonnegative() }))
      .describe('what customers want; the importance may be a raw weight of the planning matrix'),
    hows: z.array(z.string().min(1)).describe('what the makers can measure and change'),
    relationships: z.array(z.array(strength)).describe('a row for each need, a column for each how'),
    roof: z.array(roofSchema).default([]),
  })
  .refine(({ needs, relationships }) => relationships.length === needs.length, {
    error: 'There is not one row of relationships for each need',
    path: ['relationships'],
  })
  .refine(({ hows, relationships }) => relationships.every((row) => row.length === hows.length), {
    error: 'A row of relationships does not have one entry for each how',
    path: ['relationships'],
  })
  .refine(({ hows, roof }) => roof.every(({ between: [a, b] }) => a !== b && Math.max(a, b) < hows.length), {
    error: 'The roof joins a how that is not there, or one with itself',
    path: ['roof'],
  });

/** See {@link houseOfQualitySchema}. */
export type HouseOfQualityInput = z.input<typeof houseOfQualitySchema>;

/** How much one technical characteristic matters. */
export interface TechnicalImportance {
  readonly how: string;
  /** Sum over the needs of importance times relationship. */
  readonly absolute: number;
  /** Fraction of the sum over all hows; undefined when that is 0. */
  readonly relative: number | undefined;
  /** 1 for the most important; equal ones share the better rank, as in 1, 2, 2, 4. */
  readonly rank: number;
}

/** Two characteristics of which improving one harms the other. */
export interface RoofConflict {
  readonly hows: readonly [string, string];
  readonly correlation: '-' | '--';
  /** Absolute importance of both: what the compromise is about. The list is in order of it. */
  readonly weight: number;
}

/** Technical importance in the order of the hows, with what is wrong in the house. */
export interface HouseOfQualityResult {
  readonly importance: readonly TechnicalImportance[];
  readonly conflicts: readonly RoofConflict[];
  /** Needs that no how serves. */
  readonly unmetNeeds: readonly string[];
  /** Hows that serve no need. */
  readonly needlessHows: readonly string[];
  readonly notes: readonly Note[];
}

/**
 * The house of quality: from what customers want to what must be built. Weights 9, 3 and 1 as usual. Hauser and Clausing, The House
 * of Quality (Harvard Business Review, 1988).
 * @throws `MikroBotError` `BAD_DATA` for a matrix of the wrong shape, another strength than 9, 3, 1, 0, or a roof that joins nothing.
 */
export const houseOfQuality = (input: HouseOfQualityInput): HouseOfQualityResult => {
  const { needs, hows, relationships, roof } = checkInput('houseOfQuality', houseOfQualitySchema, input);
  const absolute = hows.map((_, column) =>
    needs.reduce((sum, { importance }, row) => sum + importance * relationships[row]![column]!, 0),
  );
  const total = absolute.reduce((sum, value) => sum + value, 0);
  const conflicts = roof.flatMap(({ between: [a, b], correlation }): readonly RoofConflict[] =>
    correlation === '-' || correlation === '--'
      ? [{ hows: [hows[a]!, hows[b]!], correlation, weight: absolute[a]! + absolute[b]! }]
      : [],
  );
  return {
    importance: hows.map((how, i) => ({
      how,
      absolute: absolute[i]!,
      relative: total > 0 ? absolute[i]! / total : undefined,
      rank: 1 + absolute.filter((other) => other > absolute[i]!).length,
    })),
    conflicts: conflicts.sort((a, b) => b.weight - a.weight),
    unmetNeeds: needs.filter((_, row) => relationships[row]!.every((x) => x === 0)).map(({ need }) => need),
    needlessHows: hows.filter((_, column) => relationships.every((row) => row[column] === 0)),
    notes: total > 0 ? [] : [{ code: 'EMPTY', detail: 'No need of any importance is served by any how.' }],
  };
};
