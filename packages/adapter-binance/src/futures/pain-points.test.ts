import { seededRandom, systemClock } from '@mikrobot/core';
import { type BinanceSimulator, replayClock } from '@mikrobot/simulators';
import { afterEach, describe, expect, it } from 'vitest';
import { BinanceError } from '../errors.js';
import type { BinanceFuturesOptions } from '../options.js';
import { secrets } from '../testing/bot-keys.js';
import { until } from '../testing/until.js';
import { KeyRing } from '../transport/keys.js';
import { RestClient } from '../transport/rest-client.js';
import { type BenchOptions, market, startVenue, symbol } from './testing/futures-bench.js';
import { StepClock } from './testing/step-clock.js';
import { openTrader, type Trader } from './testing/trader.js';

/** What users of other clients reported; names of issues are where it was told. */
const open: { venue?: BinanceSimulator; traders: Trader[] } = { traders: [] };

const start = async (options: BenchOptions & Partial<BinanceFuturesOptions> = {}) => {
  const venue = await startVenue(options);
  open.venue = venue;
  const trader = await again(options);
  return { venue, trader, ...trader.trading };
};

/** Another process on the same account. */
const again = async (options: Partial<BinanceFuturesOptions> = {}): Promise<Trader> => {
  const { clock, recvWindow } = options;
  const trader = await openTrader(open.venue!, {
    ...(clock === undefined ? {} : { clock }),
    ...(recvWindow === undefined ? {} : { recvWindow }),
  });
  open.traders.push(trader);
  return trader;
};

afterEach(async () => {
  for (const trader of open.traders.splice(0)) trader.session.close();
  await open.venue?.close();
  expect(open.venue?.failures).toEqual([]);
});

const limit = { type: 'limit', price: 110_000 } as const;
const stop = { type: 'stop', side: 'sell', purpose: 'protect', price: 110_000 } as const;

/** A clock on which half a minute takes one second, at both ends of the line. */
const fast = () => ({ clock: replayClock({ start: Date.now(), speed: 30 }) });

const isBack = ({ lines }: Trader) => lines.at(-1)?.state === 'up' && lines.length > 1;

describe('A user stream that is silent while its socket is open (python-binance#712)', () => {
  it('is noticed by an order that it does not tell, and what it hid is found', async () => {
    const { venue, trader, commands, queries } = await start(fast());
    venue.faults.mute(true);
    const order = trader.order();
    expect(await commands.submit(order)).toMatchObject({ outcome: 'accepted' });
    await until('the stream is given up', () => trader.lines.at(-1)?.state === 'down');
    expect(trader.told(order.id)).toEqual([]);
    venue.faults.mute(false);
    await until('the stream is back', () => isBack(trader));
    expect(trader.lines.at(-1)).toMatchObject({ state: 'up', dataLost: true });
    expect(await queries.query(order)).toMatchObject({
      outcome: 'found',
      report: { state: 'filled', filled: 0.01 },
    });
    const next = trader.order({ side: 'sell' });
    await commands.submit(next);
    await until('the new stream tells', () => trader.told(next.id).includes('fill'));
  });

  it('is noticed by a balance that changed without a word', async () => {
    const { venue, trader } = await start(fast());
    await trader.trading.snapshot();
    venue.faults.mute(true);
    venue.controls.futures.byHand('bot', symbol, 0.5);
    expect((await trader.trading.snapshot()).positions).toMatchObject([{ symbol, quantity: 0.5 }]);
    await until('the stream is given up', () => trader.lines.at(-1)?.state === 'down');
  });

  it('is noticed when its line is half open', async () => {
    const { venue, trader } = await start(fast());
    venue.faults.halfOpen();
    await until('the line is down', () => trader.lines.at(-1)?.state === 'down');
    await until('the line is up', () => isBack(trader));
    expect(trader.lines.at(-1)?.dataLost).toBe(true);
  });
});

