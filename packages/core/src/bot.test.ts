import { describe, expect, it } from 'vitest';
import { createBot } from './bot.js';
import { MikroBotError } from './errors/mikrobot-error.js';
import type { CommandOutcome } from './execution/broker-adapter.js';
import { fixedQuantity } from './risk/fixed-quantity.js';
import { defineStrategy } from './signal/strategy.js';
import { ScriptedVenue } from './testing/scripted-venue.js';
import { buy, testBot } from './testing/test-bot.js';

describe('a bot', () => {
  it('passes a sound signal to the venue and decides it once', async () => {
    const { say, venue, outcomes, bot } = await testBot();
    say({});
    expect(outcomes()).toEqual(['executed']);
    expect(venue.submitted).toMatchObject([{ side: 'buy', quantity: 1, type: 'market', purpose: 'enter' }]);
    expect(bot.counts).toEqual({ signals: 1, executed: 1, refused: 0, held: 0, unknown: 0 });
  });

  it('shows neither order nor decision to the venue when validation refuses', async () => {
    const { say, venue, outcomes } = await testBot();
    say({ stop: 1.2 });
    say({ symbol: 'GBPUSD' });
    say({ confidence: 0.5 });
    expect(outcomes()).toEqual([
      'refused STOP_WRONG_SIDE',
      'refused UNKNOWN_SYMBOL',
      'refused CONFIDENCE_LOW',
    ]);
    expect(venue.heard).toEqual([]);
  });

  it('stays within a limit when ten signals come at once', async () => {
    const limit = {
      name: 'atMostTwo',
      judge: (
        _: unknown,
        signal: { symbol: string },
        book: { position(s: string): { quantity: number }; pending(s: string): number },
      ) => ({
        cap: 2 - book.position(signal.symbol).quantity - book.pending(signal.symbol),
      }),
    };
    const { bot, venue, outcomes, say } = await testBot({
      risk: [fixedQuantity({ lots: 1 }), limit],
      validate: [],
    });
    bot.desk.loop.enter(() => {
      for (let i = 0; i < 10; i++) say({});
    });
    expect(outcomes().filter((o) => o === 'executed')).toHaveLength(2);
    expect(venue.submitted.reduce((sum, r) => sum + r.quantity, 0)).toBe(2);
  });

  it('gives reserved exposure back when the venue rejects', async () => {
    const { bot, say, venue, outcomes } = await testBot();
    venue.onSubmit = () => ({ outcome: 'rejected', code: 'NO_MONEY' });
    say({});
    expect(outcomes()).toEqual(['refused VENUE_REJECTED']);
    expect(bot.book.pending('EURUSD')).toBe(0);
  });

  it('never sends an order again whose outcome is unknown, but asks for it until the venue knows', async () => {
    const { say, venue, outcomes, bot } = await testBot();
    venue.onSubmit = () => ({ outcome: 'unknown', detail: 'line cut' });
    say({});
    expect(outcomes()).toEqual(['unknown']);
    venue.clock.advance(venue.clock.now() + 3_000);
    const asked = venue.heard.filter((h) => h.command === 'query').length;
    expect(asked).toBeGreaterThanOrEqual(3);
    const [request] = venue.submitted;
    if (request === undefined) throw new Error('nothing was submitted');
    venue.onQuery = () => ({
      outcome: 'found',
      fills: [],
      report: {
        id: request.id,
        venueId: '7',
        symbol: 'EURUSD',
        side: 'buy',
        type: 'market',
        state: 'accepted',
        quantity: 1,
        filled: 0,
        averagePrice: 0,
        price: undefined,
      },
    });
    venue.clock.advance(venue.clock.now() + 60_000);
    expect(bot.desk.orders.inFlight).toBe(false);
    expect(venue.submitted).toHaveLength(1);
    expect(outcomes()).toEqual(['unknown']);
  });

  it('releases an unknown order only when the venue proves that it is absent', async () => {
    const { say, venue, bot } = await testBot();
    venue.onSubmit = () => ({ outcome: 'unknown', detail: 'line cut' });
    say({});
    venue.clock.advance(venue.clock.now() + 60_000);
    expect(bot.book.pending('EURUSD')).toBe(1);
    venue.onQuery = () => ({ outcome: 'absent' });
    venue.clock.advance(venue.clock.now() + 60_000);
    expect(bot.book.pending('EURUSD')).toBe(0);
  });

  it('does not take an order for absent that may still be on its way', async () => {
    const { bot, say, venue, outcomes } = await testBot();
    let answer: (outcome: CommandOutcome) => void = () => undefined;
    venue.onSubmit = () => new Promise((resolve) => (answer = resolve));
    venue.onCancel = () => ({ outcome: 'rejected', code: 'UNKNOWN_ORDER' });
    venue.onQuery = () => ({ outcome: 'absent' });
    say({});
    bot.command({ do: 'cancel-all', by: 'ann' });
    venue.clock.advance(venue.clock.now() + 4_000);
    expect(venue.heard.at(-1)).toMatchObject({ command: 'query' });
    expect(bot.book.pending('EURUSD')).toBe(1);
    answer({ outcome: 'accepted', venueId: '9' });
    await venue.clock.settled();
    expect(outcomes()).toEqual(['executed']);
  });

  it('counts silence as unknown and takes a late answer', async () => {
    const { say, venue, outcomes, bot } = await testBot();
    let answer: (outcome: CommandOutcome) => void = () => undefined;
    venue.onSubmit = () => new Promise((resolve) => (answer = resolve));
    say({});
    expect(outcomes()).toEqual([]);
    venue.clock.advance(venue.clock.now() + 5_000);
    expect(outcomes()).toEqual(['unknown']);
    answer({ outcome: 'accepted', venueId: '9' });
    await venue.clock.settled();
    expect(bot.desk.orders.inFlight).toBe(false);
    expect(venue.submitted).toHaveLength(1);
  });

  it('takes a fill that overtakes the answer as proof of acceptance', async () => {
    const { say, venue, outcomes, bot } = await testBot();
    venue.onSubmit = () => new Promise(() => undefined);
    say({});
    venue.fill(venue.submitted[0] ?? fail());
    expect(outcomes()).toEqual(['executed']);
    expect(bot.book.position('EURUSD').quantity).toBe(1);
  });

  it('books a trade once however often the venue tells it', async () => {
    const { say, venue, bot, issues } = await testBot();
    say({});
    const [request] = venue.submitted;
    const event = {
      type: 'fill',
      id: request?.id ?? '',
      symbol: 'EURUSD',
      time: 1,
      tradeId: 'x',
      side: 'buy',
      quantity: 1,
      price: 1.1,
      remaining: 0,
      commission: 3,
      profit: 0,
    } as const;
    venue.tell(event);
    venue.tell(event);
    expect(bot.book.position('EURUSD').quantity).toBe(1);
    expect(bot.book.account().balance).toBe(9_997);
    expect(issues.map((i) => i.code)).toContain('DUPLICATE_FILL');
  });

  it('tells the crossed quotes and does not trade on them', async () => {
    const { say, venue, bot, issues } = await testBot();
    venue.tick(1.2, 1.1);
    expect(issues.map((i) => i.code)).toContain('CROSSED_QUOTE');
    expect(bot.book.quote('EURUSD')?.bid).toBe(1.1);
    say({});
    expect(venue.submitted).toHaveLength(1);
  });

  it('holds a fair signal, takes one approval, and judges it anew at the fresh quote', async () => {
    const { bot, say, venue, outcomes, decisions } = await testBot();
    say({ confidence: 0.7 });
    expect(outcomes()).toEqual(['held CONFIDENCE_REVIEW']);
    venue.tick(1.101);
    const signal = bot.waiting[0]?.signal.id ?? '';
    bot.command({ do: 'approve', signal, by: 'ann' });
    bot.command({ do: 'approve', signal, by: 'ann' });
    expect(outcomes()).toEqual(['held CONFIDENCE_REVIEW', 'executed']);
    expect(decisions[1]?.signal).toMatchObject({
      approval: { of: signal, by: 'ann' },
      quote: { bid: 1.101 },
    });
  });

  it('refuses an approval that comes too late', async () => {
    const { bot, say, venue, outcomes } = await testBot();
    say({ confidence: 0.7 });
    venue.tick(1.1, 1.1001, 11 * 60_000);
    bot.command({ do: 'approve', signal: bot.waiting[0]?.signal.id ?? '', by: 'ann' });
    expect(outcomes()).toEqual(['held CONFIDENCE_REVIEW', 'refused HOLD_EXPIRED']);
  });

  it('lets exits pass while halted, and nothing that adds exposure', async () => {
    const { bot, say, venue, outcomes } = await testBot();
    say({});
    venue.fill(venue.submitted[0] ?? fail());
    bot.command({ do: 'halt', by: 'ann', reason: 'lunch' });
    say({});
    say({ intent: 'exit', stop: undefined, target: undefined, quantity: undefined });
    expect(outcomes().slice(1)).toEqual(['refused DUPLICATE_SIGNAL', 'executed']);
    venue.tick(1.1, 1.1001, 5_000);
    say({});
    expect(outcomes().at(-1)).toBe('refused HALTED');
    bot.command({ do: 'release', by: 'ann', reason: 'it was a drill' });
    venue.tick(1.1, 1.1001, 5_000);
    say({});
    expect(outcomes().at(-1)).toBe('executed');
  });

  it('never closes more than is open, however often the exit is repeated', async () => {
    const { say, venue, outcomes } = await testBot({ validate: [] });
    say({});
    venue.fill(venue.submitted[0] ?? fail());
    const exit = { intent: 'exit', quantity: 0.6 } as const;
    say(exit);
    say(exit);
    say(exit);
    const exits = venue.submitted.filter((r) => r.purpose === 'reduce' || r.purpose === 'flatten');
    expect(exits.map((r) => r.quantity)).toEqual([0.6, 0.4]);
    expect(outcomes().at(-1)).toBe('refused NOTHING_TO_REDUCE');
  });

  it('leaves the old position before it enters the new one when it reverses', async () => {
    const { bot, say, venue, outcomes } = await testBot();
    say({});
    venue.fill(venue.submitted[0] ?? fail());
    say({ intent: 'reverse', side: 'sell', stop: 1.12, target: 1.08 });
    const sent = (): readonly string[] =>
      venue.submitted.filter((r) => r.purpose !== 'protect').map((r) => `${r.purpose} ${r.side}`);
    expect(sent()).toEqual(['enter buy', 'flatten sell']);
    expect(outcomes()).toEqual(['executed']);
    venue.fill(venue.submitted.find((r) => r.purpose === 'flatten') ?? fail());
    expect(sent()).toEqual(['enter buy', 'flatten sell', 'enter sell']);
    expect(outcomes()).toEqual(['executed', 'executed']);
    venue.fill(venue.submitted.findLast((r) => r.purpose === 'enter') ?? fail());
    expect(bot.book.position('EURUSD').quantity).toBe(-1);
  });

  it('kills: refuses what waits, cancels entries, flattens past a hung venue, and rests when nothing is in flight', async () => {
    const { bot, say, venue, outcomes } = await testBot({ validate: [] });
    say({});
    venue.fill(venue.submitted[0] ?? fail());
    venue.onSubmit = (r) =>
      r.purpose === 'flatten' ? { outcome: 'accepted' } : new Promise(() => undefined);
    say({});
    say({});
    bot.command({ do: 'kill', by: 'ann', reason: 'fire' });
    expect(outcomes()).toEqual(['executed', 'refused HALTED', 'executed']);
    expect(bot.state).toBe('killing');
    const hung = venue.submitted[venue.submitted.findIndex((r) => r.purpose === 'flatten') - 1] ?? fail();
    venue.fill(venue.submitted.find((r) => r.purpose === 'flatten') ?? fail());
    expect(bot.state).toBe('killing');
    venue.cancelled(hung);
    expect(bot.state).toBe('halted');
  });

  it('ends a strategy that throws, reports it, and keeps the others running', async () => {
    const broken = defineStrategy({
      name: 'broken',
      timeframe: 'M1',
      onBar() {
        throw new Error('bug');
      },
    });
    const good = defineStrategy({ name: 'good', timeframe: 'M1', onBar: ({ signal }) => signal.exit({}) });
    const run = [broken, good].map((strategy) => ({ strategy, symbol: 'EURUSD' }));
    const { venue, issues, outcomes } = await testBot({ run });
    venue.tick(1.1, 1.1001, 60_000);
    venue.tick(1.1, 1.1001, 60_000);
    expect(issues.filter((i) => i.code === 'STRATEGY_FAILED')).toHaveLength(1);
    expect(outcomes()).toEqual(['refused NOTHING_TO_REDUCE', 'refused NOTHING_TO_REDUCE']);
  });

  it('keeps two strategies apart on one netting account', async () => {
    const one = defineStrategy({ name: 'one', timeframe: 'M1', onBar: () => undefined });
    const two = defineStrategy({ name: 'two', timeframe: 'M1', onBar: () => undefined });
    const run = [one, two].map((strategy) => ({ strategy, symbol: 'EURUSD' }));
    const { bot, venue } = await testBot({ run, validate: [] });
    const raise = (source: string, draft: object): void =>
      bot.desk.loop.enter(() =>
        bot.raise({ symbol: 'EURUSD', intent: 'enter', ...draft }, { source, origin: 'strategy' }),
      );
    raise('one:EURUSD', { side: 'buy', quantity: 1 });
    raise('two:EURUSD', { side: 'sell', quantity: 0.4 });
    for (const r of venue.submitted) venue.fill(r);
    expect(bot.book.position('EURUSD').quantity).toBe(0.6);
    raise('one:EURUSD', { intent: 'exit' });
    const exit = venue.submitted.at(-1) ?? fail();
    expect(exit).toMatchObject({ side: 'sell', quantity: 1, reduceOnly: false });
    venue.fill(exit);
    expect(bot.book.position('EURUSD', 'two:EURUSD').quantity).toBe(-0.4);
    expect(bot.book.position('EURUSD', 'one:EURUSD').quantity).toBe(0);
  });
});

