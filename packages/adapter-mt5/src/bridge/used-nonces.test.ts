import { expect, it } from 'vitest';
import { UsedNonces } from './used-nonces.js';

it('remembers the last 4,096 nonces, and no more', () => {
  const nonces = new UsedNonces();
  for (let i = 0; i < 5_000; i++) nonces.add(`n${i}`);
  const known = Array.from({ length: 5_000 }, (_, i) => nonces.has(`n${i}`));
  expect(known.indexOf(true)).toBe(5_000 - 4_096);
  expect(known.filter(Boolean)).toHaveLength(4_096);
});
