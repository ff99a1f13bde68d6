import { describe, expect, it } from 'vitest';
import * as z from 'zod';
import type { OrderRequest } from '../model/order.js';
import { fixedQuantity } from '../risk/fixed-quantity.js';
import type { RiskPolicy } from '../risk/policy.js';
import type { RiskEvent } from '../risk/risk-event.js';
import { ScriptedVenue } from '../testing/scripted-venue.js';
import { type TestBot, testBot } from '../testing/test-bot.js';
import type { CommandOutcome } from './broker-adapter.js';

/** Remembers what policies are told of protection. */
const memoryOfProtection: RiskPolicy<RiskEvent[]> = {
  name: 'protection',
  memory: {
    initial: [],
    schema: z.array(z.any()),
    next: (told, event) => (event.type === 'protected' ? [...told, event] : told),
  },
  judge: () => undefined,
};

const legs = ({ venue }: TestBot): readonly OrderRequest[] =>
  venue.submitted.filter((r) => r.purpose === 'protect');

const leg = (test: TestBot, type: OrderRequest['type']): OrderRequest => {
  const found = legs(test).findLast((r) => r.type === type);
  if (found === undefined) throw new Error(`no ${type} leg was placed`);
  return found;
};

/** A bot that is long, the entry filled in full. */
const long = async (draft = {}, venue = new ScriptedVenue()): Promise<TestBot> => {
  const test = await testBot({ validate: [] }, venue);
  test.say(draft);
  const [entry] = test.venue.submitted;
  if (entry) test.venue.fill(entry);
  return test;
};

