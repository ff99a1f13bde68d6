import type { PrivateDecoder } from './library.js';

/** A field holds something else than what the message's layout says. */
export class UnreadableField extends Error {
  override readonly name = 'UnreadableField';
}

const decimal = /^[-+]?(?:\d+\.?\d*|\.\d+)(?:[eE][-+]?\d+)?$/;

const numberOf = (text: string): number => {
  if (decimal.test(text)) return Number(text);
  if (text === 'Infinity' || text === '-Infinity') return Number(text);
  if (text === 'NaN' || text === 'nan') return Number.NaN;
  throw new UnreadableField();
};

const LARGEST_INT = 2_147_483_647;

/**
 * Has the decoder take as a number only what is one. The library's own readers take `12abc` for 12 and `x` for NaN; the official clients
 * of Java and Python fail on both, so that no server sends them, and a field that is none shows that the message is not what it seems.
 */
export const readStrictly = (decoder: PrivateDecoder): void => {
  const take = (): string => decoder.readStr();
  const double = (empty: number | undefined) => (): number | undefined => {
    const text = take();
    if (text === '') return empty;
    const value = numberOf(text);
    return value === Number.MAX_VALUE ? undefined : value;
  };
  const int = (empty: number | undefined) => (): number | undefined => {
    const text = take();
    if (text === '') return empty;
    return Math.trunc(numberOf(text));
  };
  const boolean = (): boolean => Boolean(int(0)());
  const optionalInt = (): number | undefined => {
    const value = int(undefined)();
    return value === LARGEST_INT ? undefined : value;
  };
  decoder.readDouble = double(0);
  decoder.readDoubleOrUndefined = double(undefined);
  decoder.readDecimal = () => {
    const text = take();
    if (text === '') return undefined;
    // Thousands separators have been seen in quantities; the library takes them as well.
    const value = numberOf(text.includes(',') ? text.replaceAll(',', '') : text);
    return value === Number.MAX_VALUE || value === Number.POSITIVE_INFINITY ? undefined : value;
  };
  decoder.readInt = int(0);
  decoder.readIntOrUndefined = optionalInt;
  decoder.readIntMax = optionalInt;
  decoder.readBool = boolean;
  decoder.readBoolFromInt = boolean;
};
