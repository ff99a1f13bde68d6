import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { CommandOutcome, QueryOutcome } from '../execution/broker-adapter.js';
import type { Entry } from '../journal/journal.js';
import type { OrderRequest } from '../model/order.js';
import type { Draft } from '../model/signal.js';
import { eurusd, ScriptedVenue } from '../testing/scripted-venue.js';
import { type TestBot, testBot } from '../testing/test-bot.js';
import { Recall } from './recall.js';
import { booksOf } from './restore.js';
import { type SavedBooks, saveBooks } from './saved-books.js';

/** What a journal gives, up to an entry. */
const recalled = ({ bot }: TestBot, entries: readonly Entry[]): SavedBooks => {
  const { desk } = bot;
  const recall = new Recall({
    instrument: (symbol) => (symbol === 'EURUSD' ? eurusd : undefined),
    capabilities: desk.capabilities,
    venueKeepsBrackets: (symbol) => desk.venueKeepsBrackets(symbol),
    desk: desk.id,
    adopts: desk.adopts,
    owns: (id) => desk.owns(id),
  });
  for (const entry of entries) recall.take(entry);
  return saveBooks(recall.books);
};

type Plain = Record<string, unknown>;

/**
 * Books as a restart would have them: what was asked for and not answered is in doubt for both, however far the process knew it
 * to have come.
 */
const comparable = (saved: SavedBooks): unknown => {
  const inDoubt = new Set(['intended', 'submitted', 'unknown']);
  const { orders, brackets, signals, trades, ledgers, closing, ...rest } = JSON.parse(
    JSON.stringify(saved),
  ) as Plain & {
    orders: (Plain & { state: string; request: { id: string } })[];
    brackets: (Plain & {
      legs: Record<string, Plain>;
      nakedSince?: number;
      wanted: Plain;
      entry: { request: { id: string; bracket: Plain } };
    })[];
    signals: { id: string }[];
    trades: { owner: string }[];
    ledgers: { owner: string }[];
    closing: { owner: string }[];
  };
  const byOwner = (a: { owner: string }, b: { owner: string }): number => (a.owner < b.owner ? -1 : 1);
  return {
    ...rest,
    signals: signals.map(({ id }) => id).sort(),
    trades: trades.sort(byOwner),
    ledgers: ledgers.sort(byOwner),
    closing: closing.sort(byOwner),
    orders: orders
      .map((order) => ({ ...order, state: inDoubt.has(order.state) ? 'in doubt' : order.state }))
      .sort((a, b) => (a.request.id < b.request.id ? -1 : 1)),
    brackets: brackets
      .sort((a, b) => (a.entry.request.id < b.entry.request.id ? -1 : 1))
      .map(({ legs, nakedSince, wanted, ...bracket }) => ({
        ...bracket,
        // A stop that core trails is wanted where the market puts it; on record is where the venue was asked to have it.
        wanted: bracket.entry.request.bracket.trail === undefined ? wanted : { target: wanted.target },
        naked: nakedSince !== undefined,
        legs: Object.fromEntries(Object.entries(legs).map(([name, { busy, ...leg }]) => [name, leg])),
      })),
  };
};

const draft = fc.oneof(
  fc.record({
    intent: fc.constant('enter' as const),
    side: fc.constantFrom('buy' as const, 'sell' as const),
    quantity: fc.constantFrom(0.1, 0.3),
    protect: fc.constantFrom('both', 'stop', 'target', 'none', 'trail'),
  }),
  fc.record({
    intent: fc.constantFrom('exit' as const, 'reverse' as const, 'adjust' as const),
    side: fc.constantFrom('buy' as const, 'sell' as const),
    quantity: fc.constant(undefined),
    protect: fc.constantFrom('both', 'stop'),
  }),
);

