import type { BarFigures } from '../market/tick-messages.js';
import type { Field } from '../wire/field.js';

/** A bar with its time as text. */
export interface DatedBar extends BarFigures {
  readonly date: string;
}

/** Message 17. `from` and `to` are what was asked for. */
export const historicalData = (
  requestId: number,
  from: string,
  to: string,
  bars: readonly DatedBar[],
): readonly Field[] => [
  17,
  requestId,
  from,
  to,
  bars.length,
  ...bars.flatMap((bar) => [
    bar.date,
    bar.open,
    bar.high,
    bar.low,
    bar.close,
    bar.volume,
    bar.average,
    bar.count,
  ]),
];

/** Message 90: the bar that goes on. Its fields stand in another order than those of message 17. */
export const historicalDataUpdate = (requestId: number, bar: DatedBar): readonly Field[] => [
  90,
  requestId,
  bar.count,
  bar.date,
  bar.open,
  bar.close,
  bar.high,
  bar.low,
  bar.average,
  bar.volume,
];

/** Message 88. */
export const headTimestamp = (requestId: number, time: string): readonly Field[] => [88, requestId, time];
