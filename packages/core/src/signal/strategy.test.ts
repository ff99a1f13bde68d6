import { filter, map, of, Subject } from 'rxjs';
import { describe, expect, it } from 'vitest';
import * as z from 'zod';
import { MikroBotError } from '../errors/mikrobot-error.js';
import type { Timeframe } from '../market/timeframe.js';
import type { Bar } from '../model/bar.js';
import type { Fill } from '../model/order.js';
import type { Draft } from '../model/signal.js';
import type { Quote, Tick } from '../model/tick.js';
import { TurnScheduler } from '../runtime/turn-scheduler.js';
import { VirtualClock } from '../runtime/virtual-clock.js';
import { MOMENT } from '../testing/samples.js';
import { eurusd } from '../testing/scripted-venue.js';
import { signalFactory } from './signal-factory.js';
import {
  type BarContext,
  defineStrategy,
  type Strategy,
  type StrategyContext,
  strategyPosition,
} from './strategy.js';

const bar = (close: number): Bar => ({
  symbol: 'EURUSD',
  timeframe: 'M5',
  time: MOMENT,
  closeTime: MOMENT + 300_000,
  open: close,
  high: close,
  low: close,
  close,
  askOpen: close,
  askHigh: close,
  askLow: close,
  askClose: close,
  volume: 0,
  ticks: 1,
});

/** A market that the test moves by hand, and what the strategy says to it. */
const market = () => {
  const bars = new Subject<Bar>();
  const ticks = new Subject<Tick>();
  const asked: Timeframe[] = [];
  const clock = new VirtualClock(MOMENT);
  const held = { quantity: 0, averagePrice: 0, since: 0 };
  let quote: Quote | undefined = { time: MOMENT, bid: 1.1, ask: 1.1001 };
  const context: StrategyContext = {
    symbol: 'EURUSD',
    instrument: eurusd,
    ticks$: ticks,
    bars$: (timeframe) => {
      asked.push(timeframe);
      return bars;
    },
    fills$: new Subject<Fill>(),
    position: strategyPosition(() => held),
    signal: signalFactory('EURUSD'),
    get quote() {
      return quote;
    },
    now: () => clock.now(),
    scheduler: new TurnScheduler(
      's',
      clock,
      () => clock.now(),
      () => undefined,
    ),
  };
  const said: Draft[] = [];
  const ends: unknown[] = [];
  const run = (strategy: Strategy, params?: object) =>
    strategy
      .bind('EURUSD', params)
      .signals(context)
      .subscribe({
        next: (d) => said.push(d),
        error: (e) => ends.push(e),
        complete: () => ends.push('complete'),
      });
  return {
    bars,
    ticks,
    asked,
    held,
    said,
    ends,
    run,
    clear: () => {
      quote = undefined;
    },
  };
};

const sma = defineStrategy({
  name: 'sma',
  params: z.strictObject({ fast: z.number().int().positive().default(5), slow: z.number().int().positive() }),
  timeframe: 'M5',
  warmUp: (p) => p.slow,
  onBar: ({ bars, params, signal }) =>
    bars.mean('close', params.fast) > bars.mean('close', params.slow) ? signal.buy() : undefined,
});

const complaint = (act: () => unknown): MikroBotError => {
  try {
    act();
  } catch (error) {
    if (error instanceof MikroBotError) return error;
    throw error;
  }
  throw new Error('nothing was thrown');
};

