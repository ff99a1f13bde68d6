/**
 * How long a Markov chain goes on until it is absorbed, from each of its states: the solution of `x = 1 + Px`.
 *
 * The state reduction of Grassmann, Taksar and Heyman (Operations Research 33, 1985) adds, multiplies and divides positive numbers
 * only, so nothing cancels: a run length of 1e18 has as many true digits as one of 10. What a row keeps to itself is never read,
 * it is whatever the other entries and the absorption leave, which also takes the error of a quadrature out of the row's sum.
 * @param moves - row by row the probabilities from state to state; used up
 * @param absorbed - the probability of absorption from each state; used up
 * @returns expected number of steps from each state; infinite where absorption cannot be told from impossible
 */
export const absorptionTimes = (moves: Float64Array, absorbed: Float64Array): Float64Array => {
  const n = absorbed.length;
  const times = new Float64Array(n).fill(1);
  const leaving = new Float64Array(n);
  for (let last = n - 1; last >= 0; last--) {
    const from = last * n;
    let out = absorbed[last] as number;
    for (let j = 0; j < last; j++) out += moves[from + j] as number;
    leaving[last] = out;
    for (let i = 0; i < last; i++) {
      const row = i * n;
      const share = (moves[row + last] as number) / out;
      if (share === 0) continue;
      for (let j = 0; j < last; j++)
        moves[row + j] = (moves[row + j] as number) + share * (moves[from + j] as number);
      absorbed[i] = (absorbed[i] as number) + share * (absorbed[last] as number);
      times[i] = (times[i] as number) + share * (times[last] as number);
    }
  }
  for (let i = 0; i < n; i++) {
    let time = times[i] as number;
    for (let j = 0; j < i; j++) time += (moves[i * n + j] as number) * (times[j] as number);
    times[i] = time / (leaving[i] as number);
  }
  return times;
};
