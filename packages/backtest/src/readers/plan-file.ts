import { MikroBotError, type Session, type Timeframe, timeframeMs, timeframes } from '@mikrobot/core';
import { BarTable } from './bar-table.js';
import { type BytesRead, fileBytes, fileSize } from './bytes.js';
import { noFloor, type TableOptions } from './columns.js';
import { checkContract, contractsOf } from './contracts.js';
import { detectLayout, sniffedLines } from './detect-layout.js';
import { FileTally } from './file-tally.js';
import { type Layout, type LayoutName, slot } from './layout.js';
import { LineCutter } from './line-cutter.js';
import { fieldText } from './parse-field.js';
import { readTable } from './read-table.js';
import { TickTable } from './tick-table.js';

/** A file as asked for, every choice written out. */
export interface FileRequest {
  readonly path: string;
  readonly symbol: string;
  readonly layout: LayoutName | undefined;
  readonly timeframe: Timeframe | undefined;
  readonly zone: string | undefined;
  readonly contract: string | undefined;
  readonly keepCrossed: boolean;
  /** When the market is open: what gaps are measured against. Undefined: by the layout. */
  readonly hours: Session | 'always' | undefined;
  /** Size of the reads in bytes. */
  readonly chunkBytes: number;
}

/** A file whose reading is settled: its layout known, its first good row seen. */
export interface FilePlan {
  readonly request: FileRequest;
  readonly layout: Layout;
  /** Bars only. */
  readonly timeframe: Timeframe | undefined;
  /** Time of the first good row, epoch ms. */
  readonly from: number;
  /** Bytes on disk. */
  readonly size: number;
}

/** Bars whose steps tell the timeframe. */
const SAMPLED_BARS = 4096;
const quiet: BytesRead = () => undefined;

/**
 * Looks at the beginning of a file and settles how it is read.
 * @throws `MikroBotError` with file and line: `FILE_MISSING`; `UNKNOWN_COLUMNS`; `BAD_ROW` when the file is empty or no
 * row of it is good; `BAD_TIMEFRAME` when the bars' steps tell none; `BAD_CONFIG` when a choice does not fit the file.
 */
export const planFile = async (request: FileRequest): Promise<FilePlan> => {
  const { path, chunkBytes, contract } = request;
  const size = await fileSize(path);
  const bytes = (line: () => number = () => 1) => fileBytes(path, chunkBytes, quiet, line);
  const { lines, first } = await firstLines(bytes());
  if (lines.length === 0) {
    throw new MikroBotError('BAD_ROW', 'The file is empty.', {
      where: `${path}:1`,
      hint: 'Fetch the file again.',
    });
  }
  const layout = detectLayout(lines, first, request);
  const hasContracts = layout.slots.includes(slot.contract);
  if (hasContracts || contract !== undefined) {
    checkContract(path, hasContracts ? await contractsOf(bytes(), layout) : [], contract);
  }
  const tally = new FileTally(path);
  const options: TableOptions = { capacity: SAMPLED_BARS, keepCrossed: request.keepCrossed, floor: noFloor };
  const bars = layout.kind === 'bars';
  const enough = bars && request.timeframe === undefined ? SAMPLED_BARS : 1;
  const sample = bars
    ? new BarTable({ ...options, capacity: enough }, 0)
    : new TickTable({ ...options, capacity: 1 });
  for await (const _ of readTable({ bytes, layout, contract }, sample, tally)) break;
  if (tally.from === undefined) throw noGoodRow(tally, first);
  const timeframe = bars ? (request.timeframe ?? timeframeOf(sample, path)) : undefined;
  return { request, layout, timeframe, from: tally.from, size };
};

/** The first lines that are not empty, and the number of the first of them. */
const firstLines = async (
  bytes: AsyncIterable<Uint8Array>,
): Promise<{ lines: readonly string[]; first: number }> => {
  const cutter = new LineCutter();
  const lines: string[] = [];
  let first = 1;
  const take = (): void => {
    if (lines.length === 0) first = cutter.line;
    lines.push(fieldText(cutter.bytes, cutter.start, cutter.end));
  };
  for await (const chunk of bytes) {
    cutter.push(chunk);
    while (lines.length < sniffedLines && cutter.next()) take();
    if (lines.length === sniffedLines) return { lines, first };
  }
  if (cutter.last()) take();
  return { lines, first };
};

const noGoodRow = (tally: FileTally, firstLine: number): MikroBotError => {
  const [reject] = tally.rejected;
  const count = tally.rejectedRows;
  const what =
    reject === undefined
      ? 'There are no rows below the header.'
      : `None of its ${count} rows is good. ${reject.detail}`;
  return new MikroBotError('BAD_ROW', what, {
    where: `${tally.file}:${reject?.line ?? firstLine}`,
    hint: 'If the file is right, another layout or zone may have been meant: name it.',
  });
};

const timeframeOf = ({ time, length }: { time: Float64Array; length: number }, path: string): Timeframe => {
  let step = Number.POSITIVE_INFINITY;
  for (let i = 1; i < length; i++) step = Math.min(step, (time[i] as number) - (time[i - 1] as number));
  const found = (Object.keys(timeframes) as Timeframe[]).find((name) => timeframeMs(name) === step);
  if (found !== undefined) return found;
  throw new MikroBotError(
    'BAD_TIMEFRAME',
    length < 2
      ? 'One bar alone does not tell its timeframe.'
      : `The smallest step between bars is ${step / 1000} s, which is no timeframe.`,
    { where: path, hint: "Name it, as in csv({ path, timeframe: 'M1' })." },
  );
};
