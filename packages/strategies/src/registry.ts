import type { Strategy } from '@mikrobot/core';
import { bosRetest, bosRetestH1M15 } from './bos-retest/bos-retest.js';
import { smaCross } from './sma-cross/sma-cross.js';

/** Every strategy of this package by its name: what tools offer for choice. */
export const strategies: Readonly<Record<string, Strategy>> = Object.fromEntries(
  [bosRetest, bosRetestH1M15, smaCross].map((strategy) => [strategy.name, strategy]),
);
