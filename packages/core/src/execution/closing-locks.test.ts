import { describe, expect, it } from 'vitest';
import type { OrderRequest } from '../model/order.js';
import type { Draft } from '../model/signal.js';
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
