import type { OrderEvent } from '@mikrobot/core';
import { describe, expect, it } from 'vitest';
import { fits, storyOf } from './story.js';

const told = (...types: readonly string[]): readonly OrderEvent[] =>
  types.map((type) => ({ type })) as unknown as OrderEvent[];

describe('The story of an order', () => {
  it.each([
    ['accepted? → fill+', ['fill'], true],
    ['accepted? → fill+', ['accepted', 'fill', 'fill'], true],
    ['accepted? → fill+', ['accepted', 'accepted', 'fill'], false],
    ['accepted? → fill+', ['fill', 'accepted'], false],
    ['accepted? → fill+', ['accepted'], false],
    ['accepted → cancelled|expired', ['accepted', 'expired'], true],
    ['accepted → cancelled|expired', ['accepted', 'cancelled', 'expired'], false],
    ['replaced*', [], true],
    ['', [], true],
    ['', ['accepted'], false],
  ])('%s is told by %j: %s', (pattern, types, isTold) => {
    expect(fits(pattern, told(...types))).toBe(isTold);
  });

  it('is written as it happened', () => {
    expect(storyOf(told('accepted', 'fill'))).toBe('accepted → fill');
  });
});
