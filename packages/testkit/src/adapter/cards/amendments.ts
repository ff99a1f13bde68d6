import type { ApprovedOrder, EntryOrder } from '@mikrobot/core';
import type { Bench } from '../bench.js';
import type { AdapterCard } from '../card.js';

/** An approved limit buy at a price: what an amendment carries. */
const wanted = (bench: Bench, distances: number, quantity = bench.lots): Promise<ApprovedOrder> =>
  bench.approve({ order: { type: 'limit', price: bench.at(distances) }, quantity });

const resting = (bench: Bench, distances: number): EntryOrder => ({
  type: 'limit',
  price: bench.at(distances),
});

/** Changes of working orders. */
export const amendments: readonly AdapterCard[] = [
  {
    id: 'A-01',
    title: 'An amended price stands, under the same id',
    needs: ['limit', 'amend'],
    controls: [],
    events: { entry: 'accepted? → replaced?' },
    pass: 'One order works, with its old client order id and the new price.',
    async check(bench) {
      const entry = await bench.enter('buy', resting(bench, -1));
      await bench.workingOrder(entry.id);
      bench.outcome('the answer', await bench.amend(await wanted(bench, -2), entry), 'accepted');
      await bench.until(
        'the new price works',
        async () => (await bench.workingOrder(entry.id)).price === bench.at(-2),
      );
      await bench.onlyWorking(entry.id);
    },
  },
  {
    id: 'A-02',
    title: 'An amended quantity stands, under the same id',
    needs: ['limit', 'amend', 'amended quantity'],
    controls: [],
    events: { entry: 'accepted? → replaced?' },
    pass: 'One order works, with its old client order id and the new quantity.',
    async check(bench) {
      const entry = await bench.enter('buy', resting(bench, -1));
      const less = await wanted(bench, -1, bench.part);
      bench.outcome('the answer', await bench.amend(less, entry), 'accepted');
      await bench.until('the new quantity works', async () => {
        return (await bench.workingOrder(entry.id)).quantity === bench.part;
      });
      await bench.onlyWorking(entry.id);
    },
  },
  {
    id: 'A-03',
    title: 'An amended order trades at its new price, and no longer at the old one',
    needs: ['limit', 'amend'],
    controls: ['quote'],
    events: { entry: 'accepted? → replaced? → fill+' },
    pass: 'Nothing fills where the old price was; all fills at the new one or better.',
    async check(bench) {
      const entry = await bench.enter('buy', resting(bench, -1));
      await bench.amend(await wanted(bench, -3), entry);
      await bench.until(
        'the new price works',
        async () => (await bench.workingOrder(entry.id)).price === bench.at(-3),
      );
      await bench.move(-2);
      await bench.pace.quiet();
      bench.equal('lots filled at the old price', bench.filled(entry.id), 0);
      await bench.move(-4);
      await bench.ends(entry.id);
      await bench.holds(bench.lots);
    },
  },
  {
    id: 'A-04',
    title: 'To amend a finished order, or one that never was, is rejected',
    needs: ['limit', 'market', 'amend'],
    controls: [],
    events: { entry: 'accepted? → fill+' },
    pass: 'Answered rejected, and no order appears.',
    async check(bench) {
      const entry = await bench.enter('buy');
      await bench.ends(entry.id);
      const order = await wanted(bench, -1);
      bench.outcome('amending a filled order', await bench.amend(order, entry), 'rejected');
      const nobody = { ref: { id: order.request.id, symbol: bench.venue.symbol } };
      bench.outcome('amending no order', await bench.amend(order, nobody), 'rejected');
      await bench.onlyWorking();
      await bench.holds(bench.lots);
    },
  },
  {
    id: 'A-05',
    title: 'An amendment whose answer is lost leaves one order, not two',
    needs: ['limit', 'amend'],
    controls: ['loseAnswer'],
    events: { entry: 'accepted? → replaced?' },
    pass: 'The outcome is unknown; one order works, at one of the two prices.',
    async check(bench) {
      const entry = await bench.enter('buy', resting(bench, -1));
      await bench.workingOrder(entry.id);
      const order = await wanted(bench, -2);
      await bench.use('loseAnswer');
      bench.outcome('the answer', await bench.amend(order, entry), 'unknown');
      await bench.pace.quiet();
      await bench.onlyWorking(entry.id);
      const { price } = await bench.workingOrder(entry.id);
      bench.ok('it works at one of the two prices', price === bench.at(-1) || price === bench.at(-2), price);
    },
  },
];
