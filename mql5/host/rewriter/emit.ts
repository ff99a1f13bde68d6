import type { Position, Token } from './token.js';

/** Text of C++ whose `#line` directives name the MQL5 sources, and a map back to their columns. */
export interface Emitted {
  readonly text: string;
  /** Where in the source a place of the C++ comes from, as g++ reports it: file and line of #line, column of C++. */
  readonly locate: (file: string, line: number, column: number) => Position;
}

// A few empty lines are shorter than a directive, and keep the output readable.
const MAX_GAP = 3;

const isWordy = (text: string | undefined): boolean => text !== undefined && /\w/.test(text);

/** Prints pieces so that each stands on the line that it came from. */
export const emit = (pieces: readonly Token[]): Emitted => {
  const columns = new Map<string, [cpp: number, source: number][]>();
  let text = '';
  let file = '';
  let line = 0;
  let start = 0;
  for (const piece of pieces) {
    const { at } = piece;
    if (at.file !== file || at.line < line || at.line > line + MAX_GAP) {
      text += `\n#line ${at.line} ${JSON.stringify(at.file)}\n`;
      file = at.file;
      line = at.line;
      start = text.length;
    } else if (at.line > line) {
      text += '\n'.repeat(at.line - line);
      line = at.line;
      start = text.length;
    } else if (piece.spaced || (isWordy(text.at(-1)) && isWordy(piece.text[0]))) text += ' ';
    const key = `${file}:${line}`;
    const list = columns.get(key) ?? [];
    list.push([text.length - start + 1, at.column]);
    columns.set(key, list);
    text += piece.text;
  }
  const locate = (where: string, row: number, column: number): Position => {
    const list = (columns.get(`${where}:${row}`) ?? []).toSorted(([a], [b]) => a - b);
    const found = list.filter(([cpp]) => cpp <= column).at(-1) ?? list[0];
    return { file: where, line: row, column: found?.[1] ?? column };
  };
  return { text: `${text}\n`, locate };
};
