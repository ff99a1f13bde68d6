import { describe, expect, it } from 'vitest';
import { trimList, trimMap } from './past.js';

describe('The past', () => {
  it('is forgotten, the oldest first', () => {
    const list: number[] = [];
    for (let i = 0; i < 1_000; i++) {
      list.push(i);
      trimList(list, 10);
      expect(list.length).toBeLessThanOrEqual(20);
    }
    expect(list.at(-1)).toBe(999);
    expect(list).toContain(990);
  });

  it('keeps what is not over, however old it is', () => {
    const map = new Map<number, 'open' | 'over'>([[-1, 'open']]);
    for (let i = 0; i < 1_000; i++) {
      map.set(i, 'over');
      trimMap(map, (state) => state === 'over', 10);
      expect(map.size).toBeLessThanOrEqual(20);
    }
    expect(map.get(-1)).toBe('open');
    expect(map.has(999)).toBe(true);
    expect(map.has(900)).toBe(false);
  });
});
