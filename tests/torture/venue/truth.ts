import type { MaybePromise, VenuePosition } from '@mikrobot/core';
import { servePeer } from '../peer-server.js';
import type { Sent, Traded, WorkingOrder } from './record.js';

/** What the judge sees of a venue. */
export interface VenueTruth {
  /** Whether a bot is there that hears of its orders. */
  readonly connected: boolean;
  /** Order events so far; 0 where nobody numbers them. */
  readonly events: number;
  readonly snapshot: {
    readonly orders: readonly WorkingOrder[];
    readonly positions: readonly VenuePosition[];
  };
  /** Signed lots by `owner|symbol`. */
  readonly ledgers: Readonly<Record<string, number>>;
  /** Owners of the working orders. */
  readonly owners: Readonly<Record<string, string>>;
  /** What was sent and traded since the places that were asked for. */
  readonly sent: readonly Sent[];
  readonly trades: readonly Traded[];
  /** Ms that a position was without its stop while a client was connected, since the last question. */
  readonly longestNaked: number;
}

/** How much of a venue's history is known already. */
export interface HistorySoFar {
  readonly sent: number;
  readonly trades: number;
}

/** What the judge asks of a venue of any kind. */
export interface JudgedVenue {
  truth(from: HistorySoFar): MaybePromise<VenueTruth>;
  /** Stops the market: orders are still taken. */
  freeze(): void;
  /** Lets the market move. */
  thaw(): void;
  /** Breaks every line of the bots. */
  hangUp(): void;
}

/** Answers the judge, who speaks to a venue's process over its standard streams. */
export const serveVenue = (venue: JudgedVenue): void =>
  servePeer((question) => {
    switch (question.do) {
      case 'truth':
        return venue.truth({ sent: Number(question.sent), trades: Number(question.trades) });
      case 'freeze':
        venue.freeze();
        return true;
      case 'thaw':
        venue.thaw();
        return true;
      case 'hang-up':
        venue.hangUp();
        return true;
      default:
        throw new Error(`The venue does not understand '${question.do}'.`);
    }
  });
