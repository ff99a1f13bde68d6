import {
  type Bar,
  type FillEvent,
  type OrderEvent,
  type OrderRequest,
  seededRandom,
  type Tick,
  VirtualClock,
} from '@mikrobot/core';
import { startTws } from '@mikrobot/simulators';
import { future, stock } from '../contracts/contract-spec.js';
import { history } from '../history/history.js';
import type { Line } from '../line/line.js';
import { Rooms } from '../rooms.js';
import { type FrameMutation, frameMutations, mutateFrame } from './mutate-frame.js';
import { WireProxy } from './wire-proxy.js';

/** What became of many mutated frames. */
export interface FuzzReport {
  readonly frames: number;
  readonly byMutation: Readonly<Record<FrameMutation, number>>;
  /** Lines that were opened. */
  readonly lines: number;
  /** Why lines ended, and messages that were dropped; how often. */
  readonly ends: Readonly<Record<string, number>>;
  readonly drops: Readonly<Record<string, number>>;
  readonly kinds: readonly number[];
  readonly ticks: number;
  /** Fills that were told: that happened, and that happened nowhere but were spelled out to us, field by field; and with how many an order filled more than it was. */
  readonly fills: { readonly real: number; readonly spelled: number; readonly overfills: number };
  /** What must not be: events that nobody said, fills that were told twice or never, numbers that are none. */
  readonly wrong: readonly string[];
  /** Longest time without a turn of the event loop, ms. */
  readonly longestBlock: number;
}

/** Messages whose loss ends the line: taken less often, or most frames would go to lines that are ending. */
const vital: ReadonlySet<number> = new Set([3, 4, 9, 11, 15, 59, 61]);
const QUANTITY = 19;
const PRICE = 20;
const SIDE = 18;
const EXEC_ID = 14;
const EXECUTION = 11;