describe('a position larger than the venue takes in one order', () => {
  it('is closed by as many orders as it needs, and refuses to be reversed by one', async () => {
    const { bot, venue, say, outcomes } = await testBot({ validate: [], risk: fixedQuantity({ lots: 40 }) });
    for (const i of [0, 1]) {
      say({ quantity: 40, stop: undefined, target: undefined });
      venue.fill(venue.submitted[i] ?? fail());
    }
    say({ intent: 'reverse', side: 'sell', stop: undefined, target: undefined });
    expect(outcomes().at(-1)).toBe('refused QUANTITY_TOO_LARGE');
    bot.command({ do: 'flatten', by: 'ann' });
    const exits = venue.submitted.filter((r) => r.purpose === 'reduce' || r.purpose === 'flatten');
    expect(exits.map((r) => r.quantity)).toEqual([50, 30]);
  });
});

it('takes an order for filled when only the dust of binary fractions remains', async () => {
  const { bot, venue, say } = await testBot({ risk: fixedQuantity({ lots: 0.8 }) });
  say({ stop: undefined, target: undefined });
  const [entry] = venue.submitted;
  venue.fill(entry ?? fail(), 0.1, 1.1, 0.8 - 0.1);
  venue.fill(entry ?? fail(), 0.7, 1.1, 0.8 - 0.1 - 0.7);
  expect(0.8 - 0.1 - 0.7).toBeGreaterThan(0);
  expect([...bot.desk.orders.working()]).toEqual([]);
  expect(bot.book.position('EURUSD').quantity).toBe(0.8);
});

