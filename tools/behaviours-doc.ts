import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { behaviourTopics as binance } from '../packages/simulators/src/binance/behaviours/testing/all-behaviours.js';
import { behaviourTopics as mt5 } from '../packages/simulators/src/mt5/behaviours/testing/all-behaviours.js';
import { behaviourTopics as tws } from '../packages/simulators/src/tws/behaviours/testing/all-behaviours.js';

/** What a page shows of a behaviour. */
interface Behaviour {
  readonly id: string;
  readonly title: string;
  readonly source: string;
}

interface Page {
  readonly title: string;
  /** Head of the column of behaviours. */
  readonly column: string;
  readonly topics: Readonly<Record<string, readonly Behaviour[]>>;
  readonly about: (ids: readonly string[]) => string;
}

const folder = (name: string): string => `packages/simulators/src/${name}/behaviours`;

const pages: Readonly<Record<string, Page>> = {
  binance: {
    title: 'What the Binance simulator is checked for',
    column: 'what the venue does',
    topics: binance,
    about(ids) {
      const count = (venue: 'S' | 'F'): number => ids.filter((id) => id.startsWith(`${venue}-`)).length;
      return `${count('S')} behaviours of spot and ${count('F')} of USD-M futures. Each is a test over plain HTTP and WebSocket, with a signer of its own: what must be\nseen is taken from the venue's documentation, named here, and never from the simulator. A filter's edges are read from what the\nsimulator itself says in \`exchangeInfo\`, and judged by the rule in the documentation.`;
    },
  },
  tws: {
    title: 'What the TWS simulator is checked for',
    column: 'what TWS does',
    topics: tws,
    about: (ids) =>
      `${ids.length} behaviours of TWS and IB Gateway. Each is a test over a plain socket at server versions 176 and 193, with frames of its own: what\nmust be seen is taken from the documentation of the TWS API, from what other clients read and from what their users saw, named here,\nand never from the simulator. The decoder of @stoqey/ib reads each message that is told, and finds no field too few or too many. A client\nin Python that we did not write, ib_async, is put to the simulator besides (\`packages/simulators/src/tws/clients\`).`,
  },
  mt5: {
    title: 'What the simulated trade server of MetaTrader 5 is checked for',
    column: 'what the trade server does',
    topics: mt5,
    about: (ids) =>
      `${ids.length} behaviours, each a test over a plain socket in the account modes that it concerns. What must be seen is taken from the reference and the book of\nMQL5 and from the terminal's help, named here, and never from the simulator. The link between terminal and trade server is our own (MetaTrader's is\nclosed), so its topic says what we promise.`,
  },
};

/** A cell may hold no bar. */
const cell = (text: string): string => text.replaceAll('|', '\\|');

const row = ({ id, title, source }: Behaviour): string => `| ${[id, title, source].map(cell).join(' | ')} |`;

const text = (name: string, { title, column, topics, about }: Page): string =>
  `${[
    `# ${title}`,
    `Written by \`tools/behaviours-doc.ts\` from the table in \`${folder(name)}\`. Change the table and run the tool again.`,
    about(
      Object.values(topics)
        .flat()
        .map(({ id }) => id),
    ),
    ...Object.entries(topics).map(([topic, behaviours]) =>
      [
        `## ${topic}`,
        [`| id | ${column} | source |`, '| --- | --- | --- |', ...behaviours.map(row)].join('\n'),
      ].join('\n\n'),
    ),
  ].join('\n\n')}\n`;

/** Every page, by its path, as it should be. */
export const behavioursPages = (): readonly (readonly [path: string, text: string])[] =>
  Object.entries(pages).map(([name, page]) => [
    join(import.meta.dirname, `../docs/${name}-behaviours.md`),
    text(name, page),
  ]);

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href)
  for (const [path, page] of behavioursPages()) writeFileSync(path, page);
