import { describe, expect, it } from 'vitest';
import { brokenAdapters } from '../testing/broken-adapters.js';
import { caught } from '../testing/faults-caught.js';
import { toyVenue } from '../testing/toy-bench.js';
import { adapterCards } from './test-adapter.js';

describe('An adapter that', () => {
  it.each(Object.entries(brokenAdapters))('%s is caught by the card that names it', async (fault, Broken) => {
    const { cards, says } = caught[fault as keyof typeof caught];
    const create = () => toyVenue((server) => new Broken(server));
    const first = adapterCards({ create, patience: 40, quiet: 5 }).find(({ id }) => cards.startsWith(id));
    const error = await first!.run().then(
      () => undefined,
      (reason: unknown) => reason as Error,
    );
    expect(error?.message).toMatch(says);
  });
});
