// The pipeline without createBot(): four operators on one desk, which is an account at a venue with its book, orders and journal.
// The source says only where to go, as many webhooks do. An enricher adds the rest; what is still missing is refused by name.
//
//   npx tsx examples/05-operators-by-hand/main.ts

import assert from 'node:assert/strict';
import { paper, syntheticMarket } from '@mikrobot/adapter-paper';
import type { Enricher } from '@mikrobot/core';
import { assess, Desk, defaultRules, enrich, execute, explain, validate } from '@mikrobot/core';
import { filter, map, merge } from 'rxjs';

const feed = syntheticMarket({ seed: 7, from: Date.UTC(2024, 0, 8), days: 1 });
const adapter = paper({ feed, costs: 'retail-fx', balance: { USD: '10000' } });
const desk = new Desk({ adapter });
await desk.connect();
desk.markets.watch('EURUSD', ['M5']);

/** Follows bars of more than 6 pips from open to close. */
const webhook$ = desk.markets.bars('EURUSD', 'M5').pipe(
  map((bar) => Math.round((bar.close - bar.open) * 1e5) / 10),
  filter((pips) => Math.abs(pips) > 6),
  map((pips) => {
    const side = pips > 0 ? 'buy' : 'sell';
    const draft = { symbol: 'EURUSD', intent: 'enter', side, tags: { pips } } as const;
    return desk.stamp(draft, { source: 'webhook', origin: 'strategy' });
  }),
);

const complete: Enricher = {
  name: 'complete',
  enrich: ({ side, quote, tags }) => ({
    stop: side === 'buy' ? quote.ask - 0.002 : quote.bid + 0.002,
    confidence: Math.abs(Number(tags?.pips)) > 10 ? 0.9 : undefined,
  }),
};

const outcomes: string[] = [];
// Besides ours there are the desk's own signals: it closes what it cannot protect.
merge(webhook$, desk.signals.observable)
  .pipe(
    enrich([complete], desk),
    validate(defaultRules(), desk),
    assess({ name: 'atMostATenth', judge: () => ({ cap: 0.1 }) }, desk),
    execute(desk),
  )
  .subscribe((decision) => {
    outcomes.push('refusal' in decision ? decision.refusal.code : decision.outcome);
    console.log(explain(decision), decision.signal.tags);
  });

await adapter.subscribe({ symbol: 'EURUSD' });
await adapter.play(new AbortController().signal);
assert.ok(outcomes.includes('executed') && outcomes.includes('INCOMPLETE'), 'large and middling bars came');
