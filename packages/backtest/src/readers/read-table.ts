import type { FileTally } from './file-tally.js';
import type { Layout } from './layout.js';
import { LineCutter, longestLine } from './line-cutter.js';
import { type FaultCode, fault } from './row-fault.js';
import { otherContract, RowParser } from './row-parser.js';

/** Columns that are filled row by row: {@link BarTable} or {@link TickTable}. */
export interface Table {
  readonly length: number;
  readonly full: boolean;
  readonly notBefore: number;
  readonly time: Float64Array;
  add(row: Float64Array): FaultCode;
  explain(row: Float64Array, code: FaultCode): string;
  clear(): void;
}

/** What {@link readTable} reads. */
export interface TableSource {
  /** The text; a chunk need only be valid until the next is asked for. Takes the number of the line that is being read. */
  bytes(line: () => number): AsyncIterable<Uint8Array>;
  readonly layout: Layout;
  /** The contract month to keep; undefined keeps all. */
  readonly contract: string | undefined;
}

/**
 * Fills the table from a file and tells it each time it is full, and at the end. Every line below the header becomes a row, a
 * rejected row or a filtered one in the tally. The batches depend on the rows only, not on how the bytes come in chunks.
 */
export async function* readTable<T extends Table>(
  { bytes, layout, contract }: TableSource,
  table: T,
  tally: FileTally,
): AsyncGenerator<T> {
  const cutter = new LineCutter();
  const parser = new RowParser(layout, contract);
  for await (const chunk of bytes(() => cutter.line + 1)) {
    cutter.push(chunk);
    while (cutter.next()) {
      takeRow(cutter, parser, table, tally, layout.headerLine);
      if (table.full) {
        yield table;
        table.clear();
      }
    }
  }
  if (cutter.last()) takeRow(cutter, parser, table, tally, layout.headerLine);
  if (table.length > 0) yield table;
}

const takeRow = (
  cutter: LineCutter,
  parser: RowParser,
  table: Table,
  tally: FileTally,
  header: number,
): void => {
  if (cutter.line <= header) return;
  if (cutter.tooLong) {
    tally.reject(cutter.line, fault.tooLong, () => `it is longer than ${longestLine} bytes`);
    return;
  }
  const unread = parser.parse(cutter.bytes, cutter.start, cutter.end, table.notBefore);
  if (unread === otherContract) {
    tally.filteredRows++;
    return;
  }
  if (unread !== fault.none) {
    tally.reject(cutter.line, unread, () => parser.detail);
    return;
  }
  const wrong = table.add(parser.row);
  if (wrong === fault.none) tally.accept(table.time[table.length - 1] as number);
  else tally.reject(cutter.line, wrong, () => table.explain(parser.row, wrong));
};