describe("a strategy's parameters", () => {
  it('are checked, completed with defaults and bound to a symbol', () => {
    const bound = sma.bind('EURUSD', { slow: 20 });
    expect(bound).toMatchObject({
      name: 'sma',
      symbol: 'EURUSD',
      params: { fast: 5, slow: 20 },
      timeframes: ['M5'],
    });
  });

  it.each([
    [{}, 'slow'],
    [{ slow: 0 }, 'slow'],
    [{ slow: 20, fast: 1.5 }, 'fast'],
    [{ slow: '20' }, 'slow'],
  ])('are refused by name: %j', (params, name) => {
    const error = complaint(() => sma.bind('EURUSD', params));
    expect(error.code).toBe('BAD_CONFIG');
    expect(error.message).toContain(`strategy sma, parameter ${name}: `);
  });

  it('may not have unknown names, not even where a strategy takes none', () => {
    expect(complaint(() => sma.bind('EURUSD', { slow: 20, slwo: 3 })).message).toContain('"slwo"');
    const plain = defineStrategy({ name: 'plain', timeframe: 'M1', onBar: () => undefined });
    expect(complaint(() => plain.bind('EURUSD', { slow: 20 })).message).toContain('"slow"');
    expect(plain.bind('EURUSD').params).toEqual({});
  });

  it('may choose timeframe and warm-up', () => {
    const chosen = defineStrategy({
      name: 'chosen',
      params: z.strictObject({ timeframe: z.enum(['M5', 'H1']), length: z.number() }),
      timeframe: (p) => p.timeframe,
      warmUp: (p) => p.length,
      onBar: ({ signal }) => signal.buy(),
    });
    expect(chosen.bind('EURUSD', { timeframe: 'H1', length: 1 }).timeframes).toEqual(['H1']);
    const { asked, run } = market();
    run(chosen, { timeframe: 'H1', length: 1 });
    expect(asked).toEqual(['H1']);
  });

  it.each([0, -1, 1.5, Number.NaN])(
    'may not choose a warm-up of %d bars: that is found before the start',
    (length) => {
      const strategy = defineStrategy({
        name: 'odd',
        timeframe: 'M1',
        warmUp: length,
        onBar: () => undefined,
      });
      const error = complaint(() => strategy.bind('EURUSD'));
      expect(error).toMatchObject({ code: 'BAD_CONFIG', where: 'strategy odd, warmUp' });
    },
  );
});

describe('onBar', () => {
  it('is first asked when the warm-up is complete, and then at every bar', () => {
    const { bars, run } = market();
    const seen: number[][] = [];
    run(
      defineStrategy({
        name: 'watch',
        timeframe: 'M5',
        warmUp: 3,
        onBar: ({ bars: window }) => {
          seen.push([...window.values('close', 3)]);
          return undefined;
        },
      }),
    );
    for (const close of [1, 2, 3, 4, 5]) bars.next(bar(close));
    expect(seen).toEqual([
      [1, 2, 3],
      [2, 3, 4],
      [3, 4, 5],
    ]);
  });

  it('is asked from the first bar on when no warm-up is said', () => {
    const { bars, said, run } = market();
    run(defineStrategy({ name: 'eager', timeframe: 'M5', onBar: ({ signal }) => signal.buy() }));
    bars.next(bar(1));
    expect(said).toEqual([{ symbol: 'EURUSD', intent: 'enter', side: 'buy' }]);
  });

  it('gets bars, position, verbs, parameters, instrument, quote and time', () => {
    const { bars, held, run } = market();
    held.quantity = -2;
    let context: BarContext<{ size: number }> | undefined;
    run(
      defineStrategy({
        name: 'look',
        params: z.strictObject({ size: z.number() }),
        timeframe: 'M5',
        onBar: (c) => {
          context = c;
          return undefined;
        },
      }),
      { size: 7 },
    );
    bars.next(bar(1.1));
    expect(context?.bars.last).toEqual(bar(1.1));
    expect(context?.position.short).toBe(true);
    expect(context?.params).toEqual({ size: 7 });
    expect(context?.instrument).toBe(eurusd);
    expect(context?.quote).toEqual({ time: MOMENT, bid: 1.1, ask: 1.1001 });
    expect(context?.time).toBe(MOMENT);
    expect(context?.signal.exit()).toEqual({ symbol: 'EURUSD', intent: 'exit' });
  });

  it('may answer with one draft, several or none', () => {
    const { bars, said, run } = market();
    const answers: (Draft | readonly Draft[] | undefined)[] = [];
    run(defineStrategy({ name: 'told', timeframe: 'M5', onBar: () => answers.shift() }));
    const draft = (reason: string): Draft => ({ symbol: 'EURUSD', intent: 'exit', reason });
    answers.push(draft('one'), [draft('two'), draft('three')], [], undefined, draft('four'));
    for (let i = 0; i < 5; i++) bars.next(bar(i));
    expect(said.map((d) => d.reason)).toEqual(['one', 'two', 'three', 'four']);
  });

  it('that throws ends its own stream with that error and throws at nobody', () => {
    const { bars, said, ends, run } = market();
    run(
      defineStrategy({
        name: 'broken',
        timeframe: 'M5',
        onBar: ({ bars: window, signal }) => {
          if (window.last.close > 1) throw new RangeError('too high');
          return signal.buy();
        },
      }),
    );
    expect(() => {
      for (const close of [1, 2, 1]) bars.next(bar(close));
    }).not.toThrow();
    expect(said).toHaveLength(1);
    expect(ends).toEqual([new RangeError('too high')]);
    expect(bars.observed).toBe(false);
  });

  it('is not asked while there is no quote', () => {
    const { bars, said, clear, run } = market();
    clear();
    run(defineStrategy({ name: 'eager', timeframe: 'M5', onBar: ({ signal }) => signal.buy() }));
    bars.next(bar(1));
    expect(said).toEqual([]);
  });

  it('has a window of its own in each run', () => {
    const [a, b] = [market(), market()];
    const strategy = defineStrategy({
      name: 'two',
      timeframe: 'M5',
      warmUp: 2,
      onBar: ({ signal }) => signal.buy(),
    });
    a.run(strategy);
    b.run(strategy);
    a.bars.next(bar(1));
    b.bars.next(bar(1));
    a.bars.next(bar(2));
    expect([a.said.length, b.said.length]).toEqual([1, 0]);
  });

  it('ends with its bars, and hands on their error', () => {
    const [a, b] = [market(), market()];
    const strategy = defineStrategy({ name: 'calm', timeframe: 'M5', onBar: () => undefined });
    a.run(strategy);
    b.run(strategy);
    a.bars.complete();
    b.bars.error(new Error('feed'));
    expect([a.ends, b.ends]).toEqual([['complete'], [new Error('feed')]]);
  });
});

