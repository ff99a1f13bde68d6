import { afterEach, describe, expect, it } from 'vitest';
import { allBehaviours, behaviourTopics } from './testing/all-behaviours.js';
import { TwsUnderTest } from './testing/tws-under-test.js';

let tws: TwsUnderTest | undefined;

afterEach(async () => {
  await tws?.close();
  tws = undefined;
});

for (const serverVersion of [176, 193] as const)
  for (const [topic, behaviours] of Object.entries(behaviourTopics))
    describe(`${topic}, server version ${serverVersion}`, () => {
      for (const { id, title, options, act, seen } of behaviours)
        it(`${id}: ${title}`, async () => {
          tws = await TwsUnderTest.start(serverVersion, options);
          expect(await act(tws)).toEqual(typeof seen === 'function' ? seen(serverVersion) : seen);
          tws.readAll();
          expect(tws.tws.failures).toEqual([]);
        });
    });

describe('the table', () => {
  it('has at least 40 behaviours, each with an id of its own', () => {
    const ids = allBehaviours.map(({ id }) => id);
    expect(new Set(ids).size).toBe(ids.length);
    expect(ids.length).toBeGreaterThanOrEqual(40);
  });
});
