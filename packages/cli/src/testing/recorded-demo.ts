import { writeFileSync } from 'node:fs';
import { TapeWriter } from '@mikrobot/core';
import { openJournal } from '@mikrobot/journal-sqlite';
import { runDemo } from '../demo/run-demo.js';
import { demoMarket } from '../demo/setting.js';

/**
 * Lets the demo's bot trade its market with a journal and a tape on disk: approvals, a lost answer, brackets and a reversal are
 * in them.
 */
export const recordDemo = async (file: string, tapeFile: string): Promise<void> => {
  const journal = openJournal({ file, id: 'demo0', durability: 'process' });
  const chunks: Uint8Array[] = [];
  const symbol = { symbol: 'EURUSD', priceDecimals: 5, volumeDecimals: 2 };
  const tape = new TapeWriter([symbol], (chunk) => chunks.push(chunk));
  await runDemo({ market: demoMarket(7), tell: () => undefined, record: { journal, tape } });
  journal.close();
  tape.flush();
  writeFileSync(tapeFile, Buffer.concat(chunks));
};
