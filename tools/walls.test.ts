import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, expect, test, vi } from 'vitest';
import { checkWalls, main, print } from './walls.js';

let root = '';
afterEach(() => {
  vi.restoreAllMocks();
  rmSync(root, { recursive: true, force: true });
});

const manifest = (name: string, fields: object = {}) => JSON.stringify({ name, ...fields }, null, 2);

/** A repository that breaks no wall: core, matching, adapter-paper, backtest, cli and tests. */
const clean: Readonly<Record<string, string>> = {
  'package.json': manifest('root', { private: true, devDependencies: { vitest: '*' } }),
  'packages/core/package.json': manifest('@mikrobot/core', { dependencies: { zod: '*' } }),
  'packages/core/src/index.ts': "export { assess } from './risk/assess.js';",
  'packages/core/src/index.test.ts': "import 'vitest';\nconsole.log(Date.now());",
  'packages/core/src/risk/approved-order.ts':
    'export const approve = () => 1;\nexport class ApprovedOrder {}',
  'packages/core/src/risk/assess.ts':
    "import { approve } from './approved-order.js';\nexport const assess = approve;",
  'packages/core/src/runtime/clock.ts':
    "import { setTimeout as later } from 'node:timers';\nexport const now = () => Date.now() + Number(later);",
  'packages/matching/package.json': manifest('@mikrobot/matching', {
    peerDependencies: { '@mikrobot/core': '*' },
  }),
  'packages/matching/src/index.ts': `import type { assess } from '@mikrobot/core';
    export type A = typeof assess | typeof console | ReturnType<typeof setTimeout>;
    export const at = (clock: { setTimeout(): void; now: number }) => [clock.setTimeout(), new Date(clock.now)];
    export const share = (performance: { now(): number }) => performance.now();`,
  'packages/adapter-paper/package.json': manifest('@mikrobot/adapter-paper', {
    dependencies: { '@mikrobot/matching': '*' },
    peerDependencies: { '@mikrobot/core': '*' },
    devDependencies: { rxjs: '*' },
  }),
  'packages/adapter-paper/src/index.ts': "export { at } from '@mikrobot/matching';",
  'packages/backtest/package.json': manifest('@mikrobot/backtest', {
    peerDependencies: { '@mikrobot/core': '*' },
    devDependencies: { '@mikrobot/adapter-paper': '*' },
  }),
  'packages/backtest/src/index.test.ts': "import '@mikrobot/adapter-paper';",
  'packages/cli/package.json': manifest('mikrobot', { dependencies: { '@mikrobot/core': '*' } }),
  'packages/cli/src/main.ts': "import '@mikrobot/core';\nconsole.log(process.env, Date.now());",
  'tests/package.json': manifest('@mikrobot/tests', { private: true, devDependencies: { mikrobot: '*' } }),
  'tests/any.test.ts': "import 'mikrobot';\nimport 'mikrobot/package.json';",
};

/** What the walls say of the clean tree with these files on top: `file:line  what`, newline, why. */
function walls(files: Record<string, string> = {}): string[] {
  root = mkdtempSync(join(tmpdir(), 'walls-'));
  for (const [file, text] of Object.entries({ ...clean, ...files })) {
    mkdirSync(dirname(join(root, file)), { recursive: true });
    writeFileSync(join(root, file), text);
  }
  return checkWalls(root).map(print);
}

test('a clean tree passes', () => {
  expect(walls()).toEqual([]);
});

const core = 'packages/core/src/a.ts';
const paper = 'packages/adapter-paper/src/a.ts';
const matching = 'packages/matching/src/a.ts';

