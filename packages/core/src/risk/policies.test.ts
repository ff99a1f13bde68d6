import { describe, expect, it } from 'vitest';
import * as z from 'zod';
import type { OrderRequest } from '../model/order.js';
import type { Trade } from '../model/trade.js';
import type { Command } from '../runtime/command.js';
import { testBot } from '../testing/test-bot.js';
import type { RiskPolicy } from './policy.js';
import type { PolicyStore, SavedPolicies } from './policy-store.js';
import type { RiskEvent } from './risk-event.js';

const told = z.array(z.string());

/** Writes down the types of the events that it is told. */
const diary = (over: Partial<RiskPolicy<string[]>['memory']> = {}): RiskPolicy<string[]> => ({
  name: 'diary',
  memory: {
    initial: [],
    schema: told,
    next: (state, event) => (event.type === 'mark' ? state : [...state, event.type]),
    ...over,
  },
  judge: () => ({ cap: 1 }),
});

const counter = z.strictObject({ sent: z.number(), most: z.number() });

/** At most so many orders, ever; a person may tell it to begin anew. */
const maxOrders = (most: number): RiskPolicy<{ sent: number; most: number }> => ({
  name: 'maxOrders',
  memory: {
    initial: { sent: 0, most },
    schema: counter,
    next(state, event) {
      if (event.type === 'sent') return { ...state, sent: state.sent + 1 };
      const reset =
        event.type === 'command' && event.command.do === 'tell' && event.command.policy === 'maxOrders';
      return reset ? { ...state, sent: 0 } : state;
    },
  },
  settings: {
    value: { most },
    with: (value) => maxOrders(z.strictObject({ most: z.number() }).parse(value).most),
  },
  judge: (_order, _signal, _book, state) =>
    state.sent < most ? { cap: 1 } : { code: 'MAX_ORDERS', limit: most, actual: state.sent },
});

const memoryStore = (saved?: SavedPolicies): PolicyStore & { saved: SavedPolicies | undefined } => ({
  saved,
  load() {
    return this.saved;
  },
  save(policies) {
    this.saved = JSON.parse(JSON.stringify(policies)) as SavedPolicies;
  },
});

/** Counts the prices that it is told, once it is set to watch them. */
const watcher = (on: boolean): RiskPolicy<number> => ({
  name: 'watcher',
  memory: {
    initial: 0,
    schema: z.number(),
    ...(on && { watches: 'always' }),
    next: (state, event) => (event.type === 'mark' ? state + 1 : state),
  },
  settings: { value: on, with: (value) => watcher(z.boolean().parse(value)) },
  judge: () => undefined,
});

describe('a policy that watches prices by its settings', () => {
  it('is told prices from the moment of the change, and after a restart', async () => {
    const store = memoryStore();
    const { bot, venue } = await testBot({ risk: watcher(false), store });
    venue.tick(1.1);
    bot.command({ do: 'configure', policy: 'watcher', settings: true, by: 'ann' });
    venue.tick(1.1001);
    venue.tick(1.1002);
    expect(bot.policyState('watcher')).toBe(2);
    await bot.stop();
    // The test's bot begins with one tick.
    const second = await testBot({ risk: watcher(false), store });
    expect(second.bot.policyState('watcher')).toBe(3);
  });
});

