import { copyFileSync } from 'node:fs';
import { join } from 'node:path';
import { openJournal } from '@mikrobot/journal-sqlite';
import { exitCodes } from '../failures.js';
import type { BadCommandLine } from './bad-command-lines.js';
import type { DataFolder } from './data-files.js';
import { writeByHand } from './hand-made-journal.js';
import { tamper } from './tamper.js';

/** Every way to be wrong about a journal. */
export const badJournalLines = (folder: DataFolder): readonly BadCommandLine[] => {
  const { failed, usage } = exitCodes;
  const [good, broken] = [join(folder.path, 'good.journal'), join(folder.path, 'broken.journal')];
  const journal = openJournal({ file: good, id: 'good0', durability: 'process' });
  writeByHand(journal);
  journal.close();
  copyFileSync(good, broken);
  tamper(broken, '"by":"Ada","do"', '"by":"Eve","do"');
  const letter = folder.write('letter.txt', ['Dear Ada,']);
  const silent = folder.write('silent.mjs', ['export const makeBat = () => undefined;']);
  const throwing = folder.write('throwing.mjs', ["throw new Error('no key');"]);
  const other = folder.write('other.mjs', ['export const makeBot = () => ({ run() {} });']);
  const anchors = folder.write('no.anchors', ['{"seq":1}']);
  const show = (file: string, ...more: string[]): readonly string[] => ['journal', 'show', file, ...more];
  const replay = (file: string, bot: string): readonly string[] => ['journal', 'replay', file, '--bot', bot];
  return [
    {
      title: 'a missing journal',
      args: show('no.journal'),
      code: failed,
      says: /no\.journal: There is no such/,
    },
    {
      title: 'a missing journal to verify',
      args: ['journal', 'verify', 'no.journal'],
      code: failed,
      says: /no\.journal: There is no such/,
    },
    {
      title: 'a missing journal to export, which is not made by that',
      args: ['journal', 'export', 'no.journal', '--to', folder.path],
      code: failed,
      says: /no\.journal: There is no such/,
    },
    {
      title: 'a missing journal to back up',
      args: ['state', 'backup', 'no.journal', join(folder.path, 'x')],
      code: failed,
      says: /no\.journal: There is no such/,
    },
    {
      title: 'a missing backup',
      args: ['state', 'restore', 'no.backup', join(folder.path, 'x')],
      code: failed,
      says: /no\.backup: There is no such/,
    },
    {
      title: 'a letter for a journal',
      args: show(letter),
      code: failed,
      says: /letter\.txt: The file is no journal/,
    },
    {
      title: 'a letter for a backup',
      args: ['state', 'restore', letter, join(folder.path, 'x')],
      code: failed,
      says: /letter\.txt: The file is no journal/,
    },
    {
      title: 'an unknown signal',
      args: show(good, '--signal', 'good0-0abc-zz'),
      code: usage,
      says: /good\.journal: It has no signal good0-0abc-zz\. Run mikrobot journal show/,
    },
    {
      title: 'an unknown order of a known signal',
      args: show(good, '--order', 'hand0-0abc-1-x'),
      code: usage,
      says: /It has no order hand0-0abc-1-x\./,
    },
    {
      title: 'a signal and an order',
      args: show(good, '--signal', 'a', '--order', 'b'),
      code: usage,
      says: /cannot be used with option/,
    },
    {
      title: 'no number of signals',
      args: show(good, '--last', '0'),
      code: usage,
      says: /--last .*from 1\. See/,
    },
    {
      title: 'a list of a broken journal',
      args: show(broken),
      code: failed,
      says: /broken\.journal, entry 4: /,
    },
    {
      title: 'a replay of a broken journal',
      args: replay(broken, other),
      code: failed,
      says: /broken\.journal, entry 4: /,
    },
    {
      title: 'a missing module',
      args: replay(good, 'no.mjs'),
      code: usage,
      says: /--bot: there is no file no\.mjs/,
    },
    {
      title: 'a module without makeBot',
      args: replay(good, silent),
      code: usage,
      says: /silent\.mjs exports no function makeBot\. It must/,
    },
    {
      title: 'a module that throws',
      args: replay(good, throwing),
      code: usage,
      says: /throwing\.mjs cannot be loaded: Error: no key/,
    },
    {
      title: 'a module that makes no bot',
      args: replay(good, other),
      code: failed,
      says: /other\.mjs: makeBot\(\) returned no bot/,
    },
    {
      title: 'a run that is not there',
      args: [...replay(good, other), '--run', '7'],
      code: usage,
      says: /--run: the journal has 1 run, not 7/,
    },
    {
      title: 'a missing tape',
      args: [...replay(good, other), '--tape', 'no.tape'],
      code: failed,
      says: /no\.tape: There is no such/,
    },
    {
      title: 'a letter for a tape',
      args: [...replay(good, other), '--tape', letter],
      code: failed,
      says: /tape, byte 0: /,
    },
    {
      title: 'anchors without a key',
      args: ['journal', 'verify', good, '--anchors', anchors],
      code: usage,
      says: /--anchors and --key belong together/,
    },
    {
      title: 'anchors that are none',
      args: ['journal', 'verify', good, '--anchors', anchors, '--key', letter],
      code: failed,
      says: /no\.anchors, line 1: /,
    },
    {
      title: 'an entry that is no number',
      args: ['journal', 'export', good, '--to', folder.path, '--before', 'x'],
      code: usage,
      says: /--before .*from 1\. See/,
    },
    {
      title: 'an unknown command of journals',
      args: ['journal', 'burn'],
      code: usage,
      says: /unknown command 'burn'/,
    },
  ];
};
