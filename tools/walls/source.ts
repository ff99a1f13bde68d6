import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import ts from 'typescript';
import type { Workspace, Workspaces } from './workspaces.js';

/** `import`, `import()`, `export … from` or `import('x').T`. */
export interface Import {
  readonly from: string;
  readonly line: number;
  /** The imported names; `*` for all of them. */
  readonly names: readonly string[];
  readonly reexport: boolean;
  readonly typeOnly: boolean;
}

export interface Source {
  /** Path from the root of the repository, with `/`. */
  readonly file: string;
  readonly workspace: Workspace;
  /** A `*.test.ts` file, or one in a folder `test` or `testing`. */
  readonly test: boolean;
  readonly imports: readonly Import[];
  readonly ast: ts.SourceFile;
}

export const isTest = (file: string) => /\.test\.[mc]?ts$|(^|\/)(test|testing)\//.test(file);

export const lineOf = (ast: ts.SourceFile, node: ts.Node) =>
  ast.getLineAndCharacterOfPosition(node.getStart(ast)).line + 1;

export function readSources(root: string, workspaces: Workspaces): Source[] {
  return workspaces.all.flatMap((workspace) =>
    filesUnder(root, workspace.dir).map((file) => {
      const ast = ts.createSourceFile(
        file,
        readFileSync(join(root, file), 'utf8'),
        ts.ScriptTarget.ES2022,
        true,
      );
      const test = isTest(file.slice(workspace.dir.length));
      return { file, workspace, test, imports: importsOf(ast), ast };
    }),
  );
}

function filesUnder(root: string, dir: string): string[] {
  return readdirSync(join(root, dir), { withFileTypes: true }).flatMap((entry) => {
    const path = `${dir}/${entry.name}`;
    if (entry.isDirectory())
      return /^(node_modules|dist|test-data|\..*)$/.test(entry.name) ? [] : filesUnder(root, path);
    return /\.[mc]?[jt]sx?$/.test(entry.name) && entry.name !== 'tsup.config.ts' ? [path] : [];
  });
}

function importsOf(ast: ts.SourceFile): Import[] {
  const found: Import[] = [];
  const add = (from: ts.Node | undefined, names: readonly string[], reexport: boolean, typeOnly: boolean) => {
    if (from && ts.isStringLiteralLike(from))
      found.push({ from: from.text, line: lineOf(ast, from), names, reexport, typeOnly });
  };
  const visit = (node: ts.Node): void => {
    if (ts.isImportDeclaration(node)) {
      const clause = node.importClause;
      const bindings = clause?.namedBindings;
      const names =
        bindings === undefined ? [] : ts.isNamespaceImport(bindings) ? ['*'] : originals(bindings);
      const typeOnly = clause?.phaseModifier === ts.SyntaxKind.TypeKeyword;
      add(node.moduleSpecifier, clause?.name ? ['default', ...names] : names, false, typeOnly);
    } else if (ts.isExportDeclaration(node)) {
      const clause = node.exportClause;
      const names = clause && ts.isNamedExports(clause) ? originals(clause) : ['*'];
      add(node.moduleSpecifier, names, true, node.isTypeOnly);
    } else if (ts.isCallExpression(node) && node.expression.kind === ts.SyntaxKind.ImportKeyword) {
      add(node.arguments[0], ['*'], false, false);
    } else if (ts.isImportTypeNode(node) && ts.isLiteralTypeNode(node.argument)) {
      add(node.argument.literal, ['*'], false, true);
    }
    ts.forEachChild(node, visit);
  };
  visit(ast);
  return found;
}

/** `a` and `b` of `{ a, b as c }`. */
const originals = (list: ts.NamedImports | ts.NamedExports) =>
  list.elements.map((element) => (element.propertyName ?? element.name).text);
