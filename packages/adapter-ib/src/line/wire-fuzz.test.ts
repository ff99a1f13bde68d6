import { describe, expect, it } from 'vitest';
import { fuzzWire } from '../testing/fuzz-wire.js';

describe('mutated frames of TWS', () => {
  it.each([176, 193] as const)(
    'break nothing, block nothing and invent no fill, at version %i',
    async (serverVersion) => {
      const report = await fuzzWire({ frames: 1_000, serverVersion, seed: serverVersion });
      expect(report.wrong).toEqual([]);
      expect(report.frames).toBeGreaterThanOrEqual(1_000);
      expect(report.fills.real).toBeGreaterThan(0);
      expect(report.kinds.length).toBeGreaterThan(20);
      expect(report.longestBlock).toBeLessThan(5_000);
    },
    30_000,
  );
});
