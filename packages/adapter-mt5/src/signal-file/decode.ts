/** What a file's bytes are: one JSON object and its text, nothing yet, or half of something. */
export type Decoded =
  | { readonly kind: 'object'; readonly value: Readonly<Record<string, unknown>>; readonly text: string }
  | { readonly kind: 'blank' }
  | { readonly kind: 'torn' };

/** ASCII in UTF-16LE has a zero after each letter. */
const looksLikeUtf16 = (bytes: Uint8Array): boolean => {
  const pairs = Math.min(bytes.length >> 1, 64);
  let zeros = 0;
  for (let i = 0; i < pairs; i++) if (bytes[2 * i + 1] === 0) zeros++;
  return pairs > 0 && zeros * 2 > pairs;
};

const textOf = (bytes: Uint8Array): string => {
  const utf16 = (bytes[0] === 0xff && bytes[1] === 0xfe) || looksLikeUtf16(bytes);
  return utf16
    ? new TextDecoder('utf-16le').decode(bytes.subarray(0, bytes.length & ~1))
    : new TextDecoder().decode(bytes);
};

// biome-ignore lint/suspicious/noControlCharactersInRegex: older programs leave them around the object.
const junk = /^[\u0000-\u0020\uFEFF]+|[\u0000-\u0020]+$/g;

/** Reads a file in UTF-16LE or UTF-8, with a mark or without, with null bytes and control characters around the object. Never throws. */
export const decodeSignalFile = (bytes: Uint8Array): Decoded => {
  const text = textOf(bytes).replace(junk, '');
  if (text === '') return { kind: 'blank' };
  try {
    const value: unknown = JSON.parse(text);
    const isObject = typeof value === 'object' && value !== null && !Array.isArray(value);
    return isObject ? { kind: 'object', value: value as Record<string, unknown>, text } : { kind: 'torn' };
  } catch {
    return { kind: 'torn' };
  }
};
