import { afterEach, describe, expect, it } from 'vitest';
import { allBehaviours, behaviourTopics } from './testing/all-behaviours.js';
import { Mt5UnderTest } from './testing/mt5-under-test.js';

let mt5: Mt5UnderTest | undefined;

afterEach(async () => {
  await mt5?.close();
  mt5 = undefined;
});

for (const mode of ['hedging', 'netting'] as const)
  for (const [topic, all] of Object.entries(behaviourTopics)) {
    const behaviours = all.filter(({ modes }) => modes?.includes(mode) ?? true);
    if (behaviours.length === 0) continue;
    describe(`${topic}, ${mode}`, () => {
      for (const { id, title, options, act, seen } of behaviours)
        it(`${id}: ${title}`, async () => {
          mt5 = await Mt5UnderTest.start(mode, options);
          expect(await act(mt5)).toEqual(seen);
        });
    });
  }

describe('the table', () => {
  it('has at least 60 behaviours, each with an id of its own', () => {
    const ids = allBehaviours.map(({ id }) => id);
    expect(new Set(ids).size).toBe(ids.length);
    expect(ids.length).toBeGreaterThanOrEqual(60);
  });
});
