import { seededRandom } from '@mikrobot/core';
import { openFuzzWorld } from './fuzz-world.js';
import { type FrameMutation, frameMutations, mutateFrame } from './mutate-frame.js';

/** What became of many mutated frames. */
export interface FuzzReport {
  readonly frames: number;
  readonly byMutation: Readonly<Record<FrameMutation, number>>;
  /** Kinds of messages that were mutated. */
  readonly kinds: readonly number[];
  /** Lines that were opened. */
  readonly lines: number;
  /** Why lines ended, and messages that were dropped; how often. */
  readonly ends: Readonly<Record<string, number>>;
  readonly drops: Readonly<Record<string, number>>;
  readonly ticks: number;
  /** Fills that happened, and such that happened nowhere but were spelled out to the adapter, field by field. */
  readonly fills: { readonly real: number; readonly spelled: number };
  /** What must not be: events that nobody said, fills that were told twice or never, numbers that are none. */
  readonly wrong: readonly string[];
  /** Longest time without a turn of the event loop, ms. */
  readonly longestBlock: number;
}

/** Messages whose loss ends the line: taken less often, or most frames would go to lines that are ending. */
const vital: ReadonlySet<number> = new Set([3, 4, 9, 11, 15, 59, 61]);
const EXECUTION = 11;
/** Frames that are said at once. */
const BATCH = 6;
/** Frames between two times of trading. */
const TRADE_EVERY = 2_000;

/** Says mutated frames of TWS to the whole adapter, over sockets, while it trades on the simulator. */
export const fuzzWire = async ({
  frames,
  serverVersion,
  seed,
}: {
  readonly frames: number;
  readonly serverVersion: 176 | 193;
  readonly seed: number;
}): Promise<FuzzReport> => {
  const random = seededRandom(seed);
  const byMutation = Object.fromEntries(frameMutations.map((name) => [name, 0])) as Record<
    FrameMutation,
    number
  >;
  const world = await openFuzzWorld(serverVersion, seed);
  const { judge, proxy, samples, tws } = world;
  const pick = <T>(from: readonly T[]): T => from[Math.floor(random() * from.length)] as T;

  let sent = 0;
  let nextTrade = TRADE_EVERY;
  while (sent < frames && judge.wrong.length === 0) {
    if (!(await world.up())) {
      judge.wrong.push('it never came up again');
      break;
    }
    if (sent >= nextTrade) {
      nextTrade += TRADE_EVERY;
      await world.trade();
      continue;
    }
    const { joins } = proxy;
    for (let i = 0; i < BATCH; i++) {
      // Executions first, while the line is sure to stand.
      const others = [...samples.keys()].filter((one) => random() < 0.2 || !vital.has(one));
      const kind = i === 0 && random() < 0.6 ? EXECUTION : pick(others);
      const { bytes, mutation } = mutateFrame(random, pick(samples.get(kind) ?? []));
      byMutation[mutation] += 1;
      proxy.inject(bytes);
      sent += 1;
    }
    await world.pump(4, () => proxy.joins !== joins);
  }
  // The end of a frame may still be awaited on this line.
  tws.faults.drop();
  await world.pump(10);
  if (await world.up()) await world.trade();
  await world.pump(200);
  const fills = judge.conclude(tws.controls.truth().executions.filter(({ clientId }) => clientId === 7));
  await world.close();
  return {
    frames: sent,
    byMutation,
    kinds: [...samples.keys()].sort((a, b) => a - b),
    lines: proxy.joins,
    ends: world.ends,
    drops: world.drops,
    ticks: judge.ticks,
    fills,
    wrong: judge.wrong,
    longestBlock: world.longestBlock,
  };
};
