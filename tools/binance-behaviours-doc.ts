import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import {
  allBehaviours,
  behaviourTopics,
} from '../packages/simulators/src/binance/behaviours/testing/all-behaviours.js';
import type { Behaviour } from '../packages/simulators/src/binance/behaviours/testing/behaviour.js';

/** Where the page is. */
export const behavioursDoc = join(import.meta.dirname, '../docs/binance-behaviours.md');

/** A cell may hold no bar. */
const cell = (text: string): string => text.replaceAll('|', '\\|');

const row = ({ id, title, source }: Behaviour): string => `| ${[id, title, source].map(cell).join(' | ')} |`;

const topic = ([name, behaviours]: readonly [string, readonly Behaviour[]]): string =>
  [
    `## ${name}`,
    ['| id | what the venue does | source |', '| --- | --- | --- |', ...behaviours.map(row)].join('\n'),
  ].join('\n\n');

const count = (venue: 'S' | 'F'): number =>
  allBehaviours.filter(({ id }) => id.startsWith(`${venue}-`)).length;

/** The page as it should be. */
export const behavioursPage = (): string =>
  `${[
    '# What the Binance simulator is checked for',
    'Written by `tools/binance-behaviours-doc.ts` from the table in `packages/simulators/src/binance/behaviours`. Change the table and run\nthe tool again.',
    `${count('S')} behaviours of spot and ${count('F')} of USD-M futures. Each is a test over plain HTTP and WebSocket, with a signer of its own: what must be\nseen is taken from the venue's documentation, named here, and never from the simulator. A filter's edges are read from what the\nsimulator itself says in \`exchangeInfo\`, and judged by the rule in the documentation.`,
    ...Object.entries(behaviourTopics).map(topic),
  ].join('\n\n')}\n`;

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href)
  writeFileSync(behavioursDoc, behavioursPage());
