import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

const fields = ['dependencies', 'peerDependencies', 'optionalDependencies', 'devDependencies'] as const;
type Field = (typeof fields)[number];

/** A package.json of the repository, with its text for line numbers. */
export interface Workspace {
  /** `core`, `cli`, `tests`: the name of the folder. */
  readonly short: string;
  /** Path from the root, `packages/core`. */
  readonly dir: string;
  readonly name: string;
  readonly published: boolean;
  readonly text: string;
  /** Every declared dependency and where it is declared. */
  readonly declared: readonly { readonly name: string; readonly field: Field }[];
}

export interface Workspaces {
  readonly all: readonly Workspace[];
  /** devDependencies of the root: tools that every test may use. */
  readonly rootTools: readonly string[];
  /** The sibling's folder name for a package name, or undefined for packages from npm. */
  sibling(packageName: string): string | undefined;
}

export function readWorkspaces(root: string): Workspaces {
  const packages = join(root, 'packages');
  const dirs = [
    ...(existsSync(packages) ? readdirSync(packages).map((name) => `packages/${name}`) : []),
    ...['tests', 'examples', 'bench', 'golden', 'mql5'],
  ].filter((dir) => existsSync(join(root, dir, 'package.json')));
  const all = dirs.map((dir) => readWorkspace(root, dir));
  const rootManifest = join(root, 'package.json');
  const rootTools = existsSync(rootManifest)
    ? Object.keys(JSON.parse(readFileSync(rootManifest, 'utf8')).devDependencies ?? {})
    : [];
  return {
    all,
    rootTools,
    sibling: (name) =>
      all.find((workspace) => workspace.name === name)?.short ??
      (name.startsWith('@mikrobot/') ? name.slice('@mikrobot/'.length) : undefined),
  };
}

function readWorkspace(root: string, dir: string): Workspace {
  const text = readFileSync(join(root, dir, 'package.json'), 'utf8');
  const manifest = JSON.parse(text);
  return {
    short: dir.replace('packages/', ''),
    dir,
    name: manifest.name,
    published: manifest.private !== true,
    text,
    declared: fields.flatMap((field) => Object.keys(manifest[field] ?? {}).map((name) => ({ name, field }))),
  };
}

/** The row for a folder name: the first that matches. */
export const rowOf = <R extends { readonly who: string }>(table: readonly R[], short: string) =>
  table.find((row) => matches(row.who, short));

export const allowed = (patterns: readonly string[], short: string) =>
  patterns.some((pattern) => matches(pattern, short));

const matches = (pattern: string, short: string) =>
  pattern.endsWith('*') ? short.startsWith(pattern.slice(0, -1)) : pattern === short;
