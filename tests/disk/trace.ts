import { readFileSync } from 'node:fs';
import { dirname } from 'node:path';

/** One change of the disk, in the order of the calls. Files are numbers, because names come and go. Offsets and sizes in bytes. */
export type Change =
  | { readonly do: 'write'; readonly file: number; readonly at: number; readonly data: Buffer }
  | { readonly do: 'resize'; readonly file: number; readonly size: number }
  | { readonly do: 'sync' | 'sync failed'; readonly file: number }
  | { readonly do: 'sync folder'; readonly folder: string }
  | { readonly do: 'name'; readonly path: string; readonly file: number }
  | { readonly do: 'move'; readonly path: string; readonly to: string }
  | { readonly do: 'drop'; readonly path: string }
  /** What the process told at this moment. */
  | { readonly do: 'mark'; readonly text: string };

/** The calls in disk-shim.c, by their numbers. */
const OPEN = 1;
const WRITE = 2;
const TRUNCATE = 3;
const SYNC = 4;
const SYNC_FAILED = 5;
const RENAME = 6;
const LINK = 7;
const UNLINK = 8;
const MAKE_FOLDER = 9;
const MARK = 10;
const EMPTIED = 2;
const FOLDER = 4;
const HEAD = 24;

/** A call as the library wrote it down. */
interface Call {
  readonly op: number;
  readonly fd: number;
  readonly at: number;
  readonly path: string;
  readonly data: Buffer;
}

function* callsOf(bytes: Buffer): Generator<Call> {
  for (let i = 0; i + HEAD <= bytes.length; ) {
    const pathAt = i + HEAD;
    const dataAt = pathAt + bytes.readUInt32LE(i + 16);
    const end = dataAt + bytes.readUInt32LE(i + 20);
    // A process that was killed may leave half a note: its call is not known to have happened.
    if (end > bytes.length) return;
    yield {
      op: bytes.readUInt32LE(i),
      fd: bytes.readInt32LE(i + 4),
      at: Number(bytes.readBigInt64LE(i + 8)),
      path: bytes.toString('utf8', pathAt, dataAt),
      data: bytes.subarray(dataAt, end),
    };
    i = end;
  }
}

/**
 * Reads a trace as changes of files and names.
 * @param known files that were there before, by path; their numbers are kept
 * @throws `Error` when a file was changed in a way that the trace cannot show.
 */
export const readTrace = (trace: string, known: ReadonlyMap<string, number> = new Map()): Change[] => {
  const names = new Map(known);
  const open = new Map<number, number | string>();
  let next = Math.max(-1, ...known.values()) + 1;
  const changes: Change[] = [];
  for (const { op, fd, at, path, data } of callsOf(readFileSync(trace))) {
    const file = open.get(fd);
    if (op === OPEN) {
      if ((at & FOLDER) !== 0) open.set(fd, path);
      else {
        let number = names.get(path);
        if (number === undefined) {
          number = next++;
          names.set(path, number);
          changes.push({ do: 'name', path, file: number });
        }
        open.set(fd, number);
        if ((at & EMPTIED) !== 0) changes.push({ do: 'resize', file: number, size: 0 });
      }
    } else if (op === MARK) changes.push({ do: 'mark', text: data.toString() });
    else if (op === RENAME || op === LINK) {
      const to = data.toString();
      const moved = names.get(path);
      if (moved === undefined) throw new Error(`${path} was renamed, and never made.`);
      names.set(to, moved);
      if (op === LINK) changes.push({ do: 'name', path: to, file: moved });
      else {
        names.delete(path);
        changes.push({ do: 'move', path, to });
      }
    } else if (op === UNLINK) {
      if (names.delete(path)) changes.push({ do: 'drop', path });
    } else if (op === MAKE_FOLDER) continue;
    else if (typeof file === 'string') {
      if (op === SYNC) changes.push({ do: 'sync folder', folder: file });
    } else if (file === undefined) throw new Error(`call ${op} on descriptor ${fd}, which was not opened.`);
    else if (op === WRITE) changes.push({ do: 'write', file, at, data });
    else if (op === TRUNCATE) changes.push({ do: 'resize', file, size: at });
    else if (op === SYNC) changes.push({ do: 'sync', file });
    else if (op === SYNC_FAILED) changes.push({ do: 'sync failed', file });
    else throw new Error(`${path} (call ${op}) changed a file in a way that a trace cannot show.`);
  }
  return changes;
};

/** Whether a name stands directly in a folder, so that a sync of the folder makes it last. */
export const standsIn = (folder: string, path: string): boolean => dirname(path) === folder;
