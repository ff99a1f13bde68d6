import { describe, expect, it } from 'vitest';
import { RecentMap } from './recent-map.js';

describe('RecentMap', () => {
  it('remembers the last so many and forgets the oldest', () => {
    const recent = new RecentMap<number>(3);
    for (let i = 0; i < 10; i++) recent.set(`k${i}`, i);
    expect([6, 7, 8, 9].map((i) => recent.get(`k${i}`))).toEqual([undefined, 7, 8, 9]);
    expect(recent.has('k9')).toBe(true);
    expect(recent.has('k0')).toBe(false);
  });
});
