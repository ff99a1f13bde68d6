import { NEVER } from 'rxjs';
import { describe, expect, it, vi } from 'vitest';
import * as z from 'zod';
import { createBot } from '../bot.js';
import { MemoryJournal } from '../journal/memory-journal.js';
import type { OrderRequest } from '../model/order.js';
import type { RiskPolicy } from '../risk/policy.js';
import { defineStrategy } from '../signal/strategy.js';
import { ScriptedVenue } from '../testing/scripted-venue.js';
import { buy, testBot } from '../testing/test-bot.js';
import type { Command } from './command.js';
import type { CommandGuard } from './command-guard.js';

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
    const { bot, venue, say, outcomes, issues, hung } = await killing();
    bot.command({ do: 'release', by: 'bob', reason: 'too soon' });
    expect([bot.state, bot.book.halted]).toEqual(['killing', 'killed by ann: fire']);
    expect(issues.map((i) => i.code)).toContain('COMMAND_FAILED');
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

describe('what another program proposes', () => {
  it('is judged as a signal of its own origin, completed by enrichers, and has a ledger of its own', async () => {
    const enricher = { name: 'stop', enrich: () => ({ stop: 1.09, confidence: 0.9 }) };
    const { bot, venue, decisions } = await testBot({ enrich: [enricher] });
    const draft = { symbol: 'EURUSD', intent: 'enter', side: 'buy' } as const;
    expect(bot.command({ do: 'propose', draft, by: 'MikroBot_BOS' })).toEqual({ taken: true });
    venue.fill(venue.submitted[0] as OrderRequest);
    expect(decisions).toMatchObject([
      { outcome: 'executed', signal: { origin: 'program', source: 'MikroBot_BOS', stop: 1.09 } },
    ]);
    expect(bot.book.position('EURUSD', 'MikroBot_BOS').quantity).toBe(1);
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
    bot.command({ do: 'release', by: 'ann', reason: 'quiet again' });
    expect([bot.state, bot.book.halted]).toEqual(['paused', undefined]);
    bot.command({ do: 'resume', by: 'ann' });
    expect(bot.state).toBe('active');
  });
});

describe('what stops entries', () => {
  const stops: readonly Command[] = [
    { do: 'halt', by: 'ann' },
    { do: 'halt', by: 'ann', symbol: 'EURUSD' },
    { do: 'cancel-all', by: 'ann', owner: 'say:EURUSD' },
    { do: 'kill', by: 'ann', flatten: false },
    { do: 'kill', by: 'ann' },
    { do: 'pause', by: 'ann' },
  ];

  it.each(stops)('stops a reversal that waits until the old position is left: %j', async (command) => {
    const { bot, venue, say, outcomes } = await testBot({ validate: [] });
    say({});
    venue.fill(venue.submitted[0] as OrderRequest);
    say({ intent: 'reverse', side: 'sell', stop: 1.12, target: undefined });
    bot.command(command);
    expect(outcomes()).toContain('refused HALTED');
    venue.fill(venue.submitted.find((r) => r.purpose === 'flatten') as OrderRequest);
    expect(entries(venue.submitted)).toHaveLength(1);
    expect(bot.book.pending('EURUSD')).toBe(0);
  });

  it.each(stops)('closes nothing twice that a stopped reversal is leaving: %j', async (command) => {
    const { bot, venue, say } = await testBot({ validate: [] });
    say({});
    venue.fill(venue.submitted[0] as OrderRequest);
    say({ intent: 'reverse', side: 'sell', stop: 1.12, target: undefined });
    bot.command(command);
    say({ intent: 'exit' });
    bot.command({ do: 'flatten', by: 'ann' });
    const exits = venue.submitted.filter((r) => r.purpose === 'flatten');
    expect(exits).toHaveLength(1);
    venue.fill(exits[0] as OrderRequest);
    expect(bot.book.position('EURUSD').quantity).toBe(0);
  });

  it.each(stops)('stops an entry that waits for its journal: %j', async (command) => {
    let written = (): void => undefined;
    class SlowJournal extends MemoryJournal {
      override commit(): Promise<void> {
        return new Promise((resolve) => {
          written = resolve;
        });
      }
    }
    const { bot, venue, say, outcomes } = await testBot({ validate: [], journal: new SlowJournal() });
    say({ order: { type: 'limit', price: 1.095 } });
    bot.command(command);
    expect(outcomes()).toEqual(['refused HALTED']);
    written();
    await new Promise((resolve) => setImmediate(resolve));
    expect(venue.submitted).toEqual([]);
    expect(bot.book.pending('EURUSD')).toBe(0);
  });

  it('leaves what is outside its scope', async () => {
    const { bot, venue, say, outcomes } = await testBot({ validate: [] });
    say({});
    venue.fill(venue.submitted[0] as OrderRequest);
    say({ intent: 'reverse', side: 'sell', stop: 1.12, target: undefined });
    bot.command({ do: 'halt', by: 'ann', symbol: 'GBPUSD' });
    venue.fill(venue.submitted.find((r) => r.purpose === 'flatten') as OrderRequest);
    expect(entries(venue.submitted)).toHaveLength(2);
    expect(outcomes()).toEqual(['executed', 'executed']);
  });
});

