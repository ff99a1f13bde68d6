/** A label along a line: where it wants its middle, and how long it is, in px. */
export interface Wanted {
  readonly at: number;
  readonly length: number;
}

/**
 * Places for the middles of labels, as near to where they want to be as they go without overlapping or leaving `low` … `high`.
 * Keeps their order. Where there is no room for all, those at the high end overlap: see {@link fitTogether}.
 */
export const spreadApart = (labels: readonly Wanted[], low: number, high: number): readonly number[] => {
  const order = labels.map((_, i) => i).sort((a, b) => labels[a]!.at - labels[b]!.at || a - b);
  const places = labels.map(({ at }) => at);
  let free = high;
  for (const i of [...order].reverse()) {
    const half = labels[i]!.length / 2;
    places[i] = Math.min(places[i]!, free - half);
    free = places[i]! - half;
  }
  free = low;
  for (const i of order) {
    const half = labels[i]!.length / 2;
    places[i] = Math.max(places[i]!, free + half);
    free = places[i]! + half;
  }
  return places;
};

/** Whether labels have room beside each other. */
export const fitTogether = (labels: readonly Wanted[], room: number): boolean =>
  labels.reduce((sum, { length }) => sum + length, 0) <= room;
