import ts from 'typescript';
import type { Violation } from '../walls.js';
import { lineOf, type Source } from './source.js';

type Kind = 'time' | 'random' | 'ambient';

const why: Record<Kind, string> = {
  time: 'The machine has one time, a replay another. Take the Clock port as an argument; only core/src/runtime reads the real clock.',
  random: 'Chance that nobody seeded cannot be replayed. Take the Random port as an argument.',
  ambient:
    'A library has no effects of its own: no console, environment or global handlers. Take a port or an option; cli and examples fill it.',
};

const timers = ['setTimeout', 'setInterval', 'setImmediate'];
const handlers = ['on', 'once', 'addListener', 'prependListener', 'prependOnceListener'];

/** Names that may not be used at all. */
const globals = new Map<string, Kind>([
  ...timers.map((name) => [name, 'time'] as const),
  ['console', 'ambient'],
]);

/** `object.member` that may not be used. */
const members = new Map<string, Kind>([
  ['Date.now', 'time'],
  ['performance.now', 'time'],
  ['performance.timeOrigin', 'time'],
  ['Math.random', 'random'],
  ['process.env', 'ambient'],
  ['process.hrtime', 'time'],
  ['process.uptime', 'time'],
  ...handlers.map((name) => [`process.${name}`, 'ambient'] as const),
  ['globalThis.addEventListener', 'ambient'],
]);

/** Modules of Node that hand out the same things under a name of one's own. */
const modules = new Map<string, Kind>([
  ['timers', 'time'],
  ['timers/promises', 'time'],
  ['perf_hooks', 'time'],
  ['process', 'ambient'],
  ['console', 'ambient'],
]);

/** Clocks, chance and effects on the process in the sources of libraries (not in tests, not in cli). */
export function ambientViolations(sources: readonly Source[]): Violation[] {
  return sources.flatMap((source) => {
    const { file, workspace, test } = source;
    const library = file.startsWith(`${workspace.dir}/src/`) && workspace.dir.startsWith('packages/');
    if (!library || test || workspace.short === 'cli') return [];
    const mayTellTime = file.startsWith('packages/core/src/runtime/');
    const imported = source.imports.flatMap(({ from, line, typeOnly }) => {
      const kind = typeOnly ? undefined : modules.get(from.replace('node:', ''));
      return kind ? [{ what: `imports ${from}`, line, kind }] : [];
    });
    return [...imported, ...usesIn(source.ast)]
      .filter(({ kind }) => kind === 'ambient' || !mayTellTime)
      .map(({ what, line, kind }) => ({ file, line, what, why: why[kind] }));
  });
}

interface Use {
  readonly what: string;
  readonly line: number;
  readonly kind: Kind;
}

function usesIn(ast: ts.SourceFile): Use[] {
  const found: Use[] = [];
  const own = declaredIn(ast);
  const add = (node: ts.Node, what: string, kind: Kind | undefined) => {
    if (kind) found.push({ what: `uses ${what}`, line: lineOf(ast, node), kind });
  };
  /** `Date` of `Date` and of `globalThis.Date`, unless the file has its own. */
  const globalName = (node: ts.Expression): string | undefined => {
    if (ts.isIdentifier(node)) return own.has(node.text) ? undefined : node.text;
    return ts.isPropertyAccessExpression(node) && node.expression.getText(ast) === 'globalThis'
      ? node.name.text
      : undefined;
  };
  const member = (node: ts.Node, object: ts.Expression, name: string) => {
    const base = globalName(object);
    const what = `${base}.${name}`;
    add(node, what, members.get(what) ?? (base === 'globalThis' ? globals.get(name) : undefined));
  };
  const visit = (node: ts.Node): void => {
    if (ts.isTypeNode(node) && !ts.isExpressionWithTypeArguments(node)) return;
    if (ts.isPropertyAccessExpression(node)) {
      member(node, node.expression, node.name.text);
    } else if (ts.isElementAccessExpression(node) && ts.isStringLiteralLike(node.argumentExpression)) {
      member(node, node.expression, node.argumentExpression.text);
    } else if (ts.isVariableDeclaration(node) && ts.isObjectBindingPattern(node.name) && node.initializer) {
      for (const { propertyName, name } of node.name.elements)
        member(node, node.initializer, (propertyName ?? name).getText(ast));
    } else if (
      ts.isNewExpression(node) &&
      !node.arguments?.length &&
      globalName(node.expression) === 'Date'
    ) {
      add(node, 'new Date()', 'time');
    } else if (ts.isCallExpression(node) && globalName(node.expression) === 'Date') {
      add(node, 'Date()', 'time');
    } else if (ts.isIdentifier(node) && isReference(node) && !own.has(node.text)) {
      add(node, node.text, globals.get(node.text));
    }
    ts.forEachChild(node, visit);
  };
  visit(ast);
  return found;
}

/** Names that the file itself declares or imports: `performance` as a parameter is no clock. */
function declaredIn(ast: ts.SourceFile): Set<string> {
  const names = new Set<string>();
  const visit = (node: ts.Node): void => {
    const declares =
      ts.isVariableDeclaration(node) ||
      ts.isParameter(node) ||
      ts.isBindingElement(node) ||
      ts.isFunctionDeclaration(node) ||
      ts.isImportSpecifier(node) ||
      ts.isImportClause(node) ||
      ts.isNamespaceImport(node);
    if (declares && node.name && ts.isIdentifier(node.name)) names.add(node.name.text);
    if (!ts.isTypeNode(node)) ts.forEachChild(node, visit);
  };
  visit(ast);
  return names;
}

/** An identifier that stands for a value, not the name of a member. */
function isReference(node: ts.Identifier): boolean {
  const { parent } = node;
  if (ts.isPropertyAccessExpression(parent)) return parent.expression === node;
  if (ts.isPropertyAssignment(parent)) return parent.initializer === node;
  if (ts.isBindingElement(parent)) return parent.initializer === node;
  if (ts.isPropertyDeclaration(parent) || ts.isEnumMember(parent)) return parent.initializer === node;
  return !(
    ts.isMethodDeclaration(parent) ||
    ts.isMethodSignature(parent) ||
    ts.isPropertySignature(parent) ||
    ts.isAccessor(parent) ||
    ts.isImportSpecifier(parent) ||
    ts.isExportSpecifier(parent)
  );
}
