import { readFileSync } from 'node:fs';
import { type Entry, type ReplayResult, readTape, replay } from '@mikrobot/core';
import { type JournalReader, readHistory, segmentFolder } from '@mikrobot/journal-sqlite';
import { type Command, InvalidArgumentError, Option } from 'commander';
import { checkExists } from '../data-options.js';
import { exitCodes, UsageError } from '../failures.js';
import { type Io, say } from '../io.js';
import { minute, plural } from '../output/format.js';
import { loadBot, type MakeBot } from './bot-module.js';
import { withReader } from './open.js';
import { type RecordedRun, runsOf } from './runs.js';

interface ReplayCommandOptions {
  readonly bot: string;
  readonly tape?: string;
  readonly run?: number;
  readonly segments?: string;
  readonly json?: boolean;
}

const runNumber = (text: string): number => {
  const n = Number(text);
  if (!Number.isInteger(n) || n < 1) throw new InvalidArgumentError('Use a whole number from 1.');
  return n;
};

/** A tape holds the ticks of one run: the last, unless another is named. */
const chosen = (
  runs: readonly RecordedRun[],
  { run, tape }: ReplayCommandOptions,
): readonly RecordedRun[] => {
  const number = run ?? (tape === undefined ? undefined : runs.length);
  if (number === undefined) return runs;
  const found = runs.filter((one) => one.number === number);
  if (found.length === 0)
    throw new UsageError(`--run: the journal has ${plural(runs.length, 'run')}, not ${number}.`);
  return found;
};

/** Characters that are shown before and after a difference. */
const BEFORE = 120;
const AFTER = 200;

/** The part of a text in which a difference lies: entries can be long. */
const around = (text: string | undefined, at: number): string => {
  if (text === undefined) return '(nothing)';
  const from = Math.max(0, at - BEFORE);
  const part = text.slice(from, at + AFTER);
  return `${from > 0 ? '…' : ''}${part}${from + part.length < text.length ? '…' : ''}`;
};

const differsAt = (a = '', b = ''): number => {
  let at = 0;
  while (at < a.length && a[at] === b[at]) at++;
  return at;
};

/** How a replay went, for people. */
const replayLines = ({ number, seq, from }: RecordedRun, result: ReplayResult): readonly string[] => {
  const what =
    result.compared === 'log'
      ? plural(result.recorded, 'entry', 'entries')
      : plural(result.recorded, 'decision');
  const head = `run ${number}, from entry ${seq}${from > 0 ? `, ${minute(from)}` : ''}`;
  if (result.firstDifference === undefined) return [`${head}: EQUAL, ${what}`];
  const { at, recorded, replayed } = result.firstDifference;
  const place = differsAt(recorded, replayed);
  const where = result.compared === 'log' ? `entry ${seq + at}` : `decision ${at + 1} of the run`;
  return [
    `${head}: DIFFERENT at ${where}; ${what} recorded, ${result.replayed} replayed`,
    `  recorded  ${around(recorded, place)}`,
    `  replayed  ${around(replayed, place)}`,
  ];
};

/** All entries, those that were exported first. */
const entriesOf = async (reader: JournalReader, segments: string | undefined): Promise<readonly Entry[]> => {
  if (segments === undefined) return [...reader.read()];
  const entries: Entry[] = [];
  for await (const entry of readHistory(reader, segmentFolder(segments))) entries.push(entry);
  return entries;
};

const replayAll = async (
  reader: JournalReader,
  make: MakeBot,
  options: ReplayCommandOptions,
  io: Io,
): Promise<boolean> => {
  const first = reader.first();
  if (first > 0 && options.segments === undefined)
    say(
      io.err,
      `Entries before ${first} were exported. Runs that began there are left out; with --segments they are replayed, too.`,
    );
  const runs = chosen(runsOf(await entriesOf(reader, options.segments)), options);
  const ticks = options.tape === undefined ? undefined : readTape(readFileSync(options.tape));
  const done: { readonly run: RecordedRun; readonly result: ReplayResult }[] = [];
  for (const run of runs) {
    const input = { entries: run.entries, journalId: reader.id };
    const result = await replay(ticks === undefined ? input : { ...input, ticks: ticks.ticks() }, make);
    done.push({ run, result });
    if (!options.json) for (const line of replayLines(run, result)) say(io.out, line);
  }
  const equal = done.every(({ result }) => result.equal);
  if (options.json) {
    const told = done.map(({ run: { number, seq }, result }) => ({ run: number, seq, ...result }));
    say(io.out, JSON.stringify({ equal, runs: told }));
  } else if (runs.length === 0) say(io.out, `${reader.file}: it holds no run from its start.`);
  return equal;
};

/** `mikrobot journal replay`: does the bot conclude the same again? */
export const addReplay = (journal: Command, io: Io, exit: (code: number) => void): void => {
  journal
    .command('replay')
    .summary('run a journal again and compare')
    .description(
      'Gives a bot everything that was journalled, once more and without a venue, and compares what it decides with what was ' +
        'decided. With the tape of ticks its strategies run, too, and the whole log is compared. A journal holds a run for each ' +
        'start of the bot. Exits with 1 at a difference.',
    )
    .argument('<file>', 'journal of a bot')
    .requiredOption('--bot <module>', 'module that exports makeBot(parts), the bot as it was')
    .option('--tape <file>', 'tape of the ticks of one run: the last, or that of --run')
    .addOption(new Option('--run <number>', 'replay only this run').argParser(runNumber))
    .option('--segments <folder>', 'replay what was exported to this folder, too')
    .option('--json', 'print one JSON object')
    .addHelpText('after', '\nExample:\n  $ mikrobot journal replay bot.journal --bot ./my-bot.js')
    .action((file: string, options: ReplayCommandOptions) =>
      withReader(file, async (reader) => {
        for (const path of [options.tape, options.segments]) if (path !== undefined) checkExists(path);
        const make = await loadBot(options.bot);
        exit((await replayAll(reader, make, options, io)) ? exitCodes.ok : exitCodes.failed);
      }),
    );
};
