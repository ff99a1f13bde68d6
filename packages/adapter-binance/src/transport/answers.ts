import * as z from 'zod';
import { BinanceError, BinanceLineError } from '../errors.js';
import { parseLossless } from './lossless-json.js';

const bodySchema = z.object({ code: z.number(), msg: z.string().catch(''), data: z.unknown().optional() });

/**
 * What the venue says instead of a result. An answer without a code comes from something before the venue, such as a firewall.
 * @param now - our time, epoch ms
 */
export const errorOf = (status: number, text: string, headers: Headers, now: number): BinanceError => {
  const after = retryAfterOf(headers.get('retry-after') ?? undefined, now);
  const body = bodySchema.safeParse(parseOr(text));
  if (body.success) {
    const { code, msg, data } = body.data;
    return new BinanceError(code, status, msg, { retryAfter: after ?? bannedFor(msg, now), data });
  }
  return new BinanceError(0, status, `The answer has the status ${status} and no code.`, {
    retryAfter: after,
  });
};

/**
 * `Retry-After` in ms: seconds, or a date as HTTP allows it.
 * @param now - our time, epoch ms
 */
export const retryAfterOf = (header: string | undefined, now: number): number | undefined => {
  if (header === undefined || header === '') return undefined;
  const seconds = Number(header);
  if (Number.isFinite(seconds)) return Math.max(0, seconds * 1_000);
  const date = Date.parse(header);
  return Number.isNaN(date) ? undefined : Math.max(0, date - now);
};

/** Errors of -1003 say until when an address is banned: `IP banned until 1659146400000`. Source: errors.md. */
const bannedFor = (message: string, now: number): number | undefined => {
  const until = /banned until (\d{13})/.exec(message)?.[1];
  return until === undefined ? undefined : Math.max(0, Number(until) - now);
};

const parseOr = (text: string): unknown => {
  try {
    return parseLossless(text);
  } catch {
    return undefined;
  }
};

/**
 * A failure of fetch. Nothing was sent when the connection could not even be opened.
 * @param what - the request, without its parameters: those hold a signature
 */
export const lineErrorOf = (what: string, error: unknown): BinanceLineError => {
  const cause = error instanceof Error ? error.cause : undefined;
  const opened = !neverOpened(cause);
  const reason = cause instanceof Error ? codeOf(cause) : error instanceof Error ? error.name : 'unknown';
  const how = opened ? 'broke' : 'could not be opened';
  return new BinanceLineError(`The line of ${what} ${how} (${reason}).`, opened);
};

const codeOf = (error: Error): string => String((error as NodeJS.ErrnoException).code ?? error.name);

/** System calls that come before the first byte of a request. */
const neverOpened = (cause: unknown): boolean => {
  if (cause instanceof AggregateError) return cause.errors.length > 0 && cause.errors.every(neverOpened);
  if (!(cause instanceof Error)) return false;
  const { syscall, code } = cause as NodeJS.ErrnoException;
  return syscall === 'connect' || syscall === 'getaddrinfo' || code === 'UND_ERR_CONNECT_TIMEOUT';
};
