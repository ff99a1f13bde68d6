/*
 * A process in which a bot trades a day on a simulated venue, with its journal on a disk that fails at a given moment. Prints
 * what happened as one line of JSON, a `Story`. Arguments: the journal's file, what happens to the disk as JSON, a `Mishap`, and
 * the moment: `fill:N`, with the Nth entry filled and its stop not yet at the venue, or `quiet:N`, after the Nth decision.
 */
import { rmSync, truncateSync } from 'node:fs';
import { paper, syntheticMarket } from '@mikrobot/adapter-paper';
import { createBot, MikroBotError } from '@mikrobot/core';
import { openJournal } from '@mikrobot/journal-sqlite';
import { fixedFractional, killSwitch } from '@mikrobot/risk';
import { smaCross } from '@mikrobot/strategies';
import { type Faults, setFaults } from './shim.js';

/** What the bot did before its disk failed, and after. */
export interface Story {
  /** Entries that the journal had called durable when the disk failed, and when the run was over. */
  readonly durable: { readonly atFault: number; readonly atEnd: number };
  /** Orders that the venue heard of, by purpose. */
  readonly before: Readonly<Record<string, number>>;
  readonly after: Readonly<Record<string, number>>;
  /** Decisions on entries after the fault, by outcome and code. */
  readonly entries: Readonly<Record<string, number>>;
  readonly issues: readonly { readonly code: string; readonly severity: string; readonly detail: string }[];
  readonly states: readonly string[];
  /** Held at the end, lots, and how much of it the venue guards by a stop. */
  readonly open: number;
  readonly guarded: number;
  /** What `run()` rejected with, if it did. */
  readonly error: string | undefined;
}

/** Faults of the disk, which need the shim; or somebody cuts the journal's log or deletes the journal. */
export type Mishap = Faults | 'cut log' | 'delete';

const [file = '', mishapText = '{}', moment = 'quiet:5'] = process.argv.slice(2);
const mishap = JSON.parse(mishapText) as Mishap;
const [kind, nth] = moment.split(':');
const control = process.env.DISK_SHIM_CONTROL;

const tally = (counts: Record<string, number>, key: string): void => {
  counts[key] = (counts[key] ?? 0) + 1;
};
let [failed, durable, atFault] = [false, 0, 0];
const [before, after, entries]: Record<string, number>[] = [{}, {}, {}] as const;
const fail = (): void => {
  if (failed) return;
  failed = true;
  atFault = durable;
  if (mishap === 'cut log') truncateSync(`${file}-wal`, 0);
  else if (mishap === 'delete') rmSync(file);
  else if (control !== undefined) setFaults(control, mishap);
};

const journal = openJournal({ file, id: 'disk' });
const commit = journal.commit.bind(journal);
journal.commit = () => {
  const done = commit();
  durable = journal.head().seq;
  return done;
};

const feed = syntheticMarket({ seed: 3, symbols: ['EURUSD'], from: Date.UTC(2024, 0, 9), days: 1 });
const adapter = paper({ feed, costs: 'retail-fx', balance: { USD: '10000' }, brackets: 'none' });
const submit = adapter.submit.bind(adapter);
let entered = 0;
adapter.submit = (order) => {
  const { purpose } = order.request;
  tally(failed ? (after ?? {}) : (before ?? {}), purpose);
  if (purpose === 'enter' && kind === 'fill' && ++entered === Number(nth)) fail();
  return submit(order);
};

const bot = createBot({
  adapter,
  journal,
  run: [{ strategy: smaCross, symbol: 'EURUSD', params: { timeframe: 'M1', fast: 3, slow: 8, stopPips: 6 } }],
  risk: [fixedFractional(), killSwitch()],
  store: journal.policies,
});
const issues: Story['issues'][number][] = [];
const states: string[] = [];
let decided = 0;
bot.issues$.subscribe(({ code, severity, detail }) => issues.push({ code, severity, detail }));
bot.state$.subscribe((state) => states.push(state));
bot.decisions$.subscribe((decision) => {
  const { intent } = decision.signal;
  if (failed && (intent === 'enter' || intent === 'reverse'))
    tally(
      entries ?? {},
      'refusal' in decision ? `${decision.outcome} ${decision.refusal.code}` : decision.outcome,
    );
  if (kind === 'quiet' && ++decided === Number(nth)) fail();
});

let error: string | undefined;
try {
  await bot.run();
} catch (reason) {
  error = reason instanceof MikroBotError ? `${reason.code}: ${reason.message}` : String(reason);
}
const { orders, positions } = await adapter.snapshot();
const story: Story = {
  durable: { atFault, atEnd: durable },
  before: before ?? {},
  after: after ?? {},
  entries: entries ?? {},
  issues,
  states,
  open: positions.reduce((sum, { quantity }) => sum + Math.abs(quantity), 0),
  guarded: orders.reduce((sum, { type, quantity }) => sum + (type === 'stop' ? quantity : 0), 0),
  error,
};
process.stdout.write(`${JSON.stringify(story)}\n`);
