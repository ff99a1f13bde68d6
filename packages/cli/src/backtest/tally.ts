import type { BacktestResult } from '@mikrobot/backtest';

/** What was counted beside the back-test, each where it happens. */
export interface Tally {
  /** Closed bars of the finest timeframe of each symbol's strategy. */
  readonly bars: number;
  /** Ticks that the bot took. */
  readonly ticks: number;
  /** Signals as the strategies gave them. */
  readonly drafts: number;
  /** Signals that core raised itself, to close what must not stay open. */
  readonly ownSignals: number;
  /** Orders that the journal says were about to be sent. */
  readonly intents: number;
  /** Orders that the venue took, by its own count. */
  readonly venueOrders: number;
  /** Orders that it refused, by its own count. */
  readonly venueRefusals: number;
  /** Of the whole run, by the machine's clock. */
  readonly seconds: number;
}

/** Decisions of a run, all outcomes together. */
export const decisionsOf = ({ funnel }: BacktestResult): number =>
  funnel.executed + funnel.refused + funnel.held + funnel.unknown;

/** Why the counts of a run contradict each other, as one sentence; undefined when they agree. */
export const contradiction = (decisions: number, tally: Tally): string | undefined => {
  const { drafts, ownSignals, intents, venueOrders, venueRefusals } = tally;
  const signals = drafts + ownSignals;
  if (signals !== decisions) {
    return `the strategies gave ${drafts} signals and the bot ${ownSignals} of its own, but ${decisions} decisions fell: every signal must get exactly one`;
  }
  if (intents !== venueOrders + venueRefusals) {
    return `the journal holds the intents of ${intents} orders, but the venue took ${venueOrders} and refused ${venueRefusals}`;
  }
  return undefined;
};
