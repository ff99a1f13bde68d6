import { readFileSync } from 'node:fs';
import {
  anchorFile,
  type JournalReader,
  segmentFolder,
  type Verification,
  type VerifyOptions,
  verifyHistory,
} from '@mikrobot/journal-sqlite';
import type { Command } from 'commander';
import { checkExists } from '../data-options.js';
import { exitCodes, UsageError } from '../failures.js';
import { type Io, say } from '../io.js';
import { count, plural } from '../output/format.js';
import { withReader } from './open.js';

interface VerifyCommandOptions {
  readonly anchors?: string;
  readonly key?: string;
  readonly segments?: string;
  readonly json?: boolean;
}

const anchorsOf = ({ anchors, key }: VerifyCommandOptions): VerifyOptions => {
  if ((anchors === undefined) !== (key === undefined))
    throw new UsageError(
      '--anchors and --key belong together: the key says whether the anchors are yours. Give both.',
    );
  if (anchors === undefined || key === undefined) return {};
  checkExists(anchors);
  checkExists(key);
  return { anchors: anchorFile(anchors).list(), publicKey: readFileSync(key, 'utf8') };
};

/** What a check found, for people. */
const verificationLines = (file: string, id: string, found: Verification): readonly string[] => {
  const { entries, head, anchors, problem } = found;
  const good = `${plural(entries, 'entry', 'entries')} checked`;
  if (problem === undefined) {
    const vouched = anchors === 0 ? '' : `, ${plural(anchors, 'anchor agrees', 'anchors agree')}`;
    return [
      `${file}: journal ${id} is whole: ${good}${vouched}. Its head is ${head.hash} after ${count(head.seq)}.`,
    ];
  }
  return [
    `${file}: journal ${id} is BROKEN at entry ${problem.seq} (${problem.kind}): ${problem.detail}`,
    `${good} before that. Keep the file as it is, and restore a backup: mikrobot state restore.`,
  ];
};

/** It may take a minute for ten million entries, and says nothing until it is done. */
const whileWaiting = async <T>(io: Io, entries: number, work: () => T | Promise<T>): Promise<T> => {
  if (io.err.isTTY !== true) return work();
  io.err.write(`checking ${plural(entries, 'entry', 'entries')} …`);
  try {
    return await work();
  } finally {
    io.err.write('\r\u001b[K');
  }
};

const check = (
  reader: JournalReader,
  options: VerifyCommandOptions,
): Verification | Promise<Verification> => {
  const anchors = anchorsOf(options);
  if (options.segments === undefined) return reader.verify(anchors);
  checkExists(options.segments);
  return verifyHistory(reader, segmentFolder(options.segments), anchors);
};

/** `mikrobot journal verify`: is it what the bot wrote? */
export const addVerify = (journal: Command, io: Io, exit: (code: number) => void): void => {
  journal
    .command('verify')
    .summary('check that nobody changed a journal')
    .description(
      'Checks the chain of hashes of every entry, and names the first that was changed, lost or put elsewhere. With anchors, the ' +
        'signed heads that a bot wrote to another place, also that nothing was cut off its end. Exits with 1 when it is broken.',
    )
    .argument('<file>', 'journal of a bot')
    .option('--anchors <file>', 'signed heads of the journal')
    .option('--key <file>', 'public key of whoever signed them, PEM')
    .option('--segments <folder>', 'check the entries that were exported to this folder, too')
    .option('--json', 'print one JSON object')
    .addHelpText(
      'after',
      '\nExample:\n  $ mikrobot journal verify bot.journal --anchors bot.anchors --key anchors.pub.pem',
    )
    .action((file: string, options: VerifyCommandOptions) =>
      withReader(file, async (reader) => {
        const found = await whileWaiting(io, reader.head().seq - reader.first(), () =>
          check(reader, options),
        );
        if (options.json) say(io.out, JSON.stringify({ file, id: reader.id, ...found }));
        else for (const line of verificationLines(file, reader.id, found)) say(io.out, line);
        exit(found.ok ? exitCodes.ok : exitCodes.failed);
      }),
    );
};
