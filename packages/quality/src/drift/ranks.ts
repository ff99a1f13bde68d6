/** How often each value occurs, in ascending order of the values. */
export const tiesOf = (values: ArrayLike<number>): readonly number[] => {
  const sorted = Float64Array.from(values).sort();
  const ties: number[] = [];
  for (let i = 0; i < sorted.length; i++) {
    // -0 equals 0, though it sorts before it.
    if (i > 0 && sorted[i] === sorted[i - 1]) ties[ties.length - 1]!++;
    else ties.push(1);
  }
  return ties;
};
