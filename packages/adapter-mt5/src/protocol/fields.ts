import * as z from 'zod';

/** Bounds of the text of one line; a longer one is none of this protocol. */
export const LINE_LIMIT = 65_536;

/** MT5's tickets are 64 bit, so they travel as decimal strings. */
export const ticket = z
  .string()
  .regex(/^[1-9]\d{0,19}$/)
  .meta({ wire: 'ticket' });

/** A ticket that may be missing: null, left out, or MT5's `"0"`. */
export const maybeTicket = z
  .string()
  .regex(/^(0|[1-9]\d{0,19})$/)
  .nullish()
  .transform((value) => (value === '0' || value === null ? undefined : value))
  .meta({ wire: 'ticket or null' });

/** The number that says which program, and which owner in it, made an order. Signed 64 bit. */
export const magic = z
  .string()
  .regex(/^-?\d{1,20}$/)
  .meta({ wire: 'integer as a string' });

/** Account numbers. */
export const account = z
  .string()
  .regex(/^\d{1,20}$/)
  .meta({ wire: 'digits' });

/** Client order ids: what core makes. */
export const coid = z
  .string()
  .regex(/^[a-z0-9-]{1,26}$/)
  .meta({ wire: 'client order id' });

/** A client order id that may be missing. */
export const maybeCoid = coid
  .nullish()
  .transform((value) => value ?? undefined)
  .meta({ wire: 'client order id or null' });

/** Bounded text; the EA's comments are shorter, its log lines are not. */
export const text = z.string().max(8_192).meta({ wire: 'text' });

/** Text that may be missing. */
export const maybeText = z
  .string()
  .max(8_192)
  .nullish()
  .transform((value) => value ?? '')
  .meta({ wire: 'text or null' });

export const symbolName = z.string().min(1).max(64).meta({ wire: 'symbol' });

/** 32 hex digits, never used before. */
export const nonce = z
  .string()
  .regex(/^[0-9a-f]{32}$/)
  .meta({ wire: '32 hex digits' });

export const macText = z
  .string()
  .regex(/^[0-9a-f]{64}$/)
  .meta({ wire: '64 hex digits' });

/** A price or a size: never negative. */
export const amount = z.number().nonnegative().meta({ wire: 'number, 0 or more' });

/** A price that may be missing: null, left out or 0. */
export const maybePrice = z
  .number()
  .nonnegative()
  .nullish()
  .transform((value) => (value === 0 || value === null ? undefined : value))
  .meta({ wire: 'number, 0 or null: none' });

/** Money of the account's currency, of either sign. */
export const money = z.number().meta({ wire: 'number' });

/** Epoch ms of the server's wall clock, as if that were UTC. */
export const serverTime = z.number().nonnegative().meta({ wire: 'server time, ms' });

export const maybeServerTime = z
  .number()
  .nonnegative()
  .nullish()
  .transform((value) => (value === 0 || value === null ? undefined : value))
  .meta({ wire: 'server time, ms; 0 or null: none' });

/** Epoch ms UTC by Node's clock. */
export const nodeTime = z.number().nonnegative().meta({ wire: 'epoch ms UTC' });

/** How far the server's clock is ahead of UTC, ms: at most a day. */
export const offset = z.number().min(-86_400_000).max(86_400_000).meta({ wire: 'ms' });

export const count = z.number().int().nonnegative().meta({ wire: 'integer, 0 or more' });

export const flag = z.boolean().meta({ wire: 'boolean' });

/** A flag that is left out when it is false. */
export const maybeFlag = z
  .boolean()
  .nullish()
  .transform((value) => value ?? false)
  .meta({ wire: 'boolean; none: false' });

/** What an error or a refusal is called. */
export const code = z
  .string()
  .regex(/^[A-Z][A-Z0-9_]{0,39}$/)
  .meta({ wire: 'WORD' });

/** A word of a table; other words are none of this protocol. */
export const word = <const W extends readonly [string, ...string[]]>(words: W) =>
  z.enum(words).meta({ wire: words.map((one) => `\`${one}\``).join(' ') });

/** A word of a table that grows with MT5: others are taken, too, so that nothing is lost by them. */
export const openWord = (known: readonly string[]) =>
  z
    .string()
    .regex(/^[a-z0-9-]{0,40}$/)
    .meta({ wire: `word: ${known.map((one) => `\`${one}\``).join(' ')}, or another` });
