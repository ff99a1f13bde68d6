import { AssertionError } from 'node:assert';
import { describe, expect, it } from 'vitest';
import { formatReport } from '../suite/report.js';
import type { CardHead } from '../suite/result.js';
import { ToyAdapter } from '../testing/toy-adapter.js';
import { toyVenue } from '../testing/toy-bench.js';
import { ToyServer } from '../toy/toy-server.js';
import { allCards } from './all-cards.js';
import { type CardGroup, cardGroups, groupOf } from './card.js';
import { type AdapterReport, adapterCards, testAdapter } from './test-adapter.js';
import type { VenueUnderTest } from './venue.js';

const quick = { patience: 40, quiet: 5 };
/** What the toy does not declare, and a day that nobody waits for. */
const toySkips = allCards
  .map(({ id }) => id)
  .filter((id) => /^(H-|A-|O-1[045]|O-2[12367]|B-(0[1-69]|11))/.test(id));

const outcomes = ({ results }: AdapterReport, outcome: string): readonly string[] =>
  results.filter((result) => result.outcome === outcome).map(({ id }) => id);

describe('The cards', () => {
  it('have numbers that name their group, rise, and are used once', () => {
    const ids = allCards.map(({ id }) => id);
    expect(new Set(ids).size).toBe(ids.length);
    for (const group of Object.keys(cardGroups) as CardGroup[]) {
      const own = ids.filter((id) => groupOf({ id }) === group);
      expect(own.length).toBeGreaterThan(0);
      expect(own).toEqual([...own].sort());
    }
    for (const id of ids) expect(id).toMatch(/^[A-Z]-\d\d$/);
  });

  it('say what they are, and when they are passed, in sentences', () => {
    for (const { title, pass } of allCards) {
      expect(title).toMatch(/^[A-Z].*[^.]$/);
      expect(pass).toMatch(/^[A-Z`<c].*[.]$/);
    }
    expect(new Set(allCards.map(({ title }) => title)).size).toBe(allCards.length);
  });
});

describe('The suite for adapters', () => {
  it('passes a correct venue, and skips only what it does not declare', async () => {
    const report = await testAdapter({ create: () => toyVenue(), allowedSkips: toySkips, ...quick });
    expect(outcomes(report, 'failed')).toEqual([]);
    expect(outcomes(report, 'skipped')).toEqual(toySkips);
    expect(report.ok).toBe(true);
    const text = formatReport(report);
    expect(text).toMatch(/^O {2}Orders by type and time in force +15 +0 +8$/m);
    expect(text).toMatch(/^all +79 +0 +25$/m);
    expect(text).toContain('A-01  An amended price stands, under the same id: the adapter declares no amend');
    expect(text).toContain("the venue has no control 'pass'");
  });

  it('runs without any control what needs none, and says which control each skip waits for', async () => {
    const create = () => ({ ...toyVenue(), controls: {} });
    const report = await testAdapter({ create, ...quick });
    expect(outcomes(report, 'failed')).toEqual([]);
    const needy = allCards.filter(({ controls }) => controls.length > 0).map(({ id }) => id);
    expect(outcomes(report, 'skipped')).toEqual(expect.arrayContaining(needy));
    expect(outcomes(report, 'passed').length).toBeGreaterThan(35);
    const reason = report.results.find(({ id }) => id === 'L-06')?.reason;
    expect(reason).toBe("the venue has no control 'cut', 'restore', 'quote', 'depth'");
  });

  it('leaves an account that is kept as it found it, and cards do not disturb each other', async () => {
    const server = new ToyServer();
    const create = ({ id }: CardHead): VenueUnderTest => {
      const { symbol, lots, market } = toyVenue();
      // Behind a closed adapter nobody can tidy up.
      const controls = id === 'X-01' ? {} : { quote: (bid: number, ask: number) => server.quote(bid, ask) };
      return { adapter: new ToyAdapter(server), symbol, lots: lots!, market: market!, controls };
    };
    const report = await testAdapter({ create, ...quick });
    expect(outcomes(report, 'failed')).toEqual([]);
    expect(server.net).toBe(0);
    expect([...server.orders.values()].filter(({ state }) => state === 'open')).toEqual([]);
  });

  it('fails on a skip that is not allowed, and on an allowed one that no longer happens', async () => {
    const allowedSkips = [...toySkips.filter((id) => id !== 'A-01'), 'O-01'];
    const report = await testAdapter({ create: () => toyVenue(), allowedSkips, ...quick });
    expect(outcomes(report, 'failed')).toEqual(['O-01', 'A-01']);
    expect(report.ok).toBe(false);
    const [first, second] = report.results.filter(({ outcome }) => outcome === 'failed');
    expect(first?.reason).toContain('no longer skipped');
    expect(second?.reason).toContain('the adapter declares no amend');
  });

  it('fails each card whose venue does not start, with the reason, and goes on', async () => {
    const create = () => {
      const venue = toyVenue();
      venue.adapter.connect = () => Promise.reject(new Error('wrong password'));
      return venue;
    };
    const report = await testAdapter({ create, ...quick });
    expect(report.ok).toBe(false);
    expect(report.results.find(({ id }) => id === 'O-01')?.reason).toContain('wrong password');
  });

  it('names a card in allowedSkips that does not exist, and a venue that cannot be made', async () => {
    const create = () => toyVenue();
    expect(() => adapterCards({ create, allowedSkips: ['O-99'] })).toThrowError(/no card O-99/);
    const broken = { create: () => Promise.reject(new Error('no credentials')), ...quick };
    await expect(testAdapter(broken)).rejects.toThrowError(/no credentials/);
  });
});

describe('A card as a test', () => {
  const cards = adapterCards({ create: () => toyVenue(), ...quick });
  const named = (id: string) => cards.find((card) => card.id === id)!;

  it('takes no parameter that a framework could count, and passes silently', async () => {
    expect(named('O-01').title).toBe('O-01 A market buy is accepted and fills');
    expect(named('O-01').run.length).toBe(0);
    await named('O-01').run();
  });

  it('tells the framework of a skip, where there is one', async () => {
    const reasons: string[] = [];
    await named('A-01').run({ skip: (why: string) => reasons.push(why) });
    expect(reasons).toEqual(['the adapter declares no amend']);
    await named('A-01').run();
  });

  it('fails with what was expected, what came instead, and what happened', async () => {
    class AcceptsTwice extends ToyAdapter {
      override order(...told: Parameters<ToyAdapter['order']>): void {
        const [order, trade, ts] = told;
        super.order(order, undefined, ts);
        if (trade === undefined) super.order(order, undefined, ts);
      }
    }
    const create = () => toyVenue((server) => new AcceptsTwice(server));
    const [card] = adapterCards({ create, ...quick }).filter(({ id }) => id === 'O-04');
    const error = await card!.run().then(
      () => undefined,
      (reason: unknown) => reason as AssertionError,
    );
    expect(error).toBeInstanceOf(AssertionError);
    expect(error?.message).toContain('expected entry: accepted?\n  got      entry: accepted → accepted\n');
    expect(error?.message).toContain('to pass: It works with the price');
    expect(error?.message).toMatch(/> submit k\w{5}-\w{4}-\w-e \(entry\): buy 1 limit 1\.09455/);
  });
});
