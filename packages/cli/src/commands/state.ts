import { existsSync, renameSync, rmSync } from 'node:fs';
import { openJournal, restoreBackup } from '@mikrobot/journal-sqlite';
import type { Command } from 'commander';
import { checkExists } from '../data-options.js';
import { UsageError } from '../failures.js';
import { type Io, say } from '../io.js';
import { withReader } from '../journal/open.js';
import { count } from '../output/format.js';

interface StateOptions {
  readonly force?: boolean;
  readonly json?: boolean;
}

/** What a journal keeps beside its file. Those of an older file would spoil a new one. */
const sidecars = ['-wal', '-shm', '-head', '-lock'] as const;

const remove = (file: string): void => {
  for (const name of ['', ...sidecars]) rmSync(`${file}${name}`, { force: true });
};

const backup = (
  file: string,
  to: string,
  { force = false, json = false }: StateOptions,
  io: Io,
): Promise<void> =>
  withReader(file, (reader) => {
    const replaces = existsSync(to);
    if (replaces && !force)
      throw new UsageError(`${to}: It exists. Choose another name, or replace it with --force.`);
    // Says so when it is no journal, or a bot runs on it.
    if (replaces) openJournal({ file: to }).close();
    const fresh = replaces ? `${to}.new` : to;
    // What an interrupted backup left.
    if (replaces) remove(fresh);
    const report = reader.backup(fresh);
    if (replaces) {
      remove(to);
      renameSync(fresh, to);
    }
    const { head, bytes, sha256 } = report;
    if (json) say(io.out, JSON.stringify({ id: reader.id, file: to, head, bytes, sha256 }));
    else {
      say(
        io.out,
        `${to}: journal ${reader.id} with ${count(head.seq)} entries, ${count(bytes)} bytes, verified`,
      );
      say(io.out, `SHA-256 ${sha256}`);
    }
  });

const restore = (from: string, file: string, { force = false, json = false }: StateOptions, io: Io): void => {
  checkExists(from);
  if (existsSync(file) && !force)
    throw new UsageError(
      `${file}: It exists. Choose another name, or replace it with --force; it is kept beside.`,
    );
  const { id, head, previous } = restoreBackup({ from, to: file, replace: force });
  if (json) {
    say(io.out, JSON.stringify({ id, file, head, previous }));
    return;
  }
  say(
    io.out,
    `${file}: restored with ${count(head.seq)} entries, verified. The journal is called ${id} now, so that no order id is used twice.`,
  );
  if (previous !== undefined) say(io.out, `What was there is kept in ${previous}.`);
  say(io.out, 'At its next start the bot asks the venue what happened since the backup.');
};

/** `mikrobot state`: keeps what a bot knows safe. */
export const addState = (program: Command, io: Io): void => {
  const state = program
    .command('state')
    .summary('back up and restore what a bot knows')
    .description(
      "Copies a bot's journal, which holds all that it knows: orders, positions, what its policies remember. Copies are verified.",
    )
    .addHelpText('after', '\nExample:\n  $ mikrobot state backup bot.journal backups/monday.journal');
  state
    .command('backup')
    .summary('copy a journal, also while the bot trades')
    .description(
      'Makes a consistent copy of a journal while the bot may trade on, and checks it entry by entry.',
    )
    .argument('<file>', 'journal of a bot')
    .argument('<to>', 'the copy')
    .option('--force', 'replace an older copy')
    .option('--json', 'print one JSON object')
    .addHelpText('after', '\nExample:\n  $ mikrobot state backup bot.journal backups/monday.journal')
    .action((file: string, to: string, options: StateOptions) => backup(file, to, options, io));
  state
    .command('restore')
    .summary('put a backup in place')
    .description(
      'Checks a backup entry by entry, and puts it where the bot looks for its journal. The bot must be stopped; a journal that is ' +
        'there is kept beside.',
    )
    .argument('<backup>', 'copy that mikrobot state backup made')
    .argument('<file>', 'journal of the bot')
    .option('--force', 'replace the journal that is there')
    .option('--json', 'print one JSON object')
    .addHelpText('after', '\nExample:\n  $ mikrobot state restore backups/monday.journal bot.journal --force')
    .action((from: string, file: string, options: StateOptions) => restore(from, file, options, io));
};