describe('An order whose answer is -1007 (nautilus_trader#4215, sieblyio/binance#580)', () => {
  it.each([
    ['limit', limit],
    ['stop', stop],
  ] as const)('is unknown, there is one %s of it, and it is not sent again', async (_, kind) => {
    const { venue, trader, commands, queries } = await start();
    venue.faults.loseNextAnswer('timeout');
    const order = trader.order(kind);
    expect(await commands.submit(order)).toMatchObject({ outcome: 'unknown' });
    expect(await commands.submit(order)).toMatchObject({ outcome: 'unknown' });
    expect(await queries.query(order)).toMatchObject({
      outcome: 'found',
      report: { state: 'accepted', price: 110_000 },
    });
    expect((await trader.trading.snapshot()).orders.map(({ id }) => id)).toEqual([order.id]);
  });

  it('is not called absent before it surely cannot arrive any more', async () => {
    const { venue, trader, commands, queries } = await start({ ...fast(), recvWindow: 60_000 });
    venue.faults.loseNextRequest();
    const order = trader.order(limit);
    expect(await commands.submit(order)).toMatchObject({ outcome: 'unknown' });
    expect(await queries.query(order)).toMatchObject({ outcome: 'unknown' });
    await until('its window is over', async () => (await queries.query(order)).outcome === 'absent');
  });
});

describe('An order that is lost on the way', () => {
  it('is known to be absent when the venue would not take it any more, long before its answer is given up', async () => {
    const { venue, trader, commands, queries } = await start({ recvWindow: 200 });
    venue.faults.loseNextRequest();
    const order = trader.order(stop);
    let answered = false;
    void commands.submit(order).then(() => {
      answered = true;
    });
    await until('the request is lost', () => venue.faults.counts.get('lost-request') === 1);
    expect(await queries.query(order)).toMatchObject({ outcome: 'unknown' });
    await until('its window is over', async () => (await queries.query(order)).outcome === 'absent');
    expect(answered).toBe(false);
  });
});

describe('Ids above 2^53 (ccxt#8115)', () => {
  it('stay whole from a stop to the trades of what it became', async () => {
    const first = 9_007_199_254_740_993n;
    const { venue, trader, commands, queries } = await start({
      firstIds: { order: first, algo: first, trade: first },
    });
    const entry = trader.order();
    expect(await commands.submit(entry)).toEqual({ outcome: 'accepted', venueId: String(first) });
    const leg = trader.order(stop);
    expect(await commands.submit(leg)).toEqual({ outcome: 'accepted', venueId: String(first) });
    venue.controls.futures.quote(symbol, 109_000, 109_000.1);
    await until('the stop trades', () => trader.told(leg.id).includes('fill'));
    const fill = trader.events.findLast((event) => event.id === leg.id);
    expect(fill).toMatchObject({ tradeId: `${symbol}-${first + 1n}`, venueId: String(first + 1n) });
    expect(await queries.query(leg)).toMatchObject({
      outcome: 'found',
      report: { id: leg.id, type: 'stop', state: 'filled', venueId: String(first + 1n) },
      fills: [{ tradeId: `${symbol}-${first + 1n}` }],
    });
  });
});

describe('A clock that drifts (binance-api-node#80)', () => {
  it.each([60_000, -60_000])(
    'costs one round trip where the venue is %i ms ahead, and the order is placed once',
    async (skew) => {
      const { venue, trader, commands } = await start();
      venue.faults.skew(skew);
      const order = trader.order(limit);
      expect(await commands.submit(order)).toMatchObject({ outcome: 'accepted' });
      expect((await trader.trading.snapshot()).orders.map(({ id }) => id)).toEqual([order.id]);
    },
  );

  it('is heard in the quotes, before an order is refused for it', async () => {
    const { venue, trader } = await start();
    await trader.session.subscribe(symbol);
    venue.faults.skew(60_000);
    venue.controls.futures.quote(symbol, market.bid, market.ask);
    await until('the clocks are compared', () => trader.notices.some(([name]) => name === 'clock'));
    const [, offset] = trader.notices.find(([name]) => name === 'clock')!;
    expect(Math.abs((offset as number) - 60_000)).toBeLessThan(1_000);
  });
});

describe('A listen key (unicorn-binance-websocket-api#275)', () => {
  it('that expires is replaced, lost events are told as such, and those of the new one arrive', async () => {
    const { venue, trader, commands } = await start();
    for (const _ of [1, 2]) {
      const before = trader.lines.length;
      venue.faults.expireListenKeys();
      await until('the stream is back', () => trader.lines.length >= before + 2);
      expect(trader.lines.slice(before)).toMatchObject([
        { state: 'down', dataLost: false },
        { state: 'up', dataLost: true },
      ]);
    }
    const order = trader.order();
    await commands.submit(order);
    await until('the new key tells', () => trader.told(order.id).includes('fill'));
    expect(trader.told(order.id).filter((type) => type === 'fill')).toHaveLength(1);
  });

  it('lives on for hours, because it is kept alive', async () => {
    const clock = new StepClock();
    const { venue, trader, commands } = await start({ clock });
    await clock.pass(3 * 3_600_000);
    expect(venue.faults.counts.get('expired-listen-key')).toBeUndefined();
    expect(trader.lines).toMatchObject([{ state: 'up' }]);
    const order = trader.order();
    await commands.submit(order);
    await until('it tells', () => trader.told(order.id).includes('fill'));
  });
});

