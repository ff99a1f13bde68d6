import type { WireContract } from '../contracts/contract.js';
import { readContract } from '../contracts/read-contract.js';
import { type AskedData, askedData, historyShown } from '../market/shown-data.js';
import type { TwsSession } from '../session.js';
import type { FieldReader } from '../wire/field-reader.js';
import { type BarSize, badBarSize, barSizeOf, isValidStep } from './bar-size.js';
import { type Duration, durationMs, durationOf, tooLong } from './duration.js';

/** A request for bars of the past, read and found to make sense. */
export interface HistoryRequest {
  readonly requestId: number;
  readonly contract: WireContract;
  readonly includeExpired: boolean;
  /** As it was sent; empty for now. */
  readonly end: string;
  readonly size: BarSize;
  readonly duration: Duration;
  readonly regularOnly: boolean;
  readonly data: AskedData;
  /** Seconds since 1970 instead of dates. */
  readonly asSeconds: boolean;
  readonly keepUpToDate: boolean;
  /** All of it as text: the same for requests of the same. */
  readonly key: string;
}

const validating = (cause: string): string => `Error validating request.-'bN' : cause - ${cause}`;
/** Beginning of what the data service says. */
export const SERVICE = 'Historical Market Data Service error message:';

/** Reads a request for bars; undefined when it makes no sense: the client was then told why. */
export const readHistoryRequest = (session: TwsSession, fields: FieldReader): HistoryRequest | undefined => {
  const requestId = fields.integer();
  const contract = readContract(fields);
  const includeExpired = fields.boolean();
  const [end, barSize, durationText] = [fields.string(), fields.string(), fields.string()];
  const regularOnly = fields.boolean();
  const what = fields.string().toUpperCase();
  const asSeconds = fields.integer() === 2;
  const keepUpToDate = fields.boolean();

  const size = barSizeOf(barSize);
  const duration = durationOf(durationText);
  const data = askedData(what, historyShown);
  const refuse = (code: number, text: string): undefined => {
    session.error(requestId, code, text);
    return undefined;
  };
  if (size === undefined) return refuse(321, validating(badBarSize));
  if (duration === undefined)
    return refuse(
      321,
      validating('Historical data query duration is invalid: it is a number and one of S, D, W, M and Y'),
    );
  const long = tooLong(duration);
  if (long !== undefined) return refuse(321, validating(long));
  if (data === undefined) return refuse(321, validating(`Invalid whatToShow ${what}`));
  if (keepUpToDate && end !== '')
    return refuse(321, validating('End date/time must be empty when keepUpToDate is set'));
  if (keepUpToDate && size.length < 5_000)
    return refuse(321, validating('keepUpToDate takes bars of 5 seconds or more'));
  if (!isValidStep(size, durationMs(duration)))
    return refuse(162, `${SERVICE}invalid step: ${size.length / 1_000}`);
  const key = JSON.stringify([
    contract,
    end,
    barSize,
    durationText,
    regularOnly,
    what,
    asSeconds,
    keepUpToDate,
  ]);
  return {
    requestId,
    contract,
    includeExpired,
    end,
    size,
    duration,
    regularOnly,
    data,
    asSeconds,
    keepUpToDate,
    key,
  };
};
