import { intrabarPath, PATH_TICKS, type Quote, seededRandom } from '@mikrobot/core';
import type { Mt5Bar } from '@mikrobot/simulators';

const MINUTE = 60_000;
const POINT = 0.00001;
const SPREAD_POINTS = 10;
const DIGITS = 5;

const onGrid = (price: number): number => Number(price.toFixed(DIGITS));

/**
 * Minute bars of a walk of EURUSD.
 * @param from - epoch ms UTC, a whole minute
 * @param wildness - points between the lowest and the highest that one of a minute's six steps may go
 */
export const randomMinutes = (
  seed: number,
  count: number,
  from: number,
  wildness: number,
): readonly Mt5Bar[] => {
  const random = seededRandom(seed);
  let price = 1.1;
  return Array.from({ length: count }, (_, i) => {
    const open = price;
    const steps = Array.from({ length: 6 }, () => {
      price = onGrid(price + Math.round((random() - 0.5) * wildness) * POINT);
      return price;
    });
    const [high, low] = [Math.max(open, ...steps), Math.min(open, ...steps)];
    return { time: from + i * MINUTE, open, high, low, close: price, tickVolume: 7, spread: SPREAD_POINTS };
  });
};

/** The four ticks of each bar. */
export const ticksOfMinutes = (bars: readonly Mt5Bar[]): readonly Quote[] => {
  const column = () => new Float64Array(PATH_TICKS);
  const out = { time: column(), bid: column(), ask: column(), volume: column() };
  return bars.flatMap(({ time, open, high, low, close }) => {
    const asks = { askOpen: open, askHigh: high, askLow: low, askClose: close };
    intrabarPath({ time, closeTime: time + MINUTE, open, high, low, close, ...asks, volume: 0 }, out, 0);
    return Array.from(out.time, (at, i) => {
      const bid = out.bid[i]!;
      return { time: at, bid, ask: onGrid(bid + SPREAD_POINTS * POINT) };
    });
  });
};
