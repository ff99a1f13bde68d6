import type { Field } from './field.js';
import { WireError } from './frame-reader.js';

const plainNumber = (value: number): string => {
  if (!Number.isFinite(value)) throw new TypeError(`A message cannot hold ${value}.`);
  const text = String(value);
  if (!text.includes('e')) return text;
  return Math.abs(value) >= 1 ? BigInt(value).toString() : value.toFixed(20).replace(/0+$/, '');
};

const textOf = (field: Field): string => {
  if (field === undefined) return '';
  if (typeof field === 'number') return plainNumber(field);
  if (typeof field === 'boolean') return field ? '1' : '0';
  if (field.includes('\0')) throw new TypeError('A field cannot hold the byte that ends it.');
  return field;
};

/**
 * One message as it goes over the wire: its length, then each field with a NUL behind it.
 * @throws TypeError for a number that is not finite, and for a text with a NUL
 */
export const frameOf = (fields: readonly Field[]): Buffer => {
  let text = '';
  for (const field of fields) text += `${textOf(field)}\0`;
  const length = Buffer.byteLength(text);
  const frame = Buffer.allocUnsafe(4 + length);
  frame.writeUInt32BE(length);
  frame.write(text, 4);
  return frame;
};

/**
 * The fields of a frame.
 * @throws WireError when the last one has no end
 */
export const fieldsOf = (payload: Buffer): readonly string[] => {
  if (payload.at(-1) !== 0) throw new WireError('A message without an end.');
  const fields = payload.toString('utf8').split('\0');
  fields.pop();
  return fields;
};

/** Text as TWS sends it in messages from server version 153 on: what is not ASCII becomes an escape such as `\u00fc`. */
export const ascii = (text: string): string =>
  text.replace(/[^\0-\x7f]/g, (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`);
