import { posix } from 'node:path';
import ts from 'typescript';
import type { Violation } from '../walls.js';
import { lineOf, type Source } from './source.js';

const home = 'packages/core/src/risk';
const mint = `${home}/approved-order`;
const importWhy =
  'Only the folder risk/ may mint an ApprovedOrder: whoever else could would get an order past the risk policy. Ask assess() for it.';
const exportWhy =
  'The mint of ApprovedOrder stays inside the folder risk/. Export the class ApprovedOrder by name, not `approve`, and not `*`.';

/** `approve` of core's risk/approved-order.ts is imported only in the folder risk/ and exported again nowhere. */
export function approveViolations(sources: readonly Source[]): Violation[] {
  return sources.flatMap((source) => {
    const { file, ast } = source;
    const taken = source.imports.filter((imported) => {
      const target = posix.join(posix.dirname(file), imported.from).replace(/\.[jt]s$/, '');
      return imported.from.startsWith('.') && target === mint && !imported.typeOnly && mints(imported.names);
    });
    const imports = taken.flatMap(({ line, from, reexport }) => {
      if (reexport) return [{ file, line, what: `exports approve from ${from}`, why: exportWhy }];
      return file.startsWith(`${home}/`)
        ? []
        : [{ file, line, what: `imports approve from ${from}`, why: importWhy }];
    });
    return taken.length === 0 ? [] : [...imports, ...exportedAgain(file, ast)];
  });
}

const mints = (names: readonly string[]) => names.includes('approve') || names.includes('*');

/** `import { approve } …; export { approve }`. */
function exportedAgain(file: string, ast: ts.SourceFile): Violation[] {
  return ast.statements.flatMap((statement) => {
    if (!ts.isExportDeclaration(statement) || statement.moduleSpecifier) return [];
    const clause = statement.exportClause;
    if (!clause || !ts.isNamedExports(clause)) return [];
    return clause.elements
      .filter((element) => (element.propertyName ?? element.name).text === 'approve')
      .map((element) => ({ file, line: lineOf(ast, element), what: 'exports approve', why: exportWhy }));
  });
}
