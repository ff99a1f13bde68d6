import { describe, expect, it } from 'vitest';
import type { ScriptedVenue } from '../testing/scripted-venue.js';
import { testBot } from '../testing/test-bot.js';

const held = (quantity: number) => [{ symbol: 'EURUSD', quantity, averagePrice: 1.1 }];
const after = (venue: ScriptedVenue, ms: number): void => venue.clock.advance(venue.clock.now() + ms);

describe('a position that core wants closed', () => {
  it('is closed at a later attempt when the venue refuses the first', async () => {
    const { bot, venue, say } = await testBot();
    venue.onSubmit = ({ purpose }) =>
      purpose === 'enter' ? { outcome: 'accepted' } : { outcome: 'rejected', code: 'MARKET_CLOSED' };
    say({ target: undefined });
    venue.positions = held(1);
    venue.fill(venue.submitted[0]!);
    const closing = () => venue.submitted.filter(({ purpose }) => purpose === 'flatten');
    const refused = closing().length;
    expect(refused).toBeGreaterThan(0);
    venue.onSubmit = () => ({ outcome: 'accepted' });
    after(venue, 120_000);
    expect(closing().length).toBeGreaterThan(refused);
    venue.positions = [];
    venue.fill(closing().at(-1)!);
    expect(bot.book.position('EURUSD').quantity).toBe(0);
  });

  it('ends a kill that the venue refused at first', async () => {
    const { bot, venue, say } = await testBot();
    say({ stop: undefined, target: undefined });
    venue.positions = held(1);
    venue.fill(venue.submitted[0]!);
    venue.onSubmit = () => ({ outcome: 'rejected', code: 'MARKET_CLOSED' });
    bot.command({ do: 'kill', by: 'ann' });
    expect(bot.state).toBe('killing');
    venue.onSubmit = () => ({ outcome: 'accepted' });
    after(venue, 60_000);
    venue.fill(venue.submitted.at(-1)!);
    expect(bot.state).toBe('halted');
    expect(bot.book.position('EURUSD').quantity).toBe(0);
  });

  it('is closed also in what a cancelled order left of it', async () => {
    const { bot, venue, say } = await testBot();
    say({ stop: undefined, target: undefined });
    venue.positions = held(1);
    venue.fill(venue.submitted[0]!);
    bot.command({ do: 'flatten', by: 'ann' });
    const [, first] = venue.submitted;
    venue.positions = held(0.6);
    venue.fill(first!, 0.4);
    venue.cancelled(first!);
    after(venue, 60_000);
    expect(venue.submitted.at(-1)).toMatchObject({ purpose: 'flatten', side: 'sell', quantity: 0.6 });
    expect(venue.submitted.length).toBe(3);
  });

  it('is closed at once in what a thin market left of it', async () => {
    const { bot, venue, say } = await testBot();
    say({ stop: undefined, target: undefined });
    venue.fill(venue.submitted[0]!);
    bot.command({ do: 'flatten', by: 'ann' });
    for (const left of [0.6, 0.1]) {
      const last = venue.submitted.at(-1)!;
      venue.fill(last, last.quantity - left, 1.1, left);
      venue.tell({ type: 'expired', id: last.id, symbol: 'EURUSD', time: venue.clock.now() });
      expect(venue.submitted.at(-1)).toMatchObject({ purpose: 'flatten', side: 'sell', quantity: left });
    }
    const sent = venue.submitted.length;
    // What finds nothing at all is not thrown after it.
    venue.tell({
      type: 'expired',
      id: venue.submitted.at(-1)!.id,
      symbol: 'EURUSD',
      time: venue.clock.now(),
    });
    expect(venue.submitted.length).toBe(sent);
  });

  it('is left alone once it was closed, however a later one stands', async () => {
    const { venue, say, bot } = await testBot({ validate: [] });
    say({ stop: undefined, target: undefined });
    venue.positions = held(1);
    venue.fill(venue.submitted[0]!);
    bot.command({ do: 'flatten', by: 'ann' });
    venue.fill(venue.submitted[1]!);
    say({ stop: undefined, target: undefined });
    venue.positions = held(1);
    venue.fill(venue.submitted[2]!);
    after(venue, 600_000);
    expect(venue.submitted.length).toBe(3);
    expect(bot.book.position('EURUSD').quantity).toBe(1);
  });

  it('is closed in what was closed too much, however often the order gets lost', async () => {
    const { bot, venue, say } = await testBot({ validate: [] });
    say({ target: undefined });
    venue.fill(venue.submitted[0]!);
    say({ intent: 'exit', side: undefined, stop: undefined, target: undefined });
    const [, stop, exit] = venue.submitted;
    venue.fill(exit!);
    venue.onSubmit = ({ purpose }) =>
      purpose === 'enter' ? { outcome: 'accepted' } : { outcome: 'unknown', detail: 'lost' };
    venue.onQuery = () => ({ outcome: 'absent' });
    venue.positions = held(-0.4);
    venue.fill(stop!, 0.4);
    expect(venue.submitted.at(-1)).toMatchObject({ side: 'buy', quantity: 0.4 });
    after(venue, 1_000);
    venue.onSubmit = () => ({ outcome: 'accepted' });
    const tries = venue.submitted.length;
    after(venue, 61_000);
    expect(venue.submitted.slice(tries)).toMatchObject([{ side: 'buy', quantity: 0.4 }]);
    venue.positions = [];
    venue.fill(venue.submitted.at(-1)!);
    expect(bot.book.position('EURUSD').quantity).toBe(0);
    after(venue, 120_000);
    expect(venue.submitted.length).toBe(tries + 1);
  });

  it('is closed at once in what a thin market left of what was closed too much', async () => {
    const { bot, venue, say } = await testBot({ validate: [] });
    say({ target: undefined });
    venue.fill(venue.submitted[0]!);
    say({ intent: 'exit', side: undefined, stop: undefined, target: undefined });
    const [, stop, exit] = venue.submitted;
    venue.fill(exit!);
    venue.fill(stop!, 0.4);
    for (const left of [0.3, 0.1]) {
      const last = venue.submitted.at(-1)!;
      venue.fill(last, last.quantity - left, 1.1, left);
      venue.tell({
        type: 'cancelled',
        id: last.id,
        symbol: 'EURUSD',
        time: venue.clock.now(),
        reason: 'IOC',
      });
      expect(venue.submitted.at(-1)).toMatchObject({ side: 'buy', quantity: left });
    }
    venue.fill(venue.submitted.at(-1)!);
    expect(bot.book.position('EURUSD').quantity).toBe(0);
    const sent = venue.submitted.length;
    after(venue, 120_000);
    expect(venue.submitted.length).toBe(sent);
  });

  it('is closed by nobody twice: what an order of unknown fate may close waits until that is known', async () => {
    const { bot, venue, say } = await testBot({ validate: [] });
    const plain = { stop: undefined, target: undefined } as const;
    say({ ...plain, side: 'sell', quantity: 0.4 });
    venue.fill(venue.submitted[0]!);
    venue.onSubmit = () => ({ outcome: 'unknown', detail: 'lost' });
    say({ ...plain, intent: 'exit', side: undefined });
    const lost = venue.submitted[1]!;
    venue.onSubmit = () => ({ outcome: 'accepted' });
    say({ target: undefined });
    venue.fill(venue.submitted[2]!);
    say({ ...plain, intent: 'exit', side: undefined });
    const [, , , stop, exit] = venue.submitted;
    expect([lost, stop, exit]).toMatchObject([
      { side: 'buy', quantity: 0.4 },
      { side: 'sell', quantity: 0.6, type: 'stop' },
      { side: 'sell', quantity: 0.6 },
    ]);
    // Both fill: of the 0.6 lots that are too much, the lost order may buy 0.4.
    venue.fill(exit!);
    venue.fill(stop!);
    expect(venue.submitted.slice(5)).toMatchObject([{ side: 'buy', quantity: 0.2 }]);
    venue.fill(venue.submitted[5]!);
    venue.tell({
      type: 'rejected',
      id: lost.id,
      symbol: 'EURUSD',
      time: venue.clock.now(),
      code: 'ABSENT',
      detail: '',
    });
    expect(venue.submitted.slice(6)).toMatchObject([{ side: 'buy', quantity: 0.4 }]);
    venue.fill(venue.submitted[6]!);
    expect(bot.book.position('EURUSD').quantity).toBe(0);
  });
});
