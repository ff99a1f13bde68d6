import type { JournalReader } from '@mikrobot/journal-sqlite';
import { type Command, InvalidArgumentError, Option } from 'commander';
import { UsageError } from '../failures.js';
import { type Io, say } from '../io.js';
import { latestLines, latestSignals } from './latest.js';
import { withReader } from './open.js';
import { fillsOf, type Story, signalOf, storyOf, tradesOf } from './story.js';
import { storyLines } from './story-lines.js';

interface ShowOptions {
  readonly signal?: string;
  readonly order?: string;
  readonly last: number;
  readonly json?: boolean;
}

const positive = (text: string): number => {
  const n = Number(text);
  if (!Number.isInteger(n) || n < 1) throw new InvalidArgumentError('Use a whole number from 1.');
  return n;
};

const readStory = (reader: JournalReader, { signal, order = '' }: ShowOptions): Story => {
  const own = signal ?? signalOf(order);
  const told = own === '' ? [] : reader.byCorrelation(own);
  // The venue may tell of an order that no signal of ours led to.
  const entries = told.length > 0 || signal !== undefined ? told : reader.byOrder(order);
  const named = signal !== undefined || reader.byOrder(order).length > 0;
  if (entries.length === 0 || !named) {
    const what = signal === undefined ? `order ${order}` : `signal ${signal}`;
    const first = reader.first();
    const exported = first === 0 ? '' : ` Entries before ${first} were exported.`;
    throw new UsageError(
      `${reader.file}: It has no ${what}.${exported} Run mikrobot journal show ${reader.file} for the latest signals.`,
    );
  }
  const story = storyOf(entries);
  if (story.trades.length > 0) return story;
  const fills = fillsOf(story, entries);
  const from = fills[0]?.seq;
  return from === undefined
    ? story
    : { ...story, trades: tradesOf(fills, reader.read(Math.max(from, reader.first()))) };
};

const show = (reader: JournalReader, options: ShowOptions, io: Io): void => {
  if (options.signal !== undefined || options.order !== undefined) {
    const story = readStory(reader, options);
    if (options.json) say(io.out, JSON.stringify(story));
    else for (const line of storyLines(story)) say(io.out, line);
    return;
  }
  const signals = latestSignals(reader, options.last);
  if (options.json) say(io.out, JSON.stringify({ journal: reader.id, signals }));
  else if (signals.length === 0) say(io.out, `${reader.file}: no signal yet.`);
  else for (const line of latestLines(signals)) say(io.out, line);
};

/** `mikrobot journal show`: what became of a signal. */
export const addShow = (journal: Command, io: Io): void => {
  journal
    .command('show')
    .summary('tell the whole story of a signal')
    .description(
      'Tells what became of a signal: its quote and account, what each policy said, the orders with their events and fills, how ' +
        'long each step took, what people said to it, and the finished trade. Without --signal or --order it lists the latest ' +
        'signals. Times are UTC. It may be run while the bot trades.',
    )
    .argument('<file>', 'journal of a bot')
    .option('--signal <id>', 'the signal')
    .addOption(new Option('--order <id>', 'the signal of this order').conflicts('signal'))
    .addOption(new Option('--last <number>', 'how many signals to list').argParser(positive).default(20))
    .option('--json', 'print one JSON object')
    .addHelpText('after', '\nExample:\n  $ mikrobot journal show bot.journal --signal j1-0abc-1k')
    .action((file: string, options: ShowOptions) => withReader(file, (reader) => show(reader, options, io)));
};
