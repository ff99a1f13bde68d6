import {
  type AccountState,
  type ApprovedOrder,
  type Bot,
  createBot,
  type Decision,
  type Draft,
  defineStrategy,
  fixedQuantity,
  type OrderEvent,
  Tap,
} from '@mikrobot/core';
import { type PaperAdapter, paper } from '../adapter.js';
import { instrumentOf } from '../instruments.js';
import type { PaperOptions } from '../options.js';

const T0 = Date.UTC(2024, 0, 10, 12);

/** A bot on a paper venue without a feed: a test moves the market and tells the strategy what to want. */
export interface HandBot {
  readonly bot: Bot;
  readonly adapter: PaperAdapter;
  /** Every order that the bot submitted, as it was approved. */
  readonly approved: readonly ApprovedOrder[];
  readonly events: readonly OrderEvent[];
  readonly accounts: readonly AccountState[];
  readonly decisions: readonly Decision[];
  /** A quote of EURUSD one second later. */
  tick(bid: number, ask: number): void;
  /** The strategy wants something; by default to buy 1 lot between 1.09 and 1.12. */
  say(draft?: Partial<Draft>): void;
  stop(): Promise<void>;
}

/** Starts it; the market stands at 1.1 / 1.1001. */
export const handBot = async (options: Partial<PaperOptions> = {}): Promise<HandBot> => {
  const adapter = paper({
    costs: 'none',
    balance: { USD: '10000' },
    instruments: [instrumentOf('EURUSD')],
    ...options,
  });
  const approved: ApprovedOrder[] = [];
  const events: OrderEvent[] = [];
  const accounts: AccountState[] = [];
  const decisions: Decision[] = [];
  const submit = adapter.submit.bind(adapter);
  adapter.submit = (order) => {
    approved.push(order);
    return submit(order);
  };
  adapter.on('order', (event) => events.push(event));
  adapter.on('account', (state) => accounts.push(state));
  const drafts = new Tap<Draft>();
  const bot = createBot({
    adapter,
    run: [
      {
        strategy: defineStrategy({ name: 'say', timeframes: ['M1'], signals: () => drafts.observable }),
        symbol: 'EURUSD',
      },
    ],
    risk: fixedQuantity({ lots: 1 }),
  });
  bot.decisions$.subscribe((decision) => decisions.push(decision));
  let ran: Promise<void> = Promise.resolve();
  await new Promise<void>((resolve, reject) => {
    bot.state$.subscribe((state) => (state === 'active' ? resolve() : undefined));
    ran = bot.run();
    ran.catch(reject);
  });
  let now = T0;
  const tick = (bid: number, ask: number): void => {
    now += 1_000;
    adapter.feedTick({ symbol: 'EURUSD', time: now, bid, ask, volume: 0 });
  };
  tick(1.1, 1.1001);
  return {
    bot,
    adapter,
    approved,
    events,
    accounts,
    decisions,
    tick,
    say: (draft = {}) => {
      const whole: Draft = {
        symbol: 'EURUSD',
        intent: 'enter',
        side: 'buy',
        quantity: 1,
        stop: 1.09,
        target: 1.12,
        confidence: 0.9,
        reason: 'a test says so',
        ...draft,
      };
      bot.desk.loop.enter(() => drafts.next(whole));
    },
    stop: async () => {
      await bot.stop('the test is over');
      await ran;
    },
  };
};
