import {
  type Bar,
  type Draft,
  defineStrategy,
  type Strategy,
  type Timeframe,
  timeframes,
} from '@mikrobot/core';
import { defer, filter, map } from 'rxjs';
import * as z from 'zod';
import { MovingAverage } from './moving-average.js';

/** Parameters of {@link smaCross}; every description begins with the unit in square brackets. */
export const smaCrossParams = z
  .strictObject({
    timeframe: z
      .enum(Object.keys(timeframes) as [Timeframe, ...Timeframe[]])
      .default('M5')
      .describe('[timeframe] Bars whose closes are averaged.'),
    fast: z.number().int().min(1).max(10_000).default(50).describe('[bars] Length of the fast average.'),
    slow: z.number().int().min(2).max(10_000).default(200).describe('[bars] Length of the slow average.'),
    stopPips: z.number().positive().default(30).describe('[pips] Distance of the stop from the close.'),
    confidence: z
      .number()
      .min(0)
      .max(1)
      .default(0.8)
      .describe('[0 to 1] Confidence of every signal: a crossing has no grades.'),
  })
  .refine((p) => p.fast < p.slow, {
    path: ['fast'],
    error: 'the fast average must be shorter than the slow one',
  });

/**
 * Goes long when the fast simple moving average of the closes crosses above the slow one, and short when it crosses below;
 * always in the market after the first crossing, unless stopped out. A plain example and a load for benchmarks, not a way to
 * make money.
 */
export const smaCross: Strategy = defineStrategy({
  name: 'sma-cross',
  params: smaCrossParams,
  timeframes: (params) => [params.timeframe],
  signals: (context, params) =>
    defer(() => {
      const { instrument, position, signal } = context;
      const fast = new MovingAverage(params.fast);
      const slow = new MovingAverage(params.slow);
      const distance = params.stopPips * instrument.pipSize;
      let above: boolean | undefined;

      const onBar = ({ close }: Bar): Draft | undefined => {
        const [quick, lazy] = [fast.push(close), slow.push(close)];
        if (quick === undefined || lazy === undefined || quick === lazy) return undefined;
        const was = above;
        above = quick > lazy;
        if (was === undefined || was === above) return undefined;

        const side = above ? 'buy' : 'sell';
        const details = {
          stop: above ? close - distance : close + distance,
          confidence: params.confidence,
          reason: `SMA ${params.fast} crossed ${above ? 'above' : 'below'} SMA ${params.slow}`,
        };
        if (position.flat) return side === 'buy' ? signal.buy(details) : signal.sell(details);
        return position.long === above ? undefined : signal.reverse(side, details);
      };
      return context.bars$(params.timeframe).pipe(
        map(onBar),
        filter((draft) => draft !== undefined),
      );
    }),
});