describe('Conditional orders (Lean.Brokerages.Binance#59)', () => {
  it('are refused by the desk of other orders with -4120, so they never go there', async () => {
    const { venue, trader, commands } = await start();
    const clock = systemClock();
    const keys = await KeyRing.load(secrets);
    const rest = new RestClient({
      endpoints: venue.futures,
      keys,
      clock,
      random: seededRandom(1),
      recvWindow: 5_000,
      name: 'test',
    });
    const params = { symbol, side: 'SELL', type: 'STOP_MARKET', quantity: '0.010', stopPrice: '110000' };
    const refused = rest.request({
      method: 'POST',
      path: '/fapi/v1/order',
      params,
      security: 'signed',
      weight: 0,
    });
    await expect(refused).rejects.toMatchObject({ name: 'BinanceError', code: -4120 });
    rest.close();
    await commands.submit(trader.order());
    const kinds = [stop, { ...stop, type: 'stop-limit', price: 119_000, limitPrice: 118_000 }] as const;
    for (const kind of kinds)
      expect(await commands.submit(trader.order(kind))).toEqual({
        outcome: 'accepted',
        venueId: expect.any(String),
      });
    const { orders } = await trader.trading.snapshot();
    expect(orders.map(({ type, price }) => [type, price])).toEqual([
      ['stop', 110_000],
      ['stop-limit', 119_000],
    ]);
  });

  it('are found and cancelled by a process that did not place them, before and after their trigger', async () => {
    const { venue, trader, commands } = await start();
    const waiting = trader.order(stop);
    const resting = trader.order({
      type: 'stop-limit',
      price: 121_000,
      limitPrice: 121_000,
      timeInForce: 'GTC',
    });
    for (const order of [waiting, resting]) await commands.submit(order);
    // It triggers, and the market jumps over its limit.
    venue.controls.futures.quote(symbol, 122_000, 122_000.1);
    await until('it has triggered', () => trader.told(resting.id).includes('triggered'));
    trader.session.close();
    const other = await again();
    const { orders } = await other.trading.snapshot();
    expect(orders.map(({ id }) => id).sort()).toEqual([waiting.id, resting.id].sort());
    for (const order of [waiting, resting]) {
      expect(await other.trading.queries.query(order)).toMatchObject({
        outcome: 'found',
        report: { id: order.id, type: order.type },
      });
      expect(await other.trading.commands.cancel(order)).toMatchObject({ outcome: 'accepted' });
      await until('its end is told', () => other.told(order.id).includes('cancelled'));
    }
    expect((await other.trading.snapshot()).orders).toEqual([]);
    expect(await other.trading.commands.cancel(waiting)).toMatchObject({
      outcome: 'rejected',
      code: '-2011',
    });
  });

  it('are cancelled with all others', async () => {
    const { trader, commands } = await start();
    for (const kind of [stop, limit]) await commands.submit(trader.order(kind));
    expect(await commands.cancelAll(symbol)).toEqual({ outcome: 'accepted' });
    expect((await trader.trading.snapshot()).orders).toEqual([]);
  });
});

describe('Connections that are lost again and again (python-binance#1637)', () => {
  it('are replaced one for one, and tell nothing twice', async () => {
    const { venue, trader, commands } = await start(fast());
    await trader.session.subscribe(symbol);
    for (let i = 0; i < 5; i++) {
      const ups = () => trader.lines.filter(({ state }) => state === 'up').length;
      const before = ups();
      venue.faults.drop();
      await until('the line is back', () => ups() > before && trader.lines.at(-1)?.state === 'up');
    }
    const order = trader.order();
    await commands.submit(order);
    await until('it fills', () => trader.told(order.id).includes('fill'));
    trader.ticks.length = 0;
    venue.controls.futures.quote(symbol, 121_000, 121_000.1);
    await until('a tick comes', () => trader.ticks.length > 0);
    expect(trader.ticks.filter(({ bid }) => bid === 121_000)).toHaveLength(1);
    expect(trader.told(order.id).filter((type) => type === 'fill')).toHaveLength(1);
    // User stream, two market lines, and what REST keeps open.
    expect(venue.connections).toBeLessThanOrEqual(3 + 8);
    trader.session.close();
    await until('no socket is left', () => venue.connections === 0);
  });
});

