import type { ErrorCode } from './error-codes.js';

/** What a {@link MikroBotError} can say beside its sentence. */
export interface ErrorDetail {
  /** Where it went wrong: a file and line, a symbol, a parameter. */
  readonly where?: string | undefined;
  /** What the reader should do about it. */
  readonly hint?: string | undefined;
  readonly cause?: unknown;
}

/**
 * The one base error of every MikroBot package. `code` is stable and listed in `docs/errors.md`;
 * the message says what was wrong, where, and what to do.
 */
export class MikroBotError extends Error {
  override readonly name: string = 'MikroBotError';
  readonly code: ErrorCode;
  readonly where: string | undefined;
  readonly hint: string | undefined;

  constructor(code: ErrorCode, what: string, detail: ErrorDetail = {}) {
    const place = detail.where === undefined ? '' : `${detail.where}: `;
    const advice = detail.hint === undefined ? '' : ` ${detail.hint}`;
    super(`${place}${what}${advice}`, detail.cause === undefined ? undefined : { cause: detail.cause });
    this.code = code;
    this.where = detail.where;
    this.hint = detail.hint;
  }
}
