import { type Instrument, toDecimalString } from '@mikrobot/core';
import type { BosRetestParams } from './params.js';
import type { Setup } from './setup.js';

/** Hours and minutes, UTC. */
const clock = (time: number): string => new Date(time).toISOString().slice(11, 16);

/**
 * A triggered setup as a sentence for people, times in UTC:
 * `BOS above 1.08450 at 09:35, retest 1.08452 at 09:41, trigger +0.8 pip at 1.08460`.
 */
export const describeSetup = (setup: Setup, instrument: Instrument, params: BosRetestParams): string => {
  const up = setup.direction === 'up';
  const price = (value: number | undefined): string =>
    value === undefined ? '?' : toDecimalString(value, instrument.priceDecimals);
  const { retestAt, trigger } = setup;
  return [
    `${setup.kind} ${up ? 'above' : 'below'} ${price(setup.level)} at ${clock(setup.bosAt)}`,
    `retest ${price(setup.extreme)} at ${retestAt === undefined ? '?' : clock(retestAt)}`,
    `trigger ${up ? '+' : '-'}${params.triggerPips} pip at ${price(trigger?.quote.bid)}`,
  ].join(', ');
};

/** The same as facts that reports can group by. Times in epoch ms UTC, features rounded to 0.001. */
export const setupTags = (setup: Setup): Readonly<Record<string, string | number>> => {
  const tags: Record<string, string | number> = {
    setup: setup.kind,
    level: setup.level,
    bosAt: setup.bosAt,
  };
  const { breakAt, retestAt, triggerAt, extreme, trigger } = setup;
  for (const [name, value] of Object.entries({ breakAt, retestAt, triggerAt, extreme })) {
    if (value !== undefined) tags[name] = value;
  }
  for (const [name, value] of Object.entries(trigger?.features ?? {})) {
    tags[name] = Math.round(value * 1000) / 1000;
  }
  return tags;
};