const strict = (text: string | undefined): number =>
  text !== undefined && /^[-+]?(\d+\.?\d*|\.\d+)([eE][-+]?\d+)?$/.test(text) ? Number(text) : Number.NaN;

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
  const clock = new VirtualClock(Date.UTC(2024, 0, 10, 15));
  const byMutation = Object.fromEntries(frameMutations.map((name) => [name, 0])) as Record<
    FrameMutation,
    number
  >;
  const wrong: string[] = [];
  const ends: Record<string, number> = {};
  const drops: Record<string, number> = {};
  const samples = new Map<number, Buffer[]>();
  /** Executions that the client was told, as fields. */
  const told: (readonly string[])[] = [];
  const fills: FillEvent[] = [];
  const orders = new Map<string, OrderRequest>();
  let ticks = 0;
  let overfills = 0;
  let up = false;

  const tws = await startTws({ clock, serverVersion, messagesPerSecond: 10_000 });
  const { controls } = tws;
  controls.quote('ES', 4_750, 4_750.25);
  controls.quote('AAPL', 190, 190.01);
  controls.history('ES', pastBars(clock.now()));
  const proxy = await WireProxy.before(tws.port, {
    true: (frame, kind) => {
      const known = samples.get(kind) ?? [];
      // What comes once at the start of a line would otherwise be all there is of its kind.
      if (known.length >= 6) known.shift();
      known.push(frame);
      samples.set(kind, known);
    },
    said: (frame, kind) => {
      if (kind === EXECUTION) told.push(frame.toString('utf8', 4, frame.length - 1).split('\0'));
    },
  });

  const judgeTick = ({ bid, ask, time, volume }: Tick): void => {
    ticks += 1;
    if (![bid, ask, time, volume].every(Number.isFinite) || bid <= 0 || ask < bid)
      wrong.push(`tick ${bid} ${ask} ${time} ${volume}`);
  };
  const judgeEvent = (event: OrderEvent): void => {
    const order = orders.get(event.id) ?? orders.get(event.id.replace(/[st]$/, ''));
    if (order === undefined) wrong.push(`${event.type} of an order that is not ours: ${event.id}`);
    if (!Number.isFinite(event.time)) wrong.push(`${event.type} at ${event.time}`);
    if (event.type !== 'fill') return;
    if (fills.some(({ tradeId }) => tradeId === event.tradeId)) wrong.push(`told twice: ${event.tradeId}`);
    const before = fills.filter(({ id }) => id === event.id).reduce((sum, { quantity }) => sum + quantity, 0);
    fills.push(event);
    const { quantity, price, commission, profit, remaining } = event;
    if (
      ![quantity, price, commission, profit, remaining].every(Number.isFinite) ||
      quantity <= 0 ||
      remaining < 0
    )
      wrong.push(`fill ${JSON.stringify(event)}`);
    if (order !== undefined && before + quantity > order.quantity) overfills += 1;
  };
  const contracts = { ES: future('ES', { exchange: 'CME' }), AAPL: stock('AAPL', { tickByTick: true }) };
  const rooms = new Rooms({
    options: { clientId: 7, port: proxy.port, contracts },
    clock,
    random: seededRandom(seed),
    voice: {
      tick: judgeTick,
      order: judgeEvent,
      account: (state) => {
        if (![state.balance, state.equity, state.margin].every(Number.isFinite))
          wrong.push(JSON.stringify(state));
      },
      heartbeat: () => undefined,
      note: () => undefined,
      connection: ({ state }) => {
        up = state !== 'down';
      },
    },
  });
  let line: Line | undefined;
  rooms.session.onUp((opened) => {
    if (opened === line) return;
    line = opened;
    opened.onEnd((why) => {
      const reason = why.replace(/\d+ ms/, 'n ms').slice(0, 60);
      ends[reason] = (ends[reason] ?? 0) + 1;
      for (const [drop, count] of Object.entries(opened.drops)) drops[drop] = (drops[drop] ?? 0) + count;
    });
  });

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
  const settle = async <T>(work: Promise<T>): Promise<T | undefined> => {
    let over = false;
    let result: T | undefined;
    work.then(
      (value) => {
        over = true;
        result = value;
      },
      () => {
        over = true;
      },
    );
    if (!(await pump(20_000, () => over))) wrong.push('something never ended');
    return result;
  };
  let count = 0;
  const place = (given: Partial<OrderRequest>): Promise<unknown> => {
    count += 1;
    const order = request(`f-${count}`, given);
    orders.set(order.id, order);
    return settle(rooms.orders?.submit(order) ?? Promise.resolve());
  };
  const trade = async (): Promise<void> => {
    const price = 4_700 + Math.floor(random() * 400) / 4;
    controls.quote('ES', price, price + 0.25);
    await place({ side: random() < 0.5 ? 'buy' : 'sell' });
    await place({ type: 'limit', side: 'buy', price: price - 50, quantity: 1 });
    await place({
      side: 'buy',
      type: 'limit',
      price: price + 1,
      bracket: { stop: price - 40, target: price + 40, trail: undefined },
    });
    const last = [...orders.values()].at(-2);
    if (last !== undefined && rooms.orders !== undefined)
      await settle(rooms.orders.cancel({ id: last.id, symbol: 'ES' }));
    if (last !== undefined && rooms.orders !== undefined)
      await settle(rooms.orders.query({ id: last.id, symbol: 'ES' }));
    controls.byHand('ES', { action: 'BUY', quantity: 1 });
    controls.quote('AAPL', 190 + random(), 192);
    controls.trade('AAPL', 191, 100);
  };

  await settle(rooms.session.start(new AbortController().signal));
  await settle(rooms.ticks.subscribe('ES'));
  await settle(rooms.ticks.subscribe('AAPL'));
  rooms.bars.subscribe('ES', 'S5', () => undefined);
  rooms.bars.subscribe('AAPL', 'M1', () => undefined);
  const to = Math.floor(clock.now() / 60_000) * 60_000;
  const past = history(
    {
      clock,
      queue: rooms.queue,
      line: () => rooms.session.line,
      contract: (symbol) => rooms.contracts.get(symbol),
    },
    { symbol: 'ES', timeframe: 'M1', from: to - 600_000, to },
  );
  const bars: Bar[] = [];
  await settle(
    (async () => {
      for await (const bar of past) bars.push(bar);
    })(),
  );
  await settle(rooms.orders?.whatIf({ symbol: 'ES', side: 'buy', quantity: 1 }) ?? Promise.resolve());
  await trade();

  let sent = 0;
  let sinceTrade = 0;
  while (sent < frames && wrong.length === 0) {
    if (!(await pump(20_000, () => up && rooms.session.reachesVenue))) {
      wrong.push('it never came up again');
      break;
    }
    if (sinceTrade > 2_000) {
      sinceTrade = 0;
      await trade();
      continue;
    }
    const joins = proxy.joins;
    for (let i = 0; i < 6; i++) {
      const kinds = [...samples.keys()].filter((kind) => random() < 0.3 || !vital.has(kind));
      const kind = kinds[Math.floor(random() * kinds.length)] as number;
      const frame = (samples.get(kind) as Buffer[])[
        Math.floor(random() * (samples.get(kind) as Buffer[]).length)
      ];
      const { bytes, mutation } = mutateFrame(random, frame as Buffer);
      byMutation[mutation] += 1;
      proxy.inject(bytes);
      sent += 1;
      sinceTrade += 1;
    }
    await pump(4, () => proxy.joins !== joins);
  }
  // The end of a frame may still be awaited on this line.
  tws.faults.drop();
  await pump(10);
  const isBack = await pump(20_000, () => up && rooms.session.reachesVenue);
  if (isBack) await trade();
  await pump(200);

  const truth = controls.truth().executions.filter(({ clientId }) => clientId === 7);
  const tradeOf = (execId: string): string => execId.replace(/\.\d+$/, '');
  const real = fills.filter((fill) =>
    truth.some(
      ({ execId, quantity, price, side, orderRef }) =>
        tradeOf(execId) === fill.tradeId &&
        quantity === fill.quantity &&
        price === fill.price &&
        (side === 'BOT') === (fill.side === 'buy') &&
        orderRef === fill.id,
    ),
  );
  const invented = fills.filter((fill) => !real.includes(fill));
  const spelled = invented.filter((fill) =>
    told.some(
      (fields) =>
        fields[EXEC_ID]?.startsWith(`${fill.tradeId}.`) &&
        strict(fields[QUANTITY]) === fill.quantity &&
        strict(fields[PRICE]) === fill.price &&
        /^(BOT|SLD)$/.test(fields[SIDE] ?? ''),
    ),
  );
  for (const fill of invented.filter((one) => !spelled.includes(one)))
    wrong.push(`invented: ${JSON.stringify(fill)}`);
  for (const { execId } of truth)
    if (!fills.some(({ tradeId }) => tradeId === tradeOf(execId))) wrong.push(`never told: ${execId}`);

  rooms.close();
  await pump(20);
  await proxy.close();
  await tws.close();
  for (const failure of tws.failures) wrong.push(`the simulator itself: ${String(failure)}`);
  return {
    frames: sent,
    byMutation,
    lines: proxy.joins,
    ends,
    drops,
    kinds: [...samples.keys()].sort((a, b) => a - b),
    ticks,
    fills: { real: real.length, spelled: spelled.length, overfills },
    wrong,
    longestBlock,
  };
};
