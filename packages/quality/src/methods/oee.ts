import * as z from 'zod';
import { checkInput } from './input.js';

const fraction = z.number().min(0).max(1);

/** What {@link oee} takes. */
export const oeeSchema = z.strictObject({
  availability: fraction.describe('running time of planned time'),
  performance: fraction.describe('ideal time for what was made, of running time'),
  quality: fraction.describe('good ones of all that were made'),
});

/** See {@link oeeSchema}. */
export type OeeInput = z.input<typeof oeeSchema>;

/** Overall equipment effectiveness, and where the rest of the planned time went. */
export interface OeeResult {
  readonly availability: number;
  readonly performance: number;
  readonly quality: number;
  /** Their product: the fraction of planned time in which good ones were made at full speed. */
  readonly oee: number;
  /** Fractions of planned time lost to each factor; with `oee` they add up to 1. */
  readonly losses: { readonly availability: number; readonly performance: number; readonly quality: number };
}

/**
 * OEE from its three factors. Nakajima, Introduction to TPM (1988); ISO 22400-2.
 * @throws `MikroBotError` `BAD_DATA` for a factor that is not from 0 to 1.
 */
export const oee = (input: OeeInput): OeeResult => {
  const { availability, performance, quality } = checkInput('oee', oeeSchema, input);
  return {
    availability,
    performance,
    quality,
    oee: availability * performance * quality,
    losses: {
      availability: 1 - availability,
      performance: availability * (1 - performance),
      quality: availability * performance * (1 - quality),
    },
  };
};
