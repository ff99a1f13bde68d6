/** So many orders, trades and the like are remembered for certain; a simulator that runs for weeks forgets older ones. */
export const KEPT = 20_000;

/** Forgets the oldest entries of a list, many at once, so that it costs nothing each time. */
export const trimList = (list: unknown[], kept = KEPT): void => {
  if (list.length > 2 * kept) list.splice(0, list.length - kept);
};

/**
 * Forgets the oldest entries of a map that are over, many at once.
 * @param isOver - whether nothing can happen to it any more
 * @returns whether any was looked for
 */
export const trimMap = <K, V>(map: Map<K, V>, isOver: (value: V) => boolean, kept = KEPT): boolean => {
  if (map.size <= 2 * kept) return false;
  let surplus = map.size - kept;
  for (const [key, value] of map) {
    if (surplus === 0) break;
    if (!isOver(value)) continue;
    map.delete(key);
    surplus -= 1;
  }
  return true;
};