/** [what is wrong, file, its text, what is printed first, a part of the reason] */
const imports: [string, string, string, string, string][] = [
  [
    'core imports a sibling',
    core,
    "\nimport '@mikrobot/matching';",
    `${core}:2  imports @mikrobot/matching`,
    'Declare a port in core',
  ],
  [
    'core imports another npm package',
    core,
    "import 'lodash/fp';",
    `${core}:1  imports lodash/fp`,
    'uses only rxjs, zod, eventemitter3',
  ],
  [
    'an adapter imports risk',
    paper,
    "export * from '@mikrobot/risk';",
    `${paper}:1  imports @mikrobot/risk`,
    'An adapter knows core',
  ],
  [
    'a dynamic import',
    paper,
    "await import('@mikrobot/risk');",
    `${paper}:1  imports @mikrobot/risk`,
    'An adapter knows core',
  ],
  [
    'an import type',
    paper,
    "type A = import('@mikrobot/risk').A;",
    `${paper}:1  imports @mikrobot/risk`,
    'An adapter knows core',
  ],
  [
    'a source of backtest imports what only its tests may',
    'packages/backtest/src/a.ts',
    "import '@mikrobot/adapter-paper';",
    'packages/backtest/src/a.ts:1  imports @mikrobot/adapter-paper',
    'Only tests of backtest',
  ],
  [
    'a deep import',
    'tests/a.ts',
    "import '@mikrobot/core/src/index.js';",
    'tests/a.ts:1  imports @mikrobot/core/src/index.js',
    "Import from '@mikrobot/core'",
  ],
  [
    'the door for tests, from what is no test',
    'packages/adapter-paper/src/a.ts',
    "import '@mikrobot/core/testing';",
    'packages/adapter-paper/src/a.ts:1  imports @mikrobot/core/testing',
    "Import from '@mikrobot/core'",
  ],
  [
    'a relative import that leaves the package',
    'tests/a.ts',
    "import '../packages/core/src/index.js';",
    'tests/a.ts:1  imports ../packages/core/src/index.js',
    'may not leave tests',
  ],
  [
    'a package that imports itself by name',
    paper,
    "import '@mikrobot/adapter-paper';",
    `${paper}:1  imports @mikrobot/adapter-paper`,
    'by its relative path',
  ],
  [
    'a source that imports a test',
    paper,
    "import './b.test.js';",
    `${paper}:1  imports ./b.test.js`,
    'may not use test code',
  ],
  [
    'an import that is not declared',
    paper,
    "import 'eventemitter3';",
    `${paper}:1  imports eventemitter3`,
    'does not declare eventemitter3',
  ],
  [
    'an import that is declared for development only',
    paper,
    "import 'rxjs';",
    `${paper}:1  imports rxjs`,
    'for development only',
  ],
  [
    'a source that imports a tool of the root',
    paper,
    "import 'vitest';",
    `${paper}:1  imports vitest`,
    'does not declare vitest',
  ],
  [
    'the mint imported outside risk/',
    core,
    "import { approve as a } from './risk/approved-order.js';",
    `${core}:1  imports approve from ./risk/approved-order.js`,
    'Ask assess() for it',
  ],
  [
    'the whole mint module imported outside risk/',
    core,
    "import * as m from './risk/approved-order.js';",
    `${core}:1  imports approve from ./risk/approved-order.js`,
    'Ask assess() for it',
  ],
  [
    'the mint exported from index.ts',
    core,
    "export { approve } from './risk/approved-order.js';",
    `${core}:1  exports approve from ./risk/approved-order.js`,
    'Export the class ApprovedOrder by name',
  ],
  [
    'everything of the mint exported',
    'packages/core/src/risk/index.ts',
    "export * from './approved-order.js';",
    'packages/core/src/risk/index.ts:1  exports approve from ./approved-order.js',
    'not `*`',
  ],
  [
    'the mint imported, then exported',
    'packages/core/src/risk/b.ts',
    "import { approve } from './approved-order.js';\nexport { approve as ok };",
    'packages/core/src/risk/b.ts:2  exports approve',
    'stays inside the folder risk/',
  ],
];

test.each(imports)('%s', (_, file, text, line, why) => {
  const found = walls({ [file]: text });
  expect(found).toHaveLength(1);
  expect(found[0]).toMatch(line);
  expect(found[0]).toContain(why);
});

