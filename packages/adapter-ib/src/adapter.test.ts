import {
  type ConnectionState,
  createBot,
  defineStrategy,
  fixedQuantity,
  MikroBotError,
  systemClock,
  type Tick,
} from '@mikrobot/core';
import type { TwsOptions, TwsSimulator } from '@mikrobot/simulators';
import { afterEach, describe, expect, it } from 'vitest';
import { type InteractiveBrokersAdapter, interactiveBrokers } from './adapter.js';
import { cfd, forex, future, index, stock } from './contracts/contract-spec.js';
import type { InteractiveBrokersOptions } from './options.js';
import { adapterOn, es, startVenue } from './testing/ib-bench.js';
import { until } from './testing/until.js';

const open: { tws?: TwsSimulator; adapters: InteractiveBrokersAdapter[] } = { adapters: [] };
const start = async (options: TwsOptions = {}): Promise<TwsSimulator> => {
  open.tws = await startVenue(options);
  open.tws.controls.quote('ES', es.bid, es.ask);
  return open.tws;
};
const abort = () => new AbortController().signal;
const make = (options: Partial<InteractiveBrokersOptions> = {}): InteractiveBrokersAdapter => {
  const adapter = adapterOn(open.tws!, es, options);
  open.adapters.push(adapter);
  return adapter;
};
const connected = async (options: Partial<InteractiveBrokersOptions> = {}) => {
  const adapter = make(options);
  const states: ConnectionState[] = [];
  const ticks: Tick[] = [];
  adapter.on('connection', (state) => void states.push(state));
  adapter.on('tick', (tick) => void ticks.push({ ...tick }));
  await adapter.connect(abort());
  return { adapter, states, ticks };
};

afterEach(async () => {
  for (const adapter of open.adapters.splice(0)) adapter.close();
  await open.tws?.close();
  const failures = open.tws?.failures ?? [];
  delete open.tws;
  expect(failures).toEqual([]);
});

const contracts = { ES: future('ES', { exchange: 'CME' }) };
const silent = defineStrategy({ name: 'silent', timeframe: 'M1', onBar: () => undefined });

/** What the adapter answers to the order of a bot that a person tells to buy. */
const answerTo = async (adapter: InteractiveBrokersAdapter, account: string) => {
  const answers: unknown[] = [];
  const submit = adapter.submit.bind(adapter);
  adapter.submit = async (order) => {
    const answer = await submit(order);
    answers.push(answer);
    return answer;
  };
  const run = [{ strategy: silent, symbol: 'ES' }];
  const bot = createBot({ adapter, account, run, risk: fixedQuantity({ lots: 1 }), validate: [] });
  const ran = bot.run();
  await until('the bot is active', () => bot.state === 'active');
  const draft = { symbol: 'ES', intent: 'enter', side: 'buy', confidence: 1, stop: 4_700 } as const;
  bot.command({ do: 'signal', draft, by: 'test' });
  await until('the order is answered', () => answers.length > 0);
  await bot.stop('the test is over', { deadline: 0 });
  await ran;
  return answers[0];
};

