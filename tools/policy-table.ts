import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import * as z from 'zod';
import { catalogue } from '../packages/risk/src/catalogue.js';
import type { PolicyDefinition } from '../packages/risk/src/policy-definition.js';

/** The guide that holds the table. */
export const riskGuide = join(import.meta.dirname, '../docs/risk.md');

const BEGIN = '<!-- policies: written by tools/policy-table.ts -->';
const END = '<!-- end of policies -->';

interface Field {
  readonly description?: string;
  readonly default?: unknown;
}

/** A cell may hold neither a line's end nor a bar. */
const cell = (text: string): string => text.replaceAll('|', '\\|').replace(/\s*\n\s*/g, ' ');

const settingsOf = ({ settings }: PolicyDefinition): string => {
  const schema = z.toJSONSchema(settings, { io: 'input', unrepresentable: 'any' });
  const required = new Set(schema.required ?? []);
  return Object.entries(schema.properties ?? {})
    .map(([name, field]) => {
      const { description = '', default: byDefault } = field as Field;
      const value = byDefault === undefined ? '' : ` = \`${JSON.stringify(byDefault)}\``;
      const must = required.has(name) ? ' (required)' : '';
      return `\`${name}\`${value}${must}: ${description}`;
    })
    .join('<br>');
};

const codesOf = ({ codes, tells = {} }: PolicyDefinition): string =>
  [
    ...Object.entries(codes).map(([code, meaning]) => `\`${code}\`: ${meaning}`),
    ...Object.entries(tells).map(([say, effect]) => `told \`${say}\`: ${effect}`),
  ].join('<br>') || 'none: it only caps';

const tableOf = (policies: readonly PolicyDefinition[]): string =>
  [
    '| policy | what it does | settings | codes |',
    '|---|---|---|---|',
    ...policies.map((policy) =>
      [`\`${policy.name}\``, policy.about, settingsOf(policy), codesOf(policy)]
        .map(cell)
        .join(' | ')
        .replace(/^(.*)$/, '| $1 |'),
    ),
  ].join('\n');

/** The tables of all policies, room by room. */
const policyTables = (): string =>
  Object.entries(catalogue)
    .map(([room, policies]) => `### ${room}\n\n${tableOf(policies.map(({ definition }) => definition))}`)
    .join('\n\n');

/** The guide as it should be: its own words, with the tables of today between the markers. */
export const riskGuidePage = (page: string): string => {
  const begin = page.indexOf(BEGIN) + BEGIN.length;
  const end = page.indexOf(END);
  return `${page.slice(0, begin)}\n\n${policyTables()}\n\n${page.slice(end)}`;
};

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href)
  writeFileSync(riskGuide, riskGuidePage(readFileSync(riskGuide, 'utf8')));
