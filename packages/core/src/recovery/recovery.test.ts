import { describe, expect, it } from 'vitest';
import { MemoryJournal } from '../journal/memory-journal.js';
import type { OrderRequest } from '../model/order.js';
import { reportOf } from '../testing/samples.js';
import { ScriptedVenue } from '../testing/scripted-venue.js';
import { buy, type TestBot, testBot } from '../testing/test-bot.js';

/** The same account at the same venue, met by a new process. */
const successor = (venue: ScriptedVenue): ScriptedVenue => {
  const next = new ScriptedVenue(venue.capabilities);
  next.clock.advance(venue.clock.now() + 60_000);
  return next;
};

/** Starts a second bot on what the first one's journal had. */
const restart = (
  { journal }: TestBot,
  venue: ScriptedVenue,
  over: Parameters<typeof testBot>[0] = {},
): Promise<TestBot> => testBot({ journal, ...over }, venue);

const held = (lots: number) => [{ symbol: 'EURUSD', quantity: lots, averagePrice: 1.1 }];
const codes = ({ issues }: TestBot) => issues.map(({ code }) => code);

describe('a bot that is started again on its journal', () => {
  it('has its position back, with its stop, and asks for both legs before it trades', async () => {
    const first = await testBot();
    first.say({});
    const [entry] = first.venue.submitted;
    first.venue.fill(entry!);
    const [, stop, target] = first.venue.submitted;
    expect(stop).toMatchObject({ purpose: 'protect', type: 'stop', price: 1.09, quantity: 1 });

    const venue = successor(first.venue);
    venue.positions = held(1);
    venue.orders = [reportOf(stop!), reportOf(target!)];
    venue.onQuery = ({ id }) => ({
      outcome: 'found',
      report: reportOf([stop!, target!].find((each) => each.id === id)!),
      fills: [],
    });
    const second = await restart(first, venue);
    expect(second.bot.book.position('EURUSD', 'say:EURUSD')).toMatchObject({
      quantity: 1,
      averagePrice: 1.1,
    });
    expect(second.bot.book.stops('EURUSD', 'say:EURUSD')).toEqual([1.09]);
    expect(venue.heard.map(({ command }) => command)).toEqual(['query', 'query']);
    expect(codes(second)).toEqual(['RECONCILING', 'RECONCILED']);
    second.say({ intent: 'exit', side: undefined, stop: undefined, target: undefined });
    expect(second.outcomes()).toEqual(['executed']);
    expect(venue.submitted.at(-1)).toMatchObject({ side: 'sell', quantity: 1, purpose: 'flatten' });
  });

  it('has its position back after a start that failed, too', async () => {
    const first = await testBot();
    first.say({});
    first.venue.fill(first.venue.submitted[0]!);
    const deaf = successor(first.venue);
    deaf.complete = false;
    await expect(restart(first, deaf)).rejects.toMatchObject({ code: 'PREFLIGHT_FAILED' });
    const venue = successor(deaf);
    venue.positions = held(1);
    const second = await restart(first, venue);
    expect(second.bot.book.position('EURUSD', 'say:EURUSD').quantity).toBe(1);
    expect(codes(second)).not.toContain('POSITION_NOT_OURS');
  });

  it('gives its orders ids that no earlier one had', async () => {
    const first = await testBot();
    first.say({});
    const venue = successor(first.venue);
    venue.onQuery = () => ({ outcome: 'absent' });
    const second = await restart(first, venue);
    second.say({});
    const ids = [...first.venue.submitted, ...venue.submitted].map(({ id }) => id);
    expect(ids.length).toBe(2);
    expect(new Set(ids).size).toBe(2);
  });

  it('protects what filled while it was away, before anything else', async () => {
    const first = await testBot();
    first.venue.onSubmit = () => new Promise(() => undefined);
    first.say({});
    const [entry] = first.venue.submitted;

    const venue = successor(first.venue);
    venue.positions = held(1);
    venue.onQuery = ({ id }) =>
      id === entry!.id
        ? {
            outcome: 'found',
            report: reportOf(entry!, { state: 'filled', filled: 1, averagePrice: 1.1 }),
            fills: [
              {
                type: 'fill',
                id,
                symbol: 'EURUSD',
                time: venue.clock.now(),
                tradeId: 't0',
                side: 'buy',
                quantity: 1,
                price: 1.1,
                remaining: 0,
                commission: 0,
                profit: 0,
              },
            ],
          }
        : { outcome: 'unknown', detail: 'not asked' };
    venue.onSubmit = (request) => {
      venue.orders = [...venue.orders, reportOf(request)];
      return { outcome: 'accepted' };
    };
    const second = await restart(first, venue);
    expect(venue.heard.map((h) => (h.command === 'submit' ? h.request.type : h.command))).toEqual([
      'query',
      'stop',
      'limit',
    ]);
    expect(second.outcomes()).toEqual(['executed']);
    expect(second.bot.counts).toMatchObject({ signals: 1, executed: 1 });
  });

  it('never sends an order again that the venue has not got, and says what became of its signal', async () => {
    const first = await testBot();
    first.venue.onSubmit = () => new Promise(() => undefined);
    first.say({});
    const venue = successor(first.venue);
    venue.onQuery = () => ({ outcome: 'absent' });
    const second = await restart(first, venue);
    expect(venue.submitted).toEqual([]);
    expect(second.outcomes()).toEqual(['refused VENUE_REJECTED']);
    expect(second.bot.book.pending('EURUSD')).toBe(0);
  });

  it('refuses entries while an order is unknown, and lets exits pass', async () => {
    const first = await testBot();
    first.say({});
    first.venue.fill(first.venue.submitted[0]!);
    const venue = successor(first.venue);
    venue.positions = held(1);
    const second = await restart(first, venue);
    second.say({});
    expect(second.outcomes()).toEqual(['refused NOT_RECONCILED']);
    second.say({ intent: 'exit', side: undefined, stop: undefined, target: undefined });
    expect(second.outcomes().at(-1)).toBe('executed');
    venue.clock.advance(venue.clock.now() + 60_000);
    expect(codes(second)).toContain('RECONCILE_STALLED');
    expect(codes(second)).toContain('ORDER_STILL_UNKNOWN');
  });

  it('takes an incomplete snapshot for unknown, never for empty', async () => {
    const first = await testBot();
    first.say({ target: undefined, stop: undefined });
    const venue = successor(first.venue);
    venue.onQuery = () => ({ outcome: 'absent' });
    let looks = 0;
    const whole = venue.snapshot.bind(venue);
    venue.snapshot = () => ({ ...whole(), complete: looks++ === 0 || looks > 6 });
    const second = await restart(first, venue);
    second.say({});
    expect(second.outcomes().at(-1)).toBe('refused NOT_RECONCILED');
    venue.clock.advance(venue.clock.now() + 5_000);
    expect(codes(second).at(-1)).toBe('RECONCILED');
    second.say({});
    expect(second.outcomes().at(-1)).toBe('executed');
  });

  it('stays halted and paused as a person left it', async () => {
    const first = await testBot();
    first.bot.command({ do: 'pause', by: 'ann' });
    first.bot.command({ do: 'halt', symbol: 'EURUSD', by: 'ann', reason: 'news' });
    const second = await restart(first, successor(first.venue));
    expect(second.bot.state).toBe('paused');
    second.bot.command({ do: 'resume', by: 'ann' });
    second.say({});
    expect(second.outcomes()).toEqual(['refused HALTED']);
    second.bot.command({ do: 'release', symbol: 'EURUSD', by: 'ann', reason: 'over' });
    const third = await restart(second, successor(second.venue));
    third.say({});
    expect(third.outcomes()).toEqual(['executed']);
  });

  it('closes what was being flattened when it ended', async () => {
    const first = await testBot();
    first.say({ stop: undefined, target: undefined });
    first.venue.fill(first.venue.submitted[0]!);
    first.venue.onSubmit = () => new Promise(() => undefined);
    first.bot.command({ do: 'kill', by: 'ann', reason: 'out' });
    const venue = successor(first.venue);
    venue.positions = held(1);
    venue.onQuery = () => ({ outcome: 'absent' });
    const second = await restart(first, venue);
    expect(second.bot.state).toBe('halted');
    expect(venue.submitted).toMatchObject([{ side: 'sell', quantity: 1, purpose: 'flatten' }]);
  });

  it('refuses the journal of another account', async () => {
    const first = await testBot();
    const venue = successor(first.venue);
    venue.account = { ...venue.account, id: 'T2' };
    await expect(restart(first, venue)).rejects.toThrow(/journal is of account T1 at scripted, not of T2/);
  });
});

