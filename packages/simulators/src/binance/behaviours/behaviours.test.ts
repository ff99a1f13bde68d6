import { afterEach, describe, expect, it } from 'vitest';
import { allBehaviours, behaviourTopics } from './testing/all-behaviours.js';
import { VenueUnderTest } from './testing/venue.js';

let venue: VenueUnderTest | undefined;

afterEach(async () => {
  await venue?.close();
  venue = undefined;
});

for (const [topic, behaviours] of Object.entries(behaviourTopics))
  describe(topic, () => {
    for (const { id, title, at, act, seen } of behaviours)
      it(`${id}: ${title}`, async () => {
        venue = await VenueUnderTest.start(at);
        expect(await act(venue)).toEqual(seen);
        expect(venue.failures).toEqual([]);
      });
  });

describe('the table', () => {
  it('has at least 35 behaviours of spot and 25 of futures, each with an id of its own', () => {
    const ids = allBehaviours.map(({ id }) => id);
    expect(new Set(ids).size).toBe(ids.length);
    expect(ids.filter((id) => id.startsWith('S-')).length).toBeGreaterThanOrEqual(35);
    expect(ids.filter((id) => id.startsWith('F-')).length).toBeGreaterThanOrEqual(25);
  });
});