describe('The adapter of Interactive Brokers', () => {
  it.each<readonly [Record<string, unknown>, string]>([
    [{ contracts: {} }, 'contract'],
    [{ contracts: { ES: future('ES', { exchange: '' }) } }, 'ES'],
    [{ contracts, clientId: 0 }, 'clientId'],
    [{ contracts, clientId: 1.5 }, 'clientId'],
    [{ contracts, port: 70_000 }, 'port'],
    [{ contracts, delayedData: 'yes' }, 'delayedData'],
    [{ contracts, clientID: 3 }, 'clientID'],
  ])('refuses the options %j', (options, words) => {
    const all = { clientId: 1, ...options } as unknown as InteractiveBrokersOptions;
    expect(() => interactiveBrokers(all)).toThrow(expect.objectContaining({ code: 'BAD_CONFIG' }));
    expect(() => interactiveBrokers(all)).toThrow(words);
  });

  it('is asked nothing before it is connected', async () => {
    await start();
    const adapter = make();
    await expect(adapter.snapshot()).rejects.toMatchObject({ code: 'PREFLIGHT_FAILED' });
    await expect(adapter.instruments()).rejects.toMatchObject({ code: 'PREFLIGHT_FAILED' });
    expect(await adapter.cancel({ id: 'a', symbol: 'ES' })).toMatchObject({ code: 'NOT_CONNECTED' });
    expect(await adapter.query({ id: 'a', symbol: 'ES' })).toMatchObject({ outcome: 'unknown' });
    expect(() => adapter.contract('ES')).toThrow(expect.objectContaining({ code: 'UNKNOWN_INSTRUMENT' }));
    expect(adapter.pnl()).toBeUndefined();
  });

  it('says that TWS does not run, and what to do', async () => {
    const tws = await start();
    const adapter = make();
    await tws.close();
    const error = await adapter.connect(abort()).catch((reason: unknown) => reason);
    expect(error).toBeInstanceOf(MikroBotError);
    expect(error).toMatchObject({ code: 'PREFLIGHT_FAILED' });
    expect(String(error)).toContain('Start TWS or IB Gateway');
  });

  it.each([
    [{}, 'DU1, DU2'],
    [{ account: 'DU12345' }, 'DU12345 is not among'],
  ])('refuses a login with two accounts and the options %j', async (options, words) => {
    await start({ accounts: [{ id: 'DU1' }, { id: 'DU2' }] });
    await expect(make(options).connect(abort())).rejects.toThrow(words);
  });

  it('trades the account that is named', async () => {
    await start({ accounts: [{ id: 'DU11111' }, { id: 'DU22222', balance: '5000' }] });
    const { adapter } = await connected({ account: 'DU22222' });
    expect((await adapter.snapshot()).account).toMatchObject({ id: 'DU22222', balance: 5_000, live: false });
  });

  it.each([
    [undefined, { outcome: 'rejected', code: 'BAD_CONFIG' }],
    ['U1234567', { outcome: 'accepted' }],
  ])('answers an order for real money, where the option account is %s, as %j', async (account, expected) => {
    await start({ accounts: [{ id: 'U1234567', balance: '1000000' }] });
    const adapter = make(account === undefined ? {} : { account });
    expect(await answerTo(adapter, 'U1234567')).toMatchObject(expected);
    expect(open.tws!.controls.truth().sent.length > 0).toBe(account !== undefined);
  });

  it('sends no order where it may only read', async () => {
    await start({ readOnly: true });
    const adapter = make({ readOnly: true });
    expect(await answerTo(adapter, 'DU1')).toMatchObject({ outcome: 'rejected', code: 'READ_ONLY' });
  });

  it('finds missing permissions before it trades', async () => {
    await start({ forbidden: ['ES'] });
    const { adapter } = await connected();
    await expect(adapter.instruments()).rejects.toMatchObject({ code: 'PREFLIGHT_FAILED', where: 'ES' });
    const { adapter: easy } = await connected({ checkMargin: false, clientId: 8 });
    expect(await easy.instruments()).toMatchObject([{ symbol: 'ES', marginRate: 0 }]);
  });

  it('emits nothing of what it looks at for itself', async () => {
    await start();
    const { adapter, ticks } = await connected();
    const [instrument] = await adapter.instruments();
    expect(instrument?.marginRate).toBeGreaterThan(0);
    open.tws!.controls.quote('ES', 4_760, 4_760.25);
    await adapter.snapshot();
    expect(ticks).toEqual([]);
  });

  it('names contracts, hours, margins and profit', async () => {
    await start();
    const { adapter } = await connected();
    expect(adapter.contract('ES')).toMatchObject({ symbol: 'ES', secType: 'FUT', exchange: 'CME' });
    expect(adapter.sessions('ES').isOpen(Date.UTC(2024, 0, 13, 12))).toBe(false);
    expect(await adapter.whatIf('ES', 'buy', 1)).toMatchObject({ outcome: 'known' });
    await until('profit is told', () => adapter.pnl() !== undefined);
    expect(adapter.pnl()).toEqual({ daily: 0, unrealised: 0, realised: 0 });
  });

  it('sees what others hold and do, under names of their own', async () => {
    const tws = await start();
    tws.controls.quote('AAPL', 190, 190.01);
    const { adapter } = await connected();
    tws.controls.byHand('AAPL', { action: 'BUY', quantity: 10 });
    tws.controls.byHand('AAPL', { action: 'SELL', quantity: 10, type: 'LMT', limitPrice: 250 });
    const { positions, orders, complete } = await adapter.snapshot();
    expect(complete).toBe(true);
    expect(positions).toMatchObject([{ quantity: 10 }]);
    expect(positions[0]?.symbol).toMatch(/^#\d+ AAPL$/);
    expect(orders).toMatchObject([{ symbol: positions[0]?.symbol, side: 'sell', quantity: 10 }]);
  });

  it('tells the account when it changes', async () => {
    const tws = await start();
    const { adapter } = await connected();
    const equities: number[] = [];
    adapter.on('account', ({ equity }) => void equities.push(equity));
    tws.controls.byHand('ES', { action: 'BUY', quantity: 1 });
    await until('the account is told', () => equities.some((equity) => equity < 10_000_000));
  });

  it('cannot be connected twice, tells its end once, and nothing afterwards', async () => {
    const tws = await start();
    const { adapter, states, ticks } = await connected();
    await adapter.subscribe({ symbol: 'ES' });
    await expect(adapter.connect(abort())).rejects.toMatchObject({ code: 'ALREADY_RUN' });
    adapter.close();
    adapter.close();
    const told = ticks.length;
    tws.controls.quote('ES', 4_800, 4_800.25);
    await new Promise((resolve) => setImmediate(resolve));
    expect(ticks.length).toBe(told);
    expect(states.map(({ state }) => state)).toEqual(['up', 'down']);
    expect(await adapter.query({ id: 'a', symbol: 'ES' })).toMatchObject({ outcome: 'unknown' });
  });
});

describe('A closed adapter', () => {
  /** The machine's clock, and the timers that are armed on it. */
  const counted = () => {
    const clock = systemClock();
    const armed = new Set<object>();
    return {
      armed,
      now: () => clock.now(),
      arm(id: string, at: number, wake: (id: string) => void) {
        const timer = { id };
        armed.add(timer);
        const disarm = clock.arm(id, at, () => {
          armed.delete(timer);
          wake(id);
        });
        return () => {
          armed.delete(timer);
          disarm();
        };
      },
    };
  };

  it('leaves neither timer nor socket behind, whatever it was doing', async () => {
    const tws = await start();
    const clock = counted();
    const both = { ...contracts, NQ: future('NQ', { exchange: 'CME' }) };
    tws.controls.subscriptionMissing('NQ', 'none');
    const { adapter, states } = await connected({ clock, contracts: both, checkMargin: false });
    await adapter.instruments();
    await adapter.subscribe({ symbol: 'ES' });
    adapter.bars('ES', 'S5', () => undefined);
    adapter.bars('ES', 'M5', () => undefined);
    adapter.bars('NQ', 'S5', () => undefined);
    await until('bars are refused', () => states.at(-1)?.state === 'degraded');
    tws.faults.loseNextRequest('reqMktData');
    const silent = adapter.subscribe({ symbol: 'NQ' });
    tws.faults.blind(true);
    const now = clock.now();
    const past = { symbol: 'ES', timeframe: 'M1', from: now - 864_000_000, to: now } as const;
    const pending = [
      silent,
      adapter.snapshot(),
      Promise.resolve(adapter.query({ id: 'no-such-order', symbol: 'ES' })),
      adapter.history(past)[Symbol.asyncIterator]().next(),
      adapter.whatIf('ES', 'buy', 1),
    ];
    const settled = Promise.allSettled(pending);
    adapter.close();
    await new Promise((resolve) => setImmediate(resolve));
    expect([...clock.armed]).toEqual([]);
    await settled;
    await until('the socket is closed', () => tws.connections === 0);
    await until(`no timer is armed: ${JSON.stringify([...clock.armed])}`, () => clock.armed.size === 0);
  });

  it('was closed while it connected, or while it waited for the line', async () => {
    const tws = await start();
    const clock = counted();
    const early = make({ clock });
    const connecting = early.connect(abort());
    early.close();
    await expect(connecting).rejects.toBeInstanceOf(MikroBotError);
    const { adapter, states } = await connected({ clock });
    await adapter.subscribe({ symbol: 'ES' });
    tws.faults.refuseConnections(true);
    tws.faults.drop();
    await until('the line is down', () => states.at(-1)?.state === 'down');
    adapter.close();
    await until(`no timer is armed: ${JSON.stringify([...clock.armed])}`, () => clock.armed.size === 0);
  });
});

describe('Market data of the adapter', () => {
  it('that is not subscribed to is refused with what to do', async () => {
    const tws = await start();
    tws.controls.subscriptionMissing('ES');
    const { adapter } = await connected({ checkMargin: false });
    const error = await adapter.subscribe({ symbol: 'ES' }).catch((reason: unknown) => reason);
    expect(error).toMatchObject({ code: 'PREFLIGHT_FAILED', where: 'ES' });
    expect(String(error)).toContain('delayedData: true');
  });

  it('that is delayed is marked where it is allowed', async () => {
    const tws = await start();
    tws.controls.subscriptionMissing('ES');
    const { adapter, states, ticks } = await connected({ delayedData: true });
    await adapter.subscribe({ symbol: 'ES' });
    await until('a tick comes', () => ticks.length > 0);
    expect(adapter.marketDataType('ES')).toBe('delayed');
    expect(states.at(-1)).toMatchObject({ state: 'degraded', detail: 'market data of ES is delayed' });
  });

  it('of a halted market says so until it goes on', async () => {
    const tws = await start();
    const { adapter, states } = await connected();
    await adapter.subscribe({ symbol: 'ES' });
    tws.controls.halt('ES');
    await until('it is told', () => states.at(-1)?.state === 'degraded');
    expect(states.at(-1)?.detail).toBe('ES is halted');
    tws.controls.halt('ES', false);
    await until('it goes on', () => states.at(-1)?.state === 'up');
  });

  it('goes on after TWS has lost the requests (1101), each tick once', async () => {
    const tws = await start();
    const { adapter, ticks, states } = await connected();
    await adapter.subscribe({ symbol: 'ES' });
    tws.faults.connectivityLost();
    await until('the loss is told', () => states.at(-1)?.state !== 'up');
    tws.faults.connectivityRestored({ dataLost: true });
    await until('it is back', () => states.at(-1)?.state === 'up');
    expect(states.at(-1)?.dataLost).toBe(true);
    tws.controls.quote('ES', 4_800, 4_800.25);
    await until('a tick comes', () => ticks.some(({ bid }) => bid === 4_800));
    expect(ticks.filter(({ bid }) => bid === 4_800)).toHaveLength(1);
  });

  it('comes of contracts of each kind', async () => {
    const tws = await start();
    const all: InteractiveBrokersOptions['contracts'] = {
      AAPL: stock('AAPL'),
      EURUSD: forex('EURUSD'),
      IBUS500: cfd('IBUS500'),
      SPX: index('SPX', { exchange: 'CBOE' }),
      ES: future('ES', { exchange: 'CME', tickByTick: true }),
    };
    const { adapter, ticks } = await connected({ contracts: all, checkMargin: false });
    tws.controls.quote('AAPL', 190, 190.01);
    tws.controls.quote('EURUSD', 1.1, 1.10005);
    tws.controls.quote('IBUS500', 4_750, 4_750.5);
    tws.controls.quote('SPX', 4_740, 4_740.5);
    tws.controls.trade('SPX', 4_741.25, 1);
    await Promise.all(Object.keys(all).map((symbol) => adapter.subscribe({ symbol })));
    tws.controls.trade('SPX', 4_742.25, 1);
    tws.controls.quote('ES', 4_751, 4_751.25);
    await until('all have ticked', () => new Set(ticks.map(({ symbol }) => symbol)).size === 5);
    const last = (symbol: string) => ticks.findLast((tick) => tick.symbol === symbol);
    await until('the index has its trade', () => last('SPX')?.bid === 4_742.25);
    expect(last('SPX')).toMatchObject({ bid: 4_742.25, ask: 4_742.25 });
    expect(last('ES')).toMatchObject({ bid: 4_751, ask: 4_751.25 });
    expect(last('EURUSD')).toMatchObject({ bid: 1.1, ask: 1.10005 });
  });
});
