import { type Clock, seededRandom } from '@mikrobot/core';
import { replayClock, startTws, type TwsOptions, type TwsSimulator } from '@mikrobot/simulators';
import type { VenueUnderTest } from '@mikrobot/testkit';
import { type InteractiveBrokersAdapter, interactiveBrokers } from '../adapter.js';
import { type ContractSpec, forex, future } from '../contracts/contract-spec.js';
import type { InteractiveBrokersOptions } from '../options.js';
import { StepClock } from './step-clock.js';

/** A market that cards are played on. */
export interface CardMarket {
  /** Symbol of the bot, and name of the market at the simulator. */
  readonly symbol: string;
  readonly spec: ContractSpec;
  readonly bid: number;
  readonly ask: number;
  /** Size of the cards' orders. */
  readonly lots: number;
  /** A price step. */
  readonly tick: number;
}

/** The future of the S&P 500. */
export const es: CardMarket = {
  symbol: 'ES',
  spec: future('ES', { exchange: 'CME' }),
  bid: 4_750,
  ask: 4_750.25,
  lots: 10,
  tick: 0.25,
};

/** Euros for dollars. */
export const eurusd: CardMarket = {
  symbol: 'EURUSD',
  spec: forex('EURUSD'),
  bid: 1.1,
  ask: 1.10005,
  lots: 100_000,
  tick: 0.000_05,
};

const minute = 60_000;
const bars = 5;

/** Bars that the venue has, and the query for them. */
const pastOf = ({ symbol, bid, tick }: CardMarket, now: number) => {
  const to = Math.floor(now / minute - 60) * minute;
  const from = to - bars * minute;
  const history = Array.from({ length: bars }, (_, i) => ({
    time: from + i * minute,
    open: bid,
    high: bid + (i + 2) * tick,
    low: bid - 2 * tick,
    close: bid + tick,
    volume: 10,
    count: 3,
  }));
  return { history, query: { symbol, timeframe: 'M1', from, to } as const };
};

/** A simulator of its own, with an account `DU1` that can pay for the cards' orders. */
export const startVenue = (options: TwsOptions = {}): Promise<TwsSimulator> =>
  startTws({ accounts: [{ id: 'DU1', currency: 'USD', balance: '10000000' }], ...options });

/** An adapter on a simulator, for one market. */
export const adapterOn = (
  tws: TwsSimulator,
  market: CardMarket = es,
  options: Partial<InteractiveBrokersOptions> = {},
): InteractiveBrokersAdapter =>
  interactiveBrokers({
    host: tws.host,
    port: tws.port,
    clientId: 7,
    contracts: { [market.symbol]: market.spec },
    random: seededRandom(1),
    ...options,
  });

/** How much faster than the machine's the clock of both ends runs: pauses before new connections are of seconds. */
const SPEED = 12;

/** Seconds in which no question is repeated pass soon. */
const FAST = 60;

/** Orders, their changes and cancels on the wire. */
const isCommand = ({ name }: { readonly name: string }): boolean =>
  name === 'placeOrder' || name === 'cancelOrder';

/** A clock that can be set forward, on top of another. */
const skewed = (clock: Clock): Clock & { ahead: number } => ({
  ahead: 0,
  now() {
    return clock.now() + this.ahead;
  },
  arm(id, at, wake) {
    return clock.arm(id, at - this.ahead, wake);
  },
});

/** What a card needs of its venue beside the market. */
export interface CardNeeds {
  /** Time passes when it is let, by days. */
  readonly stepped?: boolean;
  /** Much time passes while it is played. */
  readonly patient?: boolean;
  readonly tws?: TwsOptions;
}

/** The venue as the cards of the test kit want it. */
export const cardVenue = async (market: CardMarket, needs: CardNeeds = {}): Promise<VenueUnderTest> => {
  const stepped = needs.stepped === true ? new StepClock() : undefined;
  const clock = stepped ?? replayClock({ start: Date.now(), speed: needs.patient === true ? FAST : SPEED });
  const venueClock = skewed(clock);
  const past = pastOf(market, clock.now());
  const tws = await startVenue({ clock: venueClock, ...needs.tws });
  const { faults, controls } = tws;
  const { symbol, bid, ask, lots } = market;
  controls.history(symbol, past.history);
  controls.quote(symbol, bid, ask);
  // Steps are long, and time is fast on a machine that is busy: the line may be silent for longer.
  const pulse = stepped === undefined ? { silence: 60_000 } : { heartbeat: 60_000, silence: 300_000 };
  const start = (): InteractiveBrokersAdapter => adapterOn(tws, market, { clock, ...pulse });
  let adapter = start();
  let quoted = [bid, ask];
  let thin = false;
  return {
    adapter,
    symbol,
    lots,
    market: { bid, ask },
    past: past.query,
    controls: {
      quote(to, above) {
        // TWS tells changes only: the same quote again is told as one that went and came back.
        if (!thin && quoted[0] === to && quoted[1] === above) controls.quote(symbol, to, above + market.tick);
        quoted = [to, above];
        controls.quote(symbol, to, above);
      },
      depth(size) {
        thin = size !== undefined;
        controls.depth(size);
      },
      loseAnswer: () => faults.loseNextAnswer(isCommand),
      loseRequest: () => faults.loseNextRequest(isCommand),
      refuse: () => controls.refuseNext(201, 'Order rejected - reason:The account has no margin for it'),
      throttle: () => faults.refuseNext(100, 'Max rate of messages per second has been exceeded'),
      blind: (on) => faults.blind(on),
      repeat: () => controls.duplicateExecutions(),
      cut() {
        faults.refuseConnections(true);
        faults.drop();
      },
      restore: () => faults.refuseConnections(false),
      restart() {
        // The process is dead: nobody hears its adapter any more.
        adapter.removeAllListeners();
        adapter.close();
        adapter = start();
        return adapter;
      },
      byHand: (size) =>
        void controls.byHand(symbol, { action: size > 0 ? 'BUY' : 'SELL', quantity: Math.abs(size) }),
      skew(ms) {
        venueClock.ahead = ms;
      },
      ...(stepped === undefined ? {} : { pass: (ms: number) => stepped.pass(ms) }),
    },
    async dispose() {
      adapter.close();
      await tws.close();
      if (tws.failures.length > 0) throw tws.failures[0];
    },
  };
};
