import { describe, expect, it } from 'vitest';
import { follow } from '../test-support/policy-run.js';
import { monitorOnly } from './monitor-only.js';

describe('monitorOnly', () => {
  const { judge } = follow(monitorOnly());

  it('refuses an entry, and says which one it would have been', () => {
    expect(judge({ side: 'sell', quantity: 2 })).toMatchObject({
      code: 'MONITOR_ONLY',
      actual: expect.stringMatching(/^sell 2 EURUSD at \d/),
    });
  });

  it('says no size where policies would work it out', () => {
    expect(judge({ quantity: undefined })).toMatchObject({
      actual: expect.stringMatching(/^buy EURUSD at \d/),
    });
  });

  it('is not asked about ways out', () => {
    expect(monitorOnly().always).toBeUndefined();
  });
});
