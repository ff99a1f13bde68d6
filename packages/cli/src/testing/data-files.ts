import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** A folder of small files, taken away by {@link DataFolder.remove}. */
export class DataFolder {
  readonly path = mkdtempSync(join(tmpdir(), 'mikrobot-cli-'));

  /** Writes a file and gives its path. */
  write(name: string, lines: readonly string[]): string {
    const path = join(this.path, name);
    writeFileSync(path, lines.map((line) => `${line}\n`).join(''));
    return path;
  }

  remove(): void {
    rmSync(this.path, { recursive: true, force: true });
  }
}

/** Header of the layout `bars`. */
export const barsHeader = 'ts_ms,open,high,low,close,volume';

/** Tuesday, nine in London. */
export const tuesday = Date.UTC(2024, 0, 9, 9);

/** A row of the layout `bars`: a good one, unless told otherwise. */
export const barRow = (
  minute: number,
  { open = '1.1', high = '1.2', low = '1.0', close = '1.15' } = {},
): string => [tuesday + minute * 60_000, open, high, low, close, 10].join(',');
