import { describe, expect, it } from 'vitest';
import type { Output } from '../io.js';
import { LineWriter } from './line-writer.js';

/** A reader that takes one write at a time. */
class SlowReader implements Output {
  text = '';
  #ready: (() => void) | undefined;

  write(text: string): boolean {
    this.text += text;
    return false;
  }

  once(_event: 'drain', listener: () => void): void {
    this.#ready = listener;
  }

  takeIn(): void {
    this.#ready?.();
  }
}

describe('LineWriter', () => {
  it('writes many lines at once, and waits until the reader has them', async () => {
    const reader = new SlowReader();
    const writer = new LineWriter(reader);
    while (!writer.full) writer.add('0123456789');
    expect(reader.text).toBe('');
    let done = false;
    const flushed = writer.flush().then(() => {
      done = true;
    });
    await Promise.resolve();
    expect(reader.text.length).toBeGreaterThan(60_000);
    expect(done).toBe(false);
    reader.takeIn();
    await flushed;
    expect(done).toBe(true);
    expect(new Set(reader.text.trimEnd().split('\n'))).toEqual(new Set(['0123456789']));
  });
});
