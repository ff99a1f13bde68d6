import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import * as z from 'zod';
import { catalogue } from '../packages/risk/src/catalogue.js';
import { riskGuide, riskGuidePage } from './policy-table.js';

const page = readFileSync(riskGuide, 'utf8');
const source = join(import.meta.dirname, '../packages/risk/src');
const definitions = Object.values(catalogue).flatMap((room) => room.map(({ definition }) => definition));

/** Sources of the package, without tests. */
const files = readdirSync(source, { recursive: true, encoding: 'utf8' })
  .filter((name) => name.endsWith('.ts') && !name.endsWith('.test.ts'))
  .map((name) => readFileSync(join(source, name), 'utf8'));

describe('the table of policies in docs/risk.md', () => {
  it('is what `npx tsx tools/policy-table.ts` writes', () => {
    expect(page === riskGuidePage(page), 'run it again').toBe(true);
  });

  it('has a row for every policy that the package defines', () => {
    const defined = files.flatMap((text) =>
      [...text.matchAll(/^export const (\w+) = (?:\/\* @__PURE__ \*\/ )?definePolicy/gm)].map((m) => m[1]),
    );
    expect(defined.length).toBeGreaterThan(25);
    expect(definitions.map(({ name }) => name).sort()).toEqual([...defined].sort());
    for (const { name } of definitions) expect(page).toContain(`| \`${name}\` |`);
  });
});

describe.each(definitions.map((definition) => [definition.name, definition] as const))(
  '%s',
  (_, definition) => {
    it('says what each setting is', () => {
      const { properties = {} } = z.toJSONSchema(definition.settings, {
        io: 'input',
        unrepresentable: 'any',
      });
      for (const [name, field] of Object.entries(properties))
        expect((field as { description?: string }).description, name).toMatch(/\w/);
    });

    it('says what it does and what its codes mean, in sentences', () => {
      expect(definition.about).toMatch(/^[A-Z].*\.$/);
      for (const [code, meaning] of Object.entries(definition.codes)) {
        expect(code).toMatch(/^[A-Z][A-Z_]+$/);
        expect(meaning).toMatch(/^[A-Z].*\.$/);
      }
    });
  },
);
