import type { AccountMode } from '@mikrobot/core';
import type { Mt5Options } from '@mikrobot/simulators';
import { adapterCards } from '@mikrobot/testkit';
import { it } from 'vitest';
import { cardVenue } from './mt5-bench.js';

const notThere: Readonly<Record<string, string>> = {
  'O-14': 'stop-limit orders of MetaTrader 5 wait for the market to come back',
  'O-15': 'stop-limit orders of MetaTrader 5 wait for the market to come back',
  'A-02': 'MetaTrader 5 cannot change the volume of an order',
  'B-09': 'MetaTrader 5 trails stops in the terminal, not at the server',
  'B-11': 'no legs sleep at the server',
  'O-24': 'IOC is not declared',
  'O-25': 'IOC is not declared',
  'O-26': 'FOK is not declared',
  'O-27': 'FOK is not declared',
};

const kept: Readonly<Record<string, string>> = {
  'B-07': 'the server keeps stop and target with the position',
  'B-08': 'the server keeps stop and target with the position',
};

const notKept: Readonly<Record<string, string>> = {
  'B-01': 'core keeps stop and target on a netting account',
  'B-02': 'core keeps stop and target on a netting account',
  'B-03': 'core keeps stop and target on a netting account',
  'B-04': 'core keeps stop and target on a netting account',
  'B-05': 'core keeps stop and target on a netting account',
  'B-06': 'core keeps stop and target on a netting account',
  'O-10': 'a netting account has no reduce-only orders',
};

/** Cards in which days pass. */
const stepped: ReadonlySet<string> = new Set(['O-21', 'O-22', 'O-23']);

/** A limit beyond the market is refused by brokers that execute at the market; an exchange takes it. */
const crossing = 'O-07';

/** The kit's cards on a terminal that runs the bridge EA, each as a test. @param server - how the trade server is */
export const testCards = (mode: AccountMode, server: Mt5Options = {}): void => {
  const skips = { ...notThere, ...(mode === 'hedging' ? kept : notKept) };
  const create = ({ id }: { readonly id: string }) =>
    cardVenue(mode, { stepped: stepped.has(id), exchange: id === crossing, server });
  const cards = adapterCards({ create, allowedSkips: Object.keys(skips), patience: 3_000 });
  for (const card of cards) it(card.title, card.run);
};
