import type { PureSignalProblem } from '@mikrobot/adapter-mt5';

/** A body as JSON, or why it is none. */
export type Body =
  | { readonly ok: true; readonly value: unknown }
  | { readonly ok: false; readonly problem: PureSignalProblem };

/** A text ends with its zero where an expert advisor sends a whole array of characters. */
const withoutZeros = (text: string): string => text.replace(/^\uFEFF/, '').replace(/\0+$/, '');

/** Reads a body of UTF-8. Never throws. */
export const readBody = (bytes: Buffer): Body => {
  try {
    const text = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
    return { ok: true, value: JSON.parse(withoutZeros(text)) };
  } catch (error) {
    const message = error instanceof SyntaxError ? `is no JSON: ${error.message}` : 'is no UTF-8';
    return { ok: false, problem: { field: '(all)', message: message.slice(0, 200) } };
  }
};
