import { Observable, type SchedulerLike } from 'rxjs';
import * as z from 'zod';
import { MikroBotError } from '../errors/mikrobot-error.js';
import { BarWindow } from '../market/bar-window.js';
import { parseTimeframe, type Timeframe } from '../market/timeframe.js';
import type { Bar } from '../model/bar.js';
import type { Instrument } from '../model/instrument.js';
import type { Fill } from '../model/order.js';
import type { Draft } from '../model/signal.js';
import type { Quote, Tick } from '../model/tick.js';
import type { SignalFactory } from './signal-factory.js';

/** A strategy's own holding: live values, read them when needed. */
export interface StrategyPosition {
  /** Signed lots. */
  readonly quantity: number;
  readonly averagePrice: number;
  /** Epoch ms at which the present holding began; 0 when flat. */
  readonly since: number;
  readonly flat: boolean;
  readonly long: boolean;
  readonly short: boolean;
}

/** What a strategy may see and use. Everything runs in the bot's turns; `scheduler` is the only timer. */
export interface StrategyContext {
  readonly symbol: string;
  readonly instrument: Instrument;
  /** Ticks of the strategy's symbol; a fresh object each. A closed bar is told before the tick that closed it. */
  readonly ticks$: Observable<Tick>;
  /** Closed bars. At one instant the coarser timeframe is told before the finer. */
  bars$(timeframe: Timeframe): Observable<Bar>;
  /** Trades of this strategy's orders. */
  readonly fills$: Observable<Fill>;
  readonly position: StrategyPosition;
  readonly signal: SignalFactory;
  /** Undefined until the first tick. */
  readonly quote: Quote | undefined;
  /** The turn's time, epoch ms. */
  now(): number;
  readonly scheduler: SchedulerLike;
}

/** What `onBar` gets: the closed bars up to now, newest last. */
export interface BarContext<P> {
  readonly bars: BarWindow;
  readonly position: StrategyPosition;
  readonly signal: SignalFactory;
  readonly params: P;
  readonly instrument: Instrument;
  /** The first quote after the bar's close: what a market order would meet now. */
  readonly quote: Quote;
  readonly time: number;
}

type Params = z.ZodType<object>;
type OrFunction<P, T> = T | ((params: P) => T);

/** A strategy that is asked once per closed bar. */
export interface BarStrategyDefinition<S extends Params> {
  readonly name: string;
  readonly params?: S;
  readonly timeframe: OrFunction<z.output<S>, Timeframe>;
  /** Bars that `onBar` needs to see, the last one included: it is first called when so many are there. Default 1. */
  readonly warmUp?: OrFunction<z.output<S>, number>;
  onBar(context: BarContext<z.output<S>>): Draft | readonly Draft[] | undefined;
}

/** A strategy that composes its signals from streams. */
export interface StreamStrategyDefinition<S extends Params> {
  readonly name: string;
  readonly params?: S;
  /** Timeframes whose `bars$` the strategy subscribes. */
  readonly timeframes: OrFunction<z.output<S>, readonly Timeframe[]>;
  signals(context: StrategyContext, params: z.output<S>): Observable<Draft>;
}

/** A strategy with its parameters checked, ready for one symbol. */
export interface BoundStrategy {
  readonly name: string;
  readonly symbol: string;
  readonly params: object;
  readonly timeframes: readonly Timeframe[];
  signals(context: StrategyContext): Observable<Draft>;
}

/** A reusable strategy; a bot binds it to a symbol and parameters. */
export interface Strategy {
  readonly name: string;
  /** Schema of its parameters, for tools that list or check them. */
  readonly params: Params;
  /** @throws `MikroBotError` `BAD_CONFIG` naming the parameter that is wrong, or a warm-up that is none. */
  bind(symbol: string, params?: object): BoundStrategy;
}

const resolve = <P, T>(value: OrFunction<P, T>, params: P): T =>
  typeof value === 'function' ? (value as (params: P) => T)(params) : value;

