import type { Bar } from '@mikrobot/core';

/** Writes a bar as one line, or as its header and a line when it is the first. */
export type BarFormat = (bar: Bar) => string;

/** Sums of decimal volumes end in binary dust. */
const tidy = (volume: number): number => Number(volume.toPrecision(12));

/** Columns that every bar has, in the names of the layout `bars` that the readers know. */
const plain: Readonly<Record<string, (bar: Bar) => number>> = {
  ts_ms: (bar) => bar.time,
  open: (bar) => bar.open,
  high: (bar) => bar.high,
  low: (bar) => bar.low,
  close: (bar) => bar.close,
  volume: (bar) => tidy(bar.volume),
};

const asks: typeof plain = {
  ask_open: (bar) => bar.askOpen,
  ask_high: (bar) => bar.askHigh,
  ask_low: (bar) => bar.askLow,
  ask_close: (bar) => bar.askClose,
};

const hasAsk = (bar: Bar): boolean => !Number.isNaN(bar.askOpen);

/** CSV with a header. Asks and the number of ticks have columns when the first bar has them; the symbol when it is asked for. */
export const csvBars = ({ symbol }: { readonly symbol: boolean }): BarFormat => {
  let columns: readonly ((bar: Bar) => number | string)[] | undefined;
  return (bar) => {
    if (columns !== undefined) return columns.map((of) => of(bar)).join(',');
    const named = {
      ...(symbol ? { symbol: (b: Bar) => b.symbol } : {}),
      ...plain,
      ...(hasAsk(bar) ? asks : {}),
      ...(bar.ticks > 0 ? { ticks: (b: Bar) => b.ticks } : {}),
    };
    columns = Object.values(named);
    return `${Object.keys(named).join(',')}\n${columns.map((of) => of(bar)).join(',')}`;
  };
};

/** One JSON object a line, with what the bar has. */
export const jsonBars = (): BarFormat => (bar) => {
  const { symbol, timeframe, time, closeTime, open, high, low, close, ticks } = bar;
  const { askOpen, askHigh, askLow, askClose } = bar;
  return JSON.stringify({
    symbol,
    timeframe,
    time,
    closeTime,
    open,
    high,
    low,
    close,
    ...(hasAsk(bar) ? { askOpen, askHigh, askLow, askClose } : {}),
    volume: tidy(bar.volume),
    ...(ticks > 0 ? { ticks } : {}),
  });
};
