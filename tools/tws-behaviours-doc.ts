import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import {
  allBehaviours,
  behaviourTopics,
} from '../packages/simulators/src/tws/behaviours/testing/all-behaviours.js';
import type { Behaviour } from '../packages/simulators/src/tws/behaviours/testing/behaviour.js';

/** Where the page is. */
export const behavioursDoc = join(import.meta.dirname, '../docs/tws-behaviours.md');

/** A cell may hold no bar. */
const cell = (text: string): string => text.replaceAll('|', '\\|');

const row = ({ id, title, source }: Behaviour): string => `| ${[id, title, source].map(cell).join(' | ')} |`;

const topic = ([name, behaviours]: readonly [string, readonly Behaviour[]]): string =>
  [
    `## ${name}`,
    ['| id | what TWS does | source |', '| --- | --- | --- |', ...behaviours.map(row)].join('\n'),
  ].join('\n\n');

/** The page as it should be. */
export const behavioursPage = (): string =>
  `${[
    '# What the TWS simulator is checked for',
    'Written by `tools/tws-behaviours-doc.ts` from the table in `packages/simulators/src/tws/behaviours`. Change the table and run the tool\nagain.',
    `${allBehaviours.length} behaviours of TWS and IB Gateway. Each is a test over a plain socket at server versions 176 and 193, with frames of its own: what\nmust be seen is taken from the documentation of the TWS API, from what other clients read and from what their users saw, named here,\nand never from the simulator. The decoder of @stoqey/ib reads each message that is told, and finds no field too few or too many. A client\nin Python that we did not write, ib_async, is put to the simulator besides (\`packages/simulators/src/tws/clients\`).`,
    ...Object.entries(behaviourTopics).map(topic),
  ].join('\n\n')}\n`;

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href)
  writeFileSync(behavioursDoc, behavioursPage());
