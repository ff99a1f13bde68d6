import { describe, expect, it } from 'vitest';
import type { OrderRequest } from '../model/order.js';
import type { Draft } from '../model/signal.js';
import { booksOf } from '../recovery/restore.js';
import { saveBooks } from '../recovery/saved-books.js';
import { fixedQuantity } from '../risk/fixed-quantity.js';
import { reportOf } from '../testing/samples.js';
import { ScriptedVenue } from '../testing/scripted-venue.js';
import { type TestBot, testBot } from '../testing/test-bot.js';
import type { CommandOutcome } from './broker-adapter.js';

/** As on spot: what a working sell order would sell is locked, so stop and target are one pair. */
const spot = (): ScriptedVenue =>
  new ScriptedVenue({ closingLocks: true, amend: 'none', reduceOnly: 'none' });

const turns = (): Promise<void> => new Promise(setImmediate);

/** Long 1 lot with a stop at 1.09 and a target at 1.12, the pair answered. */
const long = async (venue = spot(), draft: Partial<Draft> = {}): Promise<TestBot> => {
  const test = await testBot({ validate: [], risk: [fixedQuantity({ lots: 1 })] }, venue);
  test.say(draft);
  venue.fill(venue.submitted[0] as OrderRequest);
  await turns();
  return test;
};

const pairs = (venue: ScriptedVenue) => venue.heard.flatMap((h) => (h.command === 'pair' ? [h] : []));
const lastPair = (venue: ScriptedVenue) => {
  const pair = pairs(venue).at(-1);
  if (pair === undefined) throw new Error('no pair was sent');
  return pair;
};
const cancels = (venue: ScriptedVenue): readonly string[] =>
  venue.heard.flatMap((h) => (h.command === 'cancel' ? [h.ref.id] : []));
/** The venue ends both orders of its pair. */
const ended = (venue: ScriptedVenue): void => {
  const { stop, target } = lastPair(venue);
  venue.cancelled(stop);
  venue.cancelled(target);
};
const exit = { intent: 'exit', side: undefined, stop: undefined, target: undefined } as const;
/** The next process, at the same venue. */
const restarted = ({ venue, journal }: TestBot): Promise<TestBot> => {
  const next = new ScriptedVenue(venue.capabilities);
  next.clock.advance(venue.clock.now());
  return testBot({ validate: [], journal }, next);
};

