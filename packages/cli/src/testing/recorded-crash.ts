import { writeFileSync } from 'node:fs';
import { paper, syntheticMarket } from '@mikrobot/adapter-paper';
import { createBot, type MarketFeed, TapeWriter } from '@mikrobot/core';
import { openJournal } from '@mikrobot/journal-sqlite';
import { demoConfig, demoMarket } from '../demo/setting.js';

const venueOf = (feed: MarketFeed) => paper({ feed, costs: 'retail-fx', balance: { USD: '10000' } });

/**
 * A journal of two runs: the first was cut off amid its fifth fill, with a position open; the second, a week later and with a tape,
 * began on what was on disk by then.
 */
export const recordCrash = async (file: string, tapeFile: string): Promise<void> => {
  const first = openJournal({ file: `${file}.whole`, id: 'crash0', durability: 'process' });
  const cutOff = createBot({ adapter: venueOf(demoMarket(7)), ...demoConfig(['EURUSD']), journal: first });
  let fills = 0;
  cutOff.fills$.subscribe(() => {
    fills++;
    // What is on disk at this moment is what a killed process would leave.
    if (fills === 5) first.backup(file);
  });
  await cutOff.run();
  first.close();

  const journal = openJournal({ file, durability: 'process' });
  const chunks: Uint8Array[] = [];
  const tape = new TapeWriter([{ symbol: 'EURUSD', priceDecimals: 5, volumeDecimals: 2 }], (chunk) =>
    chunks.push(chunk),
  );
  const market = syntheticMarket({ seed: 8, from: Date.UTC(2024, 0, 15), days: 1 });
  await createBot({ adapter: venueOf(market), ...demoConfig(['EURUSD']), journal, tape }).run();
  journal.close();
  tape.flush();
  writeFileSync(tapeFile, Buffer.concat(chunks));
};