describe('Filters and rules', () => {
  it('are applied before anything is sent, with the venue’s own codes', async () => {
    const { trader, commands } = await start();
    const soon = Date.now() + 599_000;
    const refusals = [
      [{ ...limit, quantity: 0.0015 }, 'BAD_CONFIG'],
      [{ ...limit, quantity: 10_000 }, '-4005'],
      [{ ...limit, price: 110_000.05 }, 'BAD_CONFIG'],
      [{ ...limit, price: 10_000_000 }, '-4002'],
      [{ ...limit, price: 30_000, quantity: 0.001 }, '-4164'],
      [{ ...limit, timeInForce: 'GTD', goodTill: soon }, 'GOOD_TILL_TOO_SOON'],
      [{ ...limit, timeInForce: 'DAY' }, 'UNSUPPORTED'],
      [{ type: 'trailing-stop', trail: 10 }, 'UNSUPPORTED'],
      [{ ...limit, symbol: 'NOPEUSDT' }, 'UNKNOWN_INSTRUMENT'],
    ] as const;
    for (const [given, code] of refusals)
      expect([given, await commands.submit(trader.order(given))]).toMatchObject([
        given,
        { outcome: 'rejected', code },
      ]);
    expect((await trader.trading.snapshot()).orders).toEqual([]);
  });

  it('call an amendment that changes nothing done', async () => {
    const { trader, commands } = await start();
    const order = trader.order(limit);
    await commands.submit(order);
    expect(await commands.amend(order, order)).toMatchObject({ outcome: 'accepted' });
    expect(await commands.amend({ ...order, price: 111_000 }, order)).toMatchObject({ outcome: 'accepted' });
    expect((await trader.trading.snapshot()).orders).toMatchObject([{ id: order.id, price: 111_000 }]);
    const waiting = trader.order(stop);
    await commands.submit(waiting);
    expect(await commands.amend({ ...waiting, price: 109_000 }, waiting)).toMatchObject({
      outcome: 'rejected',
    });
  });
});

describe('What the venue does by itself', () => {
  it('is told: a liquidation as a trade of another order, and the account after it', async () => {
    const { venue, trader, commands } = await start();
    await commands.submit(trader.order({ quantity: 12 }));
    venue.controls.futures.quote(symbol, 111_000, 111_000.1);
    await until('it is liquidated', () =>
      trader.events.some(({ id, type }) => id.startsWith('autoclose-') && type === 'fill'),
    );
    const fill = trader.events.findLast(({ type }) => type === 'fill');
    expect(fill).toMatchObject({ side: 'sell', quantity: 12 });
    expect((await trader.trading.snapshot()).positions).toEqual([]);
  });

  it('is told: funding, as a balance that changed for another reason than a trade', async () => {
    const clock = new StepClock();
    const { trader, commands } = await start({ clock });
    await commands.submit(trader.order({ quantity: 1 }));
    await clock.pass(8 * 3_600_000);
    await until('funding is told', () =>
      trader.notices.some(([name, reason]) => name === 'balance' && reason === 'FUNDING_FEE'),
    );
    const { balance } = (await trader.trading.snapshot()).account;
    expect(trader.accounts.at(-1)?.balance).toBe(balance);
  });
});

describe('Settings', () => {
  it('are made at the start, again without complaint, and show in the margin of the instrument', async () => {
    const venue = await startVenue();
    open.venue = venue;
    for (const _ of [1, 2]) {
      const trader = await openTrader(venue, { leverage: { [symbol]: 7 }, marginType: 'ISOLATED' });
      expect(trader.session.instruments).toMatchObject([{ symbol, marginRate: 1 / 7 }]);
      expect((await trader.trading.snapshot()).account).toMatchObject({ leverage: 7, mode: 'netting' });
      trader.session.close();
    }
  });

  it('can be changed, and say why not', async () => {
    const { trader, commands, settings } = await start();
    await trader.trading.setLeverage(symbol, 3);
    await until('it is told', () => trader.accounts.at(-1)?.leverage === 3);
    await settings.hedge(true);
    await settings.hedge(false);
    await commands.submit(trader.order(limit));
    // "Position side cannot be changed if there exists open orders." Source: USD-M futures error codes.
    await expect(settings.hedge(true)).rejects.toThrow(BinanceError);
    await expect(settings.hedge(true)).rejects.toMatchObject({ code: -4067 });
  });
});
