import type { AdapterCard } from '../card.js';
import { fillsAreSound } from '../checks.js';

/** Stops, stop-limits, and ids of full length. */
export const conditionalOrders: readonly AdapterCard[] = [
  {
    id: 'O-11',
    title: 'A stop away from the market rests and does not trade',
    needs: ['stop'],
    controls: [],
    events: { entry: 'accepted?' },
    pass: 'It works with the price of the request as its trigger, nothing filled.',
    async check(bench) {
      const { id, answer } = await bench.enter('buy', { type: 'stop', price: bench.at(1) });
      bench.outcome('the answer', answer, 'accepted');
      const { type, price, filled } = await bench.workingOrder(id);
      bench.equal('the order as it works', [type, price, filled], ['stop', bench.at(1), 0]);
    },
  },
  {
    id: 'O-12',
    title: 'A stop trades when the market goes through it, and not before',
    needs: ['stop'],
    controls: ['quote'],
    events: { entry: 'accepted? → triggered? → fill+' },
    pass: 'Half way nothing fills; beyond the trigger all does.',
    async check(bench) {
      const { id, order } = await bench.enter('buy', { type: 'stop', price: bench.at(1) });
      await bench.workingOrder(id);
      await bench.move(0.5);
      await bench.pace.quiet();
      bench.equal('lots filled half way', bench.filled(id), 0);
      await bench.move(1.5);
      await bench.ends(id);
      fillsAreSound(bench, order.request);
      await bench.holds(bench.lots);
    },
  },
  {
    id: 'O-13',
    title: 'A sell stop trades when the market falls through it',
    needs: ['stop', 'shorting'],
    controls: ['quote'],
    events: { entry: 'accepted? → triggered? → fill+' },
    pass: 'A rise does nothing; a fall beyond the trigger fills it.',
    async check(bench) {
      const { id } = await bench.enter('sell', { type: 'stop', price: bench.at(-1) });
      await bench.workingOrder(id);
      await bench.move(0.5);
      await bench.pace.quiet();
      bench.equal('lots filled by a rise', bench.filled(id), 0);
      await bench.move(-1.5);
      await bench.ends(id);
      await bench.holds(-bench.lots);
    },
  },
  {
    id: 'O-14',
    title: 'A stop-limit triggers and fills, never worse than its limit',
    needs: ['stop-limit'],
    controls: ['quote'],
    events: { entry: 'accepted? → triggered? → fill+' },
    pass: 'Through the trigger and short of the limit it fills, at the limit or better.',
    async check(bench) {
      const order = { type: 'stop-limit', price: bench.at(1), limitPrice: bench.at(2) } as const;
      const { id } = await bench.enter('buy', order);
      await bench.workingOrder(id);
      await bench.move(1.5);
      await bench.ends(id);
      for (const { price } of bench.tape.fills(id))
        bench.ok('fills at the limit or below', price <= bench.at(2), price);
      await bench.holds(bench.lots);
    },
  },
  {
    id: 'O-15',
    title: 'A stop-limit that the market jumps over waits at its limit',
    needs: ['stop-limit'],
    controls: ['quote'],
    events: { entry: 'accepted? → triggered? → fill+' },
    pass: 'Beyond the limit nothing fills; when the market comes back to it, it does.',
    async check(bench) {
      const order = { type: 'stop-limit', price: bench.at(1), limitPrice: bench.at(1.5) } as const;
      const { id } = await bench.enter('buy', order);
      await bench.workingOrder(id);
      await bench.move(3);
      await bench.pace.quiet();
      bench.equal('lots filled beyond the limit', bench.filled(id), 0);
      await bench.move(1);
      await bench.ends(id);
      for (const { price } of bench.tape.fills(id))
        bench.ok('fills at the limit or below', price <= bench.at(1.5), price);
    },
  },
  {
    id: 'O-16',
    title: 'A client order id of 26 characters comes back whole',
    needs: ['market', 'stop', 'limit'],
    controls: [],
    events: { entry: 'accepted? → fill+' },
    pass: 'A protective order under the longest id works and is found under it, not under a shortened one.',
    async check(bench) {
      const protection = { stop: bench.at(-1), target: bench.at(1) };
      const held = await bench.approve({ order: { type: 'market' }, ...protection });
      const entry = await bench.enter('buy');
      await bench.ends(entry.id);
      const room = 26 - held.request.id.length - 1;
      const leg = held.leg('stop', bench.lots, { attempt: 36 ** (room - 1) });
      if (leg === undefined) return bench.fail('a leg', 'none', 'an approved leg');
      const { id, symbol } = leg.request;
      bench.equal('the length of the id', id.length, 26);
      bench.outcome('the answer', await bench.submit(leg), 'accepted');
      await bench.workingOrder(id);
      bench.equal('the id that was found', (await bench.found({ id, symbol })).report.id, id);
    },
  },
];