describe('what the venue holds and the books do not', () => {
  const start = async (
    foreign: 'ignore' | 'alert' | 'adopt' | 'halt',
    prepare: (venue: ScriptedVenue) => void,
  ): Promise<TestBot> => {
    const venue = new ScriptedVenue();
    prepare(venue);
    const test = await testBot({ foreign }, venue);
    venue.clock.advance(venue.clock.now() + 1_000);
    return test;
  };
  const hand = (venue: ScriptedVenue): void => {
    venue.positions = held(2);
  };

  it.each([
    ['ignore', 0, 'active', []],
    ['alert', 0, 'active', ['POSITION_NOT_OURS']],
    ['adopt', 2, 'active', ['POSITION_NOT_OURS']],
    ['halt', 0, 'halted', ['POSITION_NOT_OURS']],
  ] as const)('is dealt with as told: %s', async (foreign, lots, state, told) => {
    const test = await start(foreign, hand);
    expect(test.bot.book.position('EURUSD', 'venue').quantity).toBe(lots);
    expect(test.bot.state).toBe(state);
    expect(codes(test).filter((code) => code === 'POSITION_NOT_OURS')).toEqual(told);
    expect(codes(test)).toContain('RECONCILED');
  });

  it('is cancelled with ours by a kill when it was adopted', async () => {
    const foreign = reportOf({ ...(await samplesRequest()), id: 'by-hand' });
    const test = await start('adopt', (venue) => {
      venue.orders = [foreign];
    });
    expect(codes(test)).toContain('FOREIGN_ORDER');
    test.bot.command({ do: 'kill', by: 'ann' });
    expect(test.venue.heard).toContainEqual({
      command: 'cancel',
      ref: { id: 'by-hand', symbol: 'EURUSD', venueId: 'v-by-hand' },
    });
  });

  it('is told when a person closed what a ledger holds, and booked as closed', async () => {
    const first = await testBot();
    first.say({ stop: undefined, target: undefined });
    first.venue.fill(first.venue.submitted[0]!);
    const venue = successor(first.venue);
    const second = await restart(first, venue);
    expect(second.bot.book.position('EURUSD').quantity).toBe(0);
    expect(codes(second)).toContain('POSITION_GONE');
    expect(venue.submitted).toEqual([]);
  });

  it('is cancelled when it is an order of this journal that the journal does not know', async () => {
    const first = await testBot();
    first.say({});
    const [entry] = first.venue.submitted;
    const venue = successor(first.venue);
    const lost = reportOf({ ...entry!, id: entry!.id.replace(/-[0-9a-z]+-e$/, '-zz-e') });
    venue.orders = [lost];
    venue.onQuery = () => ({ outcome: 'absent' });
    const second = await restart(first, venue);
    venue.clock.advance(venue.clock.now() + 1_000);
    expect(codes(second)).toContain('ORPHAN_ORDER');
    expect(second.bot.state).toBe('halted');
    expect(venue.heard.at(-1)).toMatchObject({ command: 'cancel', ref: { id: lost.id } });
  });
});

