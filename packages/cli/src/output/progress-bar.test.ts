import { describe, expect, it } from 'vitest';
import { Kept } from '../testing/run-cli.js';
import { drawProgress, ProgressBar } from './progress-bar.js';

const MB = 1_000_000;

describe('the progress bar', () => {
  it('tells bytes read of all, rows, speed and the time that is left', () => {
    const half = drawProgress({ rows: 20_000, bytes: 2 * MB, totalBytes: 4 * MB }, 10);
    expect(half).toBe(
      '[############............]   50 %  2.0 MB of 4.0 MB  20,000 rows  2,000 rows/s  10 s left',
    );
    const quarter = drawProgress({ rows: 10, bytes: MB, totalBytes: 4 * MB }, 40);
    expect(quarter).toMatch(/25 % .* 2 min 0 s left$/);
  });

  it('promises nothing before anything was read, and nothing is left at the end', () => {
    expect(drawProgress({ rows: 0, bytes: 0, totalBytes: MB }, 0)).toMatch(/ 0 % .* 0 rows$/);
    expect(drawProgress({ rows: 9, bytes: MB, totalBytes: MB }, 3)).toMatch(/100 % .* 3 rows\/s$/);
  });

  it('writes nothing where there is no terminal', () => {
    const output = new Kept(false);
    const bar = new ProgressBar(output, () => 0);
    bar.update({ rows: 1, bytes: 1, totalBytes: 2 });
    bar.end();
    expect(output.text).toBe('');
  });

  it('is drawn over itself at most ten times a second, and taken away at the end', () => {
    const output = new Kept(true);
    let now = 0;
    const bar = new ProgressBar(output, () => now);
    for (; now < 1_000; now += 10) bar.update({ rows: now, bytes: now, totalBytes: 1_000 });
    bar.end();
    const pictures = output.text.split('\r\u001b[K');
    expect(pictures.slice(1, -1)).toHaveLength(10);
    expect(pictures.at(-1)).toBe('');
    for (const picture of pictures) expect(picture.length).toBeLessThan(output.columns);
  });
});