it('closes what is too much when an exit and the target fill together', async () => {
  const { bot, venue, say, issues } = await testBot({ validate: [] });
  say({});
  venue.fill(venue.submitted[0] ?? fail());
  say({ intent: 'exit', quantity: undefined, stop: undefined, target: undefined });
  const exit = venue.submitted.at(-1) ?? fail();
  venue.fill(venue.submitted.find((r) => r.type === 'limit') ?? fail());
  venue.fill(exit);
  expect(bot.book.position('EURUSD').quantity).toBe(-1);
  expect(issues.map((i) => i.code)).toContain('OVERCLOSED');
  const last = venue.submitted.at(-1) ?? fail();
  expect(last).toMatchObject({ side: 'buy', quantity: 1, purpose: 'flatten' });
  venue.fill(last);
  expect(bot.book.position('EURUSD').quantity).toBe(0);
});

describe('what no compiler has checked', () => {
  it.each([
    ['a misspelt field', { ...buy, stopLoss: 1.09 }, 'unknown field "stopLoss"'],
    ['a promise', Promise.resolve(buy), 'a promise'],
    ['a number', 7, '7, which is no draft'],
  ])('%s is reported and not traded', async (_, draft, said) => {
    const { bot, venue, issues } = await testBot();
    bot.desk.loop.enter(() => bot.raise(draft as never, { source: 'js', origin: 'strategy' }));
    expect(venue.submitted).toEqual([]);
    expect(issues.find((i) => i.code === 'BAD_DRAFT')?.detail).toContain(said);
  });

  it.each([
    ['no runs', { run: [] }],
    ['no risk', { risk: undefined }],
    ['no policy', { risk: [] }],
  ])('%s is refused before anything starts', (_, over) => {
    const strategy = defineStrategy({ name: 'none', timeframe: 'M1', onBar: () => undefined });
    const config = {
      adapter: new ScriptedVenue(),
      run: [{ strategy, symbol: 'EURUSD' }],
      risk: fixedQuantity({ lots: 1 }),
    };
    expect(() => createBot({ ...config, ...over } as never)).toThrowError(
      expect.objectContaining({ code: 'BAD_CONFIG' }),
    );
  });

  it('a timeframe that does not exist is refused by name', () => {
    const strategy = defineStrategy({ name: 'none', timeframe: '5m' as never, onBar: () => undefined });
    expect(() => strategy.bind('EURUSD')).toThrowError('"5m" is not a timeframe');
  });

  it('an onBar that says null has said nothing', async () => {
    const strategy = defineStrategy({ name: 'null', timeframe: 'M1', onBar: () => null as never });
    const { venue, issues, bot } = await testBot({ run: [{ strategy, symbol: 'EURUSD' }] });
    venue.tick(1.1, 1.1001, 60_000);
    expect(issues.map((i) => i.code)).not.toContain('BAD_DRAFT');
    expect(bot.counts.signals).toBe(0);
  });
});