describe('protection that core keeps', () => {
  it('places the stop before the target, on the other side, as large as what has filled', async () => {
    const test = await testBot();
    test.say({});
    const entry = test.venue.submitted[0] as OrderRequest;
    expect(legs(test)).toEqual([]);
    test.venue.fill(entry, 0.3);
    expect(legs(test)).toMatchObject([
      { side: 'sell', type: 'stop', quantity: 0.3, price: 1.09, id: `${entry.id}s` },
      { side: 'sell', type: 'limit', quantity: 0.3, price: 1.12, id: `${entry.id}t` },
    ]);
  });

  it('reckons the time without a stop anew when the stop is lost a second time', async () => {
    const venue = new ScriptedVenue({ amend: 'none' });
    const test = await long({ target: undefined }, venue);
    const pass = (ms: number): void => venue.clock.advance(venue.clock.now() + ms);
    const sold = () => venue.submitted.filter(({ purpose }) => purpose === 'flatten').length;
    pass(4_000);
    venue.onSubmit = () => new Promise<never>(() => undefined);
    test.say({ intent: 'adjust', side: undefined, quantity: undefined, stop: 1.095, target: undefined });
    venue.cancelled(legs(test)[0]!);
    expect(legs(test).at(-1)).toMatchObject({ price: 1.095 });
    pass(4_999);
    expect(sold()).toBe(0);
    pass(1);
    expect(sold()).toBe(1);
  });

  it('grows both legs as the entry fills on', async () => {
    const test = await testBot();
    test.say({});
    const entry = test.venue.submitted[0] as OrderRequest;
    test.venue.fill(entry, 0.3);
    test.venue.fill(entry, 0.7, 1.1, 0);
    const amended = test.venue.heard.flatMap((h) =>
      h.command === 'amend' ? [[h.ref.id, h.request.quantity]] : [],
    );
    expect(amended).toEqual([
      [`${entry.id}s`, 1],
      [`${entry.id}t`, 1],
    ]);
  });

  it('cancels the other leg when one has closed the position', async () => {
    const test = await long();
    test.venue.fill(leg(test, 'stop'));
    const cancelled = test.venue.heard.flatMap((h) => (h.command === 'cancel' ? [h.ref.id] : []));
    expect(cancelled).toEqual([leg(test, 'limit').id]);
    expect(test.bot.book.position('EURUSD').quantity).toBe(0);
  });

  it('shrinks the other leg when one fills in part', async () => {
    const test = await long();
    test.venue.fill(leg(test, 'limit'), 0.4);
    const amend = test.venue.heard.findLast((h) => h.command === 'amend');
    expect(amend).toMatchObject({
      ref: { id: leg(test, 'stop').id },
      request: { quantity: 0.6, price: 1.09 },
    });
  });

  it('shrinks both legs after a partial exit and cancels both after a full one', async () => {
    const test = await long();
    const exit = { intent: 'exit', stop: undefined, target: undefined } as const;
    test.say({ ...exit, quantity: 0.4 });
    test.venue.fill(test.venue.submitted.at(-1) as OrderRequest);
    const sizes = test.venue.heard.flatMap((h) => (h.command === 'amend' ? [h.request.quantity] : []));
    expect(sizes).toEqual([0.6, 0.6]);
    test.say({ ...exit, quantity: undefined });
    test.venue.fill(test.venue.submitted.at(-1) as OrderRequest);
    expect(test.venue.heard.filter((h) => h.command === 'cancel')).toHaveLength(2);
  });

  it('closes the position when the venue rejects the stop', async () => {
    const venue = new ScriptedVenue();
    venue.onSubmit = (r) =>
      r.type === 'stop' ? { outcome: 'rejected', code: 'NO_STOPS' } : { outcome: 'accepted' };
    const test = await long({}, venue);
    expect(venue.submitted.find((r) => r.purpose === 'flatten')).toMatchObject({ side: 'sell', quantity: 1 });
    expect(test.issues.map((i) => i.code)).toContain('UNPROTECTED');
  });

  it('closes the position when no stop works within the deadline', async () => {
    const venue = new ScriptedVenue();
    venue.onSubmit = (r) => (r.type === 'stop' ? new Promise(() => undefined) : { outcome: 'accepted' });
    const test = await long({}, venue);
    venue.clock.advance(venue.clock.now() + 4_999);
    expect(venue.submitted.some((r) => r.purpose === 'flatten')).toBe(false);
    venue.clock.advance(venue.clock.now() + 1);
    expect(venue.submitted.find((r) => r.purpose === 'flatten')).toMatchObject({ quantity: 1 });
    expect(test.issues.map((i) => i.code)).toContain('UNPROTECTED');
  });

  it.each([
    ['the venue has its stop', 'native', 0, 0],
    ['the venue has taken its stop', 'none', 300, 300],
    ['it is closed for want of one', 'none', undefined, 5_000],
  ] as const)(
    'tells policies how long a position was without its stop, once: until %s',
    async (_, bracket, after, naked) => {
      const venue = new ScriptedVenue({ bracket });
      const answers: ((outcome: CommandOutcome) => void)[] = [];
      venue.onSubmit = ({ type }) =>
        type === 'stop' ? new Promise((take) => answers.push(take)) : { outcome: 'accepted' };
      const risk = [fixedQuantity({ lots: 1 }), memoryOfProtection];
      const test = await testBot({ validate: [], risk }, venue);
      test.say({});
      const entry = venue.submitted[0] as OrderRequest;
      venue.fill(entry, 0.5);
      venue.fill(entry, 0.5, 1.1, 0);
      venue.clock.advance(venue.clock.now() + (after ?? 5_000));
      if (after !== undefined) for (const take of answers) take({ outcome: 'accepted' });
      await new Promise(setImmediate);
      const flatten = venue.submitted.find(({ purpose }) => purpose === 'flatten');
      if (flatten !== undefined) venue.fill(flatten);
      expect(test.bot.policyState('protection')).toEqual([
        { type: 'protected', symbol: 'EURUSD', owner: 'say:EURUSD', naked },
      ]);
    },
  );

  it('tells nothing of the protection of a position that was to have none', async () => {
    const test = await testBot({ validate: [], risk: [fixedQuantity({ lots: 1 }), memoryOfProtection] });
    test.say({ stop: undefined });
    test.venue.fill(test.venue.submitted[0] as OrderRequest);
    test.say({ intent: 'exit', stop: undefined, target: undefined });
    test.venue.fill(test.venue.submitted.at(-1) as OrderRequest);
    expect(test.bot.policyState('protection')).toEqual([]);
  });

  it('replaces a stop that the venue cancelled by itself, under a new id', async () => {
    const test = await long();
    const first = leg(test, 'stop');
    test.venue.cancelled(first);
    const second = leg(test, 'stop');
    expect(second).toMatchObject({ quantity: 1, price: 1.09 });
    expect(second.id).not.toBe(first.id);
  });

  it('trails the stop behind the market, never back', async () => {
    const test = await long({ trail: 0.005, target: undefined });
    const moves = (): readonly (number | undefined)[] =>
      test.venue.heard.flatMap((h) => (h.command === 'amend' ? [h.request.price] : []));
    test.venue.tick(1.1);
    expect(moves()).toEqual([1.095]);
    test.venue.tick(1.11);
    expect(moves()).toEqual([1.095, 1.105]);
    test.venue.tick(1.106);
    expect(moves()).toEqual([1.095, 1.105]);
  });

  it('starts a stop that only trails at its distance from the entry price', async () => {
    const test = await long({ stop: undefined, target: undefined, trail: 0.004 });
    expect(leg(test, 'stop').price).toBe(1.096);
  });

  it('moves the stop and the target when an adjustment is approved, and refuses a wider stop', async () => {
    const test = await long();
    const adjust = { intent: 'adjust', side: undefined, quantity: undefined } as const;
    test.say({ ...adjust, stop: 1.095, target: 1.13 });
    const moved = test.venue.heard.flatMap((h) => (h.command === 'amend' ? [h.request.price] : []));
    expect(moved).toEqual([1.095, 1.13]);
    test.say({ ...adjust, stop: 1.08, target: undefined });
    expect(test.outcomes().at(-1)).toBe('refused WIDER_STOP');
  });

  it('sends one change at a time and catches up when the venue is slow', async () => {
    const venue = new ScriptedVenue();
    const test = await long({ target: undefined }, venue);
    let answer = (): void => undefined;
    venue.onAmend = () => {
      venue.onAmend = () => ({ outcome: 'accepted' });
      return new Promise((resolve) => {
        answer = () => resolve({ outcome: 'accepted' });
      });
    };
    const adjust = { intent: 'adjust', side: undefined, quantity: undefined, target: undefined } as const;
    test.say({ ...adjust, stop: 1.092 });
    test.say({ ...adjust, stop: 1.094 });
    test.say({ ...adjust, stop: 1.096 });
    expect(venue.heard.filter((h) => h.command === 'amend')).toHaveLength(1);
    answer();
    await venue.clock.settled();
    const prices = venue.heard.flatMap((h) => (h.command === 'amend' ? [h.request.price] : []));
    expect(prices).toEqual([1.092, 1.096]);
  });

  it('cancels and places anew where the venue cannot amend', async () => {
    const venue = new ScriptedVenue({ amend: 'none' });
    const test = await long({ target: undefined }, venue);
    const first = leg(test, 'stop');
    test.say({ intent: 'adjust', stop: 1.095, target: undefined });
    expect(venue.heard.at(-1)).toMatchObject({ command: 'cancel', ref: { id: first.id } });
    venue.cancelled(first);
    expect(leg(test, 'stop')).toMatchObject({ price: 1.095, quantity: 1 });
    expect(leg(test, 'stop').id).not.toBe(first.id);
  });

  it('amends the price and replaces the size where the venue can amend prices only', async () => {
    const venue = new ScriptedVenue({ amend: 'prices' });
    const test = await long({ target: undefined }, venue);
    const first = leg(test, 'stop');
    test.say({ intent: 'adjust', stop: 1.095, target: undefined });
    expect(venue.heard.at(-1)).toMatchObject({ command: 'amend', ref: { id: first.id } });
    test.say({ intent: 'exit', quantity: 0.4, stop: undefined, target: undefined });
    venue.fill(venue.submitted.at(-1) as OrderRequest);
    expect(venue.heard.at(-1)).toMatchObject({ command: 'cancel', ref: { id: first.id } });
    venue.cancelled(first);
    expect(leg(test, 'stop')).toMatchObject({ price: 1.095, quantity: 0.6 });
    expect(leg(test, 'stop').id).not.toBe(first.id);
  });
});

