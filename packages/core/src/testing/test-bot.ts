import { Subject } from 'rxjs';
import { type Bot, type BotConfig, createBot } from '../bot.js';
import { MemoryJournal } from '../journal/memory-journal.js';
import type { Decision } from '../model/decision.js';
import type { Draft } from '../model/signal.js';
import { fixedQuantity } from '../risk/fixed-quantity.js';
import type { Issue } from '../runtime/issue.js';
import { defineStrategy } from '../signal/strategy.js';
import { ScriptedVenue } from './scripted-venue.js';

/** A bot on a scripted venue whose strategy says what the test tells it to. */
export interface TestBot {
  readonly bot: Bot;
  readonly venue: ScriptedVenue;
  readonly journal: MemoryJournal;
  readonly decisions: Decision[];
  readonly issues: Issue[];
  /** Raises a draft as strategy `say:EURUSD`, in a turn of its own. */
  say(draft: Partial<Draft>): void;
  /** The outcomes so far, with the refusal's code. */
  outcomes(): readonly string[];
}

/** Long 1 lot, sure of it, protected on both sides. */
export const buy: Draft = {
  symbol: 'EURUSD',
  intent: 'enter',
  side: 'buy',
  quantity: 1,
  stop: 1.09,
  target: 1.12,
  confidence: 0.9,
  reason: 'test',
};

/** Starts the bot; the market stands at 1.1 / 1.1001. */
export const testBot = async (
  over: Partial<BotConfig> = {},
  venue: ScriptedVenue = new ScriptedVenue(),
): Promise<TestBot> => {
  const drafts = new Subject<Draft>();
  const strategy = defineStrategy({ name: 'say', timeframes: ['M1'], signals: () => drafts });
  const journal = new MemoryJournal();
  const bot = createBot({
    adapter: venue,
    journal,
    run: [{ strategy, symbol: 'EURUSD' }],
    risk: fixedQuantity({ lots: 1 }),
    ...over,
  });
  const decisions: Decision[] = [];
  const issues: Issue[] = [];
  bot.decisions$.subscribe((d) => decisions.push(d));
  bot.issues$.subscribe((i) => issues.push(i));
  const active = new Promise<void>((resolve, reject) => {
    bot.state$.subscribe((state) => (state === 'active' ? resolve() : undefined));
    bot.run().catch(reject);
  });
  await active;
  venue.tick(1.1);
  return {
    bot,
    venue,
    journal,
    decisions,
    issues,
    say: (draft) => bot.desk.loop.enter(() => drafts.next({ ...buy, ...draft })),
    outcomes: () => decisions.map((d) => ('refusal' in d ? `${d.outcome} ${d.refusal.code}` : d.outcome)),
  };
};
