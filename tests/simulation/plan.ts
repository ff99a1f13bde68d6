import type { FaultRule } from '@mikrobot/testkit';
import { Chance } from './chance.js';

/** Where a bot's process dies. Calls and events count from the start of that process. */
export type Death =
  | { readonly at: 'step'; readonly step: number }
  | {
      readonly at: 'journal';
      readonly when: 'append' | 'before commit' | 'after commit';
      readonly nth: number;
    }
  | { readonly at: 'line'; readonly rule: FaultRule };

/** How one process of the bot ends, and how long nobody starts the next one. */
export interface Life {
  /** Undefined: it lives until the end of the world. */
  readonly end:
    | Death
    | { readonly at: 'stop'; readonly step: number; readonly dying: Death | undefined }
    | undefined;
  /** Steps until the next start. */
  readonly pause: number;
}

/** Everything that a seed decides before the first tick. */
export interface Plan {
  readonly seed: number;
  readonly steps: number;
  readonly runs: readonly { readonly name: string; readonly symbol: string }[];
  readonly mode: 'netting' | 'hedging';
  readonly brackets: 'native' | 'none';
  readonly replies: 'sync' | 'async';
  /** Ms that a commit takes; `sync` for at once. */
  readonly commit: 'sync' | number;
  /** Ms from an order to its first chance to trade. */
  readonly latency: number;
  /** Part of a tick's volume that one order gets; undefined for all it wants. */
  readonly share: number | undefined;
  /** Every entry has a stop, so that each open lot must be protected. */
  readonly stops: boolean;
  /** Entries may go against their own ledger's position. */
  readonly against: boolean;
  /** Ms between two comparisons of the books with the venue. */
  readonly reconcileEvery: number;
  /** Per step. */
  readonly rates: { readonly draft: number; readonly person: number; readonly cut: number };
  readonly weather: readonly FaultRule[];
  readonly lives: readonly Life[];
}

const CALLS = ['submit', 'amend', 'cancel', 'query'] as const;

const callRule = (chance: Chance): FaultRule => {
  const on = chance.pick(CALLS);
  const rate = chance.between(0.02, 0.2);
  const as = chance.pick(['unknown', 'unknown', 'error', 'silence'] as const);
  switch (chance.whole(0, 5)) {
    case 0:
      return { on, rate, do: 'lose-request', as };
    case 1:
      return { on, rate, do: 'lose-answer', as };
    case 2:
      return { on, rate, do: 'lose-answer', ms: [100, 4_000] };
    case 3:
      return { on, rate, do: 'delay-request', ms: [1, 1_500] };
    case 4:
      // Past the timeout as well: the answer is then late.
      return { on, rate, do: 'delay-answer', ms: [1, 7_000] };
    default:
      return on === 'query' ? { on, rate, do: 'throw' } : { on, rate, do: chance.pick(['refuse', 'throw']) };
  }
};

const EVENTS = ['order', 'order:fill', 'order:accepted', 'order:cancelled', 'account'] as const;

const eventRule = (chance: Chance): FaultRule => {
  const on = chance.pick(EVENTS);
  const rate = chance.between(0.02, 0.15);
  switch (chance.whole(0, 3)) {
    case 0:
      return { on, rate, do: 'drop' };
    case 1:
      return { on, rate, do: 'delay', ms: [1, 3_000] };
    case 2:
      return { on, rate, do: 'duplicate' };
    default:
      return { on, rate, do: 'reorder', ms: 800 };
  }
};

const lineRule = (chance: Chance): FaultRule => ({
  on: chance.pick(['submit', 'amend', 'cancel', 'query', 'order:fill', 'order:accepted', 'tick'] as const),
  nth: chance.whole(1, 20),
  do: 'cut',
  ms: [200, 20_000],
  line: {
    calls: chance.pick(['unknown', 'refused', 'silence'] as const),
    events: chance.pick(['lost', 'kept'] as const),
    silent: chance.hit(0.2),
  },
});

