import type { Answers, GoldenCheck } from '@mikrobot/golden';

/** Computes what a check asks for, told by the shape of its inputs and expected keys; undefined when it is not its kind. */
export type Solver = (check: GoldenCheck) => Answers | undefined;
