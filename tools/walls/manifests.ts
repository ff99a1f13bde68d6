import type { Row, Violation } from '../walls.js';
import { allowed, rowOf, type Workspace, type Workspaces } from './workspaces.js';

/** package.json files that break the table, take core as a dependency, or depend on each other in a circle. */
export function manifestViolations(workspaces: Workspaces, table: readonly Row[]): Violation[] {
  return [
    ...workspaces.all.flatMap((workspace) => ofOne(workspaces, workspace, table)),
    ...circles(workspaces),
  ];
}

function ofOne(workspaces: Workspaces, workspace: Workspace, table: readonly Row[]): Violation[] {
  const row = rowOf(table, workspace.short);
  if (!row) {
    const why = 'Who may import whom is decided in one table. Add a row for this package to tools/walls.ts.';
    return [at(workspace, workspace.name, `${workspace.short} has no row in the table`, why)];
  }
  return workspace.declared.flatMap(({ name, field }) => {
    const sibling = workspaces.sibling(name);
    if (sibling === undefined) return [];
    const may = field === 'devDependencies' ? [...row.mayImport, ...(row.inTests ?? [])] : row.mayImport;
    if (!allowed(may, sibling)) return [at(workspace, name, `${field} has ${name}`, row.why)];
    if (sibling === 'core' && field === 'dependencies' && workspace.published && workspace.short !== 'cli') {
      const why =
        'Two copies of core would break brands and instanceof. Take core as a peerDependency (and a devDependency).';
      return [at(workspace, name, `${field} has ${name}`, why)];
    }
    return [];
  });
}

function circles(workspaces: Workspaces): Violation[] {
  const byName = new Map(workspaces.all.map((workspace) => [workspace.name, workspace]));
  const done = new Set<string>();
  const found: Violation[] = [];
  const visit = (workspace: Workspace, path: readonly Workspace[]): void => {
    const start = path.indexOf(workspace);
    if (start >= 0) {
      const circle = [...path.slice(start), workspace].map(({ short }) => short).join(' → ');
      const last = path[path.length - 1]!;
      const why =
        'Packages that depend on each other, devDependencies included, cannot be built or released in order. ' +
        'Move the test that needs both into tests/.';
      found.push(at(last, workspace.name, `closes the circle ${circle}`, why));
      return;
    }
    if (done.has(workspace.name)) return;
    for (const name of new Set(workspace.declared.map((dependency) => dependency.name))) {
      const next = byName.get(name);
      if (next) visit(next, [...path, workspace]);
    }
    done.add(workspace.name);
  };
  for (const workspace of workspaces.all) visit(workspace, []);
  return found;
}

function at(workspace: Workspace, word: string, what: string, why: string): Violation {
  const index = workspace.text.split('\n').findIndex((line) => line.includes(`"${word}"`));
  return { file: `${workspace.dir}/package.json`, line: index + 1, what, why };
}
