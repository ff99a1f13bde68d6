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
  const out: string[] = [];
  let file = '';
  let line = 0;
  let column = 1;
  let last = '\n';
  const print = (text: string) => {
    out.push(text);
    column += text.length;
    last = text.at(-1) ?? last;
  };
  for (const piece of pieces) {
    const { at } = piece;
    if (at.file !== file || at.line < line || at.line > line + MAX_GAP) {
      print(`\n#line ${at.line} ${JSON.stringify(at.file)}\n`);
      column = 1;
    } else if (at.line > line) {
      print('\n'.repeat(at.line - line));
      column = 1;
    } else if (piece.spaced || (isWordy(last) && isWordy(piece.text[0]))) print(' ');
    ({ file, line } = at);
    const key = `${file}:${line}`;
    const list = columns.get(key) ?? [];
    list.push([column, at.column]);
    columns.set(key, list);
    print(piece.text);
  }
  const locate = (where: string, row: number, place: number): Position => {
    const list = (columns.get(`${where}:${row}`) ?? []).toSorted(([a], [b]) => a - b);
    const found = list.filter(([cpp]) => cpp <= place).at(-1) ?? list[0];
    return { file: where, line: row, column: found?.[1] ?? place };
  };
  out.push('\n');
  return { text: out.join(''), locate };
};
