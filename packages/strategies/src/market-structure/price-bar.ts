import type { Bar } from '@mikrobot/core';

/** What the detectors read of a closed bar: prices in the quote currency, times in epoch ms UTC. Every `Bar` is one. */
export type PriceBar = Pick<Bar, 'time' | 'closeTime' | 'open' | 'high' | 'low' | 'close'>;

/** Which way structure is broken. */
export type Direction = 'up' | 'down';