const parseParams = (name: string, schema: Params, input: object): object => {
  const parsed = schema.safeParse(input);
  if (parsed.success) return parsed.data;
  const issue = parsed.error.issues[0];
  throw new MikroBotError('BAD_CONFIG', `${issue?.message ?? 'invalid parameters'}.`, {
    where: `strategy ${name}, parameter ${issue?.path.join('.') || '(all)'}`,
    cause: parsed.error,
  });
};

const checkWarmUp = (name: string, warmUp: number): void => {
  if (Number.isInteger(warmUp) && warmUp >= 1) return;
  throw new MikroBotError('BAD_CONFIG', `${warmUp} is not a number of bars.`, {
    where: `strategy ${name}, warmUp`,
    hint: 'Use 1 or more: the bar that just closed counts.',
  });
};

const barSignals = <S extends Params>(
  definition: BarStrategyDefinition<S>,
  timeframe: Timeframe,
  warmUp: number,
  params: z.output<S>,
  context: StrategyContext,
): Observable<Draft> => {
  const { instrument, position, signal } = context;
  return new Observable((subscriber) => {
    const bars = new BarWindow(warmUp);
    return context.bars$(timeframe).subscribe({
      next: (bar) => {
        bars.push(bar);
        const { quote } = context;
        if (bars.length < warmUp || quote === undefined) return;
        let drafts: ReturnType<typeof definition.onBar>;
        try {
          drafts = definition.onBar({
            bars,
            position,
            signal,
            params,
            instrument,
            quote,
            time: context.now(),
          });
        } catch (error) {
          // As an error of the stream it ends this strategy and is reported; thrown from here it would end the process.
          subscriber.error(error);
          return;
        }
        // Plain JavaScript says null or false as well.
        if (!drafts) return;
        if (!Array.isArray(drafts)) subscriber.next(drafts as Draft);
        else for (const draft of drafts as readonly Draft[]) subscriber.next(draft);
      },
      error: (error) => subscriber.error(error),
      complete: () => subscriber.complete(),
    });
  });
};

/**
 * Defines a strategy, either by `onBar` (called once per closed bar of one timeframe) or by `signals` (any RxJS composition of
 * ticks and bars). Strategies write {@link Draft}s; they never see an adapter and never place an order.
 *
 * @example
 * ```ts
 * const breakout = defineStrategy({
 *   name: 'breakout', timeframe: 'M5', warmUp: 21,
 *   onBar({ bars, position, signal }) {
 *     if (position.flat && bars.last.close > bars.highest('high', 20, { skip: 1 }))
 *       return signal.buy({ stop: bars.lowest('low', 5), target: { r: 2.5 }, confidence: 0.9 });
 *     return undefined;
 *   },
 * });
 * ```
 */
export function defineStrategy<S extends Params>(definition: BarStrategyDefinition<S>): Strategy;
export function defineStrategy<S extends Params>(definition: StreamStrategyDefinition<S>): Strategy;
export function defineStrategy<S extends Params>(
  definition: BarStrategyDefinition<S> | StreamStrategyDefinition<S>,
): Strategy {
  const { name } = definition;
  const schema: Params = definition.params ?? z.strictObject({});
  return {
    name,
    params: schema,
    bind(symbol, input = {}) {
      const params = parseParams(name, schema, input) as z.output<S>;
      if ('onBar' in definition) {
        const timeframe = parseTimeframe(resolve(definition.timeframe, params));
        const warmUp = resolve(definition.warmUp ?? 1, params);
        checkWarmUp(name, warmUp);
        return {
          name,
          symbol,
          params,
          timeframes: [timeframe],
          signals: (context) => barSignals(definition, timeframe, warmUp, params, context),
        };
      }
      return {
        name,
        symbol,
        params,
        timeframes: resolve(definition.timeframes, params).map(parseTimeframe),
        signals: (context) => definition.signals(context, params),
      };
    },
  };
}

/** The live view of one ledger that strategies hold. */
export const strategyPosition = (
  read: () => { quantity: number; averagePrice: number; since: number },
): StrategyPosition => ({
  get quantity() {
    return read().quantity;
  },
  get averagePrice() {
    return read().averagePrice;
  },
  get since() {
    return read().since;
  },
  get flat() {
    return read().quantity === 0;
  },
  get long() {
    return read().quantity > 0;
  },
  get short() {
    return read().quantity < 0;
  },
});
