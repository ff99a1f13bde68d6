import type { Problem } from '../rewriter/problem.js';
import type { Token } from '../rewriter/token.js';

// Words of C++ that are names like any other in MQL5: they say something only before another word.
const CPP_MODIFIERS: Readonly<Record<string, string>> = {
  auto: 'MQL5 has no auto: write the type',
  unsigned: 'MQL5 has no unsigned: write uchar, ushort, uint or ulong',
  signed: 'MQL5 has no signed',
  constexpr: 'MQL5 has no constexpr',
  friend: 'MQL5 has no friend',
  mutable: 'MQL5 has no mutable',
  explicit: 'MQL5 has no explicit',
  register: 'MQL5 has no register',
  volatile: 'MQL5 has no volatile',
  inline: 'MQL5 needs no inline',
  goto: 'MQL5 has no goto',
  throw: 'MQL5 has no exceptions',
  wchar_t: 'MQL5 has no wchar_t: characters are ushort',
  size_t: 'MQL5 has no size_t: sizes are int',
  int8_t: 'MetaEditor knows int8_t in its newest builds only: write char',
  uint8_t: 'MetaEditor knows uint8_t in its newest builds only: write uchar',
  int32_t: 'MetaEditor knows int32_t in its newest builds only: write int',
  uint32_t: 'MetaEditor knows uint32_t in its newest builds only: write uint',
  int64_t: 'MetaEditor knows int64_t in its newest builds only: write long',
  uint64_t: 'MetaEditor knows uint64_t in its newest builds only: write ulong',
};

// And those that are followed by a sign.
const CPP_WORDS: Readonly<Record<string, readonly [next: string, text: string]>> = {
  std: ['::', 'MQL5 has no std::'],
  try: ['{', 'MQL5 has no exceptions'],
  catch: ['(', 'MQL5 has no exceptions'],
  static_cast: ['<', 'MQL5 has no static_cast: write (type)value'],
  reinterpret_cast: ['<', 'MQL5 has no reinterpret_cast'],
  const_cast: ['<', 'MQL5 has no const_cast'],
  decltype: ['(', 'MQL5 has no decltype'],
  static_assert: ['(', 'MQL5 has no static_assert'],
};

const cppWord = (text: string, next: Token | undefined): string | undefined => {
  if (text === 'nullptr') return 'MQL5 has no nullptr: write NULL';
  if (Object.hasOwn(CPP_MODIFIERS, text) && next?.kind === 'name') return CPP_MODIFIERS[text];
  const word = Object.hasOwn(CPP_WORDS, text) ? CPP_WORDS[text] : undefined;
  return word && next?.text === word[0] ? word[1] : undefined;
};

const LONGEST_NAME = 63;

const wordProblem = (token: Token, next: Token | undefined, marked: boolean): string | undefined => {
  const { kind, text } = token;
  if (kind === 'operator' && text === '->') return "MQL5 has no '->': write '.'";
  if (kind === 'operator' && text.charCodeAt(0) > 126)
    return `'${text}' - only ASCII characters are allowed outside texts`;
  // Without a mark MetaEditor reads a file in the code page of its machine.
  if (!marked && (kind === 'string' || kind === 'char') && /[^\x20-\x7e\t]/.test(text))
    return 'characters beyond ASCII in a file without a mark of its encoding: write \\x escapes';
  if (kind !== 'name') return undefined;
  const cpp = cppWord(text, next);
  if (cpp !== undefined) return cpp;
  if (text.startsWith('mql_')) return `'${text}' - names with mql_ belong to the host`;
  if (text === 'long' && (next?.text === 'long' || next?.text === 'int' || next?.text === 'double'))
    return `MQL5 has no long ${next.text}: write ${next.text === 'double' ? 'double' : 'long'}`;
  if (text === 'short' && next?.text === 'int') return 'MQL5 has no short int: write short';
  if (text.length > LONGEST_NAME) return `'${text}' - a name has at most ${LONGEST_NAME} characters`;
  return undefined;
};

/**
 * Words and signs that MQL5 does not have.
 * @param marked - whether the file says how it is encoded
 */
export const foreignWords = (tokens: readonly Token[], marked: boolean): Problem[] =>
  tokens.flatMap((token, i) => {
    const text = wordProblem(token, tokens[i + 1], marked);
    return text === undefined ? [] : [{ at: token.at, severity: 'error', text } satisfies Problem];
  });
