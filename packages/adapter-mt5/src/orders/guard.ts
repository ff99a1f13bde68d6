import type { Side } from '@mikrobot/core';
import type { PositionRecord } from '../protocol/records.js';
import { type LegName, legId } from './names.js';

/** A level as an order: what core knows of it. */
export interface Leg {
  readonly id: string;
  price: number;
  /** Lots in all, what has filled included. */
  quantity: number;
  filled: number;
}

/** A level of a position: whose leg it is, and where it stands. */
export interface Level {
  readonly id: string;
  readonly price: number;
}

/** A position that an entry of ours opened, with its stop and target. Only hedging accounts have them. */
export interface Guard {
  /** The position's lasting id. */
  readonly position: string;
  /** By which the server names it in requests. */
  ticket: string;
  /** Client order id of its entry. */
  readonly entry: string;
  readonly symbol: string;
  readonly side: Side;
  readonly magic: string;
  /** Epoch ms of the server. */
  readonly opened: number;
  /** Lots open, by the deals that were told. */
  open: number;
  /** Its levels at the server; undefined until they were seen. */
  levels: Readonly<Record<LegName, Level | undefined>> | undefined;
  /** The levels that its entry was sent with; undefined where that is not known. */
  readonly asked: Readonly<Record<LegName, number | undefined>> | undefined;
  /** What of its levels was told. */
  readonly legs: Partial<Record<LegName, Leg>>;
  /** Levels that were asked for and of which was told that they are not there. */
  readonly missing: Set<LegName>;
  /** What core takes legs to be that it has placed one by one, by client order id. */
  readonly placed: Map<string, PlacedLeg>;
}

/** A leg as core placed it. */
export interface PlacedLeg {
  readonly price: number;
  readonly quantity: number;
}

/** What an entry asked for, where it is known. */
type Asked = Guard['asked'];

/**
 * The levels as a position has them. One that neither came with the entry nor has a leg's name was set by a person: it is none of ours.
 */
export const levelsOf = (
  record: PositionRecord,
  entry: string,
  asked: Asked,
): Readonly<Record<LegName, Level | undefined>> => {
  const level = (leg: LegName, price: number | undefined, name: string | undefined): Level | undefined => {
    if (price === undefined) return undefined;
    if (name !== undefined) return { id: name, price };
    const isOurs = asked === undefined || asked[leg] !== undefined;
    return isOurs ? { id: legId(entry, leg), price } : undefined;
  };
  return {
    stop: level('stop', record.sl, record.slCoid),
    target: level('target', record.tp, record.tpCoid),
  };
};
