import { type FileHandle, open } from 'node:fs/promises';
import { pipeline } from 'node:stream';
import { TextDecoder } from 'node:util';
import { createGunzip } from 'node:zlib';
import { MikroBotError } from '@mikrobot/core';

/** Told how many bytes of the file on disk were read, compressed or not. */
export type BytesRead = (bytes: number) => void;

/**
 * The text of a file in chunks: unpacked when it begins with gzip's magic bytes, whatever its name, and turned into
 * UTF-8 when it is UTF-16 with a byte order mark, as MetaTrader scripts write it. A chunk is valid until the next is asked for.
 * @param chunkBytes - size of the reads
 * @param line - how far the reader is, for messages
 * @throws `MikroBotError` `FILE_MISSING` when it cannot be opened, `BAD_ROW` when its compressed data is broken.
 */
export async function* fileBytes(
  path: string,
  chunkBytes: number,
  onRead: BytesRead,
  line: () => number,
): AsyncGenerator<Uint8Array> {
  const handle = await openFile(path);
  try {
    const magic = new Uint8Array(4);
    await handle.read(magic, 0, 4, 0);
    if (magic[0] === 0x50 && magic[1] === 0x4b && magic[2] === 0x03 && magic[3] === 0x04) {
      throw new MikroBotError('UNKNOWN_COLUMNS', 'It is a ZIP archive.', {
        where: path,
        hint: 'Unpack it first; gzip is read as it is.',
      });
    }
    const packed = magic[0] === 0x1f && magic[1] === 0x8b;
    yield* utf8(
      packed ? gunzipped(handle, path, chunkBytes, onRead, line) : plain(handle, path, chunkBytes, onRead),
    );
  } finally {
    await handle.close();
  }
}

/**
 * Size of a file on disk in bytes.
 * @throws `MikroBotError` `FILE_MISSING` when there is no such file.
 */
export const fileSize = async (path: string): Promise<number> => {
  const handle = await openFile(path);
  try {
    return (await handle.stat()).size;
  } finally {
    await handle.close();
  }
};

const openFile = async (path: string): Promise<FileHandle> => {
  let handle: FileHandle;
  try {
    handle = await open(path, 'r');
  } catch (cause) {
    const absent = (cause as NodeJS.ErrnoException).code === 'ENOENT';
    throw new MikroBotError('FILE_MISSING', absent ? 'There is no such file.' : 'It cannot be opened.', {
      where: path,
      hint: absent ? 'Check the path; it is relative to the working directory.' : undefined,
      cause,
    });
  }
  if ((await handle.stat()).isFile()) return handle;
  await handle.close();
  throw new MikroBotError('FILE_MISSING', 'It is not a regular file.', {
    where: path,
    hint: 'Name the files one by one; folders and pipes are not read.',
  });
};

async function* plain(
  handle: FileHandle,
  path: string,
  chunkBytes: number,
  onRead: BytesRead,
): AsyncGenerator<Uint8Array> {
  const chunk = new Uint8Array(chunkBytes);
  for (;;) {
    let bytesRead: number;
    try {
      ({ bytesRead } = await handle.read(chunk, 0, chunkBytes, null));
    } catch (cause) {
      throw new MikroBotError('FILE_MISSING', 'Reading it failed.', { where: path, cause });
    }
    if (bytesRead === 0) return;
    onRead(bytesRead);
    yield chunk.subarray(0, bytesRead);
  }
}

async function* gunzipped(
  handle: FileHandle,
  path: string,
  chunkBytes: number,
  onRead: BytesRead,
  line: () => number,
): AsyncGenerator<Uint8Array> {
  const packed = handle.createReadStream({ start: 0, highWaterMark: chunkBytes, autoClose: false });
  packed.on('data', (chunk: string | Buffer) => onRead(chunk.length));
  const gunzip = createGunzip({ chunkSize: Math.max(64, chunkBytes) });
  // Its errors come out of the loop below; pipeline only makes sure that leaving the loop ends both streams.
  pipeline(packed, gunzip, () => undefined);
  try {
    for await (const chunk of gunzip) yield chunk as Uint8Array;
  } catch (cause) {
    throw new MikroBotError('BAD_ROW', 'Its gzip data is broken or ends early.', {
      where: `${path}:${line()}`,
      hint: 'Fetch the file again.',
      cause,
    });
  }
}

/** UTF-16 of either byte order, told by its mark, to UTF-8; anything else passes as it is. */
async function* utf8(chunks: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  let head: Uint8Array | undefined = new Uint8Array(0);
  let decoder: TextDecoder | undefined;
  for await (const chunk of chunks) {
    let bytes = chunk;
    if (head !== undefined) {
      bytes = Buffer.concat([head, chunk]);
      if (bytes.length < 2) {
        head = bytes;
        continue;
      }
      head = undefined;
      if (bytes[0] === 0xff && bytes[1] === 0xfe) decoder = new TextDecoder('utf-16le');
      if (bytes[0] === 0xfe && bytes[1] === 0xff) decoder = new TextDecoder('utf-16be');
    }
    if (decoder === undefined) yield bytes;
    else {
      const text = Buffer.from(decoder.decode(bytes, { stream: true }));
      if (text.length > 0) yield text;
    }
  }
  if (head !== undefined && head.length > 0) yield head;
}
