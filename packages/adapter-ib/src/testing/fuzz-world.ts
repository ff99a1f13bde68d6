import { type OrderRequest, type Random, seededRandom, VirtualClock } from '@mikrobot/core';
import { startTws, type TwsSimulator } from '@mikrobot/simulators';
import { future, stock } from '../contracts/contract-spec.js';
import { history } from '../history/history.js';
import type { Line } from '../line/line.js';
import { Rooms } from '../rooms.js';
import { WireJudge } from './fuzz-judge.js';
import { WireProxy } from './wire-proxy.js';

/** An adapter that trades on the simulator, with somebody on the wire between them. */
export interface FuzzWorld {
  readonly tws: TwsSimulator;
  readonly proxy: WireProxy;
  readonly rooms: Rooms;
  readonly judge: WireJudge;
  /** The last messages of each kind that TWS has said. */
  readonly samples: ReadonlyMap<number, readonly Buffer[]>;
  /** Why lines ended, and messages that were dropped; how often. */
  readonly ends: Readonly<Record<string, number>>;
  readonly drops: Readonly<Record<string, number>>;
  /** Longest time without a turn of the event loop, ms. */
  readonly longestBlock: number;
  /** Lets time pass until something holds. @returns whether it does */
  pump(turns: number, done?: () => unknown): Promise<boolean>;
  /** Waits until the session is up. */
  up(): Promise<boolean>;
  /** Places orders of several kinds, fills some and cancels one. */
  trade(): Promise<void>;
  close(): Promise<void>;
}

const EXECUTION = 11;
const KEPT = 6;

const request = (id: string, given: Partial<OrderRequest>): OrderRequest => ({
  id,
  symbol: 'ES',
  owner: 'fuzz',
  purpose: 'enter',
  side: 'buy',
  quantity: 2,
  type: 'market',
  price: undefined,
  limitPrice: undefined,
  trail: undefined,
  timeInForce: 'GTC',
  goodTill: undefined,
  bracket: undefined,
  reduceOnly: false,
  ...given,
});

const pastBars = (now: number) =>
  Array.from({ length: 30 }, (_, i) => ({
    time: Math.floor(now / 60_000 - 30 + i) * 60_000,
    open: 4_750,
    high: 4_752,
    low: 4_749,
    close: 4_751,
    volume: 10,
    count: 3,
  }));

const openProxy = async (
  port: number,
  judge: WireJudge,
): Promise<{ proxy: WireProxy; samples: Map<number, Buffer[]> }> => {
  const samples = new Map<number, Buffer[]>();
  const proxy = await WireProxy.before(port, {
    true: (frame, kind) => {
      const known = samples.get(kind) ?? [];
      if (known.length >= KEPT) known.shift();
      known.push(frame);
      samples.set(kind, known);
    },
    said: (frame, kind) => {
      if (kind === EXECUTION) judge.said(frame.toString('utf8', 4, frame.length - 1).split('\0'));
    },
  });
  return { proxy, samples };
};

/** Counts why lines end, and what they dropped. */
const countLines = (rooms: Rooms): { ends: Record<string, number>; drops: Record<string, number> } => {
  const ends: Record<string, number> = {};
  const drops: Record<string, number> = {};
  let known: Line | undefined;
  rooms.session.onUp((line) => {
    if (line === known) return;
    known = line;
    line.onEnd((why) => {
      const reason = why.replace(/\d+ ms/, 'n ms').slice(0, 60);
      ends[reason] = (ends[reason] ?? 0) + 1;
      for (const [drop, count] of Object.entries(line.drops)) drops[drop] = (drops[drop] ?? 0) + count;
    });
  });
  return { ends, drops };
};