const samplesRequest = async (): Promise<OrderRequest> => {
  const { venue, say } = await testBot();
  say(buy);
  return venue.submitted[0]!;
};

describe('a journal that cannot be written', () => {
  class FullJournal extends MemoryJournal {
    full = false;
    override commit(): void {
      if (this.full) throw new Error('disk full');
    }
  }

  it('stops entries, says so, and lets what closes pass', async () => {
    const journal = new FullJournal();
    const { bot, venue, say, outcomes, issues } = await testBot({ journal });
    say({});
    venue.fill(venue.submitted[0]!);
    journal.full = true;
    say({ intent: 'exit', side: undefined, stop: undefined, target: undefined });
    expect(venue.submitted.at(-1)).toMatchObject({ purpose: 'flatten', side: 'sell' });
    expect(bot.state).toBe('halted');
    expect(issues.find(({ code }) => code === 'JOURNAL_FAILED')).toMatchObject({ severity: 'critical' });
    venue.tick(1.1, 1.1001, 5_000);
    say({});
    expect(outcomes().at(-1)).toBe('refused HALTED');
  });

  it('keeps an entry from the venue', async () => {
    const journal = new FullJournal();
    const { venue, say, outcomes } = await testBot({ journal });
    journal.full = true;
    say({});
    expect(venue.submitted).toEqual([]);
    expect(outcomes()).toEqual(['refused VENUE_REJECTED']);
  });
});

