import { describe, expect, it } from 'vitest';
import type { RiskPolicy } from '../risk/policy.js';
import { testBot } from '../testing/test-bot.js';

describe('what a policy says', () => {
  it.each([
    ['a cap without an end', { cap: Number.POSITIVE_INFINITY }, { quantity: 'Infinity' }],
    ['a figure that is none', { code: 'ODD', limit: 1, actual: Number.NaN }, { limit: 1, actual: 'NaN' }],
  ])('%s can be journalled as it was said', async (_, answer, record) => {
    const policy: RiskPolicy = { name: 'odd', judge: () => answer };
    const { journal, say } = await testBot({ risk: policy });
    say({});
    const decision = journal.entries().find(({ kind }) => kind === 'out:decision');
    expect((decision!.data as { verdicts: readonly object[] }).verdicts).toMatchObject([record]);
  });
});
