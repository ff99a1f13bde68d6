import { spotErrors } from '../errors.js';
import type { ParamReader } from '../param-reader.js';

/** Longest time between `startTime` and `endTime`, hours. */
const LONGEST = 24;
const HOUR = 3_600_000;

/** Which part of a history is asked for. Times in epoch ms, both inclusive. */
export interface Window {
  readonly start: number | undefined;
  readonly end: number | undefined;
  readonly limit: number;
}

/** @throws VenueError -1127 for more than 24 hours */
export const readWindow = (reader: ParamReader): Window => {
  const start = reader.time('startTime');
  const end = reader.time('endTime');
  if (start !== undefined && end !== undefined && end - start > LONGEST * HOUR) {
    throw spotErrors.moreThanHours(LONGEST);
  }
  return { start, end, limit: reader.limit('limit', 500, 1000) };
};

/**
 * The part of a history that is asked for: the oldest from a beginning on, else the most recent (rest-api.md, "General API
 * Information").
 * @param all - oldest first
 * @param from - whether it begins at an id
 */
export const cut = <T>(
  all: readonly T[],
  { start, end, limit }: Window,
  from: boolean,
  timeOf: (item: T) => number,
): readonly T[] => {
  const inside = all.filter(
    (item) => (start === undefined || timeOf(item) >= start) && (end === undefined || timeOf(item) <= end),
  );
  return from || start !== undefined ? inside.slice(0, limit) : inside.slice(-limit);
};
