import { MikroBotError } from '@mikrobot/core';
import type { Note } from '../notes.js';
import { checkPositive } from '../numeric/check.js';
import { individualsDegrees, withinDegrees } from './degrees-of-freedom.js';
import type { Spread } from './result.js';
import {
  type IndividualsMethod,
  individualsMethods,
  individualsSigma,
  type WithinMethod,
  withinMethods,
  withinSigma,
} from './sigma.js';

/** A within sigma that is known from elsewhere, such as the frozen limits of a control chart. */
export interface GivenSigma {
  /** Above 0, on the scale of the method. */
  readonly sigma: number;
  /** How well it is known: values it was made from, less what was estimated. */
  readonly degreesOfFreedom: number;
  /** How it was made, for the report; default `'given'`. */
  readonly estimator?: string | undefined;
}

/** How the within sigma is made: an estimator of single values, one of subgroups, or a sigma that is known. */
export type WithinOption = IndividualsMethod | WithinMethod | GivenSigma;

/** Values, in the order in which they were measured, with their subgroups where there are any. */
export interface Measured {
  readonly values: readonly number[];
  /** Undefined for single values. */
  readonly subgroups: readonly (readonly number[])[] | undefined;
}

const includes = <Name extends string>(names: readonly Name[], name: string): name is Name =>
  (names as readonly string[]).includes(name);

const refuse = (name: string, kind: string, names: readonly string[]): never => {
  throw new MikroBotError('BAD_CONFIG', `there is no within sigma '${name}' of ${kind}.`, {
    hint: `Use one of ${names.join(', ')}, or give { sigma, degreesOfFreedom }.`,
  });
};

/**
 * Makes the within sigma.
 * @param option - default `moving-range` for single values, `pooled` for subgroups
 * @param totalDegrees - count n - 1 degrees of freedom, whatever the estimator
 * @throws `MikroBotError` `BAD_CONFIG` for an estimator that does not fit; `BAD_DATA` for subgroups of one value.
 */
export const withinSpread = (
  { values, subgroups }: Measured,
  option: WithinOption | undefined,
  totalDegrees: boolean,
): { readonly spread: Spread | undefined; readonly notes: readonly Note[] } => {
  if (typeof option === 'object') {
    const { sigma, degreesOfFreedom, estimator = 'given' } = option;
    checkPositive(sigma, 'a within sigma that is given');
    checkPositive(degreesOfFreedom, 'the degrees of freedom of a within sigma that is given');
    return { spread: { sigma, degreesOfFreedom, estimator }, notes: [] };
  }
  const name = option ?? (subgroups === undefined ? 'moving-range' : 'pooled');
  const total = values.length - 1;
  const said = (
    { sigma, notes }: ReturnType<typeof withinSigma>,
    degrees: number,
  ): ReturnType<typeof withinSpread> =>
    sigma === undefined || sigma === 0
      ? {
          spread: undefined,
          notes: notes.map(({ code, detail }) => ({ code, detail: `Within sigma: ${detail}` })),
        }
      : { spread: { sigma, estimator: name, degreesOfFreedom: totalDegrees ? total : degrees }, notes: [] };
  if (subgroups === undefined) {
    if (!includes(individualsMethods, name)) return refuse(name, 'single values', individualsMethods);
    return said(individualsSigma(values, name), individualsDegrees(values.length, name));
  }
  if (!includes(withinMethods, name)) return refuse(name, 'subgroups', withinMethods);
  const sizes = subgroups.map(({ length }) => length);
  return said(withinSigma(subgroups, name), withinDegrees(sizes, name));
};
