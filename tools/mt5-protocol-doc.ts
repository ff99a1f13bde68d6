import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import * as z from 'zod';
import { accountFigures } from '../packages/adapter-mt5/src/protocol/account-figures.js';
import { hello, notices, tradeEvents } from '../packages/adapter-mt5/src/protocol/from-ea.js';
import { nodeNotices } from '../packages/adapter-mt5/src/protocol/from-node.js';
import { dealRecord, orderRecord, positionRecord } from '../packages/adapter-mt5/src/protocol/records.js';
import { refusals } from '../packages/adapter-mt5/src/protocol/refusals.js';
import { endings, part, replies } from '../packages/adapter-mt5/src/protocol/replies.js';
import { requests } from '../packages/adapter-mt5/src/protocol/requests.js';
import { eaRefusals, retcodes } from '../packages/adapter-mt5/src/protocol/retcodes.js';
import { symbolRecord } from '../packages/adapter-mt5/src/protocol/symbol-record.js';
import { eaExamples } from '../packages/adapter-mt5/src/protocol/testing/ea-examples.js';
import { nodeExamples } from '../packages/adapter-mt5/src/protocol/testing/node-examples.js';
import { tickRow } from '../packages/adapter-mt5/src/protocol/tick.js';

/** Where the page is. Its prose is written there, its tables are written here. */
export const protocolDoc = join(import.meta.dirname, '../docs/mt5-protocol.md');

/** A cell may hold no bar. */
const cell = (text: string): string => text.replaceAll('|', '\\|');

const table = (head: readonly string[], rows: readonly (readonly string[])[]): string =>
  [head, head.map(() => '---'), ...rows.map((row) => row.map(cell))]
    .map((row) => `| ${row.join(' | ')} |`)
    .join('\n');

const fields = (schema: z.ZodObject): string => {
  const rows = Object.entries(schema.shape).map(([name, field]) => {
    const { wire, description = '' } = z.globalRegistry.get(field as z.ZodType) ?? {};
    if (typeof wire !== 'string') throw new Error(`The field ${name} does not say what it is on the wire`);
    return [`\`${name}\``, wire, description];
  });
  return rows.length === 0 ? 'No fields.' : table(['field', 'is', 'meaning'], rows);
};

/** Each message with its fields and an example. @param head - what stands behind its name */
const messages = (
  schemas: Readonly<Record<string, z.ZodObject>>,
  examples: readonly { readonly t: string }[],
  head: (type: string) => string = () => '',
): string =>
  Object.entries(schemas)
    .map(([type, schema]) => {
      const { name: _, ...example } = (examples.find(({ t }) => t === type) ?? {}) as { name?: string };
      const line = JSON.stringify({ v: 1, ...example, ts: 1_704_895_200_000 });
      return [`### \`${type}\`${head(type)}`, fields(schema), `\`\`\`json\n${line}\n\`\`\``].join('\n\n');
    })
    .join('\n\n');

const records = { order: orderRecord, deal: dealRecord, position: positionRecord, symbol: symbolRecord };

const ends = (type: string): string =>
  ` → ${endings[type as keyof typeof endings].map((one) => `\`${one}\``).join(' or ')}`;

/** The generated parts of the page, by the name of their marker. */
const parts: Readonly<Record<string, () => string>> = {
  'from node': () => messages(nodeNotices, nodeExamples),
  'from the ea': () => messages({ hello, ...notices, tick: tickRow as unknown as z.ZodObject }, eaExamples),
  requests: () => messages(requests, nodeExamples, ends),
  replies: () => messages({ part, ...replies }, eaExamples),
  'trade events': () =>
    table(
      ['type', 'is'],
      Object.keys(tradeEvents).map((type) => [
        `\`${type}\``,
        type === 'position'
          ? 'a position record, and `gone` (true when it is closed; else it may be left out)'
          : `a${type === 'order' ? 'n' : ''} ${type} record`,
      ]),
    ),
  records: () =>
    Object.entries({ ...records, account: accountFigures })
      .map(([name, schema]) => `### ${name[0]?.toUpperCase()}${name.slice(1)}\n\n${fields(schema)}`)
      .join('\n\n'),
  'return codes': () =>
    table(
      ['retcode', 'code', 'outcome', 'meaning'],
      Object.entries(retcodes).map(([code, one]) => [code, `\`${one.word}\``, one.outcome, one.meaning]),
    ),
  'ea refusals': () =>
    table(
      ['code', 'meaning'],
      Object.entries(eaRefusals).map(([code, text]) => [`\`${code}\``, text]),
    ),
  reasons: () =>
    table(
      ['code', 'meaning'],
      Object.entries(refusals).map(([code, text]) => [`\`${code}\``, text]),
    ),
};

/** The page as it should be. @param page - as it is @throws Error when a part has no place or a place no part */
export const protocolPage = (page: string): string => {
  const places = [...page.matchAll(/<!-- begin (.+?) -->/g)].map(([, name]) => name);
  if (String(places.sort()) !== String(Object.keys(parts).sort()))
    throw new Error(`The page has other parts: ${places}`);
  return page.replace(
    /<!-- begin (.+?) -->\n[\s\S]*?<!-- end \1 -->/g,
    (_, name: string) => `<!-- begin ${name} -->\n\n${parts[name]?.()}\n\n<!-- end ${name} -->`,
  );
};

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href)
  writeFileSync(protocolDoc, protocolPage(readFileSync(protocolDoc, 'utf8')));
