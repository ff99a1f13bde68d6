import { instrumentOf, type PaperAdapter, paper } from '@mikrobot/adapter-paper';
import {
  type BacktestResult,
  backtest,
  csv,
  type FeedReport,
  type ProgressListener,
} from '@mikrobot/backtest';
import { type Bot, createBot, fixedQuantity, type RiskPolicy, timeframeMs } from '@mikrobot/core';
import type { CostPreset } from '@mikrobot/matching';
import { type ProcessStatus, qualityGate, qualityStatus } from '@mikrobot/quality';
import { allOf, fixedFractional, maxTradeRisk } from '@mikrobot/risk';
import { reading } from '../failures.js';
import { clip } from './clip.js';
import { CountingJournal, DraftCounter } from './counters.js';
import type { BacktestPlan } from './options.js';
import type { Tally } from './tally.js';
import { typicalCosts } from './typical-costs.js';

/** A finished back-test: what the library found out, and what was counted beside it. */
export interface BacktestRun {
  readonly result: BacktestResult;
  readonly feed: FeedReport;
  readonly tally: Tally;
  /** Settings of the policies that judged every entry, by name. */
  readonly risk: Readonly<Record<string, object>>;
  /** What is known of the bot's own process; undefined when nobody measured it. */
  readonly quality: ProcessStatus | undefined;
}

/** Closed bars of each run's finest timeframe, which every strategy has. */
const countBars = (bot: Bot): (() => number) => {
  let bars = 0;
  bot.state$.subscribe((state) => {
    if (state !== 'confirming') return;
    for (const symbol of new Set(bot.runs.map((run) => run.symbol))) {
      const own = bot.runs.filter((run) => run.symbol === symbol).flatMap((run) => run.timeframes);
      const [finest] = [...own].sort((a, b) => timeframeMs(a) - timeframeMs(b));
      if (finest === undefined) continue;
      bot.bars$(symbol, finest).subscribe(() => {
        bars += 1;
      });
    }
  });
  return () => bars;
};

/** Signals that no strategy gave: core's own, when it must close a position. */
const countOwn = (bot: Bot): (() => number) => {
  let own = 0;
  bot.signals$.subscribe((signal) => {
    if (signal.origin !== 'strategy') own += 1;
  });
  return () => own;
};

interface Parts {
  readonly bot: Bot;
  readonly adapter: PaperAdapter;
  readonly journal: CountingJournal;
  readonly drafts: DraftCounter;
}

/** Fixed lots alone, to see a strategy bare; or sized by the stop, behind the limits that nobody should trade without. */
const riskOf = ({ lots, risk }: BacktestPlan): readonly RiskPolicy[] =>
  risk === undefined
    ? [fixedQuantity({ lots })]
    : allOf(fixedFractional({ risk }), maxTradeRisk({ fraction: Math.max(risk, 0.01) }));

const gateOf = ({ quality }: BacktestPlan): readonly RiskPolicy[] =>
  quality === 'off' ? [] : [qualityGate({ reaction: quality })];

/** As the command line gave them where a policy keeps none. */
const settingsOf = (plan: BacktestPlan): BacktestRun['risk'] =>
  Object.fromEntries(
    riskOf(plan).map(({ name, settings }) => [name, settings?.value ?? { lots: plan.lots }]),
  );

const assemble = (plan: BacktestPlan, costs: CostPreset, feed: ReturnType<typeof csv>): Parts => {
  const drafts = new DraftCounter();
  const strategy = drafts.of(plan.strategy);
  const journal = new CountingJournal();
  const adapter = paper({
    feed: clip(feed, plan.from, plan.to),
    costs,
    balance: { [plan.currency]: plan.balance },
    mode: plan.mode,
    brackets: plan.brackets,
    replies: plan.replies,
  });
  const bot = createBot({
    adapter,
    journal,
    run: feed.symbols.map((symbol) => ({ strategy, symbol, params: plan.params })),
    risk: [...riskOf(plan), ...gateOf(plan)],
  });
  return { bot, adapter, journal, drafts };
};

/**
 * Runs a back-test.
 * @param progress - told how far it is
 * @throws UsageError for options that the libraries refuse; `MikroBotError` for files that cannot be read
 */
export const runBacktest = async (plan: BacktestPlan, progress: ProgressListener): Promise<BacktestRun> => {
  const feed = reading(() => csv(...plan.files)).onProgress(progress);
  const instruments = feed.symbols.map((symbol) => reading(() => instrumentOf(symbol), '--symbol'));
  const costs = plan.costs ?? typicalCosts(instruments);
  const { bot, adapter, journal, drafts } = reading(() => assemble(plan, costs, feed));
  const bars = countBars(bot);
  const own = countOwn(bot);
  const began = performance.now();
  const result = await backtest(bot, { feed, costs });
  const seconds = (performance.now() - began) / 1000;
  return {
    result,
    feed: feed.report(),
    risk: settingsOf(plan),
    quality: plan.quality === 'off' ? undefined : qualityStatus(bot.policyState('qualityGate')),
    tally: {
      bars: bars(),
      ticks: bot.desk.loop.tape,
      drafts: drafts.count,
      ownSignals: own(),
      intents: journal.intents,
      venueOrders: adapter.venue.orders,
      venueRefusals: adapter.venue.refused,
      seconds,
    },
  };
};
