/*
 * A process that fills a journal and tells, on descriptor 3, what it was told: `open` once it is open, `made N` before it
 * waits for the barrier, `told N` once N entries were said to be durable, `failed CODE` when the journal said that it cannot.
 * Arguments: the file, the durability, the number of commits, the seed, and what else: `keep` leaves the journal open at the end,
 * `export` signs heads and moves old entries out, into `segments` and `anchors` beside the file.
 */
import { generateKeyPairSync } from 'node:crypto';
import { writeFileSync, writeSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { MikroBotError, seededRandom } from '@mikrobot/core';
import { anchorFile, ed25519Signer, openJournal, segmentFolder } from '@mikrobot/journal-sqlite';
import { entryOf } from './entries.js';

const [file = '', durability = 'power', commits = '0', seed = '0', end = ''] = process.argv.slice(2);
const say = (text: string): void => void writeSync(3, `${text}\n`);
const random = seededRandom(Number(seed));

const folder = dirname(file);
const signed = () => {
  const { publicKey, privateKey } = generateKeyPairSync('ed25519');
  // For who checks the anchors later; outside of the watched folder.
  writeFileSync(join(folder, '..', 'public.pem'), publicKey.export({ format: 'pem', type: 'spki' }));
  return { signer: ed25519Signer(privateKey), sink: anchorFile(join(folder, 'anchors')), every: 30 };
};

const journal = openJournal({
  file,
  durability: durability === 'power' ? 'power' : 'process',
  id: 'disk',
  anchor: end === 'export' ? signed() : undefined,
});
say('open');
let failures = 0;
for (let i = 0; i < Number(commits) && failures < 3; i++) {
  const from = journal.head().seq;
  const size = random() < 0.1 ? 40 : 1 + Math.floor(random() * 5);
  try {
    for (let seq = from; seq < from + size; seq++) {
      const { kind, at, tape, data } = entryOf(seq);
      journal.append(kind, at, tape, data);
    }
    say(`made ${from + size}`);
    // What `idle` writes is not told to anybody: it may be lost, but it must not harm what was told.
    if (random() < 0.2) journal.idle?.();
    if (random() < 0.3) continue;
    await journal.commit();
    say(`told ${from + size}`);
    if (end === 'export' && i % 9 === 0)
      await journal.exportSegment(segmentFolder(join(folder, 'segments')), { most: 60 });
  } catch (error) {
    if (!(error instanceof MikroBotError)) throw error;
    say(`failed ${error.code}`);
    failures++;
  }
}
// A process that dies leaves its files as they are; one that closes tidies up, which must be safe as well.
if (end !== 'close') process.kill(process.pid, 'SIGKILL');
journal.close();