describe('the memory of a policy', () => {
  it('is told what happens to an order, in the order in which it happens', async () => {
    const { bot, venue, say } = await testBot({ risk: diary() });
    say({});
    const [entry] = venue.submitted as [OrderRequest];
    venue.fill(entry);
    expect(bot.policyState('diary')).toEqual([
      'start',
      'sent',
      'submitted',
      'decision',
      // The legs of its bracket, once it fills.
      'submitted',
      'protected',
      'submitted',
      'ended',
      'fill',
    ]);
  });

  it('is told round trips with their profit after commission, as trades$ is', async () => {
    const trades: Trade[] = [];
    const seen: RiskEvent[] = [];
    const listen = diary({
      next: (state, event) => {
        seen.push(event);
        return state;
      },
    });
    const { bot, venue, say } = await testBot({ risk: listen });
    bot.trades$.subscribe((t) => trades.push(t));
    say({});
    const [entry] = venue.submitted as [OrderRequest];
    venue.fill(entry, 1, 1.1001, 0, { commission: 3 });
    say({ intent: 'exit', side: undefined, stop: undefined, target: undefined, quantity: undefined });
    const exit = venue.submitted.find((r) => r.purpose === 'flatten') as OrderRequest;
    venue.fill(exit, 1, 1.1006, 0, { commission: 4, profit: 50 });
    const trade = seen.find((e) => e.type === 'trade')?.trade;
    expect(trades).toEqual([trade]);
    expect(trade).toMatchObject({ owner: 'say:EURUSD', side: 'buy', quantity: 1, profit: 43, exit: 'order' });
    const fills = seen.filter((e) => e.type === 'fill');
    expect(fills.map((f) => f.expected)).toEqual([1.1001, 1.1]);
  });

  it('decides what the next signal gets', async () => {
    const { bot, say, outcomes } = await testBot({ risk: maxOrders(2), validate: [] });
    for (let i = 0; i < 3; i++) say({});
    expect(outcomes()).toEqual(['executed', 'executed', 'refused MAX_ORDERS']);
    expect(bot.policyState('maxOrders')).toEqual({ sent: 2, most: 2 });
  });

  it('hears a command that is meant for it', async () => {
    const { bot, say, outcomes } = await testBot({ risk: maxOrders(1), validate: [] });
    say({});
    say({});
    bot.command({ do: 'tell', policy: 'maxOrders', say: 'reset', by: 'ann' });
    say({});
    expect(outcomes()).toEqual(['executed', 'refused MAX_ORDERS', 'executed']);
  });

  it('is told the time that it asked for, once, though nothing else happens', async () => {
    const times: number[] = [];
    const sleeper: RiskPolicy<number | null> = {
      name: 'sleeper',
      memory: {
        initial: null,
        schema: z.number().nullable(),
        next(state, event, book) {
          if (event.type === 'time') times.push(book.now());
          return event.type === 'sent' ? book.now() : state;
        },
        wakeAt: (sent) => (sent === null ? undefined : sent + 30_000),
      },
      judge: () => ({ cap: 1 }),
    };
    const { bot, venue, say } = await testBot({ risk: sleeper, validate: [] });
    say({});
    const first = bot.book.now();
    venue.clock.advance(first + 20_000);
    say({});
    venue.clock.advance(first + 45_000);
    expect(times).toEqual([]);
    venue.clock.advance(first + 300_000);
    expect(times).toEqual([first + 50_000]);
  });

  it('that throws refuses every entry from then on, and says so', async () => {
    const torn = diary({
      next: (state, event) => {
        if (event.type === 'sent') throw new Error('torn');
        return state;
      },
    });
    const { issues, say, outcomes } = await testBot({ risk: torn, validate: [] });
    say({});
    say({});
    expect(outcomes()).toEqual(['executed', 'refused POLICY_THREW']);
    expect(issues.filter((i) => i.code === 'POLICY_FAILED').map((i) => i.detail)).toEqual([
      'diary: Error: torn; it refuses every entry from now on',
    ]);
  });

  it('is shown prices only while positions are open, when it watches those', async () => {
    let marks = 0;
    const watcher = diary({
      watches: 'exposed',
      next: (state, event) => {
        if (event.type === 'mark') marks++;
        return state;
      },
    });
    const { venue, say } = await testBot({ risk: watcher, validate: [] });
    venue.tick(1.1);
    expect(marks).toBe(0);
    say({});
    venue.fill(venue.submitted[0] as OrderRequest);
    venue.tick(1.1002);
    venue.tick(1.1003);
    expect(marks).toBe(2);
  });

  it('has its prices journalled where they changed it, and only there', async () => {
    const peak: RiskPolicy<number> = {
      name: 'peak',
      memory: {
        initial: 0,
        schema: z.number(),
        watches: 'always',
        next: (state, event, book) =>
          event.type === 'mark' ? Math.max(state, book.quote('EURUSD')?.bid ?? 0) : state,
      },
      judge: () => ({ cap: 1 }),
    };
    const { bot, venue, journal } = await testBot({ risk: peak });
    for (const price of [1.2, 1.15, 1.1, 1.25]) venue.tick(price);
    expect(bot.policyState('peak')).toBe(1.25);
    const marks = journal.entries().filter((e) => e.kind === 'out:mark');
    expect(marks.map((e) => (e.data as { quotes: [string, number, number][] }).quotes[0]?.[2])).toEqual([
      1.1, 1.2, 1.25,
    ]);
  });
});

describe('what a policy wants done', () => {
  const trip = (commands: readonly Command[]): RiskPolicy<number> => ({
    name: 'trip',
    memory: {
      initial: 0,
      schema: z.number(),
      next: (state, event) => (event.type === 'fill' ? state + 1 : state),
      commands: (before, after) => (before !== undefined && after === 1 ? commands : []),
      alerts: (before, after) => (before !== undefined && after === 1 ? ['first fill'] : []),
    },
    judge: () => ({ cap: 1 }),
  });

  it('is done in its name, journalled, and told to all policies', async () => {
    const kill: Command = { do: 'kill', by: 'somebody else', reason: 'enough' };
    const { bot, venue, say, journal, issues } = await testBot({ risk: [trip([kill]), diary()] });
    say({});
    venue.fill(venue.submitted[0] as OrderRequest);
    expect(bot.state).toBe('killing');
    expect(bot.book.halted).toBe('killed by policy:trip: enough');
    expect(bot.policyState('diary')).toContain('command');
    const [command] = journal.entries().filter((e) => e.kind === 'out:command');
    expect(command?.data).toMatchObject({ do: 'kill', by: 'policy:trip', cancel: true, flatten: true });
    expect(issues.find((i) => i.code === 'POLICY_ALERT')?.detail).toBe('trip: first fill');
  });

  it('cannot be said by a person in its name', async () => {
    const { bot } = await testBot({ risk: diary() });
    expect(bot.command({ do: 'halt', by: 'policy:diary' })).toMatchObject({
      taken: false,
      finding: { code: 'NOT_A_PERSON' },
    });
    expect(bot.state).toBe('active');
  });
});

