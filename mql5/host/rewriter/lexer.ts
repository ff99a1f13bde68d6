import { SourceError } from './problem.js';
import type { Token, TokenKind } from './token.js';

interface Rule {
  readonly kind: TokenKind | 'space' | 'joined' | 'line';
  readonly pattern: RegExp;
}

// `>>` stays two tokens, so that the ends of nested templates read like any other; printed side by side they
// are a shift again.
const RULES: readonly Rule[] = [
  { kind: 'space', pattern: /\/\/[^\n]*|\/\*[\s\S]*?\*\/|[ \t\f\v\u00a0\ufeff]+/y },
  { kind: 'joined', pattern: /\\[ \t]*\n/y },
  { kind: 'line', pattern: /\n/y },
  { kind: 'date', pattern: /D'[^'\n]*'/y },
  { kind: 'binary', pattern: /[Bb]'[01]*'/y },
  { kind: 'color', pattern: /C'[^'\n]*'/y },
  { kind: 'string', pattern: /"(?:\\.|[^"\\\n])*"/y },
  { kind: 'char', pattern: /'(?:\\.|[^'\\\n])*'/y },
  { kind: 'number', pattern: /(?:0[xX][0-9a-fA-F]+|(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?)[fFuUlL]*/y },
  { kind: 'name', pattern: /[A-Za-z_]\w*/y },
  {
    kind: 'operator',
    pattern: /::|->|<<=|<<|<=|>=|==|!=|&&|\|\||\+\+|--|[-+*/%&|^]=|##|[\s\S]/y,
  },
];

const PATH: Rule = { kind: 'path', pattern: /<[^>\n]*>/y };

const matchAt = (rules: readonly Rule[], source: string, index: number): [Rule, string] | undefined => {
  for (const rule of rules) {
    rule.pattern.lastIndex = index;
    const found = rule.pattern.exec(source);
    if (found) return [rule, found[0]];
  }
  return undefined;
};

/**
 * Splits MQL5 source text into tokens; comments and white space are gone, lines and columns are kept.
 * @param source - text with lines that end in \n
 * @param file - the name that errors point at
 * @throws SourceError for a comment or a text that never ends
 */
export const lex = (source: string, file: string): Token[] => {
  const tokens: Token[] = [];
  let line = 1;
  let lineStart = 0;
  let index = 0;
  let spaced = true;
  let first = true;
  while (index < source.length) {
    const afterInclude = tokens.at(-1)?.text === 'include' && tokens.at(-2)?.text === '#';
    const [rule, text] = matchAt(afterInclude ? [PATH, ...RULES] : RULES, source, index)!;
    const at = { file, line, column: index - lineStart + 1 };
    if (rule.kind === 'space' || rule.kind === 'joined' || rule.kind === 'line') {
      spaced = true;
      if (rule.kind === 'line') first = true;
    } else {
      if (rule.kind === 'operator' && (text === '"' || text === "'"))
        throw new SourceError(
          at,
          text === '"' ? 'unterminated string constant' : 'unterminated character constant',
        );
      if (text === '/' && source[index + 1] === '*') throw new SourceError(at, 'comment is not closed');
      tokens.push({ kind: rule.kind, text, at, spaced, first });
      spaced = false;
      first = false;
    }
    for (let i = index; i < index + text.length; i++) {
      if (source[i] !== '\n') continue;
      line++;
      lineStart = i + 1;
    }
    index += text.length;
  }
  return tokens;
};
