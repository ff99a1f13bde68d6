import { describe, expect, it } from 'vitest';
import type { Line } from '../line/line.js';
import { Streams } from './streams.js';

const line = (isOpen = true): Line => ({ isOpen }) as Line;

describe('Streams', () => {
  it('begin a subscription on each line, and end it on the one before', () => {
    const streams = new Streams();
    const log: string[] = [];
    let n = 0;
    const stop = streams.keep(() => {
      const name = n++;
      log.push(`start ${name}`);
      return () => log.push(`stop ${name}`);
    });
    expect(log).toEqual([]);
    const first = line();
    streams.begin(first);
    streams.begin(first);
    streams.suspend();
    streams.begin(line());
    stop();
    stop();
    streams.begin(line());
    expect(log).toEqual(['start 0', 'stop 0', 'start 1', 'stop 1', 'start 2', 'stop 2']);
  });

  it('begin at once what comes while a line stands', () => {
    const streams = new Streams();
    let begun = 0;
    streams.begin(line());
    streams.keep(() => {
      begun += 1;
      return () => undefined;
    });
    expect(begun).toBe(1);
  });

  it('begin nothing that another one has ended meanwhile', () => {
    const streams = new Streams();
    let stop = (): void => undefined;
    let begun = 0;
    streams.keep(() => {
      stop();
      return () => undefined;
    });
    stop = streams.keep(() => {
      begun += 1;
      return () => undefined;
    });
    streams.begin(line());
    expect(begun).toBe(0);
  });
});