describe('a store', () => {
  it('brings memories back after a restart', async () => {
    const store = memoryStore();
    const first = await testBot({ risk: maxOrders(1), store });
    first.say({});
    for (const order of first.venue.submitted) first.venue.fill(order);
    await first.bot.stop();
    const second = await testBot({ risk: maxOrders(1), store, validate: [] });
    second.say({});
    expect(second.outcomes()).toEqual(['refused MAX_ORDERS']);
  });

  it('with something that a policy cannot read keeps the bot from starting', async () => {
    const store = memoryStore({ maxOrders: { state: { sent: 'many', most: 1 } } });
    await expect(testBot({ risk: maxOrders(1), store })).rejects.toMatchObject({
      code: 'PREFLIGHT_FAILED',
      where: 'saved state of maxOrders sent',
    });
  });

  it('keeps what belongs to policies that are not in the stack at present', async () => {
    const store = memoryStore({ killSwitch: { state: { latched: true } } });
    const { say } = await testBot({ risk: maxOrders(5), store });
    say({});
    expect(store.saved).toEqual({
      killSwitch: { state: { latched: true } },
      maxOrders: { state: { sent: 1, most: 5 } },
    });
  });

  it('that cannot save halts the bot, as an input that a replay knows of', async () => {
    const store: PolicyStore = {
      load: () => undefined,
      save() {
        throw new Error('disk full');
      },
    };
    const { bot, say, outcomes, issues, journal } = await testBot({
      risk: maxOrders(9),
      store,
      validate: [],
    });
    say({});
    expect(bot.state).toBe('halted');
    expect(issues.map((i) => i.code)).toContain('STORE_FAILED');
    say({});
    expect(outcomes().at(-1)).toBe('refused HALTED');
    const halt = journal.entries().find((e) => e.kind === 'in:command');
    expect(halt?.data).toMatchObject({
      do: 'halt',
      by: 'emergency stop',
      reason: 'STORE_FAILED: Error: disk full',
    });
  });

  it('saves what only prices changed at most once a second', async () => {
    let saves = 0;
    const store: PolicyStore = { load: () => undefined, save: () => void saves++ };
    const ticks: RiskPolicy<number> = {
      name: 'ticks',
      memory: {
        initial: 0,
        schema: z.number(),
        watches: 'always',
        next: (state, event, book) => (event.type === 'mark' ? (book.quote('EURUSD')?.time ?? state) : state),
      },
      judge: () => undefined,
    };
    const { venue } = await testBot({ risk: [ticks], store });
    const before = saves;
    for (let i = 1; i <= 30; i++) venue.tick(1.1, 1.1001, 100);
    expect(saves - before).toBeGreaterThan(0);
    expect(saves - before).toBeLessThanOrEqual(4);
  });
});

describe('other settings', () => {
  it('hold at once, are journalled with what they were, and outlive a restart', async () => {
    const store = memoryStore();
    const { bot, venue, say, outcomes, journal } = await testBot({ risk: maxOrders(1), store, validate: [] });
    say({});
    say({});
    const configure: Command = { do: 'configure', policy: 'maxOrders', settings: { most: 2 }, by: 'ann' };
    expect(bot.command(configure)).toEqual({ taken: true });
    say({});
    expect(outcomes()).toEqual(['executed', 'refused MAX_ORDERS', 'executed']);
    expect(journal.entries().find((e) => e.kind === 'out:config')?.data).toEqual({
      policy: 'maxOrders',
      before: { most: 1 },
      after: { most: 2 },
      by: 'ann',
      reason: '',
    });
    for (const order of venue.submitted) venue.fill(order);
    await bot.stop();
    const again = await testBot({ risk: maxOrders(1), store });
    expect(again.bot.desk.policies.settings('maxOrders')).toEqual({ most: 2 });
    expect(again.issues.map((i) => i.detail)).toEqual([
      expect.stringMatching(/^maxOrders runs with settings that were changed since .* by ann$/),
    ]);
  });

  it('give way to code that says something new', async () => {
    const changed = { from: { most: 1 }, to: { most: 2 }, by: 'ann', at: 0 };
    const store = memoryStore({ maxOrders: { settings: changed } });
    const { bot } = await testBot({ risk: maxOrders(7), store });
    expect(bot.desk.policies.settings('maxOrders')).toEqual({ most: 7 });
  });

  it('are refused where they make no sense, or there is no such policy', async () => {
    const { bot } = await testBot({ risk: maxOrders(1) });
    const configure = (policy: string, settings: Record<string, string>): unknown =>
      bot.command({ do: 'configure', policy, settings, by: 'ann' });
    expect(() => configure('maxOrders', { most: 'few' })).toThrow();
    expect(() => configure('noSuch', {})).toThrow(
      'there is no policy "noSuch" with settings. There are maxOrders.',
    );
  });

  it('need a name of their own: what is remembered is saved under it', async () => {
    await expect(testBot({ risk: [maxOrders(1), maxOrders(2)] })).rejects.toThrow(
      'two policies are called "maxOrders"',
    );
  });
});