const drafted = ({ intent, side, quantity, protect }: Wish): Partial<Draft> => {
  const [below, above] = [1.09, 1.12];
  const stop = side === 'buy' ? below : above;
  const target = side === 'buy' ? above : below;
  if (intent === 'exit')
    return { intent, side: undefined, stop: undefined, target: undefined, quantity: undefined };
  if (intent === 'adjust')
    return {
      intent,
      side: undefined,
      quantity: undefined,
      stop: side === 'buy' ? 1.095 : 1.105,
      target: undefined,
    };
  return {
    intent,
    side,
    quantity: quantity ?? 0.1,
    stop: protect === 'both' || protect === 'stop' ? stop : undefined,
    target: protect === 'both' || protect === 'target' ? target : undefined,
    trail: protect === 'trail' ? 0.005 : undefined,
  };
};

interface Wish {
  readonly intent: 'enter' | 'exit' | 'reverse' | 'adjust';
  readonly side: 'buy' | 'sell';
  readonly quantity: number | undefined;
  readonly protect: string;
}

const which = fc.nat(20);
const step = fc.oneof(
  { weight: 4, arbitrary: fc.record({ do: fc.constant('say' as const), wish: draft }) },
  { weight: 6, arbitrary: fc.record({ do: fc.constant('fill' as const), which, whole: fc.boolean() }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('again' as const) }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('cancelled' as const), which }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('replaced' as const), which }) },
  {
    weight: 1,
    arbitrary: fc.record({
      do: fc.constant('foreign' as const),
      side: fc.constantFrom('buy' as const, 'sell' as const),
    }),
  },
  {
    weight: 2,
    arbitrary: fc.record({
      do: fc.constant('tick' as const),
      bid: fc.constantFrom(1.098, 1.1, 1.104),
      ms: fc.constantFrom(10, 300, 2_000),
    }),
  },
  {
    weight: 1,
    arbitrary: fc.record({
      do: fc.constant('command' as const),
      name: fc.constantFrom(
        'pause' as const,
        'resume' as const,
        'halt' as const,
        'release' as const,
        'cancel-all' as const,
        'flatten' as const,
        'kill' as const,
      ),
    }),
  },
);

const answers = fc.record({
  submit: fc.array(
    fc.constantFrom('accepted' as const, 'accepted' as const, 'rejected' as const, 'unknown' as const),
    { minLength: 3, maxLength: 12 },
  ),
  amend: fc.constantFrom('accepted' as const, 'rejected' as const, 'unknown' as const),
  query: fc.constantFrom('found' as const, 'absent' as const, 'unknown' as const),
  venue: fc.constantFrom(
    'keeps brackets' as const,
    'attaches brackets' as const,
    'keeps none' as const,
    'locks' as const,
  ),
  later: fc.boolean(),
  foreign: fc.constantFrom('alert' as const, 'adopt' as const),
});

const outcome = (kind: 'accepted' | 'rejected' | 'unknown'): CommandOutcome => {
  if (kind === 'accepted') return { outcome: 'accepted', venueId: 'v' };
  return kind === 'rejected' ? { outcome: 'rejected', code: 'NO' } : { outcome: 'unknown', detail: 'lost' };
};

const venues = {
  'keeps brackets': { bracket: 'native' },
  'attaches brackets': { bracket: 'attached' },
  'keeps none': { bracket: 'none' },
  locks: { bracket: 'none', amend: 'none', closingLocks: true },
} as const;

