import * as z from 'zod';
import { bugNames } from './bugs.js';
import { type StepName, stepNames } from './steps.js';
import { bracketNames, venueNames } from './venues.js';

/** How a bot of the kill test is started; given as JSON on the command line. */
export const childOptionsSchema = z.object({
  venue: z.enum(venueNames),
  /** Where it is reached, as its process told. */
  at: z.unknown(),
  journal: z.string(),
  bracket: z.enum(bracketNames),
  seed: z.number(),
  durability: z.enum(['power', 'process']),
  bug: z.enum(bugNames).optional(),
  /** Where it is to die while it starts. */
  step: z.enum(stepNames as [StepName, ...StepName[]]).optional(),
  /** How often that step is passed before. */
  times: z.number().default(0),
});

export type ChildOptions = z.input<typeof childOptionsSchema>;
