import { confidence, createBot, fixedQuantity, fresh, seededRandom, wellFormed } from '@mikrobot/core';
import { openJournal } from '@mikrobot/journal-sqlite';
import { brokerOf } from './broker.js';
import { journalWith } from './bugs.js';
import { childOptionsSchema } from './child-options.js';
import { servePeer, tell } from './peer-server.js';
import { stepNames } from './steps.js';
import { asksFirst, type Gate, trader } from './trader.js';
import { Trap } from './trap.js';
import { TrappedAdapter } from './trapped-adapter.js';
import { TrappedJournal } from './trapped-journal.js';
import { venues } from './venues.js';
import { viewOf } from './view.js';

// The bot that is killed: two or three strategies on two instruments, on a venue in another process.

const options = childOptionsSchema.parse(JSON.parse(process.argv[2] ?? '{}'));
const trap = new Trap();
if (options.step !== undefined) trap.arm(options.step, options.times);

const broker = brokerOf(options);
/** Until a bot that goes on from a journal has compared its books with the venue. */
let ready = false;
const adapter = new TrappedAdapter(broker.adapter, trap, () => !ready, broker.whenSent);
const { durability, bug } = options;
const { shorts, unit } = venues[options.venue];
const kept = openJournal({ file: options.journal, id: 'kill', durability });
const journal = new TrappedJournal(journalWith(bug, kept), trap);
const random = seededRandom(options.seed);
const gate: Gate = { open: false };

const run = (name: string, symbol: string) => ({
  name,
  symbol,
  strategy: trader({
    name,
    random,
    gate,
    eagerness: 2,
    shorts,
    unit,
    owner: name,
    book: () => bot.book,
    cancel: (owner) => bot.command({ do: 'cancel-all', by: 'torture', owner }),
  }),
});

const bot = createBot({
  adapter,
  journal,
  run: broker.runs.map(({ owner, symbol }) => run(owner, symbol)),
  risk: [fixedQuantity({ lots: 20 * unit }), asksFirst(60_000)],
  validate: [wellFormed(), fresh(), confidence()],
  protectionDeadline: 1_000,
  answerTimeout: 1_000,
});

const recalls = kept.head().seq > 0;
const issues: string[] = [];
const isReady = (): void => {
  if (ready) return;
  ready = true;
  tell({ tell: 'ready' });
};
bot.issues$.subscribe(({ code, detail }) => {
  if (code === 'RECONCILED') isReady();
  if (code !== 'CONNECTION') issues.push(`${code} ${detail}`);
});
bot.state$.subscribe((state) => {
  if (state === 'active' && !recalls) isReady();
});

// Checkpoints come every 20,000 entries; here they come often, so that bots die during one and start from one.
setInterval(() => {
  if (gate.open && random() < 0.3) bot.desk.loop.enter(() => bot.desk.saveBooks());
}, 50);

// A person who answers most questions, late.
setInterval(() => {
  if (!gate.open) return;
  for (const { signal } of bot.waiting) {
    // Beside a position of the other side it would leave two brackets that face each other.
    const { source, symbol, side } = signal;
    const held = bot.book.position(symbol, source).quantity;
    const alone = bot.book.pending(symbol, source) === 0 && (side === 'buy' ? held >= 0 : held <= 0);
    const dice = random();
    if (dice < 0.5 && alone) bot.command({ do: 'approve', signal: signal.id, by: 'ann' });
    else if (dice > 0.9) bot.command({ do: 'reject', signal: signal.id, by: 'ann' });
  }
}, 20);

servePeer((question) => {
  switch (question.do) {
    case 'trade':
      gate.open = true;
      return true;
    case 'rest':
      gate.open = false;
      return true;
    case 'arm': {
      const step = stepNames.find((name) => name === question.step);
      if (step !== undefined) trap.arm(step, Number(question.times));
      return step !== undefined;
    }
    case 'view':
      // So that the judge can read what has been appended.
      void journal.commit();
      return viewOf(bot, broker.seen(), issues);
    default:
      throw new Error(`The bot does not understand '${question.do}'.`);
  }
});

/** The stop is to find something in flight, if it can. */
const stopWhenBusy = (left: number): void => {
  if (bot.desk.orders.inFlight || left === 0) void bot.stop('SIGTERM', { deadline: 2_000 });
  else setTimeout(() => stopWhenBusy(left - 1), 1);
};
process.on('SIGTERM', () => stopWhenBusy(300));

bot.run().then(
  () => process.exit(0),
  (error: unknown) => {
    tell({ tell: 'broken', error: String(error) });
    console.error(error);
    process.exit(1);
  },
);
