import { type CommandOutcome, MikroBotError, wasNotBegun } from '@mikrobot/core';

/** What the venue answered instead of a result. */
export class BinanceError extends Error {
  override readonly name = 'BinanceError';
  /** The venue's error code, such as -2010; 0 where the answer had none, as from a firewall before it. */
  readonly code: number;
  /** HTTP status; the WebSocket API uses the same. */
  readonly status: number;
  /** Ms after which the venue takes requests again, where it said so. */
  readonly retryAfter: number | undefined;
  /** Further fields of the answer, such as those of a cancel-replace. */
  readonly data: unknown;

  /** @param message - the venue's own words */
  constructor(
    code: number,
    status: number,
    message: string,
    more: { retryAfter?: number | undefined; data?: unknown } = {},
  ) {
    super(message);
    this.code = code;
    this.status = status;
    this.retryAfter = more.retryAfter;
    this.data = more.data;
  }
}

/** The line broke, or could not be opened. */
export class BinanceLineError extends Error {
  override readonly name = 'BinanceLineError';
  /** Whether the request may have reached the venue. */
  readonly sent: boolean;

  constructor(message: string, sent: boolean, cause?: unknown) {
    super(message, cause === undefined ? undefined : { cause });
    this.sent = sent;
  }
}

/**
 * Codes that say nothing of what was done, whatever the status: UNKNOWN, DISCONNECTED, UNEXPECTED_RESP, TIMEOUT.
 * Source: errors.md of the spot API, error codes of USD-M futures.
 */
const uncertainCodes: ReadonlySet<number> = new Set([-1000, -1001, -1006, -1007]);

/** A timeout of the venue's inside (408), and a cancel-replace of which one half was done (409). Source: general info of both. */
const uncertainStatuses: ReadonlySet<number> = new Set([408, 409]);

/**
 * The two refusals of futures that come with 503 and are failures for certain. All other answers of 5xx leave the outcome open, and all
 * of spot do: rest-api.md, "HTTP Return Codes".
 * Source: USD-M futures general info, HTTP return codes.
 */
const isRefusedByLoad = ({ status, code, message }: BinanceError): boolean =>
  status === 503 && (code === -1008 || /^service unavailable\.?$/i.test(message));

/**
 * Whether the venue has an order under this client id already. Ids are never used twice, so it is this order that it has: a copy of the
 * request was taken before. Source: errors.md, messages for -2010; USD-M futures error codes, -4116.
 */
const isTakenBefore = ({ code, message }: BinanceError): boolean =>
  code === -4116 || (code === -2010 && /duplicate order/i.test(message));

/** Errors of our own that are thrown before anything is sent. */
const unsent: ReadonlySet<string> = new Set([
  'BAD_CONFIG',
  'LIVE_ACCOUNT',
  'UNKNOWN_INSTRUMENT',
  'FORGED_APPROVAL',
]);

/** Whether nothing was done and nothing will be: the venue refused, or it was never asked. */
export const isCertain = (error: unknown, venue: 'spot' | 'futures'): boolean => {
  if (error instanceof BinanceLineError) return !error.sent;
  if (error instanceof MikroBotError) return wasNotBegun(error) || unsent.has(error.code);
  if (!(error instanceof BinanceError)) return false;
  const { code, status } = error;
  if (uncertainCodes.has(code) || uncertainStatuses.has(status) || isTakenBefore(error)) return false;
  return (status >= 400 && status < 500) || (venue === 'futures' && isRefusedByLoad(error));
};

/** The outcome of an order command that failed. */
export const outcomeOf = (error: unknown, venue: 'spot' | 'futures'): CommandOutcome => {
  const detail = error instanceof Error ? error.message : String(error);
  if (!isCertain(error, venue)) return { outcome: 'unknown', detail };
  const code =
    error instanceof BinanceError || error instanceof MikroBotError ? String(error.code) : 'NOT_SENT';
  return { outcome: 'rejected', code, detail };
};

/**
 * Whether the venue says that it does not know the order: -2013 of a query, -2011 of a cancel. -2011 is also the code of other
 * refusals to cancel, so that its words count. Source: errors.md, messages for -2011.
 */
export const isUnknownOrder = (error: unknown): boolean =>
  error instanceof BinanceError &&
  (error.code === -2013 || (error.code === -2011 && /unknown order/i.test(error.message)));
