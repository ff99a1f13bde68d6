import { describe, expect, it } from 'vitest';
import { brokenAdapters } from '../testing/broken-adapters.js';
import { caught } from '../testing/faults-caught.js';
import { toyVenue } from '../testing/toy-bench.js';
import { testAdapter } from './test-adapter.js';

describe('An adapter that', () => {
  it.each(Object.entries(brokenAdapters))('%s fails these cards and no other', async (fault, Broken) => {
    const create = () => toyVenue((server) => new Broken(server));
    const { results } = await testAdapter({ create, patience: 40, quiet: 5 });
    const failed = results.filter(({ outcome }) => outcome === 'failed').map(({ id }) => id);
    expect(failed.sort()).toEqual(caught[fault as keyof typeof caught].cards.split(' ').sort());
  });
});