describe('a strategy of streams', () => {
  it('composes its signals from ticks and bars with its parameters', () => {
    const spread = defineStrategy({
      name: 'spread',
      params: z.strictObject({ most: z.number() }),
      timeframes: ['M1', 'H1'],
      signals: ({ ticks$, signal }, { most }) =>
        ticks$.pipe(
          filter(({ bid, ask }) => ask - bid > most),
          map(() => signal.exit({ reason: 'wide' })),
        ),
    });
    expect(spread.bind('EURUSD', { most: 1 }).timeframes).toEqual(['M1', 'H1']);
    const { ticks, said, run } = market();
    run(spread, { most: 0.001 });
    for (const ask of [1.1005, 1.102])
      ticks.next({ symbol: 'EURUSD', time: MOMENT, bid: 1.1, ask, volume: 0 });
    expect(said).toEqual([{ symbol: 'EURUSD', intent: 'exit', reason: 'wide' }]);
  });

  it('may choose its timeframes by its parameters', () => {
    const strategy = defineStrategy({
      name: 'multi',
      params: z.strictObject({ timeframes: z.array(z.enum(['M1', 'M5'])) }),
      timeframes: (p) => p.timeframes,
      signals: () => of(),
    });
    expect(strategy.bind('X', { timeframes: ['M5', 'M1'] }).timeframes).toEqual(['M5', 'M1']);
  });
});

describe('strategyPosition', () => {
  it.each([
    [0, true, false, false],
    [0.01, false, true, false],
    [-3, false, false, true],
  ])('with %d lots is flat: %s, long: %s, short: %s', (quantity, flat, long, short) => {
    const position = strategyPosition(() => ({ quantity, averagePrice: 1.1, since: MOMENT }));
    expect(position).toEqual({ quantity, averagePrice: 1.1, since: MOMENT, flat, long, short });
  });

  it('is live', () => {
    let quantity = 0;
    const position = strategyPosition(() => ({ quantity, averagePrice: 0, since: 0 }));
    expect(position.flat).toBe(true);
    quantity = 1;
    expect(position.long).toBe(true);
  });
});

describe('signalFactory', () => {
  it('writes drafts for its symbol, with a side where one is wanted', () => {
    const { buy, sell, exit, reverse, adjust } = signalFactory('EURUSD');
    expect([buy(), sell(), exit(), reverse('buy'), adjust({ stop: 1 })]).toEqual([
      { symbol: 'EURUSD', intent: 'enter', side: 'buy' },
      { symbol: 'EURUSD', intent: 'enter', side: 'sell' },
      { symbol: 'EURUSD', intent: 'exit' },
      { symbol: 'EURUSD', intent: 'reverse', side: 'buy' },
      { symbol: 'EURUSD', intent: 'adjust', stop: 1 },
    ]);
  });

  it('lets details say everything but whose and what it is', () => {
    const details = {
      stop: 1.09,
      target: { r: 2 },
      confidence: 0.9,
      symbol: 'GBPUSD',
      intent: 'exit',
      side: 'sell',
    } as const;
    expect(signalFactory('EURUSD').buy(details)).toEqual({
      symbol: 'EURUSD',
      intent: 'enter',
      side: 'buy',
      stop: 1.09,
      target: { r: 2 },
      confidence: 0.9,
    });
  });
});
