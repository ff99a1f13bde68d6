import type { Bench, CardOrder } from '../bench.js';
import type { AdapterCard } from '../card.js';
import { fillsAreSound } from '../checks.js';

/** A limit buy of which a first part has filled. */
const begun = async (bench: Bench): Promise<CardOrder> => {
  await bench.use('depth', bench.part);
  const entry = await bench.enter('buy', { type: 'limit', price: bench.at(-1) });
  await bench.workingOrder(entry.id);
  await bench.move(-1.5);
  await bench.until('a part has filled', () => bench.filled(entry.id) === bench.part);
  return entry;
};

/** Orders that fill in parts. */
export const partialFills: readonly AdapterCard[] = [
  {
    id: 'P-01',
    title: 'An order that filled in part works on, and says how much is left',
    needs: ['limit'],
    controls: ['quote', 'depth'],
    events: { entry: 'accepted? → fill' },
    pass: 'One fill of the part with the rest as `remaining`; the order works, with the part as filled.',
    async check(bench) {
      const { id, order } = await begun(bench);
      fillsAreSound(bench, order.request);
      const { filled, quantity, state } = await bench.workingOrder(id);
      bench.equal(
        'filled, quantity, state',
        [filled, quantity, state],
        [bench.part, bench.lots, 'partially-filled'],
      );
      await bench.holds(bench.part);
    },
  },
  {
    id: 'P-02',
    title: 'Parts add up to the order, each told once under an id of its own',
    needs: ['limit'],
    controls: ['quote', 'depth'],
    events: { entry: 'accepted? → fill → fill → fill' },
    pass: 'Three fills with three trade ids; `remaining` falls to 0; the position is the whole order.',
    async check(bench) {
      const { id, order } = await begun(bench);
      await bench.move(-1.6);
      await bench.until('two parts have filled', () => bench.filled(id) === bench.tidy(2 * bench.part));
      await bench.move(-1.5);
      await bench.ends(id);
      fillsAreSound(bench, order.request);
      bench.equal('lots filled', bench.filled(id), bench.lots);
      bench.equal('different trade ids', new Set(bench.tape.fills(id).map((fill) => fill.tradeId)).size, 3);
      await bench.holds(bench.lots);
    },
  },
  {
    id: 'P-03',
    title: 'A cancel after a part keeps the part and ends the rest',
    needs: ['limit'],
    controls: ['quote', 'depth'],
    events: { entry: 'accepted? → fill → cancelled' },
    pass: 'The part is held, nothing works, and the market may come back without a trade.',
    async check(bench) {
      const entry = await begun(bench);
      bench.outcome('the answer', await bench.cancel(entry), 'accepted');
      await bench.ends(entry.id);
      await bench.move(-2);
      await bench.pace.quiet();
      await bench.holds(bench.part);
      await bench.onlyWorking();
    },
  },
  {
    id: 'P-04',
    title: 'A query gives every trade of an order, under the ids that were told',
    needs: ['limit'],
    controls: ['quote', 'depth'],
    events: { entry: 'accepted? → fill → fill' },
    pass: 'The same trade ids, quantities and prices as the events.',
    async check(bench) {
      const { id, ref } = await begun(bench);
      await bench.move(-1.6);
      await bench.until('two parts have filled', () => bench.filled(id) === bench.tidy(2 * bench.part));
      const { report, fills } = await bench.found(ref);
      const facts = (all: typeof fills): unknown => all.map((f) => [f.tradeId, f.quantity, f.price]);
      bench.equal('trades of the order', facts(fills), facts(bench.tape.fills(id)));
      bench.equal('lots filled', bench.tidy(report.filled), bench.tidy(2 * bench.part));
    },
  },
];
