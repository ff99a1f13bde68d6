import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import type { Random } from '@mikrobot/core';
import { type Change, standsIn } from './trace.js';

type Piece = Extract<Change, { do: 'write' | 'resize' }>;
type Naming = Extract<Change, { do: 'name' | 'move' | 'drop' }>;

/** Bytes that a disk writes in one piece or not at all, of old disks and of new ones. */
const SECTORS = [512, 4096] as const;

/** A file: what is certain to last, and what was written since the last sync. */
interface Content {
  certain: Buffer;
  pending: Piece[];
}

const resized = (bytes: Buffer, size: number): Buffer =>
  size <= bytes.length
    ? Buffer.from(bytes.subarray(0, size))
    : Buffer.concat([bytes, Buffer.alloc(size - bytes.length)]);

const apply = (bytes: Buffer, piece: Piece): Buffer => {
  if (piece.do === 'resize') return resized(bytes, piece.size);
  const after =
    piece.at + piece.data.length > bytes.length ? resized(bytes, piece.at + piece.data.length) : bytes;
  piece.data.copy(after, piece.at);
  return after;
};

/** A write in pieces that end where sectors do. */
const torn = (piece: Piece, sector: number): Piece[] => {
  if (piece.do === 'resize') return [piece];
  const pieces: Piece[] = [];
  for (let from = 0; from < piece.data.length; ) {
    const at = piece.at + from;
    const bytes = Math.min(sector - (at % sector), piece.data.length - from);
    pieces.push({ ...piece, at, data: piece.data.subarray(from, from + bytes) });
    from += bytes;
  }
  return pieces;
};

const rename = (names: Map<string, number>, naming: Naming): void => {
  if (naming.do === 'name') names.set(naming.path, naming.file);
  else if (naming.do === 'drop') names.delete(naming.path);
  else {
    const file = names.get(naming.path);
    if (file === undefined) return;
    names.delete(naming.path);
    names.set(naming.to, file);
  }
};

/** How much of what was not synced survives: nothing, everything, or each piece with a chance of its own. */
export type Survival = 'none' | 'all' | 'some';

/**
 * A disk that takes changes in order and says what it may hold after the power failed. Certain is only what a sync of the
 * file (and for a name: of its folder) made so; of the rest any subset of sectors may have been written, in any order, a
 * file may have grown without its data (which reads as zeros), and names may have changed or not. After a failed sync the
 * changes that it was for may be gone for good, as Linux does it: a later sync that succeeds does not bring them back.
 */
export class Disk {
  readonly #files = new Map<number, Content>();
  readonly #names: Map<string, number>;
  #namings: Naming[] = [];

  /** @param known what the folder held when the trace began, all of it certain */
  constructor(
    known: ReadonlyMap<string, number> = new Map(),
    contents: ReadonlyMap<string, Buffer> = new Map(),
  ) {
    this.#names = new Map(known);
    for (const [path, file] of known)
      this.#files.set(file, { certain: contents.get(path) ?? Buffer.alloc(0), pending: [] });
  }

  take(change: Change, random: Random): void {
    switch (change.do) {
      case 'write':
      case 'resize': {
        this.#content(change.file).pending.push(change);
        break;
      }
      case 'sync': {
        const content = this.#content(change.file);
        content.certain = content.pending.reduce(apply, content.certain);
        content.pending = [];
        break;
      }
      case 'sync failed': {
        const content = this.#content(change.file);
        const pieces = content.pending.flatMap((piece) => torn(piece, SECTORS[0]));
        content.pending = pieces.filter(() => random() < 0.5);
        break;
      }
      case 'sync folder': {
        const here = (n: Naming): boolean => standsIn(change.folder, n.do === 'move' ? n.to : n.path);
        for (const naming of this.#namings.filter(here)) rename(this.#names, naming);
        this.#namings = this.#namings.filter((n) => !here(n));
        break;
      }
      case 'mark':
        break;
      default:
        this.#namings.push(change);
    }
  }

  /** Files by path, as the disk may hold them if the power fails now. */
  afterPowerLoss(random: Random, survival: Survival): Map<string, Buffer> {
    const chance =
      survival === 'none' ? 0 : survival === 'all' ? 1 : [0.02, 0.3, 0.7, 0.98][Math.floor(random() * 4)];
    const survives = (): boolean => random() < (chance ?? 1);
    const sector = SECTORS[Math.floor(random() * SECTORS.length)] ?? SECTORS[0];
    const names = new Map(this.#names);
    for (const naming of this.#namings) if (survives()) rename(names, naming);
    const files = new Map<string, Buffer>();
    for (const [path, file] of names) {
      const { certain, pending } = this.#content(file);
      const kept = pending.flatMap((piece) => torn(piece, sector)).filter(survives);
      const bytes = kept.reduce(apply, Buffer.from(certain));
      // The new size may be on the disk before the data is.
      const size = pending.reduce(
        (sum, p) => (p.do === 'resize' ? p.size : Math.max(sum, p.at + p.data.length)),
        certain.length,
      );
      files.set(path, size > bytes.length && survives() ? resized(bytes, size) : bytes);
    }
    return files;
  }

  #content(file: number): Content {
    const known = this.#files.get(file);
    if (known !== undefined) return known;
    const made: Content = { certain: Buffer.alloc(0), pending: [] };
    this.#files.set(file, made);
    return made;
  }
}

/** Every file of a folder by its path, without indexes of write-ahead logs, which never count after a crash. */
export const filesIn = (folder: string): Map<string, Buffer> =>
  new Map(
    readdirSync(folder, { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile() && !entry.name.endsWith('-shm'))
      .map((entry) => join(entry.parentPath, entry.name))
      .map((path) => [path, readFileSync(path)]),
  );

/** Puts files of one folder under another. */
export const lay = (files: ReadonlyMap<string, Buffer>, from: string, to: string): void => {
  mkdirSync(to, { recursive: true });
  for (const [path, bytes] of files) {
    const target = join(to, relative(from, path));
    mkdirSync(dirname(target), { recursive: true });
    writeFileSync(target, bytes);
  }
};
