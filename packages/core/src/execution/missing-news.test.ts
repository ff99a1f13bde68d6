import { describe, expect, it } from 'vitest';
import type { FillEvent, OrderRequest } from '../model/order.js';
import { defineStrategy } from '../signal/strategy.js';
import { reportOf } from '../testing/samples.js';
import { ScriptedVenue } from '../testing/scripted-venue.js';
import { type TestBot, testBot } from '../testing/test-bot.js';
import type { BrokerAdapter } from './broker-adapter.js';

const trade = (
  { id, symbol, side }: OrderRequest,
  tradeId: string,
  quantity: number,
  remaining: number,
): FillEvent => ({
  type: 'fill',
  id,
  symbol,
  time: 1_700_000_001_000,
  tradeId,
  side,
  quantity,
  price: 1.1,
  remaining,
  commission: 0,
  profit: 0,
});

const codes = ({ issues }: TestBot) => issues.map(({ code }) => code);
const after = (venue: ScriptedVenue, ms: number): void => venue.clock.advance(venue.clock.now() + ms);
const exit = { intent: 'exit', side: undefined, stop: undefined, target: undefined } as const;

describe('news that never came', () => {
  it('of a trade is asked for when a later trade leaves less open than it can', async () => {
    const { bot, venue, say } = await testBot();
    say({ stop: undefined, target: undefined });
    const [entry] = venue.submitted;
    const [missed, told] = [trade(entry!, 'a', 0.4, 0.6), trade(entry!, 'b', 0.6, 0)];
    venue.onQuery = () => ({
      outcome: 'found',
      report: reportOf(entry!, { state: 'filled', filled: 1 }),
      fills: [missed, told],
    });
    venue.tell(told);
    expect(bot.book.position('EURUSD').quantity).toBe(1);
  });

  it('of a trade is found by the look at the venue that comes each minute', async () => {
    const test = await testBot();
    const { bot, venue, say } = test;
    say({ stop: undefined, target: undefined });
    const [entry] = venue.submitted;
    venue.positions = [{ symbol: 'EURUSD', quantity: 1, averagePrice: 1.1 }];
    venue.onQuery = () => ({
      outcome: 'found',
      report: reportOf(entry!, { state: 'filled', filled: 1 }),
      fills: [trade(entry!, 'a', 1, 0)],
    });
    after(venue, 30_000);
    expect(bot.book.position('EURUSD').quantity).toBe(0);
    after(venue, 31_000);
    expect(bot.book.position('EURUSD').quantity).toBe(1);
    expect(codes(test)).toContain('RECONCILED');
    expect(codes(test)).not.toContain('POSITION_NOT_OURS');
  });

  it('of an end is no oddity where the trades that were found are the whole order', async () => {
    const test = await testBot();
    const { bot, venue, say } = test;
    venue.onSubmit = () => ({ outcome: 'unknown', detail: 'lost' });
    venue.onQuery = ({ id }) => {
      const request = venue.submitted.find((one) => one.id === id)!;
      return {
        outcome: 'found',
        report: reportOf(request, { state: 'cancelled', filled: 1 }),
        fills: [trade(request, 'a', 1, 0)],
      };
    };
    say({ stop: undefined, target: undefined });
    after(venue, 5_000);
    expect(bot.book.position('EURUSD').quantity).toBe(1);
    expect(codes(test)).not.toContain('ODD_ORDER_EVENT');
  });

  it('of a change to what had filled already ends the order when the venue calls it filled', async () => {
    const test = await testBot();
    const { bot, venue, say } = test;
    say({ order: { type: 'limit', price: 1.09 }, stop: 1.08, target: undefined });
    const [entry] = venue.submitted;
    venue.tell(trade(entry!, 'a', 0.6, 0.4));
    venue.onCancel = () => ({ outcome: 'rejected', code: 'ENDED' });
    venue.onQuery = () => ({
      outcome: 'found',
      report: reportOf(entry!, { state: 'filled', quantity: 0.6, filled: 0.6 }),
      fills: [trade(entry!, 'a', 0.6, 0)],
    });
    bot.command({ do: 'cancel-all', by: 'ann' });
    after(venue, 30_000);
    const cancels = venue.heard.filter((heard) => heard.command === 'cancel' && heard.ref.id === entry!.id);
    expect(cancels).toHaveLength(1);
    expect([bot.book.position('EURUSD').quantity, bot.book.pending('EURUSD')]).toEqual([0.6, 0]);
  });

  it('of a lost line: entries are refused until the venue has been asked', async () => {
    const test = await testBot();
    const { venue, say, outcomes } = test;
    const whole = venue.snapshot.bind(venue);
    const later: BrokerAdapter['snapshot'] = async () => whole();
    Object.assign(venue, { snapshot: later });
    venue.emit('connection', { state: 'up', dataLost: true, detail: 'back' });
    say({});
    expect(outcomes()).toEqual(['refused NOT_RECONCILED']);
    for (let i = 0; i < 5; i++) await Promise.resolve();
    venue.tick(1.1, 1.1001, 5_000);
    say({});
    expect(outcomes().at(-1)).toBe('executed');
  });
});

