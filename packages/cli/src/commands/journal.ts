import type { Command } from 'commander';
import type { Io } from '../io.js';
import { addExport } from '../journal/export.js';
import { addReplay } from '../journal/replay.js';
import { addShow } from '../journal/show.js';
import { addVerify } from '../journal/verify.js';

/** `mikrobot journal`: what a bot wrote down. */
export const addJournal = (program: Command, io: Io, exit: (code: number) => void): void => {
  const journal = program
    .command('journal')
    .summary("read, check and replay a bot's journal")
    .description(
      'Reads what a bot wrote down, in any order and while it trades: its signals, decisions, orders and fills.',
    )
    .addHelpText('after', '\nExample:\n  $ mikrobot journal show bot.journal');
  addShow(journal, io);
  addVerify(journal, io, exit);
  addReplay(journal, io, exit);
  addExport(journal, io);
};
