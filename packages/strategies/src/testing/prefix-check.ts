/** Anything that claims to have been knowable from a moment on, epoch ms. */
export interface Known {
  readonly confirmedAt: number;
}

/**
 * Feeds prefixes of `inputs` to `run` and compares what it then says with what the run over everything says was knowable by the
 * last input's time. A detector that looks ahead, changes its mind or antedates what it knows differs somewhere.
 * @param lengths - which prefixes
 * @param timeOf - when an input is there, epoch ms
 * @returns one line for each prefix that differs; empty for a causal detector
 */
export const repaints = <I>(
  inputs: readonly I[],
  lengths: Iterable<number>,
  timeOf: (input: I) => number,
  run: (inputs: readonly I[]) => readonly Known[],
): readonly string[] => {
  const whole = run(inputs).map((known) => ({ at: known.confirmedAt, text: JSON.stringify(known) }));
  const differing: string[] = [];
  for (const length of lengths) {
    const now = length === 0 ? -Infinity : timeOf(inputs[length - 1]!);
    const expected = whole.filter(({ at }) => at <= now).map(({ text }) => text);
    const seen = run(inputs.slice(0, length)).map((known) => JSON.stringify(known));
    if (expected.length !== seen.length || expected.some((text, i) => text !== seen[i])) {
      differing.push(`after ${length} inputs: ${seen.length} said, ${expected.length} later claimed`);
    }
  }
  return differing;
};

/** Every prefix length from 0 to `length`. */
export const all = (length: number): readonly number[] => Array.from({ length: length + 1 }, (_, i) => i);

/** `count` prefix lengths from 1 to `length`, evenly spread, the last one included. */
export const sample = (length: number, count: number): readonly number[] =>
  Array.from({ length: count }, (_, i) => Math.max(1, Math.round(((i + 1) * length) / count)));
