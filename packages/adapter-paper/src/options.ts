import {
  type AccountMode,
  type Instrument,
  type MarketFeed,
  MikroBotError,
  type Support,
} from '@mikrobot/core';
import type { CostModel, CostPreset } from '@mikrobot/matching';
import { instrumentOf } from './instruments.js';

/** How to make a simulated venue. */
export interface PaperOptions {
  /** The market that `play` plays. Without one, ticks are handed in by `feedTick`. */
  readonly feed?: MarketFeed;
  /** What trading costs: a preset's name, or a model written out. `'none'` has to be said. */
  readonly costs: CostModel | CostPreset;
  /** Start of the account, as exact text of one currency: `{ USD: '10000' }`. */
  readonly balance: Readonly<Record<string, string>>;
  /** Contracts that differ from the catalogue or are not in it. */
  readonly instruments?: readonly Instrument[];
  /** Default netting. */
  readonly mode?: AccountMode;
  /** As in 30 for 1:30, the default. */
  readonly leverage?: number;
  /** Equity as a part of margin below which positions are closed. Default 0.5; 0 for never. */
  readonly stopOut?: number;
  /** `none` leaves brackets to the bot's own emulation. Default native. */
  readonly brackets?: Support;
  /** `async`: every answer comes by a promise, in a later microtask. The outcomes are the same. Default sync. */
  readonly replies?: 'sync' | 'async';
  /** Submits, counted from 1, that the venue takes but whose answer gets lost: the outcome is `unknown`. */
  readonly lostAnswers?: readonly number[];
  /** Of the random numbers that a cost model may draw. Default 1. */
  readonly seed?: number;
  /** The account's id. Default `paper`. */
  readonly id?: string;
}

/** The one currency and amount that an account starts with. */
export const startOf = (
  balance: PaperOptions['balance'],
): { readonly currency: string; readonly balance: string } => {
  const [first, ...others] = Object.entries(balance);
  if (first === undefined || others.length > 0) {
    throw new MikroBotError(
      'BAD_CONFIG',
      `A paper account has one currency, not ${others.length + (first ? 1 : 0)}.`,
      {
        where: 'paper(), option balance',
        hint: "Write balance: { USD: '10000' }.",
      },
    );
  }
  return { currency: first[0], balance: first[1] };
};

/** The contracts of a venue: those given, and the catalogue's for what else the feed contains. */
export const instrumentsOf = ({ feed, instruments = [] }: PaperOptions): readonly Instrument[] => {
  const given = new Set(instruments.map((i) => i.symbol));
  const all = [...instruments, ...(feed?.symbols ?? []).filter((s) => !given.has(s)).map(instrumentOf)];
  if (all.length > 0) return all;
  throw new MikroBotError('BAD_CONFIG', 'The venue lists no instrument.', {
    where: 'paper()',
    hint: 'Give a feed, or instruments for ticks that are handed in.',
  });
};
