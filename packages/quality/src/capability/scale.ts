import type { Note } from '../notes.js';
import type { Specification } from '../specification.js';

/** A rising change of values after which they are judged like normal ones. */
export interface Scale {
  readonly method: 'normal' | 'lognormal' | 'box-cox';
  readonly to: (x: number) => number;
  /** Only values above 0 have a place on it. */
  readonly positive: boolean;
}

/** The values as they are. */
export const identityScale: Scale = { method: 'normal', to: (x) => x, positive: false };

/** Natural logarithms. */
export const logScale: Scale = { method: 'lognormal', to: Math.log, positive: true };

/** Limits and target on a scale. */
export interface ScaledSpecification {
  readonly lower: number | undefined;
  readonly upper: number | undefined;
  /** As specified, else the middle of both limits as they were given. */
  readonly target: number | undefined;
  readonly notes: readonly Note[];
}

/** Brings limits and target to a scale. Those at or below 0 have no place on one that is only for values above 0. */
export const scaleSpecification = (
  { lower, upper, target }: Specification,
  { to, positive }: Scale,
): ScaledSpecification => {
  const notes: Note[] = [];
  const place = (name: string, x: number | undefined): number | undefined => {
    if (x === undefined || !positive || x > 0) return x === undefined ? undefined : to(x);
    notes.push({
      code: 'NOT_POSITIVE',
      detail: `The ${name} ${x} is left out: the method is for values above 0.`,
    });
    return undefined;
  };
  const middle = lower === undefined || upper === undefined ? undefined : (lower + upper) / 2;
  return {
    lower: place('lower limit', lower),
    upper: place('upper limit', upper),
    target: place('target', target ?? middle),
    notes,
  };
};

/** Why the indices of a specification with one limit are few. */
export const oneSidedNote = ({ lower, upper }: Pick<Specification, 'lower' | 'upper'>): readonly Note[] => {
  if (lower !== undefined && upper !== undefined) return [];
  if (lower === undefined && upper === undefined) {
    return [{ code: 'NO_SPECIFICATION', detail: 'No limit is left that values could be judged by.' }];
  }
  const [missing, others] = lower === undefined ? ['lower', 'Cpl and Ppl'] : ['upper', 'Cpu and Ppu'];
  const detail = `Without a ${missing} limit there are no Cp, Cpm, Cpmk, Cr, k, Pp and Ppm, nor ${others}.`;
  return [{ code: 'NO_SPECIFICATION', detail }];
};
