import type { AdapterCard } from '../card.js';

const DAY = 86_400_000;

/** How long orders work. */
export const timeInForce: readonly AdapterCard[] = [
  {
    id: 'O-21',
    title: 'GTC: an order works on past the day’s end',
    needs: ['limit', 'GTC'],
    controls: ['pass', 'quote'],
    events: { entry: 'accepted?' },
    pass: 'A week later it still works.',
    async check(bench) {
      const { id } = await bench.enter('buy', { type: 'limit', price: bench.at(-1), timeInForce: 'GTC' });
      await bench.pace.pass(7 * DAY);
      await bench.move(0);
      await bench.workingOrder(id);
    },
  },
  {
    id: 'O-22',
    title: 'DAY: an order expires at the day’s end',
    needs: ['limit', 'DAY'],
    controls: ['pass', 'quote'],
    events: { entry: 'accepted? → expired' },
    pass: 'Its end is told as expired, and a market that comes to its price later does not trade.',
    async check(bench) {
      const { id } = await bench.enter('buy', { type: 'limit', price: bench.at(-1), timeInForce: 'DAY' });
      await bench.workingOrder(id);
      await bench.pace.pass(DAY);
      await bench.move(0);
      await bench.ends(id);
      await bench.move(-2);
      await bench.holds(0);
    },
  },
  {
    id: 'O-23',
    title: 'GTD: an order expires at its time, and not before',
    needs: ['limit', 'GTD'],
    controls: ['pass', 'quote'],
    events: { entry: 'accepted? → expired' },
    pass: 'It works a minute before its time, and has ended a minute after.',
    async check(bench) {
      const { asOf } = await bench.snapshot();
      const till = { timeInForce: 'GTD', goodTill: asOf + 3_600_000 } as const;
      const { id } = await bench.enter('buy', { type: 'limit', price: bench.at(-1), ...till });
      await bench.pace.pass(3_540_000 - ((await bench.snapshot()).asOf - asOf));
      await bench.workingOrder(id);
      await bench.pace.pass(120_000);
      await bench.move(0);
      await bench.ends(id);
      await bench.onlyWorking();
    },
  },
  {
    id: 'O-24',
    title: 'IOC: an order that meets nothing ends at once',
    needs: ['limit', 'IOC'],
    controls: [],
    events: { entry: 'accepted? → cancelled|expired|rejected?' },
    pass: 'It ends without a fill and does not rest.',
    async check(bench) {
      const { id, answer } = await bench.enter('buy', {
        type: 'limit',
        price: bench.at(-1),
        timeInForce: 'IOC',
      });
      // A venue that says no at once need not tell the end as well.
      if (answer.outcome === 'rejected') bench.name('entry', '');
      else await bench.ends(id);
      await bench.onlyWorking();
      await bench.holds(0);
    },
  },
  {
    id: 'O-25',
    title: 'IOC: what trades at once is kept, the rest ends',
    needs: ['limit', 'IOC'],
    controls: ['quote', 'depth'],
    events: { entry: 'accepted? → fill+ → cancelled|expired' },
    pass: 'The first part fills, the rest is cancelled, and nothing trades later.',
    async check(bench) {
      await bench.use('depth', bench.part);
      await bench.move(0);
      const { id } = await bench.enter('buy', { type: 'limit', price: bench.at(1), timeInForce: 'IOC' });
      await bench.ends(id);
      await bench.move(0);
      await bench.holds(bench.part);
      bench.equal('lots filled', bench.filled(id), bench.part);
    },
  },
  {
    id: 'O-26',
    title: 'FOK: an order that cannot trade whole does not trade at all',
    needs: ['limit', 'FOK'],
    controls: ['quote', 'depth'],
    events: { entry: 'accepted? → cancelled|expired|rejected?' },
    pass: 'It ends without a fill.',
    async check(bench) {
      await bench.use('depth', bench.part);
      await bench.move(0);
      const { id, answer } = await bench.enter('buy', {
        type: 'limit',
        price: bench.at(1),
        timeInForce: 'FOK',
      });
      if (answer.outcome === 'rejected') bench.name('entry', '');
      else await bench.ends(id);
      await bench.onlyWorking();
      await bench.holds(0);
    },
  },
  {
    id: 'O-27',
    title: 'FOK: an order that can trade whole does',
    needs: ['limit', 'FOK'],
    controls: [],
    events: { entry: 'accepted? → fill+' },
    pass: 'It fills whole, at the limit or better.',
    async check(bench) {
      const { id } = await bench.enter('buy', { type: 'limit', price: bench.at(1), timeInForce: 'FOK' });
      await bench.ends(id);
      await bench.holds(bench.lots);
    },
  },
];
