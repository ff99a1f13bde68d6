import type { Problem } from '../rewriter/problem.js';
import type { Token } from '../rewriter/token.js';

// What C++ takes and MQL5 does not.
const CPP_WORDS: Readonly<Record<string, string>> = {
  auto: 'MQL5 has no auto: write the type',
  nullptr: 'MQL5 has no nullptr: write NULL',
  goto: 'MQL5 has no goto',
  try: 'MQL5 has no exceptions',
  catch: 'MQL5 has no exceptions',
  throw: 'MQL5 has no exceptions',
  unsigned: 'MQL5 has no unsigned: write uchar, ushort, uint or ulong',
  signed: 'MQL5 has no signed',
  std: 'MQL5 has no std::',
  constexpr: 'MQL5 has no constexpr',
  decltype: 'MQL5 has no decltype',
  static_cast: 'MQL5 has no static_cast: write (type)value',
  reinterpret_cast: 'MQL5 has no reinterpret_cast',
  const_cast: 'MQL5 has no const_cast',
  static_assert: 'MQL5 has no static_assert',
  noexcept: 'MQL5 has no noexcept',
  friend: 'MQL5 has no friend',
  mutable: 'MQL5 has no mutable',
  explicit: 'MQL5 has no explicit',
  register: 'MQL5 has no register',
  volatile: 'MQL5 has no volatile',
  inline: 'MQL5 needs no inline',
  wchar_t: 'MQL5 has no wchar_t: characters are ushort',
  size_t: 'MQL5 has no size_t: sizes are int',
  int32_t: 'MQL5 has no int32_t: write int',
  int64_t: 'MQL5 has no int64_t: write long',
  uint32_t: 'MQL5 has no uint32_t: write uint',
  uint64_t: 'MQL5 has no uint64_t: write ulong',
  uint8_t: 'MQL5 has no uint8_t: write uchar',
};

const LONGEST_NAME = 63;

const wordProblem = (token: Token, next: Token | undefined): string | undefined => {
  const { kind, text } = token;
  if (kind === 'operator' && text === '->') return "MQL5 has no '->': write '.'";
  if (kind === 'operator' && text.charCodeAt(0) > 126)
    return `'${text}' - only ASCII characters are allowed outside texts`;
  if ((kind === 'string' || kind === 'char') && /[^\x20-\x7e\t]/.test(text))
    return 'write characters beyond ASCII as \\x escapes: the encoding of the file would decide what they are';
  if (kind !== 'name') return undefined;
  if (Object.hasOwn(CPP_WORDS, text)) return CPP_WORDS[text];
  if (text.startsWith('mql_')) return `'${text}' - names with mql_ belong to the host`;
  if (text === 'long' && (next?.text === 'long' || next?.text === 'int' || next?.text === 'double'))
    return `MQL5 has no long ${next.text}: write ${next.text === 'double' ? 'double' : 'long'}`;
  if (text === 'short' && next?.text === 'int') return 'MQL5 has no short int: write short';
  if (text.length > LONGEST_NAME) return `'${text}' - a name has at most ${LONGEST_NAME} characters`;
  return undefined;
};

/** Words and signs that MQL5 does not have. */
export const foreignWords = (tokens: readonly Token[]): Problem[] =>
  tokens.flatMap((token, i) => {
    const text = wordProblem(token, tokens[i + 1]);
    return text === undefined ? [] : [{ at: token.at, severity: 'error', text } satisfies Problem];
  });
