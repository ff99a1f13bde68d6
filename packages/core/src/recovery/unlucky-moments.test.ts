import { describe, expect, it } from 'vitest';
import { MemoryJournal } from '../journal/memory-journal.js';
import type { Instrument } from '../model/instrument.js';
import type { OrderReport } from '../model/order.js';
import { defineStrategy } from '../signal/strategy.js';
import { reportOf } from '../testing/samples.js';
import { eurusd, ScriptedVenue } from '../testing/scripted-venue.js';
import { type TestBot, testBot } from '../testing/test-bot.js';

/** The same account at the same venue, met by a new process. */
const successor = (venue: ScriptedVenue): ScriptedVenue => {
  const next = new ScriptedVenue(venue.capabilities);
  next.clock.advance(venue.clock.now() + 60_000);
  return next;
};

const codes = ({ issues }: TestBot) => issues.map(({ code }) => code);
const held = (quantity: number) => [{ symbol: 'EURUSD', quantity, averagePrice: 1.1 }];

/** A journal as a crash leaves it right after the first entry that is so. */
const cutAfter = ({ journal }: TestBot, last: (kind: string, data: unknown) => boolean): MemoryJournal => {
  const left = new MemoryJournal({ id: journal.id });
  for (const { kind, at, tape, data } of journal.entries()) {
    left.append(kind, at, tape, data);
    if (last(kind, data)) break;
  }
  return left;
};

const isCommand = (kind: string): boolean => kind === 'in:command';

describe('a crash in the middle of what a person wanted', () => {
  it('does not forget a halt', async () => {
    const first = await testBot();
    first.bot.command({ do: 'halt', by: 'ann', reason: 'news' });
    const second = await testBot({ journal: cutAfter(first, isCommand) }, successor(first.venue));
    expect(second.bot.state).toBe('halted');
  });

  it.each([
    { do: 'cancel-all', by: 'ann' },
    { do: 'kill', by: 'ann', flatten: false },
  ] as const)('cancels the rest of the entries: $do', async (command) => {
    const first = await testBot({ validate: [] });
    const limit = { order: { type: 'limit', price: 1.09 }, stop: 1.08, target: undefined } as const;
    first.say(limit);
    first.say(limit);
    const working = first.venue.submitted;
    first.bot.command(command);
    const isCancel = (kind: string, data: unknown): boolean =>
      kind === 'out:intent' && (data as { command?: string }).command === 'cancel';
    const venue = successor(first.venue);
    venue.orders = working.map((request) => reportOf(request));
    venue.onQuery = ({ id }) => ({
      outcome: 'found',
      report: reportOf(working.find((each) => each.id === id)!),
      fills: [],
    });
    await testBot({ journal: cutAfter(first, isCancel) }, venue);
    const cancelled = venue.heard.flatMap((h) => (h.command === 'cancel' ? [h.ref.id] : []));
    expect(new Set(cancelled)).toEqual(new Set(working.map(({ id }) => id)));
  });

  it('closes the rest of what was to be flattened', async () => {
    const first = await testBot();
    first.say({ stop: undefined, target: undefined });
    first.venue.fill(first.venue.submitted[0]!);
    first.bot.command({ do: 'flatten', by: 'ann' });
    const venue = successor(first.venue);
    venue.positions = held(1);
    await testBot({ journal: cutAfter(first, isCommand) }, venue);
    expect(venue.submitted).toMatchObject([{ side: 'sell', quantity: 1, purpose: 'flatten' }]);
  });

  it('does not take up what was done', async () => {
    const first = await testBot({ validate: [] });
    first.say({ stop: undefined, target: undefined });
    first.venue.fill(first.venue.submitted[0]!);
    first.bot.command({ do: 'flatten', by: 'ann' });
    first.venue.fill(first.venue.submitted[1]!);
    first.say({ stop: undefined, target: undefined });
    first.venue.fill(first.venue.submitted[2]!);
    const venue = successor(first.venue);
    venue.positions = held(1);
    await testBot({ journal: first.journal }, venue);
    expect(venue.submitted).toEqual([]);
  });
});

