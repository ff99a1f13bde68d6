import { PROTOCOL_VERSION } from './envelope.js';
import { LINE_LIMIT } from './fields.js';

/** What a line of Node's is made of. */
export interface OutgoingLine {
  readonly t: string;
  readonly id?: number | undefined;
  /** Epoch ms. */
  readonly ts: number;
  readonly d: object;
}

/** A number without an exponent, which not every reader of JSON in MQL5 knows. */
const decimal = (value: number): string => {
  const short = String(value);
  if (!short.includes('e')) return short;
  const [digits = '', power = ''] = Math.abs(value).toExponential().split('e');
  const plain = digits.replace('.', '');
  const at = Number(power) + 1;
  const sign = value < 0 ? '-' : '';
  if (at <= 0) return `${sign}0.${'0'.repeat(-at)}${plain}`;
  return `${sign}${plain.padEnd(at, '0')}`;
};

/** JSON as `JSON.stringify` writes it, but for numbers, which are plain decimals. What JSON has no number for is null. */
const write = (value: unknown): string => {
  if (typeof value === 'number') return Number.isFinite(value) ? decimal(value) : 'null';
  if (Array.isArray(value)) return `[${value.map(write).join(',')}]`;
  if (typeof value !== 'object' || value === null) return JSON.stringify(value) ?? 'null';
  const members = Object.entries(value)
    .filter(([, member]) => member !== undefined)
    .map(([key, member]) => `${JSON.stringify(key)}:${write(member)}`);
  return `{${members.join(',')}}`;
};

/**
 * Writes one line, with its end.
 * @returns undefined when it is longer than a line may be
 */
export const writeLine = ({ t, id, ts, d }: OutgoingLine): string | undefined => {
  const line = write({ v: PROTOCOL_VERSION, t, id, ts: Math.floor(ts), d });
  return Buffer.byteLength(line) > LINE_LIMIT ? undefined : `${line}\n`;
};
