import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { allCards } from '../packages/testkit/src/adapter/all-cards.js';
import {
  type AdapterCard,
  type CardGroup,
  cardGroups,
  groupOf,
} from '../packages/testkit/src/adapter/card.js';
import { allJournalCards } from '../packages/testkit/src/journal/test-journal.js';

/** Where the page is. */
export const adapterCardsDoc = join(import.meta.dirname, '../docs/adapter-cards.md');

/** A cell may hold no bar. */
const cell = (text: string): string => text.replaceAll('|', '\\|');

const codes = (names: readonly string[]): string => names.map((name) => `\`${name}\``).join(', ');

const eventsOf = ({ events }: AdapterCard): string =>
  Object.entries(events)
    .map(([part, pattern]) => `${part}: ${pattern === '' ? 'nothing' : pattern}`)
    .join('<br>');

const table = (heads: readonly string[], rows: readonly (readonly string[])[]): string =>
  [heads, heads.map(() => '---'), ...rows].map((cells) => `| ${cells.map(cell).join(' | ')} |`).join('\n');

const group = (letter: CardGroup): string => {
  const rows = allCards
    .filter((card) => groupOf(card) === letter)
    .map((card) => [
      card.id,
      card.title,
      codes([...card.needs, ...card.controls]),
      eventsOf(card),
      card.pass,
    ]);
  const heads = ['card', 'title', 'needs', 'events', 'passed when'];
  return `## ${letter}: ${cardGroups[letter]}\n\n${table(heads, rows)}`;
};

const journals = (): string =>
  table(
    ['card', 'title', 'needs', 'passed when'],
    allJournalCards.map(({ id, title, needs, pass }) => [id, title, codes(needs), pass]),
  );

/** The page as it should be. */
export const adapterCardsPage = (): string =>
  `${[
    '# The cards of the test kit',
    'Written by `tools/adapter-cards-doc.ts` from the cards in `@mikrobot/testkit`. Change a card there and run the tool again.',
    `\`testAdapter()\` runs ${allCards.length} cards on an adapter, \`testJournal()\` ${allJournalCards.length} on a journal. A card is skipped when the adapter does not declare what it\nneeds (an order type, a time in force, \`bracket\` …) or when the venue under test lacks a control (\`quote\`, \`cut\` …), and says so.`,
    '`events` is what each order of the card must tell: steps in order, `?` at most once, `+` at least once, `*` any number. `stop` and\n`target` are the legs of the entry.',
    ...(Object.keys(cardGroups) as CardGroup[]).map(group),
    `## J: Journals\n\n${journals()}`,
  ].join('\n\n')}\n`;

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href)
  writeFileSync(adapterCardsDoc, adapterCardsPage());
