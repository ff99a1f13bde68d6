/** The version that is spoken here; a number for oldest and newest, as only one is known. */
export const PROTOCOL_VERSION = 1;

/** What each line is, in both directions. */
export interface Envelope {
  /** Type of the message. */
  readonly t: string;
  /** Names a request, so that the reply can name it. */
  readonly id?: number | undefined;
  /** The request that this is a reply to. */
  readonly re?: number | undefined;
  /** Number of a trade event within the epoch of the EA. */
  readonly seq?: number | undefined;
  readonly d: Readonly<Record<string, unknown>>;
}

/** Why a line is none of this protocol; nothing that comes behind it can be trusted. */
export type EnvelopeFault = 'BAD_JSON' | 'BAD_ENVELOPE' | 'BAD_VERSION';

const isNumber = (value: unknown): boolean =>
  value === undefined || value === null || (Number.isSafeInteger(value) && (value as number) > 0);

/**
 * Reads a line without its end. `ts` is for people who read a recording: nothing is concluded from it, so that it is not checked.
 * @returns what is wrong with it, if it is none
 */
export const readEnvelope = (line: string): Envelope | EnvelopeFault => {
  let value: unknown;
  try {
    value = JSON.parse(line);
  } catch {
    return 'BAD_JSON';
  }
  if (typeof value !== 'object' || value === null) return 'BAD_ENVELOPE';
  const { v, t, id, re, seq, d } = value as Readonly<Record<string, unknown>>;
  if (typeof t !== 'string' || typeof d !== 'object' || d === null || Array.isArray(d)) return 'BAD_ENVELOPE';
  if (!isNumber(id) || !isNumber(re) || !isNumber(seq)) return 'BAD_ENVELOPE';
  return v === PROTOCOL_VERSION ? (value as Envelope) : 'BAD_VERSION';
};
