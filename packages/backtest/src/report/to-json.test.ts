import { describe, expect, it } from 'vitest';
import { simulatedRun } from '../test-support/simulated-run.js';
import { toJson } from './to-json.js';

describe('toJson', () => {
  it('holds all of a result and nothing else', async () => {
    const result = await simulatedRun({ days: 5 });
    expect(JSON.parse(toJson(result))).toEqual(result);
  });

  it('writes null for what is undefined, never NaN', async () => {
    const text = toJson(await simulatedRun({ days: 0 }));
    expect(JSON.parse(text)).toMatchObject({
      from: null,
      performance: { daily: { sharpe: null } },
      prices: [{}],
    });
    expect(text).not.toMatch(/NaN|Infinity|undefined/);
  });

  it('is the same text for the same run', async () => {
    const [one, two] = await Promise.all([simulatedRun({ days: 5 }), simulatedRun({ days: 5 })]);
    expect(toJson(one)).toBe(toJson(two));
  });
});
