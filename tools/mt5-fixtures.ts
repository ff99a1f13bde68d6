import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { fixtureFiles } from '../packages/adapter-mt5/src/protocol/testing/fixture-files.js';

/** Where the files are that both sides of the bridge protocol are tried with. */
export const fixturesFolder = join(import.meta.dirname, '../packages/adapter-mt5/src/protocol/fixtures');

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  mkdirSync(fixturesFolder, { recursive: true });
  for (const [name, text] of Object.entries(fixtureFiles)) writeFileSync(join(fixturesFolder, name), text);
}
