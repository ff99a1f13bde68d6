import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { errorCodes } from '../packages/core/src/errors/error-codes.js';
import { refusalCodes } from '../packages/core/src/errors/refusal-codes.js';
import { issueCodes } from '../packages/core/src/runtime/issue.js';
import { errorsDoc, errorsPage } from './errors-doc.js';

const page = readFileSync(errorsDoc, 'utf8');

/** The codes and sentences that a reader finds under a heading. */
const listed = (title: string): Readonly<Record<string, string>> => {
  const section = page.split(/^## /m).find((part) => part.startsWith(`${title}\n`)) ?? '';
  return Object.fromEntries(
    [...section.matchAll(/^\| `(\w+)` \| (.+) \|$/gm)].map((row) => [row[1], row[2]]),
  );
};

describe('docs/errors.md', () => {
  it.each([
    ['Errors', errorCodes],
    ['Refusals', refusalCodes],
    ['Issues', issueCodes],
  ])('lists every code under %s with its sentence, and no other', (title, codes) => {
    expect(listed(title)).toEqual(codes);
  });

  it('is what `npx tsx tools/errors-doc.ts` writes', () => {
    expect(page === errorsPage(), 'run it again').toBe(true);
  });
});

describe('the codes of core', () => {
  it.each([
    ['errors', errorCodes],
    ['refusals', refusalCodes],
    ['issues', issueCodes],
  ])('of %s are sorted, and each says what it means in sentences', (_, codes) => {
    // The underscore counts as the space that it stands for.
    const names = Object.keys(codes).map((code) => code.replaceAll('_', ' '));
    expect(names).toEqual([...names].sort());
    for (const text of Object.values(codes)) expect(text).toMatch(/^[A-Z][^|\n]*[.]$/);
  });

  it('of findings in validation and risk are all listed', () => {
    const core = join(import.meta.dirname, '../packages/core/src');
    const files = ['validation', 'risk'].flatMap((folder) =>
      readdirSync(join(core, folder), { recursive: true, encoding: 'utf8' })
        .filter((name) => name.endsWith('.ts') && !name.endsWith('.test.ts'))
        .map((name) => join(folder, name)),
    );
    const used = files.flatMap((file) => {
      const code = readFileSync(join(core, file), 'utf8').replace(/^ *(\*|\/\/).*$/gm, '');
      return [...code.matchAll(/code: '([A-Z_]+)'/g)].map((match) => match[1] as string);
    });
    expect(used).toContain('QUANTITY_TOO_SMALL');
    expect(
      used.filter((code) => !Object.hasOwn(refusalCodes, code) && !Object.hasOwn(errorCodes, code)),
    ).toEqual([]);
  });
});
