import type { Instrument, OrderRequest } from '@mikrobot/core';
import type { Bench } from './bench.js';

/** 2001 to 2286: what is seconds, microseconds or no number lies outside. */
export const isEpochMs = (time: number): boolean => time >= 1e12 && time < 1e13;

const figures = [
  'contractSize',
  'tickSize',
  'pipSize',
  'quantityStep',
  'minQuantity',
  'maxQuantity',
] as const;

/** The first figure of an instrument that is no number above zero. */
export const badFigure = (instrument: Instrument): string | undefined =>
  figures.find((field) => !(instrument[field] > 0 && Number.isFinite(instrument[field])));

/** Every fill names the order's symbol and side, and has a trade id, a time, and the lots that are still open. */
export const fillsAreSound = (bench: Bench, { id, symbol, side, quantity }: OrderRequest): void => {
  let open = quantity;
  for (const fill of bench.tape.fills(id)) {
    open = bench.tidy(open - fill.quantity);
    bench.equal('symbol and side of a fill', [fill.symbol, fill.side], [symbol, side]);
    bench.equal('lots that a fill leaves open', fill.remaining, open);
    bench.ok('a fill has a trade id', fill.tradeId !== '', fill);
    bench.ok('its price is above zero', fill.price > 0 && Number.isFinite(fill.price), fill.price);
    bench.ok('its time is epoch ms', isEpochMs(fill.time), fill.time);
  }
};
