/** A tick of a test. `time` is epoch ms of the server's clock. */
export interface TestTick {
  readonly time: number;
  readonly bid: number;
  readonly ask: number;
}

/** A bar as a test expects it. `time` is its opening in seconds. */
export interface ExpectedBar {
  readonly time: number;
  readonly open: number;
  readonly high: number;
  readonly low: number;
  readonly close: number;
  readonly ticks: number;
  /** Points: the smallest of the bar. */
  readonly spread: number;
}

const MINUTES = [1, 2, 3, 4, 5, 6, 10, 12, 15, 20, 30];
const HOURS = [1, 2, 3, 4, 6, 8, 12];

/** When the bar that holds a moment opened, ms, by timeframe. */
export const openings: Readonly<Record<string, (time: number) => number>> = {
  ...Object.fromEntries(
    MINUTES.map((n) => [`M${n}`, (time: number) => Math.floor(time / (n * 60_000)) * n * 60_000]),
  ),
  ...Object.fromEntries(
    HOURS.map((n) => [
      `H${n}`,
      (time: number) => {
        const at = new Date(time);
        return at.setUTCHours(Math.floor(at.getUTCHours() / n) * n, 0, 0, 0);
      },
    ]),
  ),
  D1: (time) => new Date(time).setUTCHours(0, 0, 0, 0),
  W1(time) {
    const at = new Date(time);
    at.setUTCDate(at.getUTCDate() - at.getUTCDay());
    return at.setUTCHours(0, 0, 0, 0);
  },
  MN1(time) {
    const at = new Date(time);
    return Date.UTC(at.getUTCFullYear(), at.getUTCMonth(), 1);
  },
};

/** The bars of bids that ticks make, by the definition of a bar. */
export const expectedBars = (
  ticks: readonly TestTick[],
  timeframe: string,
  point: number,
): readonly ExpectedBar[] => {
  const opening = openings[timeframe];
  if (opening === undefined) throw new Error(`no timeframe ${timeframe}`);
  const groups = new Map<number, TestTick[]>();
  for (const tick of ticks) {
    const time = opening(tick.time) / 1000;
    const group = groups.get(time);
    if (group === undefined) groups.set(time, [tick]);
    else group.push(tick);
  }
  return [...groups].map(([time, group]) => ({
    time,
    open: group[0]?.bid ?? 0,
    high: Math.max(...group.map(({ bid }) => bid)),
    low: Math.min(...group.map(({ bid }) => bid)),
    close: group.at(-1)?.bid ?? 0,
    ticks: group.length,
    spread: Math.min(...group.map(({ bid, ask }) => Math.round((ask - bid) / point))),
  }));
};