describe('a journal that keeps only what was committed', () => {
  /** Loses at a crash what nobody committed. */
  class TornJournal extends MemoryJournal {
    #durable = 0;
    override commit(): void {
      this.#durable = this.size;
    }
    /** What a next process finds. */
    afterCrash(): MemoryJournal {
      const left = new MemoryJournal({ id: this.id });
      for (const { kind, at, tape, data } of this.entries().slice(0, this.#durable))
        left.append(kind, at, tape, data);
      return left;
    }
  }

  it.each(['pause', 'halt'] as const)('has a %s, though no order followed it', async (command) => {
    const journal = new TornJournal();
    const first = await testBot({ journal });
    first.bot.command({ do: command, by: 'ann' });
    const second = await testBot({ journal: journal.afterCrash() }, successor(first.venue));
    second.say({});
    expect(second.outcomes()).toEqual([command === 'pause' ? 'refused PAUSED' : 'refused HALTED']);
  });
});

describe('a journal that commits later', () => {
  it('and answers after its time was over does not have a command sent twice', async () => {
    const open: (() => void)[] = [];
    let slow = false;
    const later = (): Promise<void> =>
      slow ? new Promise((resolve) => open.push(resolve)) : Promise.resolve();
    const { bot, venue, say } = await testBot({
      journal: Object.assign(new MemoryJournal(), { commit: later }),
    });
    const settle = async (): Promise<void> => {
      for (let i = 0; i < 20; i++) await Promise.resolve();
    };
    say({ order: { type: 'limit', price: 1.09 }, stop: 1.08, target: undefined });
    await settle();
    slow = true;
    bot.command({ do: 'cancel-all', by: 'ann' });
    venue.clock.advance(venue.clock.now() + 5_500);
    const cancels = () => venue.heard.filter(({ command }) => command === 'cancel').length;
    expect(cancels()).toBe(1);
    for (const answer of open) answer();
    await settle();
    expect(cancels()).toBe(1);
  });

  it('tells each time that it begins to fail', async () => {
    let full = false;
    const later = (): Promise<void> => (full ? Promise.reject(new Error('disk full')) : Promise.resolve());
    const test = await testBot({ journal: Object.assign(new MemoryJournal(), { commit: later }) });
    const failures = () => codes(test).filter((code) => code === 'JOURNAL_FAILED').length;
    const settle = async (): Promise<void> => {
      for (let i = 0; i < 10; i++) await Promise.resolve();
    };
    for (const times of [1, 2]) {
      full = true;
      test.bot.command({ do: 'pause', by: 'ann' });
      await settle();
      expect(failures()).toBe(times);
      full = false;
      test.bot.command({ do: 'resume', by: 'ann' });
      await settle();
    }
  });
});

it('makes nothing of a journal that is new', async () => {
  const { journal } = await testBot();
  expect(journal.entries().some(({ kind }) => kind === 'in:books')).toBe(false);
});
