import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, expect, it, vi } from 'vitest';
import { checkSnippets } from './check-snippets.js';

// Each test starts a compiler.
vi.setConfig({ testTimeout: 60_000 });

let root = '';
afterEach(() => rmSync(root, { recursive: true, force: true }));

/** What the check says of guides with these contents, as `file:line  first line`. */
const check = (files: Readonly<Record<string, string>>) => {
  root = mkdtempSync(join(tmpdir(), 'snippets-'));
  for (const [file, text] of Object.entries(files)) {
    mkdirSync(dirname(join(root, file)), { recursive: true });
    writeFileSync(join(root, file), text);
  }
  const { programs, problems } = checkSnippets(root);
  return {
    programs,
    told: problems.map(({ file, line, what }) => `${file}:${line}  ${what.split('\n')[0]}`),
  };
};

const block = (info: string, ...lines: readonly string[]): string =>
  [`\`\`\`${info}`, ...lines, '```', ''].join('\n');

it('passes programs that compile and run, and looks at nothing else', () => {
  const program = [
    "import assert from 'node:assert/strict';",
    'assert.equal(1 + 1, 2);',
    "console.log('two');",
  ];
  const guide = [
    '# A guide\n',
    block('ts run', ...program, "console.log('three');"),
    block('text', 'two', 'three'),
    block('ts', ...program, 'const unused = 1;'),
    block('ts', 'this.is(a fragment'),
    block('js', "import nothing from 'nowhere';"),
    block('text', 'what nobody prints'),
  ].join('\n');
  expect(check({ 'README.md': guide, 'docs/notes.txt': block('ts', "import 'nowhere';") })).toEqual({
    programs: 2,
    told: [],
  });
});

it('tells file, line and error of a program that does not compile, in every kind of guide', () => {
  const bad = block(
    'ts',
    "import { ok } from 'node:assert/strict';",
    '',
    "const text: number = 'no';",
    'ok(text);',
  );
  const { programs, told } = check({
    'README.md': `# Title\n\n${bad}`,
    'docs/guide.md': `${bad}${bad}`,
    'packages/core/README.md': block('ts', "import { nothing } from '@mikrobot/core';"),
  });
  expect(programs).toBe(4);
  expect(told).toEqual([
    "docs/guide.md:4  Type 'string' is not assignable to type 'number'.",
    "docs/guide.md:10  Type 'string' is not assignable to type 'number'.",
    `packages/core/README.md:2  Module '"@mikrobot/core"' has no exported member 'nothing'.`,
    "README.md:6  Type 'string' is not assignable to type 'number'.",
  ]);
});

it('checks with the strict options of the repository', () => {
  const loose = block(
    'ts',
    "import { argv } from 'node:process';",
    'const first: string = argv[0];',
    'first.at(0);',
  );
  expect(check({ 'README.md': loose }).told).toEqual([
    "README.md:3  Type 'string | undefined' is not assignable to type 'string'.",
  ]);
});

it('tells of a program that fails when it runs, or prints something else', () => {
  const imported = "import { fail } from 'node:assert/strict';";
  const guide = [
    block('ts run', imported, "fail('so it is');"),
    block('ts run', imported, "console.log('one');", "console.log('two');"),
    block('text', 'two', 'one'),
    block('ts', imported, "fail('nobody runs this');"),
  ].join('\n');
  expect(check({ 'docs/guide.md': guide }).told).toEqual([
    'docs/guide.md:2  it ends with code 1',
    'docs/guide.md:7  it does not print',
  ]);
});
