import { join } from 'node:path';
import { openJournal, type Segment, type SqliteJournal, segmentFolder } from '@mikrobot/journal-sqlite';
import { type Command, InvalidArgumentError, Option } from 'commander';
import { checkExists } from '../data-options.js';
import { type Io, say } from '../io.js';
import { plural } from '../output/format.js';

interface ExportOptions {
  readonly to: string;
  readonly before?: number;
  readonly json?: boolean;
}

const entryNumber = (text: string): number => {
  const n = Number(text);
  if (!Number.isInteger(n) || n < 1) throw new InvalidArgumentError('Use the number of an entry, from 1.');
  return n;
};

/** Exports until nothing is left that may leave. */
const exportAll = async (
  journal: SqliteJournal,
  { to, before }: ExportOptions,
): Promise<readonly Segment[]> => {
  const store = segmentFolder(to);
  const segments: Segment[] = [];
  for (;;) {
    const segment = await journal.exportSegment(store, { before });
    if (segment === undefined) return segments;
    segments.push(segment);
    // A running bot does this in its idle moments, some rows in each.
    for (let { last } = segment; last >= 0 && journal.get(segment.last) !== undefined; last--) journal.idle();
  }
};

const run = async (file: string, options: ExportOptions, io: Io): Promise<void> => {
  checkExists(file);
  const journal = openJournal({ file });
  try {
    const segments = await exportAll(journal, options);
    const first = journal.first();
    if (options.json) {
      say(io.out, JSON.stringify({ file, id: journal.id, first, segments }));
      return;
    }
    for (const segment of segments) {
      const { name, bytes, sha256 } = segment;
      const entries = `entries ${segment.first} to ${segment.last}`;
      say(io.out, `${join(options.to, name)}: ${entries}, ${plural(bytes, 'byte')}, SHA-256 ${sha256}`);
    }
    if (segments.length > 0) say(io.out, `${file} begins with entry ${first} now.`);
    else
      say(
        io.out,
        `${file}: nothing to export. Only what lies before the last checkpoint of the books may leave.`,
      );
  } finally {
    journal.close();
  }
};

/** `mikrobot journal export`: moves what is old out of the file. */
export const addExport = (journal: Command, io: Io): void => {
  journal
    .command('export')
    .summary('move old entries to compressed files')
    .description(
      'Moves entries before the last checkpoint of the books out of the journal into a compressed file with a checksum, which is ' +
        'written once and never changed. mikrobot journal verify --segments checks both together. The bot must be stopped.',
    )
    .argument('<file>', 'journal of a bot')
    .requiredOption('--to <folder>', 'where the files go')
    .addOption(
      new Option(
        '--before <number>',
        'move only entries before this one (default: all that may leave)',
      ).argParser(entryNumber),
    )
    .option('--json', 'print one JSON object')
    .addHelpText('after', '\nExample:\n  $ mikrobot journal export bot.journal --to archive')
    .action((file: string, options: ExportOptions) => run(file, options, io));
};
