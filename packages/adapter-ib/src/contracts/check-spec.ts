import { assetClasses, MikroBotError } from '@mikrobot/core';
import * as z from 'zod';
import type { ContractSpec } from './contract-spec.js';

const name = z.string().regex(/^\S(.*\S)?$/, 'It is empty, or has spaces around it');
const currency = z.string().regex(/^[A-Z]{3}$/, 'It is not three capital letters, such as USD');
const positive = z.number().positive();

const common = {
  exchange: name,
  currency,
  contractId: z.number().int().positive().optional(),
  tradingClass: name.optional(),
  outsideRegularHours: z.boolean(),
  tickByTick: z.boolean().optional(),
  bars: z.enum(['trades', 'quotes', 'midpoint']),
};

/** Months are known months, not any two digits. */
const month = /^\d{4}(0[1-9]|1[0-2])$/;
const day = /^\d{4}(0[1-9]|1[0-2])(0[1-9]|[12]\d|3[01])$/;
const codes = ['F', 'G', 'H', 'J', 'K', 'M', 'N', 'Q', 'U', 'V', 'X', 'Z'] as const;

const schema = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('stock'), symbol: name, primaryExchange: name.optional(), ...common }),
  z.strictObject({
    kind: z.literal('future'),
    root: name,
    roll: z.union([
      z.literal('front'),
      z.strictObject({
        expiry: z
          .string()
          .refine((text) => month.test(text) || day.test(text), 'It is neither YYYYMM nor YYYYMMDD'),
      }),
    ]),
    rollDaysBefore: z.number().int().min(0).max(60),
    months: z.array(z.enum(codes)).min(1).optional(),
    multiplier: positive.optional(),
    history: z.enum(['contract', 'continuous']),
    ...common,
  }),
  z.strictObject({ kind: z.literal('continuous'), root: name, multiplier: positive.optional(), ...common }),
  z.strictObject({ kind: z.literal('forex'), base: currency, ...common }),
  z.strictObject({
    kind: z.literal('cfd'),
    symbol: name,
    assetClass: z.enum(assetClasses).optional(),
    ...common,
  }),
  z.strictObject({ kind: z.literal('index'), symbol: name, ...common }),
  z.strictObject({
    kind: z.literal('option'),
    underlying: name,
    expiry: z.string().regex(day, 'It is not YYYYMMDD'),
    strike: positive,
    right: z.enum(['C', 'P']),
    multiplier: positive.optional(),
    ...common,
  }),
  z.strictObject({ kind: z.literal('crypto'), symbol: name, ...common }),
]);

/** The deepest complaint: one of a union hides what its members say. */
const firstIssue = ({ issues }: z.ZodError): { readonly path: string; readonly message: string } => {
  const issue = issues[0]!;
  if (issue.code !== 'invalid_union' || issue.errors.length === 0)
    return { path: issue.path.join('.'), message: issue.message };
  const inner = issue.errors.at(-1)?.[0];
  return {
    path: [...issue.path, ...(inner?.path ?? [])].join('.'),
    message: inner?.message ?? issue.message,
  };
};

/**
 * Checks what a user wrote for a symbol.
 * @throws `MikroBotError` `BAD_CONFIG` naming the symbol and the field
 */
export const checkSpec = (symbol: string, spec: ContractSpec): void => {
  const parsed = schema.safeParse(spec);
  if (parsed.success) return;
  const { path, message } = firstIssue(parsed.error);
  throw new MikroBotError('BAD_CONFIG', `${message}.`, {
    where: path === '' ? `contract ${symbol}` : `contract ${symbol}, field ${path}`,
    hint: 'Write contracts by stock(), future(), forex() and their like.',
    cause: parsed.error,
  });
};
