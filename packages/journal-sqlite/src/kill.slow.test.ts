import { seededRandom } from '@mikrobot/core';
import { expect, it } from 'vitest';
import { openJournal, readJournal } from './sqlite-journal.js';
import { endOf, importJournal, runChild } from './testing/child.js';
import { tempFolder } from './testing/temp-folder.js';

const temp = tempFolder();

/** Appends without end, in commits and idle moments of any size, and says after each commit how far it got. */
const appendForever = `
  import { writeSync } from 'node:fs';
  ${importJournal}
  const [file, durability] = process.argv.slice(1);
  const journal = openJournal({ file, durability });
  for (let round = 0; ; round++) {
    for (let i = 0; i <= round % 40; i++) journal.append('in:timer', Date.now(), round, { id: 'desk.' + round + '.' + i });
    if (round % 3 === 0) journal.idle();
    journal.commit();
    if (round % 10 === 0) journal.policies.save({ round: { state: round } });
    writeSync(1, journal.head().seq + ' ' + journal.head().hash + '\\n');
  }
`;

it.each(['power', 'process'])(
  'loses nothing that was committed when its process is killed, and its lock goes with it (%s)',
  async (durability) => {
    const file = temp('bot.journal');
    const random = seededRandom(3);
    let told = 0;
    for (let kill = 0; kill < 15; kill++) {
      const child = runChild(appendForever, [file, durability]);
      child.stdout?.once('data', () => setTimeout(() => child.kill('SIGKILL'), random() * 60));
      const { out, signal } = await endOf(child);
      expect(signal).toBe('SIGKILL');
      const lines = out.split('\n').slice(0, -1);
      const [seq, hash] = (lines.at(-1) as string).split(' ');
      told = Number(seq);
      const reader = readJournal(file);
      expect(reader.headAt(told)?.hash).toBe(hash);
      expect(reader.verify()).toMatchObject({ ok: true, problem: undefined });
      reader.close();
    }
    const journal = openJournal({ file });
    expect(journal.head().seq).toBeGreaterThanOrEqual(told);
    expect(journal.verify().ok).toBe(true);
    expect(journal.policies.load()).toBeDefined();
    journal.close();
  },
);
