import type { Random } from '@mikrobot/core';
import { frame } from './frame-server.js';

/** What was done to a frame. */
export const frameMutations = [
  'none',
  'bytes',
  'drop',
  'double',
  'swap',
  'number',
  'text',
  'kind',
  'length',
  'cut',
  'grow',
] as const;
/** See {@link frameMutations}. */
export type FrameMutation = (typeof frameMutations)[number];

const pick = <T>(random: Random, from: readonly T[]): T => from[Math.floor(random() * from.length)] as T;

const numbers: readonly string[] = [
  '0',
  '-0',
  '-1',
  '1',
  '2147483647',
  '2147483648',
  '-2147483648',
  '9223372036854775807',
  '1.7976931348623157E308',
  '1e309',
  '-1e308',
  'NaN',
  'nan',
  'Infinity',
  '-Infinity',
  '0x10',
  '12abc',
  '1,000',
  '1e-7',
  '.5',
  '5.',
  '',
  ' 1',
  '٣',
  '0.1',
  '100.25',
  '1e5',
  '--1',
  '1.2.3',
];

const textOf = (random: Random): string =>
  String.fromCharCode(...Array.from({ length: random() * 12 }, () => 1 + Math.floor(random() * 0x3000)));

const withField = (fields: readonly string[], at: number, to: readonly string[]): readonly string[] => [
  ...fields.slice(0, at),
  ...to,
  ...fields.slice(at + 1),
];

const lengths: readonly number[] = [
  0, 1, 2, 3, 0x7f_ff_ff_ff, 0x80_00_00_00, 0xff_ff_ff_ff, 0xff_ff_ff_fc, 0x00_ff_ff_ff, 0x01_00_00_00,
];

const EXECUTION = '11';
const EXEC_ID = 14;
const CUMULATED = 24;
/** Quantity, price, and quantity of the order so far. */
const AMOUNTS = [19, 20, CUMULATED] as const;
const REQUEST = 1;
const NOBODY_ASKED = '-1';

/**
 * An execution as another trade, and a later one of its order: else it would be passed over as one that is known, or that its order's
 * count denies, whatever is done to it.
 */
const asNewTrade = (random: Random, original: Buffer): Buffer => {
  const fields = original.toString('utf8', 4, original.length - 1).split('\0');
  if (fields[0] !== EXECUTION || random() < 0.3) return original;
  const trade = Math.floor(random() * 2 ** 32)
    .toString(16)
    .padStart(8, '0');
  const cumulated = Number(fields[CUMULATED]) + 1 + Math.floor(random() * 40);
  return frame(
    fields.map((text, at) => {
      if (at === REQUEST) return NOBODY_ASKED;
      if (at === EXEC_ID) return `0000ffff.${trade}.01.01`;
      return at === CUMULATED ? String(cumulated) : text;
    }),
  );
};

/** A frame of TWS with something done to it; the same for the same stream of numbers. */
export const mutateFrame = (
  random: Random,
  template: Buffer,
): { readonly bytes: Buffer; readonly mutation: FrameMutation } => {
  const original = asNewTrade(random, template);
  // What breaks the framing ends the line at once, so that it is tried less often.
  const mutation =
    random() < 0.9 ? pick(random, frameMutations.slice(0, 8)) : pick(random, frameMutations.slice(8));
  const fields = original.toString('utf8', 4, original.length - 1).split('\0');
  const isMoney = mutation === 'number' && fields[0] === EXECUTION;
  const at = isMoney ? pick(random, AMOUNTS) : Math.floor(random() * fields.length);
  const field = fields[at] as string;
  const changed = (to: readonly string[]): Buffer => frame(withField(fields, at, to));
  const bytes = ((): Buffer => {
    switch (mutation) {
      case 'none':
        return original;
      case 'bytes': {
        const copy = Buffer.from(original);
        for (let i = 0; i <= random() * 3; i++)
          copy[4 + Math.floor(random() * (copy.length - 4))] = Math.floor(random() * 256);
        return copy;
      }
      case 'drop':
        return changed([]);
      case 'double':
        return changed([field, field]);
      case 'swap': {
        const other = Math.floor(random() * fields.length);
        return frame(withField(withField(fields, at, [fields[other] as string]), other, [field]));
      }
      case 'number':
        return changed([pick(random, numbers)]);
      case 'text':
        return changed([textOf(random).replaceAll('\0', '')]);
      case 'kind':
        return frame(withField(fields, 0, [String(Math.floor(random() * 120))]));
      case 'length': {
        const copy = Buffer.from(original);
        copy.writeUInt32BE(
          random() < 0.5
            ? pick(random, lengths)
            : Math.max(0, copy.length - 4 + Math.floor(random() * 9) - 4),
          0,
        );
        return copy;
      }
      case 'cut':
        return original.subarray(0, Math.floor(random() * original.length));
      case 'grow':
        return frame([...fields, ...Array.from({ length: random() * 2_000 }, () => pick(random, numbers))]);
    }
  })();
  return { bytes, mutation };
};
