import type { SimulatedContract } from '../contracts/contract.js';
import type { BaseBar, Prices } from './base-bar.js';
import type { BarFigures } from './tick-messages.js';

/** What bars are made of. */
export type ShownData = 'TRADES' | 'MIDPOINT' | 'BID' | 'ASK' | 'BID_ASK';

/** What real-time bars can be made of. */
export const realTimeShown: readonly ShownData[] = ['TRADES', 'MIDPOINT', 'BID', 'ASK'];
/** What bars of the past can be made of. */
export const historyShown: readonly ShownData[] = [...realTimeShown, 'BID_ASK'];

/** What a request asks bars to be made of. */
export interface AskedData {
  readonly shown: ShownData;
  /** Trades as TWS gathers them for crypto: `AGGTRADES`. */
  readonly aggregated: boolean;
}

/** Reads what bars are to be made of; undefined for what is none of `known`. */
export const askedData = (name: string, known: readonly ShownData[]): AskedData | undefined => {
  const aggregated = name.toUpperCase() === 'AGGTRADES';
  const shown = aggregated ? 'TRADES' : known.find((one) => one === name.toUpperCase());
  return shown && { shown, aggregated };
};

/**
 * Whether a kind of contract has such data (documentation of the TWS API, "Available Data per Product": no trades of forex and CFDs,
 * of indices nothing else). `instead` names what is to be asked for in their place: AGGTRADES is for crypto, TRADES for all others.
 */
export const availability = (
  { securityType }: SimulatedContract,
  { shown, aggregated }: AskedData,
):
  | { readonly kind: 'there' | 'none' }
  | { readonly kind: 'instead'; readonly asked: string; readonly use: string } => {
  if (shown === 'TRADES' && aggregated !== (securityType === 'CRYPTO'))
    return aggregated
      ? { kind: 'instead', asked: 'AGGTRADES', use: 'TRADES' }
      : { kind: 'instead', asked: 'TRADES', use: 'AGGTRADES' };
  const traded = securityType !== 'CASH' && securityType !== 'CFD';
  const quoted = securityType !== 'IND';
  return { kind: (shown === 'TRADES' ? traded : quoted) ? 'there' : 'none' };
};

/** What TWS says (code 10299) when other data are to be asked for. */
export const askInstead = (use: string, asked: string): string =>
  `Expected what to show is ${use}, please use that instead of ${asked}.`;

/** Averages of prices are told to so many digits. */
const tidy = (value: number): number => Number(value.toPrecision(12));

/** The prices of one kind of data in a bar; undefined where there are none. Not for BID_ASK, which is made of two. */
export const pricesOf = (bar: BaseBar, shown: Exclude<ShownData, 'BID_ASK'>): Prices | undefined =>
  ({ TRADES: bar.trades, MIDPOINT: bar.middle, BID: bar.bid, ASK: bar.ask })[shown];

const told = ({
  open,
  high,
  low,
  close,
}: Readonly<Prices>): Omit<BarFigures, 'volume' | 'average' | 'count'> => ({
  open: tidy(open),
  high: tidy(high),
  low: tidy(low),
  close: tidy(close),
});

/** Figures of a bar of trades. */
export const tradeFigures = (
  prices: Readonly<Prices>,
  volume: number,
  turnover: number,
  count: number,
): BarFigures => ({
  ...told(prices),
  volume: tidy(volume),
  average: volume > 0 ? tidy(turnover / volume) : tidy(prices.close),
  count,
});

/** Figures of a bar of quotes: those of trades are -1. */
export const quoteFigures = (prices: Readonly<Prices>): BarFigures => ({
  ...told(prices),
  volume: -1,
  average: -1,
  count: -1,
});
