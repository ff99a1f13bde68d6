import { isBuiltin } from 'node:module';
import { posix } from 'node:path';
import type { Row, Violation } from '../walls.js';
import { type Import, isTest, type Source } from './source.js';
import { allowed, rowOf, type Workspaces } from './workspaces.js';

/** Imports that the table forbids, that leave the package, reach into another, or are not declared. */
export function importViolations(
  workspaces: Workspaces,
  sources: readonly Source[],
  table: readonly Row[],
): Violation[] {
  return sources.flatMap((source) =>
    source.imports.flatMap((imported) => {
      const why = imported.from.startsWith('.')
        ? relative(source, imported)
        : bare(workspaces, source, imported, rowOf(table, source.workspace.short));
      return why ? [{ file: source.file, line: imported.line, what: `imports ${imported.from}`, why }] : [];
    }),
  );
}

function relative(source: Source, { from }: Import): string | undefined {
  const target = posix.join(posix.dirname(source.file), from);
  const { dir } = source.workspace;
  if (!target.startsWith(`${dir}/`)) {
    return `A relative import may not leave ${dir}: outside the repository that file is not there. Import the package by its name.`;
  }
  if (!source.test && isTest(target.slice(dir.length).replace(/\.js$/, '.ts'))) {
    return 'Code that is published may not use test code. Move the shared part into a file of its own.';
  }
  return undefined;
}

function bare(
  workspaces: Workspaces,
  source: Source,
  { from }: Import,
  row: Row | undefined,
): string | undefined {
  if (isBuiltin(from) || from.startsWith('#')) return undefined;
  const { workspace, test } = source;
  const name = from.split('/', from.startsWith('@') ? 2 : 1).join('/');
  const sibling = workspaces.sibling(name);
  if (name === workspace.name) {
    return 'A package does not import itself by name: that can load a second copy of it. Import the file by its relative path.';
  }
  // What a package keeps for tests of others has a door of its own, so that its code need not carry it.
  const isDoor = from === `${name}/package.json` || (test && from === `${name}/testing`);
  if (sibling !== undefined && from !== name && !isDoor) {
    return `Only what ${name} exports from its index.ts is public. Import from '${name}', and export the name there if it should be public.`;
  }
  if (
    sibling !== undefined &&
    row &&
    !allowed([...row.mayImport, ...((test && row.inTests) || [])], sibling)
  ) {
    return row.inTests?.includes(sibling)
      ? `Only tests of ${workspace.short} may import ${name}. ${row.why}`
      : row.why;
  }
  if (sibling === undefined && !test && row?.npm && !row.npm.includes(name)) {
    return `${workspace.short} uses only ${row.npm.join(', ')} from npm, so that it stays small. Put the code that needs ${name} into a sibling, behind a port.`;
  }
  return undeclared(workspaces, source, name);
}

function undeclared(workspaces: Workspaces, { workspace, test }: Source, name: string): string | undefined {
  const mayUseTools = test || !workspace.published;
  if (mayUseTools && workspaces.rootTools.includes(name)) return undefined;
  const fields = workspace.declared
    .filter((dependency) => dependency.name === name)
    .map(({ field }) => field);
  if (fields.length === 0) {
    return `${workspace.dir}/package.json does not declare ${name}, so it may be missing where the package is installed. Add it there.`;
  }
  if (!mayUseTools && fields.every((field) => field === 'devDependencies')) {
    return `${workspace.dir}/package.json declares ${name} for development only. Move it to dependencies or peerDependencies.`;
  }
  return undefined;
}