describe('an order that is to be cancelled', () => {
  it('is asked for and cancelled again until it has ended', async () => {
    const test = await testBot();
    const { bot, venue, say } = test;
    say({ order: { type: 'limit', price: 1.09 }, stop: 1.08, target: undefined });
    const [entry] = venue.submitted;
    venue.onCancel = () => ({ outcome: 'rejected', code: 'BUSY' });
    venue.onQuery = () => ({ outcome: 'found', report: reportOf(entry!), fills: [] });
    bot.command({ do: 'cancel-all', by: 'ann' });
    const cancels = () => venue.heard.filter(({ command }) => command === 'cancel').length;
    expect(cancels()).toBe(1);
    after(venue, 1_000);
    expect(cancels()).toBe(2);
    after(venue, 60_000);
    expect(cancels()).toBeGreaterThan(4);
    expect(codes(test)).toContain('CANCEL_FAILED');
    venue.cancelled(entry!);
    const last = cancels();
    after(venue, 600_000);
    expect(cancels()).toBe(last);
  });
});

describe('a stop that goes away while its position is open', () => {
  it('is placed again, and the position closed when the venue loses it again and again', async () => {
    const test = await testBot();
    const { venue, say } = test;
    say({ target: undefined });
    venue.fill(venue.submitted[0]!);
    for (let lost = 1; lost <= 4; lost++) {
      venue.cancelled(venue.submitted.at(-1)!);
      expect(venue.submitted.at(-1)).toMatchObject({ type: 'stop', price: 1.09, quantity: 1 });
    }
    expect(new Set(venue.submitted.map(({ id }) => id)).size).toBe(6);
    venue.cancelled(venue.submitted.at(-1)!);
    expect(codes(test)).toContain('UNPROTECTED');
    expect(venue.submitted.at(-1)).toMatchObject({ type: 'market', side: 'sell', quantity: 1 });
  });

  it('is placed by core where the venue kept it, once it had time to say why', async () => {
    const { venue, say } = await testBot({}, new ScriptedVenue({ bracket: 'native' }));
    say({});
    const [entry] = venue.submitted;
    venue.fill(entry!);
    expect(venue.submitted.length).toBe(1);
    venue.cancelled({ id: `${entry!.id}s`, symbol: 'EURUSD' });
    expect(venue.submitted.length).toBe(1);
    after(venue, 1_000);
    expect(venue.submitted.at(-1)).toMatchObject({
      id: `${entry!.id}s1`,
      type: 'stop',
      price: 1.09,
      quantity: 1,
    });
  });

  it('is not placed again where the venue ended it because the target filled', async () => {
    const { venue, say } = await testBot({}, new ScriptedVenue({ bracket: 'native' }));
    say({});
    const [entry] = venue.submitted;
    venue.fill(entry!);
    venue.cancelled({ id: `${entry!.id}s`, symbol: 'EURUSD' });
    venue.tell({ ...trade({ ...entry!, side: 'sell' }, 'x', 1, 0), id: `${entry!.id}t` });
    after(venue, 10_000);
    expect(venue.submitted.length).toBe(1);
  });
});

it('knows the legs that a venue makes for an entry against its own position', async () => {
  const test = await testBot({ validate: [] }, new ScriptedVenue({ bracket: 'native' }));
  const { venue, say } = test;
  say({ target: undefined });
  venue.fill(venue.submitted[0]!);
  say({ side: 'sell', quantity: 0.4, stop: 1.12, target: undefined });
  const against = venue.submitted.at(-1)!;
  venue.fill(against);
  const leg = { id: `${against.id}s`, symbol: 'EURUSD' };
  venue.tell({ type: 'accepted', ...leg, time: venue.clock.now() });
  expect(codes(test)).not.toContain('LATE_EVENT');
  after(venue, 5_000);
  expect(venue.heard.at(-1)).toMatchObject({ command: 'cancel', ref: leg });
});