/** Opens the world: connected, with ticks, bars, past bars and orders, so that TWS has said messages of most kinds. */
export const openFuzzWorld = async (serverVersion: 176 | 193, seed: number): Promise<FuzzWorld> => {
  const random: Random = seededRandom(seed);
  const clock = new VirtualClock(Date.UTC(2024, 0, 10, 15));
  const judge = new WireJudge();
  const accounts = [{ id: 'DU1', currency: 'USD', balance: '100000000000' }];
  const tws = await startTws({ accounts, clock, serverVersion, messagesPerSecond: 10_000 });
  const { controls } = tws;
  controls.quote('ES', 4_750, 4_750.25);
  controls.quote('AAPL', 190, 190.01);
  controls.history('ES', pastBars(clock.now()));
  const { proxy, samples } = await openProxy(tws.port, judge);
  const contracts = { ES: future('ES', { exchange: 'CME' }), AAPL: stock('AAPL', { tickByTick: true }) };
  const rooms = new Rooms({
    options: { clientId: 7, port: proxy.port, contracts },
    clock,
    random: seededRandom(seed),
    voice: {
      tick: (tick) => judge.tick(tick),
      order: (event) => judge.order(event),
      account: (state) => judge.account(state),
      heartbeat: () => undefined,
      note: () => undefined,
      connection: () => undefined,
    },
  });
  const { ends, drops } = countLines(rooms);
  let longestBlock = 0;

  const pump = async (turns: number, done: () => unknown = () => false): Promise<boolean> => {
    for (let i = 0; i < turns; i++) {
      if (done()) return true;
      const begin = performance.now();
      await new Promise(setImmediate);
      longestBlock = Math.max(longestBlock, performance.now() - begin);
      // Pauses between connections are passed over.
      clock.advance(clock.now() + (rooms.session.line === undefined ? 250 : 20));
    }
    return done() === true;
  };
  /** Lets time pass until a promise has settled, as it must. */
  const settle = async (work: Promise<unknown> | undefined): Promise<void> => {
    let over = work === undefined;
    const end = (): void => {
      over = true;
    };
    work?.then(end, end);
    if (!(await pump(20_000, () => over))) judge.wrong.push('something never ended');
  };
  let count = 0;
  const place = (given: Partial<OrderRequest>): Promise<void> => {
    count += 1;
    const order = request(`f-${count}`, given);
    judge.orders.set(order.id, order);
    return settle(rooms.orders?.submit(order));
  };
  const world: FuzzWorld = {
    tws,
    proxy,
    rooms,
    judge,
    samples,
    ends,
    drops,
    get longestBlock() {
      return longestBlock;
    },
    pump,
    up: () => pump(20_000, () => rooms.session.reachesVenue),
    async trade() {
      const price = 4_700 + Math.floor(random() * 400) / 4;
      controls.quote('ES', price, price + 0.25);
      await place({ side: random() < 0.5 ? 'buy' : 'sell' });
      const bracket = { stop: price - 40, target: price + 40, trail: undefined };
      await place({ type: 'limit', price: price + 1, bracket });
      // One that has filled in part and rests: another trade of it could be true.
      controls.depth(3);
      await place({ type: 'limit', price: price + 1, quantity: 4_000 });
      controls.quote('ES', price + 10, price + 10.25);
      controls.depth(undefined);
      await place({ type: 'limit', price: price - 50, quantity: 1 });
      const resting = { id: `f-${count}`, symbol: 'ES' };
      await settle(rooms.orders?.cancel(resting));
      await settle(rooms.orders?.query(resting));
      controls.byHand('ES', { action: 'BUY', quantity: 1 });
      controls.quote('AAPL', 190 + random(), 192);
      controls.trade('AAPL', 191, 100);
    },
    async close() {
      rooms.close();
      await pump(20);
      await proxy.close();
      await tws.close();
      for (const failure of tws.failures) judge.wrong.push(`the simulator itself: ${String(failure)}`);
    },
  };

  await settle(rooms.session.start(new AbortController().signal));
  await settle(rooms.ticks.subscribe('ES'));
  await settle(rooms.ticks.subscribe('AAPL'));
  rooms.bars.subscribe('ES', 'S5', () => undefined);
  rooms.bars.subscribe('AAPL', 'M1', () => undefined);
  const to = Math.floor(clock.now() / 60_000) * 60_000;
  const parts = {
    clock,
    queue: rooms.queue,
    line: () => rooms.session.line,
    contract: (symbol: string) => rooms.contracts.get(symbol),
  };
  const past = history(parts, { symbol: 'ES', timeframe: 'M1', from: to - 600_000, to });
  await settle(past[Symbol.asyncIterator]().next());
  await settle(rooms.orders?.whatIf({ symbol: 'ES', side: 'buy', quantity: 1 }));
  await world.trade();
  return world;
};
