import { type BacktestOptions, type BacktestResult, backtest } from '@mikrobot/backtest';
import type { Bot, MarketFeed } from '@mikrobot/core';
import { type ProcessStatus, qualityStatus } from '@mikrobot/quality';
import { Diary } from './diary.js';
import { ScriptedPerson } from './scripted-person.js';
import { type DemoRecord, demoBot } from './setting.js';
import { type Sighting, Witness } from './witness.js';

/** What a demo has shown. */
export interface DemoResult {
  readonly result: BacktestResult;
  readonly sightings: readonly Sighting[];
  /** What the bot's own process was like. */
  readonly quality: ProcessStatus;
}

/** What {@link runDemo} is given. */
export interface DemoParts {
  readonly market: MarketFeed & NonNullable<BacktestOptions['feed']>;
  /** Told each line of the diary as it happens. */
  readonly tell: (line: string) => void;
  /** Lets others listen to the bot before it starts. */
  readonly listen?: (bot: Bot) => void;
  readonly record?: DemoRecord;
}

/** Runs the demo's bot on a market to its end. */
export const runDemo = async ({ market, tell, listen, record }: DemoParts): Promise<DemoResult> => {
  const { bot, adapter, costs } = demoBot(market, record);
  const witness = new Witness(bot);
  new Diary(bot, new ScriptedPerson(bot, adapter), witness, tell);
  listen?.(bot);
  const result = await backtest(bot, { feed: market, costs });
  const quality = qualityStatus(bot.policyState('qualityGate'));
  return { result, sightings: witness.sightings(), quality };
};
