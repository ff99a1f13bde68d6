import { type PaperOptions, paper } from '@mikrobot/adapter-paper';
import {
  type Bot,
  type BotConfig,
  createBot,
  fixedQuantity,
  type MarketFeed,
  MemoryJournal,
} from '@mikrobot/core';
import { smaCross } from '@mikrobot/strategies';
import { type Columns, feedOf } from './market.js';

/** The bot that benchmarks run: an SMA cross on M1 bars of every symbol, journal on but not kept. */
export const crossBot = (
  columns: Columns,
  params: object,
  over: Partial<BotConfig> = {},
  venue: Partial<PaperOptions> = {},
): Bot => botOn(feedOf(columns), params, over, venue);

/** The same on any feed. */
export const botOn = (
  feed: MarketFeed,
  params: object,
  over: Partial<BotConfig> = {},
  venue: Partial<PaperOptions> = {},
): Bot =>
  createBot({
    adapter: paper({ feed, costs: 'retail-fx', balance: { USD: '10000000' }, ...venue }),
    journal: new MemoryJournal({ keep: false }),
    run: feed.symbols.map((symbol) => ({
      strategy: smaCross,
      symbol,
      params: { timeframe: 'M1', ...params },
    })),
    risk: fixedQuantity({ lots: 0.1 }),
    ...over,
  });