describe('a line that comes up with lost data while the bot starts', () => {
  it('leaves the comparison to the books that are being taken up', async () => {
    const first = await testBot();
    first.say({ stop: undefined, target: undefined });
    first.venue.fill(first.venue.submitted[0]!);
    const venue = successor(first.venue);
    venue.positions = held(1);
    venue.connect = () => void venue.emit('connection', { state: 'up', dataLost: true, detail: 'first' });
    const listed = venue.instruments();
    venue.instruments = () => {
      venue.clock.advance(venue.clock.now() + 2_000);
      return listed;
    };
    const second = await testBot({ journal: first.journal }, venue);
    expect(second.bot.book.position('EURUSD').quantity).toBe(1);
    expect(codes(second)).toEqual(['CONNECTION', 'RECONCILING', 'RECONCILED']);
  });

  it('is compared once the bot is active, though it had no earlier life', async () => {
    const venue = new ScriptedVenue();
    venue.connect = () => void venue.emit('connection', { state: 'up', dataLost: true, detail: 'first' });
    const test = await testBot({}, venue);
    expect(codes(test)).toEqual(['CONNECTION', 'RECONCILING', 'RECONCILED']);
  });
});

describe('an instrument that the venue no longer lists', () => {
  const future: Instrument = { ...eurusd, symbol: 'FUT' };
  const idle = defineStrategy({ name: 'idle', timeframe: 'M1', onBar: () => undefined });

  /** A bot that traded a future; what the next one meets. */
  const traded = async (closed: boolean): Promise<{ first: TestBot; venue: ScriptedVenue }> => {
    const old = new ScriptedVenue();
    old.instruments = () => [eurusd, future];
    const run = ['EURUSD', 'FUT'].map((symbol) => ({ strategy: idle, symbol }));
    const first = await testBot({ validate: [], run }, old);
    old.emit('tick', { symbol: 'FUT', time: old.clock.now(), bid: 1.1, ask: 1.1001, volume: 1 });
    const draft = { symbol: 'FUT', intent: 'enter', side: 'buy', stop: 1.09, confidence: 1 } as const;
    first.bot.command({ do: 'signal', by: 'ann', draft });
    const [entry] = old.submitted;
    old.fill(entry!);
    if (closed) old.fill(old.submitted[1]!);
    await first.bot.stop();
    return { first, venue: successor(old) };
  };

  it('does not keep a bot from starting that only once traded it', async () => {
    const { first, venue } = await traded(true);
    const second = await testBot({ journal: first.journal }, venue);
    second.say({});
    expect(second.outcomes()).toEqual(['executed']);
    expect(codes(second)).not.toContain('POSITION_GONE');
  });

  it('and no longer holds, as after expiry, is booked as closed', async () => {
    const { first, venue } = await traded(false);
    const second = await testBot({ journal: first.journal }, venue);
    expect(codes(second)).toContain('POSITION_GONE');
    second.say({});
    expect(second.outcomes()).toEqual(['executed']);
  });

  it('and still holds keeps the bot from starting', async () => {
    const { first, venue } = await traded(false);
    venue.positions = [{ symbol: 'FUT', quantity: 1, averagePrice: 1.1 }];
    await expect(testBot({ journal: first.journal }, venue)).rejects.toMatchObject({
      code: 'UNKNOWN_INSTRUMENT',
    });
  });
});

describe('a bot that is started with another run on its symbol', () => {
  it('places the legs that the venue kept before under ids that were never used', async () => {
    const first = await testBot({}, new ScriptedVenue({ bracket: 'native' }));
    first.say({ target: undefined });
    const [entry] = first.venue.submitted;
    first.venue.fill(entry!);
    const stop: OrderReport = { ...reportOf(entry!), id: `${entry!.id}s`, type: 'stop', price: 1.09 };
    const venue = successor(first.venue);
    venue.positions = held(1);
    venue.orders = [stop];
    venue.onQuery = () => ({ outcome: 'found', report: stop, fills: [] });
    const run = ['a', 'b'].map((name) => ({
      strategy: defineStrategy({ name, timeframe: 'M1', onBar: () => undefined }),
      symbol: 'EURUSD',
    }));
    await testBot({ journal: first.journal, run }, venue);
    venue.cancelled(stop);
    expect(venue.submitted).toMatchObject([{ id: `${entry!.id}s1`, type: 'stop', quantity: 1 }]);
  });
});
