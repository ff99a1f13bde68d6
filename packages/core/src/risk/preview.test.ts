import { describe, expect, it } from 'vitest';
import type { Draft } from '../model/signal.js';
import type { Enricher } from '../signal/enrich.js';
import { buy, testBot } from '../testing/test-bot.js';
import { refusal, saying } from '../testing/verdicts.js';
import { fixedQuantity } from './fixed-quantity.js';
import type { RiskPolicy } from './policy.js';

describe('a preview', () => {
  it('shows the order and every verdict, and leaves no trace', async () => {
    const { bot, venue, journal, say, outcomes } = await testBot({ risk: fixedQuantity({ lots: 0.3 }) });
    const lines = journal.lines().length;
    const seen = bot.preview(buy, 'say:EURUSD');
    expect(seen.outcome).toBe('approved');
    expect(seen.order).toMatchObject({ side: 'buy', quantity: 0.3, bracket: { stop: 1.09, target: 1.12 } });
    expect(seen.verdicts).toEqual([{ policy: 'fixedQuantity', outcome: 'shrink', quantity: 0.3 }]);
    expect(journal.lines()).toHaveLength(lines);
    expect([venue.submitted.length, bot.counts.signals, bot.book.pending('EURUSD')]).toEqual([0, 0, 0]);
    // The rule against duplicates has not seen it.
    say({});
    expect(outcomes()).toEqual(['executed']);
  });

  it('says what a policy or a rule would refuse', async () => {
    const { bot } = await testBot({ risk: [fixedQuantity({ lots: 1 }), saying(refusal)] });
    const seen = bot.preview(buy, 'say:EURUSD');
    expect(seen).toMatchObject({
      outcome: 'refused',
      order: undefined,
      refusal: { code: 'NO', limit: 1, actual: 2 },
    });
    expect(seen.verdicts.map((v) => v.outcome)).toEqual(['approve', 'refuse']);
    const unsure = bot.preview({ ...buy, confidence: 0.7 }, 'say:EURUSD');
    expect(unsure).toMatchObject({ outcome: 'held', refusal: { code: 'CONFIDENCE_REVIEW' } });
  });

  it('tells that trading is halted, and approves a way out', async () => {
    const { bot } = await testBot();
    bot.command({ do: 'halt', by: 'ann', symbol: 'EURUSD' });
    expect(bot.preview(buy, 'say:EURUSD').refusal?.code).toBe('HALTED');
    expect(bot.preview({ symbol: 'EURUSD', intent: 'exit' }, 'say:EURUSD').outcome).toBe('approved');
  });

  it('is judged as what it would be: of a strategy under the name of a run, else of a person', async () => {
    const asks: RiskPolicy = {
      name: 'asks',
      judge: (_order, { origin }) =>
        origin === 'strategy' ? { code: 'ASK', limit: 0, actual: 1, hold: 1_000 } : undefined,
    };
    const { bot, say, outcomes } = await testBot({ risk: [fixedQuantity({ lots: 1 }), asks] });
    expect(bot.preview(buy, 'say:EURUSD').outcome).toBe('held');
    expect(bot.preview(buy, 'ann').outcome).toBe('approved');
    say({});
    expect(outcomes()).toEqual(['held ASK']);
  });

  it('is completed by the enrichers, and refuses what is no draft', async () => {
    const enrich: Enricher[] = [{ name: 'stops', enrich: () => ({ stop: 1.08 }) }];
    const { bot } = await testBot({ enrich });
    const seen = bot.preview({ ...buy, stop: undefined }, 'say:EURUSD');
    expect(seen.order?.bracket?.stop).toBe(1.08);
    const misspelt = { ...buy, stopp: 1.09 } as Draft;
    expect(() => bot.preview(misspelt, 'say:EURUSD')).toThrow(/unknown field "stopp"/);
  });
});