describe('a venue whose closing orders lock what they sell', () => {
  it('gets stop and target as one pair, both on record before', async () => {
    const { venue, journal } = await long();
    expect(venue.submitted).toHaveLength(1);
    expect(pairs(venue)).toMatchObject([
      {
        stop: { type: 'stop', price: 1.09, quantity: 1, purpose: 'protect' },
        target: { type: 'limit', price: 1.12, quantity: 1, purpose: 'protect' },
      },
    ]);
    const { stop, target } = lastPair(venue);
    const intents = journal
      .entries()
      .flatMap(({ kind, data }) => (kind === 'out:intent' ? [(data as OrderRequest).id] : []));
    expect(intents.slice(1)).toEqual([stop.id, target.id]);
  });

  it('gets a stop without a target alone', async () => {
    const { venue } = await long(spot(), { target: undefined });
    expect(pairs(venue)).toEqual([]);
    expect(venue.submitted.map(({ type }) => type)).toEqual(['market', 'stop']);
  });

  it('gets a larger pair when more of the entry fills: the first is withdrawn and its end awaited', async () => {
    const venue = spot();
    const test = await testBot({ validate: [], risk: [fixedQuantity({ lots: 1 })] }, venue);
    test.say({});
    const entry = venue.submitted[0] as OrderRequest;
    venue.fill(entry, 0.4);
    await turns();
    venue.fill(entry, 0.6, 1.1, 0);
    await turns();
    expect(pairs(venue).map(({ stop }) => stop.quantity)).toEqual([0.4]);
    expect(cancels(venue)).toEqual([lastPair(venue).stop.id]);
    ended(venue);
    await turns();
    expect(pairs(venue).map(({ stop, target }) => [stop.quantity, target.quantity])).toEqual([
      [0.4, 0.4],
      [1, 1],
    ]);
    expect(new Set(pairs(venue).map(({ stop }) => stop.id)).size).toBe(2);
  });

  it('is asked to end the pair before an exit goes out', async () => {
    const { venue, say } = await long();
    say(exit);
    expect(cancels(venue)).toEqual([lastPair(venue).stop.id]);
    expect(venue.submitted).toHaveLength(1);
    ended(venue);
    expect(venue.submitted.at(-1)).toMatchObject({ purpose: 'flatten', side: 'sell', quantity: 1 });
    venue.fill(venue.submitted.at(-1) as OrderRequest);
    await turns();
    expect(pairs(venue)).toHaveLength(1);
  });

  it('gets a pair for the rest after a partial exit, and not before that has ended', async () => {
    const { venue, say } = await long();
    say({ ...exit, quantity: 0.3 });
    ended(venue);
    await turns();
    expect(pairs(venue)).toHaveLength(1);
    venue.fill(venue.submitted.at(-1) as OrderRequest);
    await turns();
    expect(lastPair(venue)).toMatchObject({ stop: { quantity: 0.7 }, target: { quantity: 0.7 } });
  });

  it('gets the pair back when the exit is refused', async () => {
    const { venue, say, outcomes } = await long();
    venue.onSubmit = () => ({ outcome: 'rejected', code: 'NO' });
    say(exit);
    ended(venue);
    await turns();
    expect(outcomes().at(-1)).toBe('refused VENUE_REJECTED');
    expect(pairs(venue).map(({ stop }) => stop.quantity)).toEqual([1, 1]);
  });

  it('is not sent an exit when the stop has traded meanwhile', async () => {
    const { venue, say, outcomes, bot } = await long();
    say(exit);
    const { stop, target } = lastPair(venue);
    venue.cancelled(target);
    venue.fill(stop, 1, 1.09);
    await turns();
    expect(outcomes().at(-1)).toBe('refused VENUE_REJECTED');
    expect(venue.submitted).toHaveLength(1);
    expect(bot.book.position('EURUSD').quantity).toBe(0);
    expect([...bot.desk.orders.working()]).toEqual([]);
  });

  it('lets a stop trade whose target it has ended for that', async () => {
    const { venue, bot, issues } = await long();
    const { stop, target } = lastPair(venue);
    venue.tell({ type: 'expired', id: target.id, symbol: 'EURUSD', time: venue.clock.now() });
    expect(cancels(venue)).toEqual([]);
    venue.fill(stop, 1, 1.09);
    venue.clock.advance(venue.clock.now() + 30_000);
    expect(bot.book.position('EURUSD').quantity).toBe(0);
    expect(cancels(venue)).toEqual([]);
    expect(issues).toEqual([]);
  });

  it('gets a pair for the rest when the target trades in part and its stop is ended for that', async () => {
    const { venue, issues } = await long();
    for (let lots = 10; lots > 2; lots--) {
      const { stop, target } = lastPair(venue);
      venue.fill(target, 0.1, 1.12);
      venue.tell({ type: 'expired', id: stop.id, symbol: 'EURUSD', time: venue.clock.now() });
      expect(cancels(venue).at(-1)).toBe(target.id);
      venue.cancelled(target);
      await turns();
      expect(lastPair(venue)).toMatchObject({ stop: { quantity: (lots - 1) / 10, price: 1.09 } });
    }
    expect(issues).toEqual([]);
  });

  it('moves the pair when an adjustment is approved', async () => {
    const { venue, say } = await long();
    say({ intent: 'adjust', side: undefined, quantity: undefined, stop: 1.095, target: undefined });
    ended(venue);
    await turns();
    expect(lastPair(venue)).toMatchObject({ stop: { price: 1.095 }, target: { price: 1.12 } });
  });

  it('closes the position when the pair is rejected', async () => {
    const venue = spot();
    venue.onPair = () => ({ outcome: 'rejected', code: '-2010' });
    const { issues } = await long(venue);
    expect(venue.submitted.at(-1)).toMatchObject({ purpose: 'flatten', quantity: 1 });
    expect(issues.map(({ code }) => code)).toContain('UNPROTECTED');
  });

  it('is asked for both orders when the answer to the pair is lost, and gets no second pair', async () => {
    const venue = spot();
    venue.onPair = () => ({ outcome: 'unknown', detail: 'lost' });
    await long(venue);
    venue.onQuery = ({ id }) => ({
      outcome: 'found',
      fills: [],
      report: {
        id,
        venueId: undefined,
        symbol: 'EURUSD',
        side: 'sell',
        type: id.endsWith('s') ? 'stop' : 'limit',
        state: 'accepted',
        quantity: 1,
        filled: 0,
        averagePrice: 0,
        price: id.endsWith('s') ? 1.09 : 1.12,
      },
    });
    venue.clock.advance(venue.clock.now() + 5_000);
    const asked = venue.heard.flatMap((h) => (h.command === 'query' ? [h.ref.id] : []));
    const { stop, target } = lastPair(venue);
    expect(new Set(asked)).toEqual(new Set([stop.id, target.id]));
    expect(pairs(venue)).toHaveLength(1);
    expect(venue.submitted).toHaveLength(1);
  });

  it('gets another pair as soon as one of its orders is known to be absent, however long nobody answers for the other', async () => {
    const venue = spot();
    venue.onPair = () => ({ outcome: 'unknown', detail: 'lost' });
    await long(venue);
    venue.onPair = () => ({ outcome: 'accepted' });
    venue.onQuery = ({ id }) =>
      id.endsWith('t') ? { outcome: 'absent' } : { outcome: 'unknown', detail: 'no answer' };
    venue.clock.advance(venue.clock.now() + 300);
    await turns();
    expect(pairs(venue).map(({ stop, target }) => [stop.quantity, target.quantity])).toEqual([
      [1, 1],
      [1, 1],
    ]);
    expect(cancels(venue)).toEqual([]);
  });

  it('sells the rest when a partial exit hangs and keeps the pair out for too long', async () => {
    const { venue, say, issues } = await long();
    venue.clock.advance(venue.clock.now() + 10_000);
    say({ ...exit, quantity: 0.3 });
    venue.onQuery = () => ({ outcome: 'unknown', detail: 'no answer' });
    venue.onSubmit = () => ({ outcome: 'unknown', detail: 'lost' });
    ended(venue);
    expect(venue.submitted.at(-1)).toMatchObject({ quantity: 0.3 });
    venue.clock.advance(venue.clock.now() + 4_999);
    expect(issues.map(({ code }) => code)).not.toContain('UNPROTECTED');
    venue.clock.advance(venue.clock.now() + 1);
    expect(issues.map(({ code }) => code)).toContain('UNPROTECTED');
    expect(venue.submitted.at(-1)).toMatchObject({ purpose: 'flatten', side: 'sell', quantity: 0.7 });
  });

  it('gets the pairs of all brackets back after a restart that finds them withdrawn for an exit which never left', async () => {
    const first = await long();
    first.venue.onPair = () => ({ outcome: 'accepted' });
    first.say({ stop: 1.091 });
    first.venue.fill(first.venue.submitted[1] as OrderRequest);
    await turns();
    first.say(exit);
    const sent = pairs(first.venue);
    expect(cancels(first.venue)).toEqual(sent.map(({ stop }) => stop.id));

    const venue = new ScriptedVenue(first.venue.capabilities);
    venue.clock.advance(first.venue.clock.now());
    venue.positions = [{ symbol: 'EURUSD', quantity: 2, averagePrice: 1.1 }];
    const answers = new Map<string, () => void>();
    venue.onQuery = ({ id }) =>
      new Promise((resolve) => {
        const leg = sent.flatMap(({ stop, target }) => [stop, target]).find((order) => order.id === id);
        const report = leg && { ...reportOf(leg), state: 'cancelled' as const };
        answers.set(id, () =>
          resolve(report ? { outcome: 'found', report, fills: [] } : { outcome: 'absent' }),
        );
      });
    await testBot({ validate: [], risk: [fixedQuantity({ lots: 1 })], journal: first.journal }, venue);
    // The venue ends what the cancels name, and the exit is known to be absent between the two pairs.
    const [one, two] = sent;
    const exitId = [...answers.keys()].find((id) => id.endsWith('x')) as string;
    const legsOf = (pair: typeof one) => [pair!.stop, pair!.target];
    for (const leg of legsOf(one)) venue.cancelled(leg);
    await turns();
    answers.get(exitId)?.();
    await turns();
    for (const leg of legsOf(two)) venue.cancelled(leg);
    await turns();
    expect(pairs(venue).map(({ stop }) => stop.price)).toEqual(expect.arrayContaining([1.09, 1.091]));
    expect(pairs(venue)).toHaveLength(2);
  });

  it('is not asked after a restart for the exit of a halted reversal that never left, since the stop traded first', async () => {
    const first = await long();
    first.say({ intent: 'reverse', side: 'sell', stop: 1.12, target: 1.09 });
    first.bot.command({ do: 'halt', by: 'ann' });
    const { stop, target } = lastPair(first.venue);
    first.venue.cancelled(target);
    first.venue.fill(stop, 1, 1.09);
    await turns();
    expect([...first.bot.desk.orders.working()]).toEqual([]);
    const { venue, bot } = await restarted(first);
    expect(venue.heard).toEqual([]);
    expect([...bot.desk.orders.working()]).toEqual([]);
  });

  it.each([
    { legs: 'pair', draft: {} },
    { legs: 'stop alone', draft: { target: undefined } },
  ])('gets no $legs again that it refused only because it refuses the exit, too', async ({ draft }) => {
    const venue = spot();
    const no = { outcome: 'rejected', code: '-2010' } as const;
    venue.onPair = () => no;
    venue.onSubmit = ({ purpose }) => (purpose === 'enter' ? { outcome: 'accepted' } : no);
    const { say, bot } = await long(venue, draft);
    await turns();
    expect(venue.heard).toHaveLength(3);
    expect(venue.submitted.at(-1)).toMatchObject({ purpose: 'flatten' });
    // It is tried once more when something has changed.
    say({ intent: 'adjust', side: undefined, quantity: undefined, stop: 1.095, target: undefined });
    await turns();
    expect(venue.heard).toHaveLength(5);
    // A venue that takes it gets it back after a refused exit, as ever.
    venue.onPair = () => ({ outcome: 'accepted' });
    venue.onSubmit = ({ purpose }) => (purpose === 'flatten' ? no : { outcome: 'accepted' });
    say({ intent: 'adjust', side: undefined, quantity: undefined, stop: 1.096, target: undefined });
    await turns();
    const stop = [...bot.desk.orders.working()].map(({ request }) => request)[0] as OrderRequest;
    bot.command({ do: 'flatten', by: 'ann' });
    for (const { request } of [...bot.desk.orders.working()])
      if (request.purpose === 'protect') venue.cancelled(request);
    await turns();
    const back = [...bot.desk.orders.working()].map(({ request }) => request)[0];
    expect(back).toMatchObject({ type: 'stop', price: 1.096 });
    expect(back?.id).not.toBe(stop.id);
  });

  it('gets no pair for ever that it takes and ends, though it refuses the exit, too', async () => {
    const venue = spot();
    venue.onSubmit = ({ purpose }) =>
      purpose === 'enter' ? { outcome: 'accepted' } : { outcome: 'rejected', code: '-2010' };
    await long(venue);
    for (let i = 0; i < 20; i++) {
      for (const { id } of [lastPair(venue).target, lastPair(venue).stop])
        venue.tell({ type: 'expired', id, symbol: 'EURUSD', time: venue.clock.now() });
      await turns();
    }
    expect(pairs(venue)).toHaveLength(5);
    expect(venue.submitted.at(-1)).toMatchObject({ purpose: 'flatten' });
  });

  it('gets no target alone again that it refused', async () => {
    const venue = spot();
    venue.onSubmit = ({ purpose }) =>
      purpose === 'enter' ? { outcome: 'accepted' } : { outcome: 'rejected', code: '-2010' };
    const { issues } = await long(venue, { stop: undefined });
    expect(venue.submitted.map(({ type }) => type)).toEqual(['market', 'limit']);
    expect(issues.map(({ code }) => code)).toEqual(['TARGET_REJECTED']);
  });

  it('gets no pair between an exit that expired in part and the next, which would need it withdrawn', async () => {
    const { venue, bot } = await long();
    bot.command({ do: 'flatten', by: 'ann' });
    ended(venue);
    const first = venue.submitted.at(-1) as OrderRequest;
    venue.fill(first, 0.6);
    venue.tell({ type: 'expired', id: first.id, symbol: 'EURUSD', time: venue.clock.now() });
    await turns();
    expect(pairs(venue)).toHaveLength(1);
    expect(venue.submitted.at(-1)).toMatchObject({ purpose: 'flatten', quantity: 0.4 });
  });

  it('refuses exits that waited together, and a restart knows as much as before of what they were to close', async () => {
    const { venue, ...first } = await long();
    const old = lastPair(venue).stop;
    venue.cancelled(lastPair(venue).target);
    venue.fill(old, 1, 1.09);
    first.say({ side: 'sell', stop: 1.12, target: 1.09 });
    venue.fill(venue.submitted.at(-1) as OrderRequest);
    await turns();
    // Trades that nobody can explain deepen the position; what closes them again waits for the pair to go.
    venue.fill(old, 0.5, 1.09, 0);
    venue.fill(old, 0.3, 1.09, 0);
    venue.onSubmit = () => ({ outcome: 'rejected', code: 'NO' });
    ended(venue);
    const { excess } = saveBooks(booksOf(first.bot.desk));
    expect(excess).toMatchObject([{ lots: 0.8, why: expect.stringContaining('from -1.5 to -1.8') }]);
    await restarted({ venue, ...first });
    expect(first.journal.last('in:books')?.data).toMatchObject({ excess });
  });

  it('withdraws a pair that was on its way when the exit came', async () => {
    const venue = spot();
    let answer: (outcome: CommandOutcome) => void = () => undefined;
    venue.onPair = () => new Promise((resolve) => (answer = resolve));
    const { say } = await long(venue);
    say(exit);
    expect(cancels(venue)).toEqual([]);
    answer({ outcome: 'accepted' });
    await turns();
    expect(cancels(venue)).toEqual([lastPair(venue).stop.id]);
    ended(venue);
    expect(venue.submitted.at(-1)).toMatchObject({ purpose: 'flatten' });
  });
});
