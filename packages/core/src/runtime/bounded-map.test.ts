import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { BoundedMap } from './bounded-map.js';

const filled = (capacity: number, keys: readonly string[]): BoundedMap<string, number> => {
  const map = new BoundedMap<string, number>(capacity);
  for (const [i, key] of keys.entries()) map.set(key, i);
  return map;
};

const present = (map: BoundedMap<string, number>, keys: readonly string[]): readonly string[] =>
  keys.filter((key) => map.has(key));

describe('BoundedMap', () => {
  it('forgets the key that was added first when there is one too many', () => {
    const map = filled(3, ['a', 'b', 'c', 'd', 'e']);
    expect(present(map, ['a', 'b', 'c', 'd', 'e'])).toEqual(['c', 'd', 'e']);
    expect([map.get('b'), map.get('c'), map.get('e')]).toEqual([undefined, 2, 4]);
  });

  it('gives a key that is set again its new value and its old age', () => {
    const map = filled(2, ['a', 'b', 'a']);
    expect(map.get('a')).toBe(2);
    map.set('c', 3);
    expect(present(map, ['a', 'b', 'c'])).toEqual(['b', 'c']);
  });

  it('counts no key that was deleted, and takes one that comes back for a new one', () => {
    const map = filled(2, ['a', 'b']);
    map.delete('a');
    map.delete('never there');
    map.set('a', 5);
    expect(present(map, ['a', 'b'])).toEqual(['a', 'b']);
    map.set('c', 6);
    expect(present(map, ['a', 'b', 'c'])).toEqual(['a', 'c']);
  });

  it('remembers a key whose value is undefined', () => {
    const map = new BoundedMap<string, number | undefined>(1);
    map.set('a', undefined);
    expect(map.has('a')).toBe(true);
  });

  it('holds, whatever is set and deleted, what a list in order of age would hold', () => {
    const step = fc.record({ key: fc.nat(7), remove: fc.boolean(), value: fc.nat() });
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 5 }), fc.array(step, { maxLength: 60 }), (capacity, steps) => {
        const map = new BoundedMap<number, number>(capacity);
        let list: { readonly key: number; value: number }[] = [];
        for (const { key, remove, value } of steps) {
          const held = list.find((entry) => entry.key === key);
          if (remove) {
            map.delete(key);
            list = list.filter((entry) => entry.key !== key);
          } else {
            map.set(key, value);
            if (held === undefined) list = [...list, { key, value }].slice(-capacity);
            else held.value = value;
          }
          for (let k = 0; k < 8; k++) {
            const entry = list.find((one) => one.key === k);
            expect([map.has(k), map.get(k)]).toEqual([entry !== undefined, entry?.value]);
          }
        }
      }),
    );
  });
});
