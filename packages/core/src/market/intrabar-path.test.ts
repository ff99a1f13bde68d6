import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Bar } from '../model/bar.js';
import { BarBuilder } from './bar-builder.js';
import { intrabarPath, PATH_TICKS, type PathSource, type TickColumns } from './intrabar-path.js';
import { type Timeframe, timeframeMs } from './timeframe.js';

const T0 = Date.UTC(2024, 0, 10, 10, 0);

const columns = (length: number): TickColumns => ({
  time: new Float64Array(length),
  bid: new Float64Array(length),
  ask: new Float64Array(length),
  volume: new Float64Array(length),
});

const minute = (open: number, high: number, low: number, close: number): PathSource => ({
  time: T0,
  closeTime: T0 + 60_000,
  open,
  high,
  low,
  close,
  askOpen: open + 0.2,
  askHigh: high + 0.3,
  askLow: low + 0.1,
  askClose: close + 0.2,
  volume: 10,
});

describe('intrabarPath', () => {
  it('visits the high first when the open is nearer to it', () => {
    const out = columns(4);
    intrabarPath(minute(10, 11, 5, 6), out, 0);
    expect([...out.bid]).toEqual([10, 11, 5, 6]);
    expect([...out.ask]).toEqual([10.2, 11.3, 5.1, 6.2]);
  });

  it('visits the low first when the open is nearer to it, and when both are as near', () => {
    const out = columns(8);
    intrabarPath(minute(6, 11, 5, 10), out, 0);
    intrabarPath(minute(8, 11, 5, 10), out, PATH_TICKS);
    expect([...out.bid]).toEqual([6, 5, 11, 10, 8, 5, 11, 10]);
  });

  it('spreads its ticks over the bar and ends before the next begins', () => {
    const out = columns(4);
    intrabarPath(minute(10, 11, 5, 6), out, 0);
    expect([...out.time]).toEqual([T0, T0 + 15_000, T0 + 30_000, T0 + 59_999]);
    expect([...out.volume]).toEqual([2.5, 2.5, 2.5, 2.5]);
  });

  it('marks the open as a quote and the rest as steps on a path', () => {
    const out = { ...columns(8), path: new Uint8Array(8).fill(7) };
    intrabarPath(minute(10, 11, 5, 6), out, 4);
    expect([...out.path]).toEqual([7, 7, 7, 7, 0, 1, 1, 1]);
  });

  it('keeps an unknown ask unknown', () => {
    const out = columns(4);
    const nan = Number.NaN;
    intrabarPath({ ...minute(10, 11, 5, 6), askOpen: nan, askHigh: nan, askLow: nan, askClose: nan }, out, 0);
    expect([...out.ask]).toEqual([nan, nan, nan, nan]);
  });

  it('gives ticks from which the same bars are built', () => {
    const cents = fc.integer({ min: 100, max: 200 }).map((c) => c / 100);
    const prices = fc.array(cents, { minLength: 4, maxLength: 4 }).map((p) => {
      const [a = 0, b = 0, c = 0, d = 0] = p.sort((x, y) => x - y);
      return { low: a, open: b, close: c, high: d };
    });
    const anyBar = fc.record({
      bid: prices,
      ask: prices,
      flip: fc.boolean(),
      skip: fc.nat(3),
      volume: fc.nat(999),
    });
    const timeframe = fc.constantFrom<Timeframe>('S1', 'M1', 'H4');
    fc.assert(
      fc.property(fc.array(anyBar, { minLength: 1, maxLength: 30 }), timeframe, (inputs, tf) => {
        let time = Math.floor(T0 / timeframeMs(tf)) * timeframeMs(tf);
        const bars: Bar[] = inputs.map(({ bid, ask, flip, skip, volume }) => {
          time += (skip + 1) * timeframeMs(tf);
          const [open, close] = flip ? [bid.close, bid.open] : [bid.open, bid.close];
          return {
            symbol: 'X',
            timeframe: tf,
            time,
            closeTime: time + timeframeMs(tf),
            open,
            high: bid.high,
            low: bid.low,
            close,
            askOpen: ask.open,
            askHigh: ask.high,
            askLow: ask.low,
            askClose: ask.close,
            volume,
            ticks: PATH_TICKS,
          };
        });
        const out = columns(bars.length * PATH_TICKS);
        for (const [i, bar] of bars.entries()) intrabarPath(bar, out, i * PATH_TICKS);

        const builder = new BarBuilder('X', [tf]);
        const rebuilt: Bar[] = [];
        builder.series(tf).bars.observable.subscribe((b) => rebuilt.push(b));
        for (let i = 0; i < out.time.length; i++) {
          builder.tick(
            out.time[i] as number,
            out.bid[i] as number,
            out.ask[i] as number,
            out.volume[i] as number,
          );
        }
        builder.finish();
        expect(rebuilt).toEqual(bars);
      }),
    );
  });
});
