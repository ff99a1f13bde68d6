import { describe, expect, it } from 'vitest';
import { createBot } from '../bot.js';
import { replay } from '../journal/replay.js';
import { fixedQuantity } from '../risk/fixed-quantity.js';
import { defineStrategy } from '../signal/strategy.js';
import { reportOf } from '../testing/samples.js';
import { ScriptedVenue } from '../testing/scripted-venue.js';
import { testBot } from '../testing/test-bot.js';

describe('a life that began with the books of an earlier one', () => {
  it('is replayed from its own first line, with what somebody else held', async () => {
    const before = new ScriptedVenue();
    before.positions = [{ symbol: 'EURUSD', quantity: 2, averagePrice: 1.1 }];
    const first = await testBot({ validate: [] }, before);
    before.clock.advance(before.clock.now() + 1_000);
    first.say({ target: undefined });
    const [entry] = before.submitted;
    before.fill(entry!);
    const stop = before.submitted[1]!;
    first.bot.command({ do: 'halt', by: 'ann', reason: 'news' });
    const { length } = first.journal.entries();

    const venue = new ScriptedVenue();
    venue.clock.advance(before.clock.now() + 60_000);
    venue.positions = [{ symbol: 'EURUSD', quantity: 3, averagePrice: 1.1 }];
    venue.orders = [reportOf(stop)];
    venue.onQuery = ({ id }) =>
      id === stop.id ? { outcome: 'found', report: reportOf(stop), fills: [] } : { outcome: 'absent' };
    const second = await testBot({ validate: [], journal: first.journal }, venue);
    second.say({});
    second.bot.command({ do: 'release', by: 'ann', reason: 'over' });
    venue.onSubmit = () => ({ outcome: 'rejected', code: 'NO' });
    second.say({ quantity: 0.5 });
    venue.onSubmit = () => ({ outcome: 'accepted' });
    venue.positions = [{ symbol: 'EURUSD', quantity: 1, averagePrice: 1.1 }];
    venue.clock.advance(venue.clock.now() + 90_000);
    venue.tick(1.1);
    second.say({ intent: 'exit', side: undefined, stop: undefined, target: undefined });
    venue.fill(venue.submitted.at(-1)!);
    venue.cancelled(stop);
    await second.bot.stop();

    const entries = first.journal.entries().slice(length);
    const strategy = defineStrategy({ name: 'say', timeframe: 'M1', onBar: () => undefined });
    const result = await replay({ entries, journalId: first.journal.id }, (parts) =>
      createBot({
        ...parts,
        validate: [],
        run: [{ strategy, symbol: 'EURUSD' }],
        risk: fixedQuantity({ lots: 1 }),
      }),
    );
    expect(result).toEqual({ equal: true, compared: 'decisions', recorded: 3, replayed: 3 });
  });
});
