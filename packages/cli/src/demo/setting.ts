import { type PaperAdapter, paper, syntheticMarket } from '@mikrobot/adapter-paper';
import { type Bot, type BotConfig, createBot, type MarketFeed, type RiskPolicy } from '@mikrobot/core';
import { type CostModel, costPresets } from '@mikrobot/matching';
import { qualityGate } from '@mikrobot/quality';
import {
  allOf,
  fixedLots,
  freeMargin,
  killSwitch,
  maxDailyLoss,
  maxDrawdown,
  maxLeverage,
  maxPositions,
  maxTradeRisk,
  noDuplicateOrder,
  orderRate,
  priceCollar,
  spreadLimit,
} from '@mikrobot/risk';
import { type BosRetestInput, bosRetest } from '@mikrobot/strategies';
import { widestStop } from './widest-stop.js';

/** What the demo runs unless it is told otherwise. */
export const demoDefaults = { seed: 7, report: 'mikrobot-report.html' } as const;

/** A Monday. */
const FROM = Date.UTC(2024, 0, 8);
const DAYS = 2.5;

/** The made-up market of the demo. */
export const demoMarket = (seed: number): MarketFeed => syntheticMarket({ seed, from: FROM, days: DAYS });

/**
 * Half of a position is closed at 1 R, a stop follows the market, and an opposite setup turns the position over. The stops are
 * wider than the strategy's own, so that positions live long enough for all of that.
 */
const params: BosRetestInput = {
  bufferPips: 15,
  rMultiple: 3,
  trailPips: 20,
  partialAtR: 1,
  reverse: true,
};

/** Retail costs, and a venue that gives us a third of what trades at each tick: orders fill in parts. */
const costs: CostModel = {
  ...costPresets['retail-fx'],
  name: 'retail-fx, a third of the volume',
  liquidity: { kind: 'volume-share', share: 0.3 },
};

/** The answer to this order gets lost on its way: nobody knows what became of it until the bot has asked. */
const LOST_ANSWER = 3;
const LOTS = 0.5;
const WIDEST_STOP = 17;

/** What a careful owner would put before such a bot. */
const risk = (): readonly RiskPolicy[] =>
  allOf(
    killSwitch({ drawdown: 0.2 }),
    fixedLots({ lots: LOTS }),
    maxTradeRisk({ fraction: 0.01 }),
    maxDailyLoss({ fraction: 0.05 }),
    maxDrawdown({ fraction: 0.1 }),
    maxPositions({ most: 2 }),
    maxLeverage({ most: 10 }),
    freeMargin(),
    priceCollar(),
    spreadLimit({ pips: 3 }),
    orderRate(),
    noDuplicateOrder(),
    widestStop({ pips: WIDEST_STOP }),
    qualityGate(),
  );

/** What was arranged, for the reader: everything else is up to the market. */
export const arrangements: readonly string[] = [
  `strategy bos-retest: ${Object.entries(params)
    .map(([name, value]) => `${name} ${value}`)
    .join(', ')}`,
  `risk: ${LOTS} lots an entry behind ${risk().length} policies, no stop farther than ${WIDEST_STOP} pips; a person is asked when confidence is 0.6 to 0.8`,
  `venue: costs of retail-fx, a third of each tick's volume for us, and the answer to order ${LOST_ANSWER} gets lost`,
];

/** Codes of refusals that are the demo's own. */
export const meanings = { STOP_TOO_FAR: 'The stop is farther from the entry than the demo allows.' } as const;

/** The demo's bot and its venue, not yet running. */
export interface DemoBot {
  readonly bot: Bot;
  readonly adapter: PaperAdapter;
  /** What the venue charges, by name. */
  readonly costs: string;
}

/** Where the demo's bot writes down what happens; in memory when left out. */
export type DemoRecord = Pick<BotConfig, 'journal' | 'tape'>;

/** What the demo's bot is, wherever it runs. */
export const demoConfig = (symbols: readonly string[]): Pick<BotConfig, 'run' | 'risk'> => ({
  run: symbols.map((symbol) => ({ strategy: bosRetest, symbol, params })),
  risk: risk(),
});

/** Makes the bot that `npm start` runs. */
export const demoBot = (feed: MarketFeed, record: DemoRecord = {}): DemoBot => {
  const adapter = paper({ feed, costs, balance: { USD: '10000' }, lostAnswers: [LOST_ANSWER] });
  const bot = createBot({ adapter, ...demoConfig(feed.symbols), ...record });
  return { bot, adapter, costs: costs.name };
};
