import type { AdapterCard } from '../card.js';

/** Cancels, and what can happen meanwhile. */
export const cancels: readonly AdapterCard[] = [
  {
    id: 'C-01',
    title: 'A cancelled order ends and works no longer',
    needs: ['limit'],
    controls: [],
    events: { entry: 'accepted? → cancelled' },
    pass: 'Answered accepted; the event cancelled comes once; the order is no longer among those that work.',
    async check(bench) {
      const entry = await bench.enter('buy', { type: 'limit', price: bench.at(-1) });
      await bench.workingOrder(entry.id);
      bench.outcome('the answer', await bench.cancel(entry), 'accepted');
      await bench.ends(entry.id);
      await bench.onlyWorking();
      bench.equal('the state that is found', (await bench.found(entry.ref)).report.state, 'cancelled');
    },
  },
  {
    id: 'C-02',
    title: 'A second cancel is answered, and tells no second end',
    needs: ['limit'],
    controls: [],
    events: { entry: 'accepted? → cancelled' },
    pass: 'Answered rejected, or accepted without effect; the event cancelled came once.',
    async check(bench) {
      const entry = await bench.enter('buy', { type: 'limit', price: bench.at(-1) });
      await bench.cancel(entry);
      await bench.ends(entry.id);
      bench.outcome('the second answer', await bench.cancel(entry), 'rejected', 'accepted');
      await bench.pace.quiet();
    },
  },
  {
    id: 'C-03',
    title: 'To cancel a filled order is rejected and changes nothing',
    needs: ['market'],
    controls: [],
    events: { entry: 'accepted? → fill+' },
    pass: 'Answered rejected; no event; the position stays.',
    async check(bench) {
      const entry = await bench.enter('buy');
      await bench.ends(entry.id);
      bench.outcome('the answer', await bench.cancel(entry), 'rejected');
      await bench.pace.quiet();
      await bench.holds(bench.lots);
    },
  },
  {
    id: 'C-04',
    title: 'To cancel an order that never was is not accepted',
    needs: ['limit'],
    controls: [],
    events: { never: '' },
    pass: 'Answered rejected or unknown, and nothing is told of it.',
    async check(bench) {
      const order = await bench.approve({ order: { type: 'limit', price: bench.at(-1) } });
      const { id, symbol } = order.request;
      bench.name('never', id);
      bench.outcome('the answer', await bench.cancel({ ref: { id, symbol } }), 'rejected', 'unknown');
      await bench.pace.quiet();
    },
  },
  {
    id: 'C-05',
    title: 'A cancel that races a fill: the order ends once, and everybody agrees how',
    needs: ['limit'],
    controls: ['quote'],
    events: { entry: 'accepted? → fill* → cancelled?' },
    pass: 'Events, query and position say the same: as many lots filled as are held, and the order works no longer.',
    async check(bench) {
      const entry = await bench.enter('buy', { type: 'limit', price: bench.at(-1) });
      await bench.workingOrder(entry.id);
      const cancel = bench.cancel(entry);
      await bench.move(-2);
      await cancel;
      await bench.ends(entry.id);
      const { report } = await bench.found(entry.ref);
      const filled = bench.filled(entry.id);
      bench.equal('lots filled: found, as told', bench.tidy(report.filled), filled);
      await bench.holds(filled);
      await bench.onlyWorking();
      const ends = bench.tape.of(entry.id).filter(({ type }) => type === 'cancelled').length;
      bench.equal('it is cancelled unless it filled whole', ends, filled === bench.lots ? 0 : 1);
    },
  },
  {
    id: 'C-06',
    title: 'A cancel whose answer is lost is unknown, and a query tells what became of the order',
    needs: ['limit'],
    controls: ['loseAnswer'],
    events: { entry: 'accepted? → cancelled?' },
    pass: 'Neither accepted nor rejected; found cancelled.',
    async check(bench) {
      const entry = await bench.enter('buy', { type: 'limit', price: bench.at(-1) });
      await bench.workingOrder(entry.id);
      await bench.use('loseAnswer');
      bench.outcome('the answer', await bench.cancel(entry), 'unknown');
      bench.equal('the state that is found', (await bench.found(entry.ref)).report.state, 'cancelled');
      await bench.onlyWorking();
    },
  },
];