/** Plays steps; calls back after each. */
const play = async (
  given: Answers,
  steps: readonly Step[],
  each: (test: TestBot) => void,
): Promise<TestBot> => {
  const venue = new ScriptedVenue(venues[given.venue]);
  const sent = (): readonly OrderRequest[] =>
    venue.heard.flatMap((heard) =>
      heard.command === 'submit'
        ? [heard.request]
        : heard.command === 'pair'
          ? [heard.stop, heard.target]
          : [],
    );
  let submits = 0;
  venue.onSubmit = () => {
    const answer = outcome(given.submit[submits++ % given.submit.length] ?? 'accepted');
    return given.later ? Promise.resolve(answer) : answer;
  };
  venue.onPair = () => outcome(given.submit[submits++ % given.submit.length] ?? 'accepted');
  venue.onAmend = () => outcome(given.amend);
  venue.onQuery = ({ id, symbol }): QueryOutcome => {
    if (given.query !== 'found')
      return given.query === 'absent' ? { outcome: 'absent' } : { outcome: 'unknown', detail: '?' };
    const request = sent().find((r) => r.id === id);
    if (request === undefined) return { outcome: 'unknown', detail: '?' };
    const { side, type, quantity, price } = request;
    const filled = filledOf.get(id) ?? 0;
    return {
      outcome: 'found',
      report: {
        id,
        symbol,
        venueId: 'v',
        side,
        type,
        state: filled > 0 ? 'partially-filled' : 'accepted',
        quantity,
        filled,
        averagePrice: 1.1,
        price,
      },
      fills: [],
    };
  };
  const filledOf = new Map<string, number>();
  const test = await testBot({ validate: [], foreign: given.foreign }, venue);
  let last: Parameters<ScriptedVenue['fill']> | undefined;
  for (const each_ of steps) {
    const open = sent().filter(({ id, quantity }) => (filledOf.get(id) ?? 0) < quantity - 1e-9);
    const chosen = 'which' in each_ ? open[each_.which % Math.max(1, open.length)] : undefined;
    switch (each_.do) {
      case 'say':
        test.say(drafted(each_.wish));
        break;
      case 'fill': {
        if (chosen === undefined) break;
        const before = filledOf.get(chosen.id) ?? 0;
        const left = Math.round((chosen.quantity - before) * 100) / 100;
        const part = each_.whole || left <= 0.05 ? left : 0.05;
        filledOf.set(chosen.id, before + part);
        last = [chosen, part, 1.1, Math.round((left - part) * 100) / 100];
        venue.fill(...last);
        break;
      }
      case 'again':
        if (last !== undefined) venue.fill(...last);
        break;
      case 'cancelled':
        if (chosen !== undefined) venue.cancelled(chosen);
        break;
      case 'replaced':
        if (chosen !== undefined)
          venue.tell({
            type: 'replaced',
            id: chosen.id,
            symbol: chosen.symbol,
            time: venue.clock.now(),
            quantity: chosen.quantity,
            price: 1.0951,
          });
        break;
      case 'foreign':
        venue.fill(
          {
            ...(venue.submitted[0] ?? ({ symbol: 'EURUSD' } as never)),
            id: 'hand',
            side: each_.side,
            quantity: 0.1,
          } as never,
          0.1,
        );
        break;
      case 'tick':
        venue.tick(each_.bid, each_.bid + 0.0001, each_.ms);
        break;
      case 'command':
        if (each_.name === 'release') test.bot.command({ do: 'release', by: 'ann', reason: 'ok' });
        else test.bot.command({ do: each_.name, by: 'ann' });
        break;
    }
    for (let i = 0; i < 10; i++) await Promise.resolve();
    each(test);
  }
  return test;
};

type Step = typeof step extends fc.Arbitrary<infer T> ? T : never;
type Answers = typeof answers extends fc.Arbitrary<infer T> ? T : never;

/** `FC_RUNS` plays more. */
const runs = Number(process.env.FC_RUNS ?? 60);

describe('the books that a journal gives', () => {
  it('are those that the bot had, at any moment', { timeout: 60_000 + 100 * runs }, async () => {
    await fc.assert(
      fc.asyncProperty(answers, fc.array(step, { minLength: 5, maxLength: 40 }), async (given, steps) => {
        await play(given, steps, (test) => {
          const { journal, bot } = test;
          expect(comparable(recalled(test, journal.entries()))).toEqual(
            comparable(saveBooks(booksOf(bot.desk))),
          );
        });
      }),
      { numRuns: runs },
    );
  });
});