describe('a trade that the venue made by itself', () => {
  it('closes the oldest ledger first, is shared out to the cent, and ends the protection of what it closed', async () => {
    const { bot, venue, issues } = await testBot({ validate: [] });
    const fills: unknown[] = [];
    bot.fills$.subscribe(({ owner, quantity, profit }) => fills.push([owner, quantity, profit]));
    for (const source of ['old', 'young']) {
      bot.desk.loop.enter(() => bot.raise({ ...buy, quantity: 1 }, { source, origin: 'strategy' }));
      venue.fill(venue.submitted.find((r) => r.owner === source) ?? fail());
      venue.tick(1.1);
    }
    venue.tell({
      type: 'fill',
      id: 'stop-out-1',
      symbol: 'EURUSD',
      time: venue.clock.now(),
      tradeId: 'so1',
      side: 'sell',
      quantity: 1.5,
      price: 1.05,
      remaining: 0,
      commission: 3,
      profit: -7_500,
    });
    expect(fills.slice(2)).toEqual([
      ['old', 1, -5_000],
      ['young', 0.5, -2_500],
    ]);
    expect(bot.book.position('EURUSD', 'old').quantity).toBe(0);
    expect(bot.book.position('EURUSD', 'young').quantity).toBe(0.5);
    expect(bot.book.account().balance).toBe(10_000 - 7_500 - 3);
    expect(issues.map((i) => i.code)).toContain('UNKNOWN_ORDER');
    const oldLegs = venue.submitted
      .filter((r) => r.owner === 'old' && r.purpose === 'protect')
      .map((r) => r.id);
    expect(venue.heard.flatMap((h) => (h.command === 'cancel' ? [h.ref.id] : []))).toEqual(oldLegs);
  });
});

