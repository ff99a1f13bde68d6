import { describe, expect, it } from 'vitest';
import { toyVenue } from '../testing/toy-bench.js';
import { testAdapter } from './test-adapter.js';

describe('The suite for adapters', () => {
  it('passes a correct venue', async () => {
    const report = await testAdapter({ create: () => toyVenue(), patience: 100, quiet: 10 });
    expect(report.ok).toBe(true);
  });
});
