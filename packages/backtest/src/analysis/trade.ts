import type { Side } from '@mikrobot/core';
import type { VolatilityTag } from './volatility-regime.js';

/** What ended a trade. */
export type ExitCause = 'stop' | 'target' | 'signal' | 'flatten' | 'reversal';

/**
 * One trade: everything that one ledger (owner) did in one symbol from flat to flat. Scaling in, partial closes and the fills that
 * make them up are one trade. A fill that turns a position over ends one trade and begins the next; its commission is shared by
 * quantity. Money is in account currency, exact to its minor unit.
 */
export interface Trade {
  /** 1 for the first that was opened. */
  readonly number: number;
  /** The ledger: a strategy on a symbol, or a person. */
  readonly owner: string;
  /** Name of the strategy that the ledger belongs to; the ledger's own when it belongs to none. */
  readonly strategy: string;
  readonly symbol: string;
  readonly side: Side;
  /** Id of the signal that opened it. */
  readonly signal: string;
  /** Epoch ms, UTC. */
  readonly entryTime: number;
  /** `null` while it is open. */
  readonly exitTime: number | null;
  /** Volume-weighted over all fills that opened or added. */
  readonly entryPrice: number;
  /** Volume-weighted over all fills that closed; `null` when none has yet. */
  readonly exitPrice: number | null;
  /** All lots that were opened, scaling in included. */
  readonly quantity: number;
  /** Realised, before commission. */
  readonly profit: number;
  /** Positive is paid. */
  readonly commission: number;
  /** profit - commission. */
  readonly net: number;
  /** Profit of what is still held, at the quotes at the end of the run; `null` when finished, or a quote or conversion rate is not known. */
  readonly floating: number | null;
  /** Protective stop and target of the first entry, in price. */
  readonly stop: number | null;
  readonly target: number | null;
  /** Money at risk at the entries' own stops; `null` when a stop or a conversion rate was not known. */
  readonly risk: number | null;
  /** net / risk. */
  readonly r: number | null;
  /** How far the price went for and against the trade, in price from `entryPrice`, never negative; `null` when not watched. */
  readonly favourable: number | null;
  readonly adverse: number | null;
  /** From entry to exit, or to the end of the run, ms. */
  readonly heldMs: number;
  /** Bars of the recorder's timeframe that closed meanwhile. */
  readonly heldBars: number;
  /** Session and volatility at the entry. */
  readonly session: string;
  readonly volatility: VolatilityTag;
  /** `null` while it is open. */
  readonly exit: ExitCause | null;
  readonly fills: number;
}