it('takes what the adapter refuses to send for refused, and whatever else it throws for unknown', async () => {
  const { venue, say, outcomes } = await testBot({ validate: [] });
  venue.onSubmit = () => {
    throw new MikroBotError('BAD_CONFIG', 'not for this account.');
  };
  say({});
  venue.onSubmit = () => {
    throw new Error('socket');
  };
  say({});
  expect(outcomes()).toEqual(['refused VENUE_REJECTED', 'unknown']);
});

it('never trades a malformed signal, whatever rules it was given', async () => {
  const { venue, say, outcomes } = await testBot({ validate: [] });
  say({ stop: 1.2 });
  expect(outcomes()).toEqual(['refused STOP_WRONG_SIDE']);
  expect(venue.heard).toEqual([]);
});

it('tells of a position that was there before it', async () => {
  const venue = new ScriptedVenue();
  const snapshot = venue.snapshot.bind(venue);
  venue.snapshot = () => ({
    ...snapshot(),
    positions: [{ symbol: 'EURUSD', quantity: 2, averagePrice: 1.1 }],
  });
  const { issues } = await testBot({}, venue);
  expect(issues.map((i) => i.code)).toContain('POSITION_NOT_OURS');
});

describe('the start', () => {
  const start = (venue: ScriptedVenue, over: object = {}) => {
    const strategy = defineStrategy({ name: 'none', timeframe: 'M1', onBar: () => undefined });
    return createBot({
      adapter: venue,
      run: [{ strategy, symbol: 'EURUSD' }],
      risk: fixedQuantity({ lots: 1 }),
      ...over,
    }).run();
  };

  it('refuses real money that is not named', async () => {
    const venue = new ScriptedVenue();
    venue.account = { ...venue.account, live: true };
    await expect(start(venue)).rejects.toMatchObject({ code: 'LIVE_ACCOUNT' });
  });

  it('refuses an incomplete snapshot: unknown is not empty', async () => {
    const venue = new ScriptedVenue();
    venue.complete = false;
    await expect(start(venue)).rejects.toMatchObject({ code: 'PREFLIGHT_FAILED' });
  });

  it('refuses an instrument that the venue lacks, and a lot that it does not take', async () => {
    const strategy = defineStrategy({ name: 'none', timeframe: 'M1', onBar: () => undefined });
    const run = [{ strategy, symbol: 'NOPE' }];
    await expect(start(new ScriptedVenue(), { run })).rejects.toMatchObject({ code: 'UNKNOWN_INSTRUMENT' });
    const risk = fixedQuantity({ lots: 99 });
    await expect(start(new ScriptedVenue(), { risk })).rejects.toMatchObject({ code: 'PREFLIGHT_FAILED' });
  });

  it('is not active before the venue shows a sign of life', async () => {
    const venue = new ScriptedVenue();
    venue.subscribe = () => () => undefined;
    const started = start(venue);
    await venue.clock.settled();
    await Promise.resolve();
    setImmediate(() => venue.clock.advance(venue.clock.now() + 10_000));
    await expect(started).rejects.toMatchObject({ code: 'PREFLIGHT_FAILED' });
  });
});

const fail = (): never => {
  throw new Error('the venue heard less than expected');
};