const startRule = (chance: Chance): FaultRule => {
  const on = chance.pick(['connect', 'instruments', 'subscribe', 'snapshot'] as const);
  return {
    on,
    rate: 0.3,
    do: on === 'snapshot' ? chance.pick(['incomplete', 'lose-answer']) : 'lose-answer',
  };
};

const weatherOf = (chance: Chance): readonly FaultRule[] => {
  const rules: FaultRule[] = [];
  const some = (most: number, make: (chance: Chance) => FaultRule): void => {
    for (let i = chance.whole(0, most); i > 0; i--) rules.push(make(chance));
  };
  // A third of all worlds has a line without faults: there nothing but crashes can be to blame.
  if (chance.hit(1 / 3)) return rules;
  some(4, callRule);
  some(3, eventRule);
  some(2, lineRule);
  if (chance.hit(0.2)) some(1, startRule);
  return rules;
};

const deathOf = (chance: Chance, from: number, to: number): Death => {
  switch (chance.whole(0, 3)) {
    case 0:
      return { at: 'step', step: chance.whole(from, to) };
    case 1: {
      const when = chance.pick(['append', 'before commit', 'after commit'] as const);
      return { at: 'journal', when, nth: chance.whole(1, when === 'append' ? 150 : 12) };
    }
    case 2: {
      const on = chance.pick([...CALLS, 'submit', 'submit', 'snapshot', 'connect', 'subscribe'] as const);
      const most = on === 'submit' ? 12 : on === 'connect' || on === 'snapshot' ? 1 : 4;
      const when = chance.pick(['before', 'after'] as const);
      return { at: 'line', rule: { on, nth: chance.whole(1, most), do: 'sever', when } };
    }
    default: {
      const on = chance.pick(['order:accepted', 'order:fill', 'order:fill', 'order:cancelled'] as const);
      return { at: 'line', rule: { on, nth: chance.whole(1, 10), do: 'sever' } };
    }
  }
};

const livesOf = (chance: Chance, steps: number, crashes: boolean): readonly Life[] => {
  if (!crashes) return [{ end: undefined, pause: 0 }];
  const lives: Life[] = [];
  const count = chance.whole(1, 5);
  for (let i = 0; i < count; i++) {
    // Counted in steps of the world: a life that ends later than it begins ends at once.
    const from = Math.floor((steps * i) / count);
    const to = Math.floor((steps * (i + 1)) / count);
    const pause = chance.pick([0, 0, 1, 3, 8]);
    const end = chance.hit(0.2)
      ? ({
          at: 'stop',
          step: chance.whole(from, to),
          dying: chance.hit(0.3) ? deathOf(chance, from, to) : undefined,
        } as const)
      : deathOf(chance, from, to);
    lives.push({ end, pause });
  }
  lives.push({ end: undefined, pause: 0 });
  return lives;
};

/** Draws a world. @param crashes - whether its bots die and stop; without, one process lives from begin to end */
export const planOf = (seed: number, crashes = true): Plan => {
  const chance = new Chance(seed);
  const steps = chance.whole(40, 120);
  const mode = chance.hit(0.2) ? 'hedging' : 'netting';
  const brackets = chance.pick(['native', 'none', 'none'] as const);
  const runs = [{ name: 'one', symbol: 'EURUSD' }];
  if (chance.hit(0.6)) runs.push({ name: 'two', symbol: chance.pick(['EURUSD', 'GBPUSD']) });
  return {
    seed,
    steps,
    runs,
    mode,
    brackets,
    replies: chance.pick(['sync', 'async']),
    commit: chance.pick(['sync', 'sync', 0, 3]),
    latency: chance.pick([0, 0, 40, 700]),
    share: chance.pick([undefined, undefined, 0.05]),
    stops: chance.hit(0.8),
    against: chance.hit(0.15),
    rates: {
      draft: chance.between(0.1, 0.5),
      person: chance.pick([0, 0.05]),
      cut: chance.pick([0, 0, 0.04]),
    },
    reconcileEvery: chance.pick([5_000, 60_000]),
    weather: weatherOf(chance),
    lives: livesOf(chance, steps, crashes),
  };
};
