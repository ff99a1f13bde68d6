import { MikroBotError } from '@mikrobot/core';
import type { Candidate, DistributionChoice } from '../fitting/choose-distribution.js';
import type { Note } from '../notes.js';
import type { CapabilityMethod, DistributionWord } from './result.js';

const methods = ['auto', 'normal', 'lognormal', 'box-cox', 'percentile'] as const;

/** A method that can be asked for; `auto` leaves it to the test of normality. */
export type AskedMethod = (typeof methods)[number];

/** @throws `MikroBotError` `BAD_CONFIG` when there is no such method. */
export const checkMethod = (asked: AskedMethod): void => {
  if (!methods.includes(asked)) {
    throw new MikroBotError('BAD_CONFIG', `there is no capability method '${String(asked)}'.`, {
      hint: `Use one of ${methods.join(', ')}.`,
    });
  }
};

/** What stands in for the normal distribution by each method; undefined: whatever there is. */
export const candidatesOf: Readonly<Record<AskedMethod, readonly Candidate[] | undefined>> = {
  auto: undefined,
  percentile: undefined,
  normal: [],
  lognormal: ['lognormal'],
  'box-cox': ['box-cox'],
};

/** The method that is used. */
export const methodOf = (asked: AskedMethod, { chosen }: DistributionChoice): CapabilityMethod => {
  if (asked !== 'auto') return asked;
  return chosen === 'normal' || chosen === 'lognormal' || chosen === 'box-cox' ? chosen : 'percentile';
};

/** What the test says of the method that was used. */
export const wordOf = (
  asked: AskedMethod,
  method: CapabilityMethod,
  choice: DistributionChoice,
): { readonly word: DistributionWord; readonly notes: readonly Note[] } => {
  const { tried, reason, alpha } = choice;
  const own = tried.find(({ name }) => name === method);
  const normalP = tried[0]?.p;
  const test = normalP === undefined ? undefined : ('anderson-darling' as const);
  if (asked === 'auto' || asked === 'percentile' || choice.chosen === method || choice.chosen === undefined) {
    const { chosen: name, distribution, p } = choice;
    const parameters = distribution?.parameters ?? {};
    return { word: { name, parameters, normalP, p, test, reason }, notes: choice.notes };
  }
  const said = own?.reason ?? `The values were not tested for ${method}.`;
  const refused = own?.p !== undefined && own.p < alpha;
  const told = `The method ${method} was asked for: ${said}`;
  const detail = `${told} Its indices do not say how many values lie beyond the limits.`;
  const notes: readonly Note[] = refused ? [{ code: 'NOT_NORMAL', detail }] : [];
  return { word: { name: method, parameters: {}, normalP, p: own?.p, test, reason: told }, notes };
};
