import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { errorCodes } from '../packages/core/src/errors/error-codes.js';
import { refusalCodes } from '../packages/core/src/errors/refusal-codes.js';
import { issueCodes } from '../packages/core/src/runtime/issue.js';

/** Where the page is. */
export const errorsDoc = join(import.meta.dirname, '../docs/errors.md');

/** Every code of core with its sentence, under the heading of its kind. */
const sections = [
  {
    title: 'Errors',
    text:
      'A `MikroBotError` means that something cannot go on: a configuration that makes no sense, a file that is not there, ' +
      'a venue that answers against its promises. Its `code` is stable, its message says what was wrong, where, and what to do.',
    codes: errorCodes,
  },
  {
    title: 'Refusals',
    text:
      'A refusal is a value and never thrown: the decision on a signal says in `refusal` which stage and rule stopped it, with ' +
      'the limit and the actual number. A held decision carries one too: a person may still say yes. Risk policies of other ' +
      'packages have codes of their own, which their documentation lists.',
    codes: refusalCodes,
  },
  {
    title: 'Issues',
    text: 'What a person should know of and what stops nothing by itself arrives on `bot.issues$`.',
    codes: issueCodes,
  },
] as const;

const table = (codes: Readonly<Record<string, string>>): string =>
  [
    '| code | meaning |',
    '|---|---|',
    ...Object.entries(codes).map(([code, text]) => `| \`${code}\` | ${text} |`),
  ].join('\n');

/** The page as it should be. */
export const errorsPage = (): string =>
  `${[
    '# Errors, refusals and issues',
    'Written by `tools/errors-doc.ts` from the lists in `@mikrobot/core`, which exports them as `errorCodes`, `refusalCodes` and\n`issueCodes`. Change a sentence there and run the tool again.',
    ...sections.map(({ title, text, codes }) => `## ${title}\n\n${text}\n\n${table(codes)}`),
  ].join('\n\n')}\n`;

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  mkdirSync(dirname(errorsDoc), { recursive: true });
  writeFileSync(errorsDoc, errorsPage());
}