test.each([
  ['Date.now()', 'Date.now', 'Clock port'],
  ['[1].map(Date.now)', 'Date.now', 'Clock port'],
  ["Date['now']()", 'Date.now', 'Clock port'],
  ['const { now } = Date', 'Date.now', 'Clock port'],
  ['globalThis.Date.now()', 'Date.now', 'Clock port'],
  ['new Date()', 'new Date()', 'Clock port'],
  ['Date()', 'Date()', 'Clock port'],
  ['performance.now()', 'performance.now', 'Clock port'],
  ['setTimeout(() => 1, 2)', 'setTimeout', 'Clock port'],
  ['globalThis.setInterval(() => 1, 2)', 'globalThis.setInterval', 'Clock port'],
  ['const timer = { setImmediate }', 'setImmediate', 'Clock port'],
  ['Math.random()', 'Math.random', 'Random port'],
  ['const { random: dice } = Math', 'Math.random', 'Random port'],
  ["console.log('x')", 'console', 'no console'],
  ['process.env.HOME', 'process.env', 'no console, environment'],
  ["process.on('SIGINT', () => 1)", 'process.on', 'global handlers'],
])('%s in a library', (code, what, why) => {
  const found = walls({ [matching]: `export {};\n${code};` });
  expect(found).toHaveLength(1);
  expect(found[0]).toContain(`${matching}:2  uses ${what}\n`);
  expect(found[0]).toContain(why);
});

test('timers under another name', () => {
  const found = walls({ [matching]: "import { setTimeout as wait } from 'node:timers/promises';" });
  expect(found[0]).toMatch(`${matching}:1  imports node:timers/promises`);
});

test('the runtime of core may tell the time, but not print', () => {
  const file = 'packages/core/src/runtime/a.ts';
  const found = walls({ [file]: 'setTimeout(() => Math.random(), Date.now());\nconsole.log();' });
  expect(found).toHaveLength(1);
  expect(found[0]).toMatch(`${file}:2  uses console`);
});

test.each([
  [
    'a forbidden dependency',
    'packages/adapter-paper/package.json',
    manifest('@mikrobot/adapter-paper', {
      dependencies: { '@mikrobot/risk': '*', '@mikrobot/matching': '*' },
    }),
    'packages/adapter-paper/package.json:4  dependencies has @mikrobot/risk',
    'An adapter knows core',
  ],
  [
    'core as a dependency',
    'packages/matching/package.json',
    manifest('@mikrobot/matching', { dependencies: { '@mikrobot/core': '*' } }),
    'packages/matching/package.json:4  dependencies has @mikrobot/core',
    'Two copies of core',
  ],
  [
    'a circle through devDependencies',
    'packages/adapter-paper/package.json',
    manifest('@mikrobot/adapter-paper', {
      dependencies: { '@mikrobot/matching': '*' },
      devDependencies: { '@mikrobot/testkit': '*' },
    }),
    'packages/testkit/package.json:4  closes the circle adapter-paper → testkit → adapter-paper',
    'Move the test that needs both into tests/',
  ],
  [
    'a package without a row',
    'packages/new-one/package.json',
    manifest('@mikrobot/new-one'),
    'packages/new-one/package.json:2  new-one has no row in the table',
    'Add a row',
  ],
])('%s', (_, file, text, line, why) => {
  const testkit = manifest('@mikrobot/testkit', { devDependencies: { '@mikrobot/adapter-paper': '*' } });
  const more = line.includes('testkit/') ? { 'packages/testkit/package.json': testkit } : {};
  const found = walls({ [file]: text, ...more }).filter((violation) => violation.startsWith(line));
  expect(found).toHaveLength(1);
  expect(found[0]).toContain(why);
});

test('the command prints what is broken and fails', () => {
  const error = vi.spyOn(console, 'error').mockReturnValue();
  const log = vi.spyOn(console, 'log').mockReturnValue();
  walls({ [core]: "import '@mikrobot/matching';" });
  expect(main(root)).toBe(1);
  expect(error.mock.lastCall?.[0]).toMatch(
    /^packages.core.src.a\.ts:1 {2}imports @mikrobot.matching\n {4}Core owns/,
  );
  expect(log).toHaveBeenLastCalledWith('1 walls broken.');
  rmSync(join(root, core));
  expect(main(root)).toBe(0);
  expect(log).toHaveBeenLastCalledWith('The walls stand.');
});
