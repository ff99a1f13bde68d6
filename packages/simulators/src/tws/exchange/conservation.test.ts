import { describe, it } from 'vitest';
import { expectBooksToAddUp, expectGroupsNotToOverfill } from './testing/random-books.js';

describe('Over random orders of two clients, a person, corrections and restarts', () => {
  it('executions add up to positions and cash, an order ends once, and no status comes after its end', () =>
    expectBooksToAddUp(8));

  it('a group with overfill protection never trades more than one of its orders asks for', () =>
    expectGroupsNotToOverfill(20));
});