describe('a pause', () => {
  it('outlives a halt: only resuming ends it', async () => {
    const { bot } = await testBot();
    bot.command({ do: 'pause', by: 'ann' });
    bot.command({ do: 'halt', by: 'store' });
    bot.command({ do: 'release', by: 'bob', reason: 'written again' });
    expect(bot.state).toBe('paused');
    bot.command({ do: 'resume', by: 'ann' });
    expect(bot.state).toBe('active');
  });

  it('that was resumed during a halt is over with it', async () => {
    const { bot } = await testBot();
    bot.command({ do: 'pause', by: 'ann' });
    bot.command({ do: 'halt', by: 'store' });
    bot.command({ do: 'resume', by: 'ann' });
    expect(bot.state).toBe('halted');
    bot.command({ do: 'release', by: 'bob', reason: 'written again' });
    expect(bot.state).toBe('active');
  });

  it('does not keep a revoked line open', async () => {
    const { bot, venue, say } = await testBot({ validate: [] });
    say({});
    venue.fill(venue.submitted[0] as OrderRequest);
    bot.command({ do: 'kill', by: 'ann', flatten: false, revoke: true });
    bot.command({ do: 'pause', by: 'ann' });
    bot.command({ do: 'flatten', by: 'ann' });
    venue.fill(venue.submitted.find((r) => r.purpose === 'flatten') as OrderRequest);
    expect(bot.state).toBe('stopping');
  });
});

describe('a bot that was stopped before it began', () => {
  const begin = async (command: Command) => {
    const venue = new ScriptedVenue();
    const heard: unknown[] = [];
    const risk: RiskPolicy = {
      name: 'listener',
      judge: () => undefined,
      memory: {
        initial: 0,
        schema: z.number(),
        next: (state, event) => {
          if (event.type === 'command') heard.push(event.command.do);
          return state;
        },
      },
    };
    const strategy = defineStrategy({ name: 'quiet', timeframes: ['M1'], signals: () => NEVER });
    const bot = createBot({ adapter: venue, run: [{ strategy, symbol: 'EURUSD' }], risk });
    bot.command(command);
    const active = new Promise<void>((resolve) => {
      bot.state$.subscribe((state) => state === 'active' && resolve());
    });
    void bot.run();
    await active;
    return { bot, heard };
  };

  it('begins halted, and its policies hear of it', async () => {
    const { bot, heard } = await begin({ do: 'kill', by: 'ann', reason: 'not today' });
    expect([bot.state, bot.book.halted, heard]).toEqual(['halted', 'killed by ann: not today', ['kill']]);
    bot.command({ do: 'release', by: 'ann', reason: 'looked at it' });
    expect(bot.state).toBe('active');
  });

  it('begins paused', async () => {
    const { bot } = await begin({ do: 'pause', by: 'ann' });
    expect(bot.state).toBe('paused');
  });
});

