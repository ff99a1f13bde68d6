import { paper } from '@mikrobot/adapter-paper';
import {
  type Bot,
  createBot,
  type Draft,
  MemoryJournal,
  type OrderDraft,
  type RiskPolicy,
} from '@mikrobot/core';
import {
  allOf,
  fixedFractional,
  freeMargin,
  killSwitch,
  maxDailyLoss,
  maxDrawdown,
  maxLeverage,
  maxPerSymbol,
  maxPositions,
  maxTradeRisk,
  orderRate,
  priceCollar,
  spreadLimit,
} from '@mikrobot/risk';
import { smaCross } from '@mikrobot/strategies';
import { feedOf, tickWalk } from '../market.js';
import type { Figure, Scenario } from '../scenario.js';

const ROUNDS = 300_000;
const WARM = 50_000;

/** A stack as a careful owner would write it: twelve policies, five of them with a memory. */
const stack = (): readonly RiskPolicy[] =>
  allOf(
    killSwitch(),
    fixedFractional(),
    maxTradeRisk(),
    maxDailyLoss(),
    maxDrawdown({ kind: 'intraday', fraction: 0.2 }),
    maxPositions(),
    maxPerSymbol({ lots: 5 }),
    maxLeverage(),
    freeMargin(),
    spreadLimit({ pips: 3 }),
    priceCollar(),
    orderRate({ orders: 1_000 }),
  );

const pace = (work: () => void): number => {
  for (let i = 0; i < WARM; i++) work();
  const begin = performance.now();
  for (let i = 0; i < ROUNDS; i++) work();
  return (ROUNDS / (performance.now() - begin)) * 1_000;
};

/** The same policies called one after the other, with the smallest cap kept: what nobody can do without. */
const bare = (bot: Bot, draft: Draft, owner: string, policies: readonly RiskPolicy[]): (() => void) => {
  const { signal } = bot.preview(draft, owner);
  const asked = policies.map((policy) => ({ policy, state: bot.policyState(policy.name) }));
  let lots = 0;
  return () => {
    const order: OrderDraft = {
      symbol: signal.symbol,
      purpose: 'enter',
      side: 'buy',
      quantity: Number.POSITIVE_INFINITY,
      price: signal.quote.ask,
      stop: signal.stop,
      target: signal.target,
    };
    lots = Number.POSITIVE_INFINITY;
    for (const { policy, state } of asked) {
      const answer = policy.judge(order, signal, bot.book, state);
      if (answer !== undefined && 'cap' in answer && answer.cap < lots) lots = answer.cap;
    }
    if (!(lots > 0 && lots < Number.POSITIVE_INFINITY)) throw new Error('nothing was sized');
  };
};

/** A bot in the middle of its market, with a position open, whose risk is asked the same thing again and again. */
export const assessment: Scenario = {
  name: 'assessment, 12 policies of the risk package',
  async run(): Promise<readonly Figure[]> {
    const policies = stack();
    const symbols = ['EURUSD', 'GBPUSD'];
    const bot = createBot({
      adapter: paper({
        feed: feedOf(tickWalk(200_000, symbols)),
        costs: 'retail-fx',
        balance: { USD: '100000' },
      }),
      journal: new MemoryJournal({ keep: false }),
      run: symbols.map((symbol) => ({
        strategy: smaCross,
        symbol,
        params: { timeframe: 'M1', fast: 5, slow: 10 },
      })),
      risk: policies,
    });
    const figures: Figure[] = [];
    let trades = 0;
    bot.trades$.subscribe(() => {
      trades++;
    });
    bot.fills$.subscribe(({ purpose }) => {
      if (figures.length > 0 || purpose !== 'enter' || trades < 20) return;
      const quote = bot.book.quote('GBPUSD');
      if (quote === undefined) return;
      const draft: Draft = {
        symbol: 'GBPUSD',
        intent: 'enter',
        side: 'buy',
        stop: quote.ask - 0.002,
        target: quote.ask + 0.004,
        confidence: 0.9,
      };
      const owner = 'bench';
      const seen = bot.preview(draft, owner);
      if (seen.outcome !== 'approved') throw new Error(JSON.stringify(seen.refusal));
      const assessed = pace(() => bot.preview(draft, owner));
      const called = pace(bare(bot, draft, owner, policies));
      figures.push(
        { name: 'assessments a second', value: assessed, unit: '/s', floor: 300_000, more: true },
        { name: 'bare calls of the policies', value: called, unit: '/s' },
        { name: 'times the bare calls', value: called / assessed, unit: 'x' },
        { name: 'policies', value: seen.verdicts.length, unit: '' },
      );
    });
    await bot.run();
    return figures;
  },
};
