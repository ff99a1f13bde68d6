import { describe, expect, it } from 'vitest';
import { buy, testBot } from '../testing/test-bot.js';
import { refusal, saying } from '../testing/verdicts.js';
import { fixedQuantity } from './fixed-quantity.js';

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
});
