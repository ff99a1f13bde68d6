import { describe, expect, it } from 'vitest';
import { fuzzLines, settledHeap } from '../testing/fuzz-world.js';

describe('the bridge', () => {
  it('lives through 100,000 changed lines of an EA, tells nothing of those that are none, and keeps nothing of them', async () => {
    const { FC_SEED = '8128' } = process.env;
    await fuzzLines(5_000, Number(FC_SEED) + 1);
    const before = await settledHeap();
    const report = await fuzzLines(100_000, Number(FC_SEED));
    expect(report.lines).toBe(100_000);
    expect(report.told).toBeGreaterThan(5_000);
    expect((await settledHeap()) - before).toBeLessThan(100_000_000);
  });
});
