import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { describe, expect, it } from 'vitest';
import { fuzzWire } from '../testing/fuzz-wire.js';

const FRAMES = 50_000;
const MB = 2 ** 20;

setFlagsFromString('--expose-gc');
const collect = runInNewContext('gc') as () => void;

const heap = (): number => {
  collect();
  return process.memoryUsage().heapUsed / MB;
};

describe('100,000 mutated frames of TWS', () => {
  it.each([176, 193] as const)(
    'break nothing, block nothing and invent no fill, at version %i',
    async (serverVersion) => {
      const before = heap();
      const report = await fuzzWire({ frames: FRAMES, serverVersion, seed: serverVersion + 1 });
      const grown = heap() - before;
      console.log(
        JSON.stringify({ serverVersion, ...report, grown: `${grown.toFixed(1)} MB` }, undefined, 1),
      );
      expect(report.wrong).toEqual([]);
      expect(report.frames).toBeGreaterThanOrEqual(FRAMES);
      expect(report.fills.real).toBeGreaterThan(10);
      expect(report.longestBlock).toBeLessThan(5_000);
      expect(grown).toBeLessThan(64);
    },
    900_000,
  );
});
