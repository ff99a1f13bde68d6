import type { AdapterCard } from '../card.js';

/** Orders that nobody knows of. */
export const unknowns: readonly AdapterCard[] = [
  {
    id: 'U-01',
    title: 'An order whose answer is lost is unknown, is sent once, and is found',
    needs: ['limit'],
    controls: ['loseAnswer'],
    events: { entry: 'accepted?' },
    pass: 'Neither accepted nor rejected; exactly one order works; a query by client order id finds it.',
    async check(bench) {
      await bench.use('loseAnswer');
      const { answer, id, ref } = await bench.enter('buy', { type: 'limit', price: bench.at(-1) });
      bench.outcome('the answer', answer, 'unknown');
      await bench.pace.quiet();
      await bench.onlyWorking(id);
      bench.equal('the state that is found', (await bench.found(ref)).report.state, 'accepted');
    },
  },
  {
    id: 'U-02',
    title: 'A trade behind a lost answer is found, once',
    needs: ['market'],
    controls: ['loseAnswer'],
    events: { entry: 'accepted? → fill*' },
    pass: 'The query gives the trades of one order; as many lots are held.',
    async check(bench) {
      await bench.use('loseAnswer');
      const { answer, ref } = await bench.enter('buy');
      bench.outcome('the answer', answer, 'unknown');
      await bench.pace.quiet();
      await bench.holds(bench.lots);
      const { report, fills } = await bench.found(ref);
      bench.equal('its state', report.state, 'filled');
      bench.equal(
        'lots of its trades',
        bench.tidy(fills.reduce((sum, f) => sum + f.quantity, 0)),
        bench.lots,
      );
    },
  },
  {
    id: 'U-03',
    title: 'An order that never arrived is not called accepted, and does not appear later',
    needs: ['limit'],
    controls: ['loseRequest'],
    events: { entry: 'rejected?' },
    pass: 'Unknown, or rejected where nothing surely left; no order works; a query does not find it.',
    async check(bench) {
      await bench.use('loseRequest');
      const { answer, ref } = await bench.enter('buy', { type: 'limit', price: bench.at(-1) });
      bench.outcome('the answer', answer, 'unknown', 'rejected');
      await bench.pace.quiet();
      await bench.onlyWorking();
      bench.outcome('asking for it', await bench.query(ref), 'absent', 'unknown');
    },
  },
  {
    id: 'U-04',
    title: 'A question that gets no answer is unknown, never absent',
    needs: ['limit'],
    controls: ['blind'],
    events: { entry: 'accepted?' },
    pass: 'While the venue does not answer, `query` says unknown (or still found); afterwards found.',
    async check(bench) {
      const { id, ref } = await bench.enter('buy', { type: 'limit', price: bench.at(-1) });
      await bench.workingOrder(id);
      await bench.use('blind', true);
      bench.outcome('asking in the dark', await bench.query(ref), 'unknown', 'found');
      await bench.use('blind', false);
      await bench.found(ref);
    },
  },
  {
    id: 'U-05',
    title: 'An order that was never sent is absent',
    needs: ['limit'],
    controls: [],
    events: { never: '' },
    pass: 'Never found; absent once the venue knows. Without that proof core keeps the order’s exposure reserved for ever.',
    async check(bench) {
      const { id, symbol } = (await bench.approve({ order: { type: 'limit', price: bench.at(-1) } })).request;
      bench.name('never', id);
      bench.outcome('asking for it', await bench.known({ id, symbol }), 'absent');
    },
  },
  {
    id: 'U-06',
    title: 'A finished order is found, with its trades',
    needs: ['market'],
    controls: [],
    events: { entry: 'accepted? → fill+' },
    pass: 'Found filled, with side, quantity, lots and average price as told.',
    async check(bench) {
      const { id, ref, order } = await bench.enter('buy');
      await bench.ends(id);
      const { report, fills } = await bench.found(ref);
      const { side, quantity } = order.request;
      const got = [report.id, report.side, report.state, report.quantity, bench.tidy(report.filled)];
      bench.equal('the report', got, [id, side, 'filled', quantity, quantity]);
      const paid = fills.reduce((sum, f) => sum + f.price * f.quantity, 0) / quantity;
      const off = Math.abs(report.averagePrice - paid) / paid;
      bench.ok('the average price is that of the trades', off < 1e-6, report.averagePrice);
    },
  },
];
