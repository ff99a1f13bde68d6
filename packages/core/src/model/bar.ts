import * as z from 'zod';
import type { Timeframe } from '../market/timeframe.js';

/**
 * A closed bar. `time` is its open and `closeTime` its end (exclusive), epoch ms UTC.
 * `open … close` are bid prices, as charts of most venues show them; `askOpen … askClose` the ask's.
 */
export interface Bar {
  readonly symbol: string;
  readonly timeframe: Timeframe;
  readonly time: number;
  readonly closeTime: number;
  readonly open: number;
  readonly high: number;
  readonly low: number;
  readonly close: number;
  readonly askOpen: number;
  readonly askHigh: number;
  readonly askLow: number;
  readonly askClose: number;
  /** Sum of the ticks' volumes; 0 when the source has none. */
  readonly volume: number;
  /** Number of ticks in the bar. */
  readonly ticks: number;
}

const price = z.number().positive();

/** For bars from outside; inside, the type is trusted. */
export const barSchema = z
  .object({
    symbol: z.string().min(1),
    timeframe: z.string() as unknown as z.ZodType<Timeframe>,
    time: z.number().nonnegative(),
    closeTime: z.number().positive(),
    open: price,
    high: price,
    low: price,
    close: price,
    askOpen: price,
    askHigh: price,
    askLow: price,
    askClose: price,
    volume: z.number().nonnegative(),
    ticks: z.number().int().nonnegative(),
  })
  .refine((b) => b.high >= Math.max(b.open, b.close, b.low), 'the high is below another price of the bar')
  .refine((b) => b.low <= Math.min(b.open, b.close), 'the low is above another price of the bar')
  .refine((b) => b.closeTime > b.time, 'the bar ends before it begins');