describe('a scope', () => {
  it('of one owner is halted and released alone', async () => {
    const { bot, say, outcomes } = await testBot({ validate: [] });
    bot.command({ do: 'halt', by: 'ann', owner: 'somebody' });
    say({});
    bot.command({ do: 'halt', by: 'ann', owner: 'say:EURUSD', reason: 'odd' });
    say({});
    bot.command({ do: 'release', by: 'ann', owner: 'somebody', reason: 'not this one' });
    say({});
    bot.command({ do: 'release', by: 'ann', owner: 'say:EURUSD', reason: 'looked at it' });
    say({});
    expect(outcomes()).toEqual(['executed', 'refused HALTED', 'refused HALTED', 'executed']);
    expect(bot.state).toBe('active');
  });

  it('stays halted when everything was halted and released meanwhile', async () => {
    const { bot, say, outcomes } = await testBot({ validate: [] });
    bot.command({ do: 'halt', by: 'ann', symbol: 'EURUSD' });
    bot.command({ do: 'halt', by: 'ann' });
    bot.command({ do: 'release', by: 'ann', reason: 'the rest is fine' });
    expect(bot.state).toBe('active');
    say({});
    expect(outcomes()).toEqual(['refused HALTED']);
  });

  it('that is killed loses its entries and positions, and only its own', async () => {
    const { bot, venue, say } = await testBot({ validate: [] });
    bot.command({ do: 'signal', by: 'zoe', draft: { ...buy, target: 1.12 } });
    venue.fill(venue.submitted[0] as OrderRequest);
    say({});
    venue.fill(entries(venue.submitted)[1] as OrderRequest);
    say({ order: { type: 'limit', price: 1.095 } });
    bot.command({ do: 'kill', by: 'ann', owner: 'say:EURUSD' });
    const flat = venue.submitted.filter((r) => r.purpose === 'flatten');
    expect(flat.map((r) => r.owner)).toEqual(['say:EURUSD']);
    const cancelled = venue.heard.flatMap((h) => (h.command === 'cancel' ? [h.ref.id] : []));
    expect(cancelled).toContain(entries(venue.submitted)[2]?.id);
    expect(bot.state).toBe('active');
    expect(bot.book.position('EURUSD', 'zoe').quantity).toBe(1);
  });
});

describe('a kill', () => {
  it('may leave positions to their stops: then the bot is halted at once', async () => {
    const { bot, venue, say } = await testBot();
    say({});
    venue.fill(venue.submitted[0] as OrderRequest);
    bot.command({ do: 'kill', by: 'ann', flatten: false });
    expect(bot.state).toBe('halted');
    expect(venue.submitted.some((r) => r.purpose === 'flatten')).toBe(false);
  });

  it('that revokes ends the bot when nothing is open, and not before', async () => {
    const { bot, venue, say, issues } = await testBot();
    say({});
    venue.fill(venue.submitted[0] as OrderRequest);
    bot.command({ do: 'kill', by: 'ann', revoke: true });
    expect(bot.state).toBe('killing');
    bot.command({ do: 'release', by: 'ann', reason: 'no, go on' });
    expect(issues.map((i) => i.code)).toContain('COMMAND_FAILED');
    venue.fill(venue.submitted.find((r) => r.purpose === 'flatten') as OrderRequest);
    for (const heard of venue.heard) if (heard.command === 'cancel') venue.cancelled(heard.ref);
    await vi.waitFor(() => expect(bot.state).toBe('stopped'));
  });
});

describe('a guard', () => {
  it('is asked with the proof, and what it refuses is neither done nor journalled', async () => {
    const asked: unknown[] = [];
    const guard: CommandGuard = {
      check(command, proof, { held }) {
        asked.push([command.do, proof, held?.signal.id]);
        return proof === 'letmein' ? undefined : { code: 'WHO', limit: 'a proof', actual: String(proof) };
      },
    };
    const { bot, journal, say } = await testBot({ guard });
    expect(bot.command({ do: 'pause', by: 'ann' })).toEqual({
      taken: false,
      finding: { code: 'WHO', limit: 'a proof', actual: 'undefined' },
    });
    expect(bot.state).toBe('active');
    expect(journal.lines().join()).not.toContain('pause');
    say({ confidence: 0.7 });
    const [held] = bot.waiting;
    bot.command({ do: 'approve', signal: held?.signal.id ?? '', by: 'ann' }, 'letmein');
    expect(asked).toEqual([
      ['pause', undefined, undefined],
      ['approve', 'letmein', held?.signal.id],
    ]);
    expect(journal.lines().join()).not.toContain('letmein');
  });

  it('is not needed to learn that nothing waits under a name', async () => {
    const { bot } = await testBot();
    expect(bot.command({ do: 'approve', signal: 'gone', by: 'ann' })).toMatchObject({
      taken: false,
      finding: { code: 'NOTHING_HELD', actual: 'gone' },
    });
  });
});
