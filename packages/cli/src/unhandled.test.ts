import { config, Subject } from 'rxjs';
import { afterEach, describe, expect, it } from 'vitest';
import { Kept } from './testing/run-cli.js';
import { failLoudly } from './unhandled.js';

afterEach(() => {
  config.onUnhandledError = null;
});

describe('a subscriber that throws', () => {
  it('ends the process with a sentence instead of going on in silence', async () => {
    const err = new Kept();
    const exited = new Promise<number>((resolve) => failLoudly({ out: new Kept(), err }, resolve));
    const numbers = new Subject<number>();
    const heard: number[] = [];
    numbers.subscribe((n) => {
      if (n === 2) throw new Error('cannot take two');
    });
    numbers.subscribe((n) => heard.push(n));
    for (const n of [1, 2, 3]) numbers.next(n);
    expect(await exited).toBe(1);
    expect(err.text).toMatch(/^error: unexpected: cannot take two\. .*\n$/);
    expect(heard).toEqual([1, 2, 3]);
  });
});
