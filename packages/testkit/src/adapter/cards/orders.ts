import type { AdapterCard } from '../card.js';
import { fillsAreSound } from '../checks.js';

/** Market and limit orders. */
export const orders: readonly AdapterCard[] = [
  {
    id: 'O-01',
    title: 'A market buy is accepted and fills',
    needs: ['market'],
    controls: [],
    events: { entry: 'accepted? → fill+' },
    pass: 'Answered accepted; the fills add up to the order; the venue holds as many lots long.',
    async check(bench) {
      const { id, answer, order } = await bench.enter('buy');
      bench.outcome('the answer', answer, 'accepted');
      await bench.ends(id);
      bench.equal('lots filled', bench.filled(id), order.request.quantity);
      fillsAreSound(bench, order.request);
      await bench.holds(bench.lots);
    },
  },
  {
    id: 'O-02',
    title: 'A market sell is accepted, fills and opens a short position',
    needs: ['market', 'shorting'],
    controls: [],
    events: { entry: 'accepted? → fill+' },
    pass: 'Answered accepted; the fills add up to the order; the venue holds as many lots short.',
    async check(bench) {
      const { id, answer, order } = await bench.enter('sell');
      bench.outcome('the answer', answer, 'accepted');
      await bench.ends(id);
      fillsAreSound(bench, order.request);
      await bench.holds(-bench.lots);
    },
  },
  {
    id: 'O-03',
    title: 'An exit closes the position, first a part and then the rest',
    needs: ['market'],
    controls: [],
    events: { entry: 'accepted? → fill+', part: 'accepted? → fill+', rest: 'accepted? → fill+' },
    pass: 'After the first exit the rest is held, after the second nothing, and no order works.',
    async check(bench) {
      const entry = await bench.enter('buy');
      await bench.ends(entry.id);
      const part = await bench.exit(bench.part, 'part');
      await bench.ends(part.id);
      await bench.holds(bench.lots - bench.part);
      const rest = await bench.exit(undefined, 'rest');
      await bench.ends(rest.id);
      await bench.holds(0);
      await bench.onlyWorking();
    },
  },
  {
    id: 'O-04',
    title: 'A limit away from the market rests, exactly as it was sent',
    needs: ['limit'],
    controls: [],
    events: { entry: 'accepted?' },
    pass: 'It works with the price, side, type and quantity of the request, nothing filled, and nothing is held.',
    async check(bench) {
      const { id, answer, order } = await bench.enter('buy', { type: 'limit', price: bench.at(-1) });
      bench.outcome('the answer', answer, 'accepted');
      const report = await bench.workingOrder(id);
      const { side, type, quantity, price } = order.request;
      const got = [report.side, report.type, report.quantity, report.price, report.filled];
      bench.equal('the order as it works', got, [side, type, quantity, price, 0]);
      await bench.holds(0);
    },
  },
  {
    id: 'O-05',
    title: 'A resting buy limit fills when the market comes to it, never worse than its price',
    needs: ['limit'],
    controls: ['quote'],
    events: { entry: 'accepted? → fill+' },
    pass: 'No fill above the limit; the venue holds the lots; the order works no longer.',
    async check(bench) {
      const { id, order } = await bench.enter('buy', { type: 'limit', price: bench.at(-1) });
      await bench.workingOrder(id);
      await bench.move(-2);
      await bench.ends(id);
      fillsAreSound(bench, order.request);
      for (const { price } of bench.tape.fills(id))
        bench.ok('fills at the limit or below', price <= bench.at(-1), price);
      await bench.holds(bench.lots);
      await bench.onlyWorking();
    },
  },
  {
    id: 'O-06',
    title: 'A resting sell limit fills when the market comes to it, never worse than its price',
    needs: ['limit', 'shorting'],
    controls: ['quote'],
    events: { entry: 'accepted? → fill+' },
    pass: 'No fill below the limit; the venue holds the lots short.',
    async check(bench) {
      const { id, order } = await bench.enter('sell', { type: 'limit', price: bench.at(1) });
      await bench.workingOrder(id);
      await bench.move(2);
      await bench.ends(id);
      fillsAreSound(bench, order.request);
      for (const { price } of bench.tape.fills(id))
        bench.ok('fills at the limit or above', price >= bench.at(1), price);
      await bench.holds(-bench.lots);
    },
  },
  {
    id: 'O-07',
    title: 'A limit beyond the market fills at once, at the market',
    needs: ['limit'],
    controls: [],
    events: { entry: 'accepted? → fill+' },
    pass: 'It fills without waiting, at the limit or better.',
    async check(bench) {
      const { id, order } = await bench.enter('buy', { type: 'limit', price: bench.at(1) });
      await bench.ends(id);
      fillsAreSound(bench, order.request);
      for (const { price } of bench.tape.fills(id))
        bench.ok('fills at the limit or below', price <= bench.at(1), price);
      await bench.holds(bench.lots);
    },
  },
  {
    id: 'O-08',
    title: 'The smallest quantity arrives as it is',
    needs: ['limit'],
    controls: [],
    events: { entry: 'accepted?' },
    pass: 'An order of the smallest size works with exactly that size: no exponent, no rounding on the wire.',
    async check(bench) {
      const { minQuantity } = bench.instrument;
      const { id, answer } = await bench.enter(
        'buy',
        { type: 'limit', price: bench.at(-1) },
        { quantity: minQuantity },
      );
      bench.outcome('the answer', answer, 'accepted');
      bench.equal('its quantity', (await bench.workingOrder(id)).quantity, minQuantity);
    },
  },
  {
    id: 'O-09',
    title: 'A closing trade realises its profit, and the balance moves by it',
    needs: ['market'],
    controls: ['quote'],
    events: { entry: 'accepted? → fill+', exit: 'accepted? → fill+' },
    pass: 'Profit is 0 for what opens and above 0 for what closes higher; the balance moved by profit less commission.',
    async check(bench) {
      const before = (await bench.snapshot()).account.balance;
      const entry = await bench.enter('buy');
      await bench.ends(entry.id);
      await bench.move(1);
      const exit = await bench.exit();
      await bench.ends(exit.id);
      await bench.holds(0);
      const sum = (id: string, of: 'profit' | 'commission'): number =>
        bench.tape.fills(id).reduce((all, fill) => all + fill[of], 0);
      bench.equal('profit of the entry', sum(entry.id, 'profit'), 0);
      bench.ok('the exit has a profit', sum(exit.id, 'profit') > 0, sum(exit.id, 'profit'));
      const paid = sum(entry.id, 'commission') + sum(exit.id, 'commission');
      const after = (await bench.snapshot()).account.balance;
      const cents = (value: number): number => Math.round(value * 100);
      bench.equal(
        'the balance moved by, in cents',
        cents(after - before),
        cents(sum(exit.id, 'profit') - paid),
      );
    },
  },
  {
    id: 'O-10',
    title: 'A reduce-only order does not open a position',
    needs: ['market', 'reduceOnly'],
    controls: [],
    events: { entry: 'accepted? → fill+', exit: 'accepted? → fill+', late: '' },
    pass: 'Sent when the position is closed already, it is rejected or ends without a trade.',
    async check(bench) {
      const entry = await bench.enter('buy');
      await bench.ends(entry.id);
      const late = await bench.approve({ intent: 'exit', side: undefined, quantity: undefined });
      bench.equal('the exit is reduce-only', late.request.reduceOnly, true);
      const exit = await bench.exit();
      await bench.ends(exit.id);
      await bench.submit(late);
      await bench.pace.quiet();
      bench.equal('lots that the late exit traded', bench.filled(late.request.id), 0);
      await bench.holds(0);
    },
  },
];
