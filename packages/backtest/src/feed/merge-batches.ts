import type { TickBatch } from '@mikrobot/core';
import { batchTicks, TickBuffer } from './tick-buffer.js';

/** Ticks of one source, in time order. */
export interface TickSource {
  readonly symbols: readonly string[];
  batches(): AsyncIterable<TickBatch>;
}

/** Where the merge stands in one source. */
interface Cursor {
  /** Place among the sources: at equal times the lower goes first. */
  readonly rank: number;
  readonly source: AsyncIterator<TickBatch>;
  batch: TickBatch;
  /** From the batch's symbol index to the merged one. */
  toMerged: Uint16Array;
  at: number;
}

const NOTHING: TickBatch = new TickBuffer([], 0);

/** Every symbol of the sources once, in the order in which they are named. */
export const symbolsOf = (sources: readonly { readonly symbols: readonly string[] }[]): readonly string[] => [
  ...new Set(sources.flatMap((source) => source.symbols)),
];

/**
 * Merges sources by time into one. Stable: at equal times the source that is named first goes first, and a source's own ticks
 * keep their order, so the result does not depend on how the sources cut their batches.
 */
export async function* mergeBatches(sources: readonly TickSource[]): AsyncGenerator<TickBatch> {
  const symbols = symbolsOf(sources);
  const [only] = sources;
  if (sources.length === 1 && only !== undefined) {
    yield* only.batches();
    return;
  }
  const open: AsyncIterator<TickBatch>[] = [];
  try {
    const heap: Cursor[] = [];
    for (const [rank, source] of sources.entries()) {
      const iterator = source.batches()[Symbol.asyncIterator]();
      open.push(iterator);
      const cursor: Cursor = { rank, source: iterator, batch: NOTHING, toMerged: new Uint16Array(0), at: 0 };
      if (await refill(cursor, symbols)) heap.push(cursor);
    }
    heap.sort((a, b) => (before(a, b) ? -1 : 1));
    yield* drain(heap, new TickBuffer(symbols, batchTicks));
  } finally {
    for (const iterator of open) await iterator.return?.();
  }
}

async function* drain(heap: Cursor[], out: TickBuffer): AsyncGenerator<TickBatch> {
  while (heap.length > 0) {
    const first = heap[0] as Cursor;
    copyRun(first, nextOf(heap), out);
    if (out.full) {
      yield out;
      out.clear();
    }
    if (first.at === first.batch.length && !(await refill(first, out.symbols))) {
      const last = heap.pop() as Cursor;
      if (last === first) break;
      heap[0] = last;
    }
    sink(heap);
  }
  if (out.length > 0) yield out;
}

/** Moves to the source's next batch that is not empty; false at its end. */
const refill = async (cursor: Cursor, symbols: readonly string[]): Promise<boolean> => {
  for (;;) {
    const { done, value } = await cursor.source.next();
    if (done === true) return false;
    if (value.symbols !== cursor.batch.symbols) {
      cursor.toMerged = Uint16Array.from(value.symbols, (symbol) => symbols.indexOf(symbol));
    }
    cursor.batch = value;
    cursor.at = 0;
    if (value.length > 0) return true;
  }
};

const timeOf = (cursor: Cursor): number => cursor.batch.time[cursor.at] as number;

const before = (a: Cursor, b: Cursor): boolean => {
  const ta = timeOf(a);
  const tb = timeOf(b);
  return ta < tb || (ta === tb && a.rank < b.rank);
};

/** The cursor that comes after the heap's first. */
const nextOf = (heap: readonly Cursor[]): Cursor | undefined => {
  const left = heap[1];
  const right = heap[2];
  if (left === undefined || right === undefined) return left;
  return before(right, left) ? right : left;
};

/** Restores the heap after its first cursor moved. */
const sink = (heap: Cursor[]): void => {
  const cursor = heap[0] as Cursor;
  let i = 0;
  for (;;) {
    let child = 2 * i + 1;
    if (child >= heap.length) break;
    if (child + 1 < heap.length && before(heap[child + 1] as Cursor, heap[child] as Cursor)) child++;
    if (!before(heap[child] as Cursor, cursor)) break;
    heap[i] = heap[child] as Cursor;
    i = child;
  }
  heap[i] = cursor;
};

/** Copies the ticks of `from` that come before the next tick of `next`, as far as `out` has room. */
const copyRun = (from: Cursor, next: Cursor | undefined, out: TickBuffer): void => {
  const { batch, toMerged } = from;
  if (batch.path === undefined) out.path = undefined;
  const steps = out.path;
  const limit = next === undefined ? Number.POSITIVE_INFINITY : timeOf(next);
  const wins = next === undefined || from.rank < next.rank;
  const end = Math.min(batch.length, from.at + out.time.length - out.length);
  let i = from.at;
  let o = out.length;
  for (; i < end; i++, o++) {
    const time = batch.time[i] as number;
    if (time > limit || (time === limit && !wins)) break;
    out.symbol[o] = toMerged[batch.symbol[i] as number] as number;
    out.time[o] = time;
    out.bid[o] = batch.bid[i] as number;
    out.ask[o] = batch.ask[i] as number;
    out.volume[o] = batch.volume[i] as number;
    if (steps !== undefined && batch.path !== undefined) steps[o] = batch.path[i] as number;
  }
  from.at = i;
  out.length = o;
};