describe('protection that the venue keeps', () => {
  it('is followed by the ids that the port agrees on, and nothing is placed twice', async () => {
    const test = await long({}, new ScriptedVenue({ bracket: 'native' }));
    expect(test.venue.submitted).toHaveLength(1);
    const entry = test.venue.submitted[0] as OrderRequest;
    test.venue.fill({ ...entry, id: `${entry.id}s`, side: 'sell' });
    expect(test.bot.book.position('EURUSD').quantity).toBe(0);
    test.venue.cancelled({ id: `${entry.id}t`, symbol: 'EURUSD' });
    expect([...test.bot.desk.orders.working()]).toEqual([]);
    expect(test.issues).toEqual([]);
  });
});

describe('protection that comes with the entry and sleeps until all of it has filled', () => {
  const attached = async (): Promise<TestBot & { readonly entry: OrderRequest }> => {
    const test = await testBot({ validate: [] }, new ScriptedVenue({ bracket: 'attached' }));
    test.say({ order: { type: 'limit', price: 1.1 } });
    return { ...test, entry: test.venue.submitted[0] as OrderRequest };
  };
  const pass = ({ venue }: TestBot, ms: number): void => venue.clock.advance(venue.clock.now() + ms);

  it('is the entry’s own: nothing is placed beside it, and a part that is closed makes the legs smaller', async () => {
    const test = await attached();
    const { venue, entry } = test;
    expect(entry.bracket).toEqual({ stop: 1.09, target: 1.12, trail: undefined });
    venue.fill(entry);
    expect(venue.heard).toHaveLength(1);
    test.say({ intent: 'exit', side: undefined, quantity: 0.4, stop: undefined, target: undefined });
    venue.fill(venue.submitted[1] as OrderRequest);
    expect(venue.heard.slice(2)).toMatchObject([
      { command: 'amend', ref: { id: `${entry.id}s` }, request: { quantity: 0.6, price: 1.09 } },
      { command: 'amend', ref: { id: `${entry.id}t` }, request: { quantity: 0.6, price: 1.12 } },
    ]);
  });

  it('is cancelled at once when the position is closed by something else', async () => {
    const test = await attached();
    const { venue, entry } = test;
    venue.fill(entry);
    test.say({ intent: 'exit', side: undefined, quantity: undefined, stop: undefined, target: undefined });
    venue.fill(venue.submitted[1] as OrderRequest);
    expect(venue.heard.slice(2)).toMatchObject([
      { command: 'cancel', ref: { id: `${entry.id}s` } },
      { command: 'cancel', ref: { id: `${entry.id}t` } },
    ]);
  });

  it('has an entry that fills in part cut after a second, and the part is guarded by legs of core’s own', async () => {
    const test = await attached();
    const { venue, entry } = test;
    venue.fill(entry, 0.3);
    venue.tell({ type: 'accepted', id: `${entry.id}s`, symbol: 'EURUSD', time: venue.clock.now() });
    pass(test, 999);
    expect(venue.heard).toHaveLength(1);
    pass(test, 1);
    expect(venue.heard.at(-1)).toMatchObject({ command: 'cancel', ref: { id: entry.id } });
    venue.cancelled(entry);
    for (const suffix of ['s', 't']) venue.cancelled({ id: entry.id + suffix, symbol: 'EURUSD' });
    expect(legs(test)).toMatchObject([
      { type: 'stop', quantity: 0.3, price: 1.09, id: `${entry.id}s1` },
      { type: 'limit', quantity: 0.3, price: 1.12, id: `${entry.id}t1` },
    ]);
    pass(test, 60_000);
    expect(test.issues.map(({ code }) => code)).not.toContain('UNPROTECTED');
  });

  it('closes a part whose stop never woke, though the venue has it', async () => {
    const test = await attached();
    const { venue, entry } = test;
    venue.fill(entry, 0.3);
    venue.tell({ type: 'accepted', id: `${entry.id}s`, symbol: 'EURUSD', time: venue.clock.now() });
    pass(test, 5_000);
    expect(test.issues.map(({ code }) => code)).toContain('UNPROTECTED');
    expect(venue.submitted.at(-1)).toMatchObject({ purpose: 'flatten', side: 'sell', quantity: 0.3 });
  });

  it('is placed again where the entry is found to have filled on after its target had closed more than was known', async () => {
    const test = await attached();
    const { bot, venue, entry } = test;
    venue.fill(entry, 0.3);
    for (const suffix of ['s', 't'])
      venue.tell({ type: 'accepted', id: entry.id + suffix, symbol: 'EURUSD', time: venue.clock.now() });
    venue.fill({ ...entry, id: `${entry.id}t`, side: 'sell' });
    venue.cancelled({ id: `${entry.id}s`, symbol: 'EURUSD' });
    venue.fill(venue.submitted[1] as OrderRequest);
    expect(bot.book.position('EURUSD').quantity).toBe(0);
    venue.fill(entry, 0.7, 1.1, 0);
    expect(bot.book.position('EURUSD').quantity).toBe(0.7);
    expect(legs(test)).toMatchObject([
      { type: 'stop', quantity: 0.7, price: 1.09, id: `${entry.id}s1` },
      { type: 'limit', quantity: 0.7, price: 1.12, id: `${entry.id}t1` },
    ]);
  });

  it('fills whole in time: nothing is cut, and the legs count as work', async () => {
    const test = await attached();
    const { venue, entry } = test;
    venue.fill(entry, 0.3);
    pass(test, 500);
    venue.fill(entry, 0.7, 1.1, 0);
    pass(test, 10_000);
    expect(venue.heard).toHaveLength(1);
    expect(test.issues).toEqual([]);
  });
});
