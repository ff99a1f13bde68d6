import type { Timeframe, Zone } from '@mikrobot/core';
import { type Contract, SecType, WhatToShow } from '@stoqey/ib';
import type { BarSource } from '../contracts/contract-spec.js';
import { barSizeOf } from '../history/bar-sizes.js';
import type { Commands } from '../line/line.js';
import type { BarSide } from './bar-join.js';

/** One request of a stream of bars. */
export interface BarRequest {
  readonly side: BarSide;
  readonly ask: (commands: Commands, id: number) => void;
  readonly cancel: (commands: Commands, id: number) => void;
}

const sources: Readonly<Record<BarSource, readonly (readonly [BarSide, WhatToShow])[]>> = {
  trades: [['both', WhatToShow.TRADES]],
  midpoint: [['both', WhatToShow.MIDPOINT]],
  quotes: [
    ['bid', WhatToShow.BID],
    ['ask', WhatToShow.ASK],
  ],
};

/** Seconds since 1970. */
const EPOCH_DATES = 2;

/** Coins have their trades under a name of their own. Source: TWS API, Historical Bar whatToShow. */
const showOf = ({ secType }: Contract, show: WhatToShow): WhatToShow =>
  secType === SecType.CRYPTO && show === WhatToShow.TRADES ? WhatToShow.AGGTRADES : show;

/** How bars of a contract are asked for. */
export interface BarWish {
  readonly contract: Contract;
  readonly bars: BarSource;
  readonly regularHours: boolean;
}

/** Bars of five seconds, each told when it is over. Source: TWS API, Requesting Real Time Bars. */
export const realTimeRequests = ({ contract, bars, regularHours }: BarWish): readonly BarRequest[] =>
  sources[bars].map(([side, show]) => ({
    side,
    ask: (commands, id) => commands.reqRealTimeBars(id, contract, 5, showOf(contract, show), regularHours),
    cancel: (commands, id) => commands.cancelRealTimeBars(id),
  }));

/**
 * Bars that TWS keeps up to date; undefined where it has none of that length, or counts it from the exchange's midnight.
 * Source: TWS API, Keeping historical data up to date.
 */
export const keptRequests = (
  timeframe: Timeframe,
  zone: Zone,
  ms: number,
  { contract, bars, regularHours }: BarWish,
): readonly BarRequest[] | undefined => {
  const size = barSizeOf(timeframe, zone, 0, 0);
  if (size.ms !== ms || ms < 5_000 || timeframe === 'D1') return undefined;
  // Two bars, that the one of before is known even just after its end.
  const duration = `${Math.max(60, (2 * ms) / 1_000)} S`;
  return sources[bars].map(([side, show]) => ({
    side,
    ask: (commands, id) =>
      commands.reqHistoricalData(
        id,
        contract,
        '',
        duration,
        size.setting,
        showOf(contract, show),
        regularHours,
        EPOCH_DATES,
        true,
      ),
    cancel: (commands, id) => commands.cancelHistoricalData(id),
  }));
};
