import type { AdapterCard } from '../card.js';

/** Nothing is sent, taken or told twice. */
export const duplicates: readonly AdapterCard[] = [
  {
    id: 'D-01',
    title: 'One submit is one order',
    needs: ['limit'],
    controls: [],
    events: { entry: 'accepted?' },
    pass: 'One order works at the venue, and the account has room for no second one under another id.',
    async check(bench) {
      const { id } = await bench.enter('buy', { type: 'limit', price: bench.at(-1) });
      await bench.pace.quiet();
      bench.equal(
        'orders that work',
        (await bench.working()).map((order) => order.id),
        [id],
      );
    },
  },
  {
    id: 'D-02',
    title: 'One market submit is one trade of its size',
    needs: ['market'],
    controls: [],
    events: { entry: 'accepted? → fill+' },
    pass: 'As many lots are held as were ordered, also a while later.',
    async check(bench) {
      const { id } = await bench.enter('buy');
      await bench.ends(id);
      await bench.pace.quiet();
      await bench.holds(bench.lots);
    },
  },
  {
    id: 'D-03',
    title: 'The same order submitted twice is taken once',
    needs: ['limit'],
    controls: [],
    events: { entry: 'accepted?' },
    pass: 'The second submit of one client order id is not a second order, whatever it is answered.',
    async check(bench) {
      const { id, order } = await bench.enter('buy', { type: 'limit', price: bench.at(-1) });
      await bench.workingOrder(id);
      await bench.submit(order);
      await bench.pace.quiet();
      bench.equal(
        'orders that work',
        (await bench.working()).map((working) => working.id),
        [id],
      );
    },
  },
  {
    id: 'D-04',
    title: 'A filled order submitted again does not trade again',
    needs: ['market'],
    controls: [],
    events: { entry: 'accepted? → fill+' },
    pass: 'The position is that of one order.',
    async check(bench) {
      const { id, order } = await bench.enter('buy');
      await bench.ends(id);
      await bench.submit(order);
      await bench.pace.quiet();
      await bench.holds(bench.lots);
    },
  },
  {
    id: 'D-05',
    title: 'Every trade has an id of its own',
    needs: ['market'],
    controls: [],
    events: { entry: 'accepted? → fill+', exit: 'accepted? → fill+', again: 'accepted? → fill+' },
    pass: 'No two trades of three orders share an id: core would book the second one as a repetition.',
    async check(bench) {
      const entry = await bench.enter('buy');
      await bench.ends(entry.id);
      const exit = await bench.exit();
      await bench.ends(exit.id);
      const again = await bench.enter('buy', { type: 'market' }, {}, 'again');
      await bench.ends(again.id);
      const ids = [entry, exit, again].flatMap(({ id }) => bench.tape.fills(id).map((fill) => fill.tradeId));
      bench.equal('different trade ids', new Set(ids).size, ids.length);
    },
  },
  {
    id: 'D-06',
    title: 'A trade that the venue tells twice comes under one id',
    needs: ['market'],
    controls: ['repeat'],
    events: {},
    pass: 'Told once or twice, but with the same trade id, quantity and price.',
    async check(bench) {
      await bench.use('repeat');
      const { id } = await bench.enter('buy');
      await bench.ends(id);
      await bench.pace.quiet();
      const told = bench.tape.fills(id).map((fill) => [fill.tradeId, fill.quantity, fill.price].join());
      const ids = bench.tape.fills(id).map((fill) => fill.tradeId);
      bench.equal('different trades', new Set(told).size, new Set(ids).size);
      const first = bench.tape.fills(id).filter((fill, i) => ids.indexOf(fill.tradeId) === i);
      bench.equal(
        'lots of different trades',
        bench.tidy(first.reduce((sum, f) => sum + f.quantity, 0)),
        bench.lots,
      );
    },
  },
  {
    id: 'D-07',
    title: 'A query names a trade as its event did',
    needs: ['market'],
    controls: [],
    events: { entry: 'accepted? → fill+' },
    pass: 'The trades of the report have the ids of the events, so that it does not matter which of them arrives.',
    async check(bench) {
      const { id, ref } = await bench.enter('buy');
      await bench.ends(id);
      const { fills } = await bench.found(ref);
      bench.equal(
        'trade ids',
        fills.map((fill) => fill.tradeId),
        bench.tape.fills(id).map((fill) => fill.tradeId),
      );
    },
  },
];