describe('a stop that the venue makes too small', () => {
  it('is replaced by one of the whole size, unless a trade explains it', async () => {
    const { venue, say } = await testBot({}, new ScriptedVenue({ bracket: 'native' }));
    say({ target: undefined });
    const [entry] = venue.submitted;
    venue.fill(entry!);
    const stop = { id: `${entry!.id}s`, symbol: 'EURUSD' };
    venue.tell({ type: 'replaced', ...stop, time: venue.clock.now(), quantity: 0.6, price: 1.09 });
    after(venue, 1_000);
    expect(venue.heard.at(-1)).toMatchObject({ command: 'cancel', ref: stop });
    venue.cancelled(stop);
    expect(venue.submitted.at(-1)).toMatchObject({ id: `${stop.id}1`, type: 'stop', quantity: 1 });
  });
});

it('lets a stop that trails go on trailing from the price that it was moved to', async () => {
  const trailing = { market: 'native', limit: 'native', stop: 'native', 'stop-limit': 'native' } as const;
  const venue = new ScriptedVenue({ orderTypes: { ...trailing, 'trailing-stop': 'native' } });
  const { say } = await testBot({}, venue);
  say({ stop: undefined, target: undefined, trail: 0.005 });
  venue.fill(venue.submitted[0]!);
  expect(venue.submitted[1]).toMatchObject({ type: 'trailing-stop', trail: 0.005 });
  say({ intent: 'adjust', side: undefined, quantity: undefined, stop: 1.098, target: undefined });
  expect(venue.heard.at(-1)).toMatchObject({
    command: 'amend',
    request: { type: 'trailing-stop', trail: 0.005, price: 1.098 },
  });
});

describe('brackets', () => {
  const idle = (name: string) => defineStrategy({ name, timeframe: 'M1', onBar: () => undefined });

  it('are kept by core where several runs share the net of a symbol, though the venue could', async () => {
    const run = [
      { strategy: idle('a'), symbol: 'EURUSD' },
      { strategy: idle('b'), symbol: 'EURUSD' },
    ];
    const { bot, venue } = await testBot({ run }, new ScriptedVenue({ bracket: 'native' }));
    const draft = { symbol: 'EURUSD', intent: 'enter', side: 'buy', stop: 1.09, confidence: 1 } as const;
    bot.command({ do: 'signal', draft, by: 'ann' });
    const [entry] = venue.submitted;
    expect(entry?.bracket).toBeUndefined();
    venue.fill(entry!);
    expect(venue.submitted[1]).toMatchObject({ id: `${entry!.id}s`, type: 'stop', price: 1.09 });
  });

  it('guard no more than is held when an entry goes against its own position', async () => {
    const { bot, venue, say } = await testBot({ validate: [] });
    say({ target: undefined });
    venue.fill(venue.submitted[0]!);
    say({ side: 'sell', quantity: 0.4, stop: 1.12, target: undefined });
    venue.fill(venue.submitted.at(-1)!);
    expect(bot.book.position('EURUSD').quantity).toBe(0.6);
    const amended = venue.heard.filter(({ command }) => command === 'amend');
    expect(amended).toMatchObject([{ request: { type: 'stop', quantity: 0.6 } }]);
    expect(venue.submitted.filter(({ type }) => type === 'stop').length).toBe(1);
  });

  it('are left alone by a reduction of what they do not guard', async () => {
    const { venue, say } = await testBot({ validate: [] });
    say({ stop: undefined, target: undefined });
    venue.fill(venue.submitted[0]!);
    say({ quantity: 0.5, target: undefined });
    venue.fill(venue.submitted.at(-1)!);
    say({ ...exit, quantity: 1 });
    venue.fill(venue.submitted.at(-1)!);
    expect(venue.heard.some(({ command }) => command === 'cancel' || command === 'amend')).toBe(false);
  });
});

describe('an emergency', () => {
  it('of a severity that the owner named kills', async () => {
    const { bot, venue, say } = await testBot({ emergencyStop: { from: 'error', do: 'kill' } });
    venue.onSubmit = (request) =>
      request.purpose === 'protect' ? { outcome: 'rejected', code: 'NO' } : { outcome: 'accepted' };
    say({});
    venue.fill(venue.submitted[0]!);
    expect(bot.state).toBe('killing');
    venue.fill(venue.submitted.find(({ purpose }) => purpose === 'flatten')!);
    expect(bot.state).toBe('halted');
  });
});
