import { pathToFileURL } from 'node:url';
import { ambientViolations } from './walls/ambient.js';
import { approveViolations } from './walls/approve.js';
import { importViolations } from './walls/imports.js';
import { manifestViolations } from './walls/manifests.js';
import { readSources } from './walls/source.js';
import { readWorkspaces } from './walls/workspaces.js';

/** One row of the plan of the house. `*` matches any name, or the rest of one. */
export interface Row {
  /** Folder of the workspace: `packages/<who>`, or `tests`, `examples`, `bench`. */
  readonly who: string;
  /** Siblings it may import. */
  readonly mayImport: readonly string[];
  /** Siblings that only its `*.test.ts` files may import besides. */
  readonly inTests?: readonly string[];
  /** The only packages from npm that its sources may import; anything declared, when left out. */
  readonly npm?: readonly string[];
  /** Printed with a violation: the reason, and what to do instead. */
  readonly why: string;
}

const adapterWhy =
  'An adapter knows core and nothing of other adapters, risk or quality, so that each can be used alone. ' +
  'Move what is shared into a port of core, or wire the two together in examples, tests or cli.';
const siblingWhy =
  'Siblings meet only through the ports of core, so that each can be used alone. ' +
  'Declare a port in core, or wire the two together in examples, tests or cli.';

/** Who may import whom. The first row that matches counts. */
export const table: readonly Row[] = [
  {
    who: 'core',
    mayImport: [],
    npm: ['rxjs', 'zod', 'eventemitter3'],
    why: 'Core owns the ports and knows none of its siblings. Declare a port in core and let the sibling implement it.',
  },
  {
    who: 'matching',
    mayImport: ['core'],
    why: 'The matching engine is a pure state machine on the model of core. Pass in what it needs as an argument.',
  },
  {
    who: 'adapter-paper',
    mayImport: ['core', 'matching'],
    inTests: ['testkit', 'simulators'],
    why: adapterWhy,
  },
  { who: 'adapter-mt5', mayImport: ['core'], inTests: ['testkit', 'simulators', 'mql5'], why: adapterWhy },
  { who: 'adapter-*', mayImport: ['core'], inTests: ['testkit', 'simulators'], why: adapterWhy },
  {
    who: 'gateway',
    mayImport: ['core', 'adapter-mt5'],
    inTests: ['adapter-paper'],
    why: 'The gateway reads what other programs send, in the words of the adapter that owns them, and gives it to core.',
  },
  { who: 'simulators', mayImport: ['core', 'matching'], why: siblingWhy },
  {
    who: 'backtest',
    mayImport: ['core'],
    inTests: ['adapter-paper'],
    why: 'Backtest takes its venue and the sections of its report through ports of core. Pass them in from examples, tests or cli.',
  },
  { who: 'journal-*', mayImport: ['core'], inTests: ['testkit'], why: siblingWhy },
  { who: 'risk', mayImport: ['core'], inTests: ['golden'], why: siblingWhy },
  { who: 'quality', mayImport: ['core'], inTests: ['golden'], why: siblingWhy },
  {
    who: 'golden',
    mayImport: [],
    why: 'The runner of check values knows no package: solvers are passed to it.',
  },
  { who: 'strategies', mayImport: ['core'], why: siblingWhy },
  { who: 'testkit', mayImport: ['core'], why: siblingWhy },
  { who: 'cli', mayImport: ['*'], why: '' },
  { who: 'tests', mayImport: ['*'], why: '' },
  { who: 'examples', mayImport: ['*'], why: '' },
  { who: 'bench', mayImport: ['*'], why: '' },
  { who: 'mql5', mayImport: ['core', 'simulators'], inTests: ['strategies'], why: siblingWhy },
];

export interface Violation {
  /** Path from the root of the repository. */
  readonly file: string;
  readonly line: number;
  readonly what: string;
  readonly why: string;
}

/** Every wall that is broken in the repository at `root`. */
export function checkWalls(root: string): Violation[] {
  const workspaces = readWorkspaces(root);
  const sources = readSources(root, workspaces);
  return [
    ...manifestViolations(workspaces, table),
    ...importViolations(workspaces, sources, table),
    ...approveViolations(sources),
    ...ambientViolations(sources),
  ].sort((a, b) => a.file.localeCompare(b.file) || a.line - b.line);
}

export const print = (v: Violation) => `${v.file}:${v.line}  ${v.what}\n    ${v.why}`;

/** The command: prints every violation and gives the exit code. */
export function main(root: string): number {
  const violations = checkWalls(root);
  for (const violation of violations) console.error(print(violation));
  console.log(violations.length === 0 ? 'The walls stand.' : `${violations.length} walls broken.`);
  return violations.length === 0 ? 0 : 1;
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) process.exitCode = main(process.cwd());
