import type { VenueError } from '../exchange.js';
import { doorErrors } from '../shared/errors.js';
import type { BuiltVenue } from './build-venue.js';
import { type FaultName, type FaultState, isOrderCommand, type Match } from './faults.js';
import { LimitError } from './limits.js';
import type { LineKind } from './lines.js';
import type { VenueServer } from './venue-server.js';

/** What can be made to go wrong, at both venues. "Next" faults wait for the first thing that fits. */
export interface BinanceFaults {
  /** Breaks all connections, also those of REST. */
  drop(): void;
  /** Lines that are open now stay open and stand still: nothing is heard, nothing is said. Default: all kinds. */
  halfOpen(kind?: LineKind): void;
  /** Refuses new connections until {@link restore}; drops those that are open. */
  refuseConnections(): void;
  /** Takes connections again. */
  restore(): void;
  /** The next answer comes so many ms late. */
  delayNext(ms: number, match?: Match): void;
  /** The venue does what is asked, and then answers 503 with -1007 or never. Default: the next order command. */
  loseNextAnswer(as: 'timeout' | 'silence', match?: Match): void;
  /** The request is lost before it is handled; it gets no answer. Default: the next order command. */
  loseNextRequest(match?: Match): void;
  /** The request is answered with this error and not handled. Default: the next order command. */
  refuseNext(error: VenueError, match?: Match): void;
  /** The request is answered 429 with -1003; it may be sent again after so many ms. Default: the next request. */
  throttleNext(retryAfter?: number, match?: Match): void;
  /** The address is banned for two minutes, then longer: 418 for everything until then. */
  ban(): void;
  /** Ends a ban. */
  forgive(): void;
  /** The venue's clock is so many ms ahead. */
  skew(ms: number): void;
  /** While on, what is asked of the state of an account gets no answer. */
  blind(on: boolean): void;
  /** While on, no event of an account is told, though lines stay open and requests are answered. */
  mute(on: boolean): void;
  /** The next event of an account that fits is told twice; its name is its type and execution type: `executionReport TRADE`. */
  duplicateNext(match?: Match): void;
  /** The next two events of an account are told in the other order. */
  reorderNext(): void;
  /** Listen keys of an account, or all, expire now. */
  expireListenKeys(account?: string): void;
  /** While on, everything is answered 503 with -1016 and the system status says so; open lines are ended. */
  maintenance(on: boolean): void;
  /** Says `serverShutdown` on all lines of spot, and ends all lines after so many ms. */
  serverShutdown(after?: number): void;
  /** Ends the user data subscriptions of an account of spot, or all, with `eventStreamTerminated`. */
  terminateStreams(account?: string): void;
  /** How often each fault struck. */
  readonly counts: ReadonlyMap<FaultName, number>;
  /** Forgets what has not struck yet and takes connections again. */
  clear(): void;
}

const SHUTDOWN_AFTER = 600_000;

/** The controls over what goes wrong. */
export const faultControls = (
  server: VenueServer,
  state: FaultState,
  venues: readonly BuiltVenue[],
): BinanceFaults => {
  const endLines = (reason: string): void => {
    for (const venue of venues) for (const line of venue.lines.open()) line.close(1001, reason);
  };
  return {
    drop() {
      state.count('drop');
      server.drop();
    },
    halfOpen(kind) {
      for (const venue of venues)
        for (const line of venue.lines.open(kind)) {
          line.halfOpen = true;
          state.count('half-open');
        }
    },
    refuseConnections() {
      server.refusing = true;
      server.drop();
    },
    restore() {
      server.refusing = false;
    },
    delayNext: (ms, match) => state.delays.add(match, ms),
    loseNextAnswer: (as, match = isOrderCommand) => state.lostAnswers.add(match, as),
    loseNextRequest: (match = isOrderCommand) => state.lostRequests.add(match, true),
    refuseNext: (error, match = isOrderCommand) => state.refusals.add(match, () => error),
    throttleNext(retryAfter = 1_000, match) {
      const limit = doorErrors.tooMuchWeight(0);
      state.refusals.add(match, (now) => new LimitError(limit, now + retryAfter));
    },
    ban() {
      for (const venue of venues) venue.desk.door.limits.ban(venue.now());
    },
    forgive() {
      for (const venue of venues) venue.desk.door.limits.forgive();
    },
    skew(ms) {
      state.skew = ms;
    },
    blind(on) {
      state.blind = on;
    },
    mute(on) {
      state.muted = on;
    },
    duplicateNext: (match) => state.twice.add(match, true),
    reorderNext() {
      state.swaps++;
    },
    expireListenKeys(account) {
      for (const venue of venues) venue.listenKeys.expire(account);
    },
    maintenance(on) {
      state.maintenance = on;
      if (on) endLines('maintenance');
    },
    serverShutdown(after = SHUTDOWN_AFTER) {
      state.count('server-shutdown');
      for (const venue of venues) {
        venue.users.shutdown();
        for (const line of venue.lines.open()) line.endAfter(after);
      }
    },
    terminateStreams(account) {
      state.count('stream-terminated');
      for (const venue of venues) venue.users.terminate(account);
    },
    counts: state.counts,
    clear() {
      state.clear();
      server.refusing = false;
    },
  };
};
