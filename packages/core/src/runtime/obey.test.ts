import { describe, expect, it } from 'vitest';
import type { OrderRequest } from '../model/order.js';
import { testBot } from '../testing/test-bot.js';

const entries = (submitted: readonly OrderRequest[]): readonly OrderRequest[] =>
  submitted.filter((r) => r.purpose === 'enter');

/** A bot that is killing: it holds one lot, and an entry of another hangs at the venue. */
const killing = async () => {
  const made = await testBot({ validate: [] });
  const { bot, venue, say } = made;
  say({});
  venue.fill(venue.submitted[0] as OrderRequest);
  venue.onSubmit = (r) => (r.purpose === 'enter' ? new Promise(() => undefined) : { outcome: 'accepted' });
  say({});
  const hung = entries(venue.submitted)[1] as OrderRequest;
  bot.command({ do: 'kill', by: 'ann', reason: 'fire' });
  expect(bot.state).toBe('killing');
  return { ...made, hung };
};

describe('while a bot is killing', () => {
  it('a release changes nothing: only what is resolved can be released', async () => {
    const { bot, venue, say, outcomes, hung } = await killing();
    bot.command({ do: 'release', by: 'bob' });
    expect([bot.state, bot.book.halted]).toEqual(['killing', 'killed by ann: fire']);
    say({});
    venue.cancelled(hung);
    expect(entries(venue.submitted)).toHaveLength(2);
    expect(outcomes().at(-1)).toBe('refused HALTED');
  });

  it('a halt does not make it look resolved', async () => {
    const { bot } = await killing();
    bot.command({ do: 'halt', by: 'bob' });
    expect(bot.state).toBe('killing');
    expect(bot.book.halted).toBeDefined();
  });

  it('an entry that fills after all is closed at once', async () => {
    const { bot, venue, hung } = await killing();
    const exits = (): readonly OrderRequest[] => venue.submitted.filter((r) => r.purpose === 'flatten');
    venue.fill(exits()[0] as OrderRequest);
    expect(bot.book.position('EURUSD').quantity).toBe(0);
    venue.fill(hung);
    expect(bot.state).toBe('killing');
    expect(exits()).toHaveLength(2);
    venue.fill(exits()[1] as OrderRequest);
    expect(bot.book.position('EURUSD').quantity).toBe(0);
  });
});

describe('a halt', () => {
  it('outlives a pause: resuming leads back to halted, releasing while paused to paused', async () => {
    const { bot } = await testBot();
    bot.command({ do: 'halt', by: 'ann', reason: 'news' });
    bot.command({ do: 'pause', by: 'ann' });
    bot.command({ do: 'resume', by: 'ann' });
    expect([bot.state, bot.book.halted]).toEqual(['halted', 'halted by ann: news']);
    bot.command({ do: 'pause', by: 'ann' });
    bot.command({ do: 'release', by: 'ann' });
    expect([bot.state, bot.book.halted]).toEqual(['paused', undefined]);
    bot.command({ do: 'resume', by: 'ann' });
    expect(bot.state).toBe('active');
  });
});
