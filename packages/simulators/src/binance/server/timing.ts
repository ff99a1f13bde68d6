import { doorErrors } from '../shared/errors.js';

const MAX_WINDOW = 60_000;
const AHEAD = 1_000;
/** Timestamps may be sent in microseconds: nothing in ms has reached this many digits before the year 5138. */
const MICROSECONDS = 1e14;

const windowOf = (text: string | undefined): number => {
  if (text === undefined) return 5_000;
  if (!/^\d+(\.\d{1,3})?$/.test(text)) throw doorErrors.mandatory('recvWindow');
  if (Number(text) > MAX_WINDOW) throw doorErrors.tooLarge('recvWindow', MAX_WINDOW);
  return Number(text);
};

/**
 * Whether a signed request came in time (rest-api.md, "Timing security").
 * @param now - the venue's time, epoch ms
 * @throws VenueError -1102 for what is missing or malformed, -1021 outside of the window or over a second ahead
 */
export const checkTiming = (params: Readonly<Record<string, string>>, now: number): void => {
  const { timestamp, recvWindow } = params;
  if (timestamp === undefined || !/^\d{1,18}$/.test(timestamp)) throw doorErrors.mandatory('timestamp');
  const window = windowOf(recvWindow);
  const sent = Number(timestamp) >= MICROSECONDS ? Number(timestamp) / 1_000 : Number(timestamp);
  if (sent >= now + AHEAD) throw doorErrors.ahead();
  if (now - sent > window) throw doorErrors.late();
};
