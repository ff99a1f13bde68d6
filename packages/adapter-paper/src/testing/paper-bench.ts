import type { ApprovedOrder, Clock } from '@mikrobot/core';
import { costPresets } from '@mikrobot/matching';
import { type FaultScript, type FaultTarget, faulty, type VenueUnderTest } from '@mikrobot/testkit';
import { type PaperAdapter, paper } from '../adapter.js';
import { instrumentOf } from '../instruments.js';
import type { PaperOptions } from '../options.js';
import { handBot } from './hand-bot.js';
import { feedOf } from './rows.js';

const T0 = Date.UTC(2024, 0, 10, 12);
const symbol = 'EURUSD';
const costs = { ...costPresets.none, liquidity: { kind: 'volume-share', share: 1 } } as const;
const balance = { USD: '100000' };

/** A venue that has played five minutes of a market. */
export const playedVenue = async (): Promise<VenueUnderTest> => {
  const rows = Array.from({ length: 300 }, (_, i) => ({ time: T0 + i * 1_000, bid: 1.1 + (i % 7) / 10_000 }));
  const adapter = paper({ feed: feedOf(rows), costs: 'none', balance });
  await adapter.play(new AbortController().signal);
  return { adapter, symbol, past: { symbol, timeframe: 'M1', from: T0, to: T0 + 300_000 } };
};

/** An order of a person, whom another desk approved. */
const byHand = async (side: 'buy' | 'sell', quantity: number): Promise<ApprovedOrder> => {
  const { say, approved, stop } = await handBot();
  say({ side, quantity, stop: undefined, target: undefined });
  await stop();
  return approved[0] as ApprovedOrder;
};

/** Lets time pass, with all that is due on the way. */
const passTo = async ({ clock }: PaperAdapter, time: number): Promise<void> => {
  clock.advance(time);
  while (clock.busy) {
    await clock.settled();
    clock.advance(time);
  }
};

const firstOf = (targets: readonly FaultTarget[], kind: 'lose-answer' | 'lose-request'): FaultScript => ({
  rules: targets.map((on) => ({ on, nth: 1, do: kind })),
});
const commands = ['submit', 'amend', 'cancel'] as const;

/** A market that a test moves. The venue itself is under test, without a line. */
export const handVenue = (
  options: Partial<PaperOptions>,
): VenueUnderTest & { readonly adapter: PaperAdapter } => {
  const adapter = paper({ costs, balance, instruments: [instrumentOf(symbol)], ...options });
  let depth = 0;
  let last: { readonly bid: number; readonly ask: number } | undefined;
  const tick = (time: number, volume: number): void => {
    if (last !== undefined) adapter.feedTick({ symbol, time, ...last, volume });
  };
  return {
    adapter,
    symbol,
    lots: 1,
    market: { bid: 1.1, ask: 1.1001 },
    controls: {
      quote: (bid, ask) => {
        last = { bid, ask };
        tick(Math.max(T0, adapter.clock.now()) + 1, depth);
      },
      pass: async (ms) => {
        await passTo(adapter, adapter.clock.now() + ms);
        // The market stands, and orders that were on their way arrive. Where depth is short, it brings no more of it.
        tick(adapter.clock.now(), depth === 0 ? 0 : 1e-6);
      },
      ...(options.costs === undefined && {
        depth: (lots = 0) => {
          depth = lots;
        },
      }),
      byHand: async (lots) => {
        await adapter.submit(await byHand(lots > 0 ? 'buy' : 'sell', Math.abs(lots)));
      },
    },
    dispose: () => undefined,
  };
};

/** The same venue at the other end of a line on which things go wrong, and which the bot reaches by a clock of its own. */
export const remoteVenue = (options: Partial<PaperOptions>): VenueUnderTest => {
  const venue = handVenue(options);
  const { clock } = venue.adapter;
  let ahead = 0;
  const behind: Clock = {
    now: () => clock.now() - ahead,
    arm: (id, at, wake) => clock.arm(id, at + ahead, wake),
    track: (work) => clock.track(work),
  };
  const connectTo = () => faulty(venue.adapter, { outlives: true, clock: behind });
  let line = connectTo();
  return {
    ...venue,
    adapter: line,
    controls: {
      ...venue.controls,
      loseAnswer: () => line.use(firstOf(commands, 'lose-answer')),
      loseRequest: () => line.use(firstOf(commands, 'lose-request')),
      // A simulated venue has no rate limit and takes what it can pay: the line says no in its place.
      refuse: () => line.use({ rules: [{ on: 'submit', nth: 1, do: 'refuse' }] }),
      throttle: () => line.use({ rules: [{ on: 'submit', nth: 1, do: 'refuse' }] }),
      blind: (on) =>
        line.use({
          rules: on
            ? [
                { on: 'snapshot', do: 'incomplete' },
                { on: 'query', do: 'lose-answer' },
              ]
            : [],
        }),
      repeat: () => line.use({ rules: [{ on: 'order:fill', nth: 1, do: 'duplicate' }] }),
      cut: () => line.cut(),
      restore: () => line.restore(),
      restart: () => {
        line.sever();
        line = connectTo();
        return line;
      },
      skew: async (ms) => {
        ahead = ms;
        await passTo(venue.adapter, clock.now() + ms);
      },
    },
  };
};
