import { journalCards } from '@mikrobot/testkit';
import { describe, it } from 'vitest';
import { journalBench } from './testing/journal-bench.js';
import { tempFolder } from './testing/temp-folder.js';

describe.each([
  { name: 'one commit at a time', group: false },
  { name: 'group commit', group: true },
])('The durable journal with $name', ({ group }) => {
  const temp = tempFolder();
  const create = () => journalBench(temp('card'), group);
  for (const card of journalCards({ create, allowedSkips: [] })) it(card.title, card.run);
});
