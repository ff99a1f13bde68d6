import type { ApprovedOrder, CommandOutcome } from '@mikrobot/core';
import type { AdapterCard } from '../card.js';
import { isEpochMs } from '../checks.js';

/** Clocks that differ, and too many commands. */
export const timeAndRates: readonly AdapterCard[] = [
  {
    id: 'T-01',
    title: 'Events carry the venue’s time in epoch ms, which does not go back',
    needs: ['market'],
    controls: [],
    events: { entry: 'accepted? → fill+', exit: 'accepted? → fill+' },
    pass: 'Every event of an order has such a time; those of the exit are not before those of the entry.',
    async check(bench) {
      const entry = await bench.enter('buy');
      await bench.ends(entry.id);
      const exit = await bench.exit();
      await bench.ends(exit.id);
      let last = 0;
      for (const { time } of [...bench.tape.of(entry.id), ...bench.tape.of(exit.id)]) {
        bench.ok('the time is epoch ms', isEpochMs(time), time);
        bench.ok('time does not go back', time >= last, { before: last, after: time });
        last = time;
      }
    },
  },
  {
    id: 'T-02',
    title: 'A venue whose clock is ahead takes orders, and its times are kept',
    needs: ['market'],
    controls: ['skew'],
    events: { entry: 'accepted? → fill+' },
    pass: 'Accepted; the trade’s time and `asOf` are the venue’s, not the adapter’s.',
    async check(bench) {
      const skew = 90_000;
      // Venues tell whole ms, and a difference of clocks is known as well as half a round trip.
      const before = (await bench.snapshot()).asOf - 1_000;
      await bench.use('skew', skew);
      const { id, answer } = await bench.enter('buy');
      bench.outcome('the answer', answer, 'accepted');
      await bench.ends(id);
      const { time } = bench.tape.fills(id).at(-1)!;
      bench.ok('the trade has the venue’s time', time >= before + skew, { before, time });
      const { asOf } = await bench.snapshot();
      bench.ok('asOf is the venue’s time', asOf >= before + skew, { before, asOf });
    },
  },
  {
    id: 'T-03',
    title: 'A command above the rate limit is not called accepted, and is not sent again',
    needs: ['limit'],
    controls: ['throttle'],
    events: { entry: 'rejected?' },
    pass: 'Rejected, or unknown where the limit does not prove it; no order appears later by itself.',
    async check(bench) {
      await bench.use('throttle');
      const { answer, ref } = await bench.enter('buy', { type: 'limit', price: bench.at(-1) });
      bench.outcome('the answer', answer, 'rejected', 'unknown');
      await bench.pace.quiet();
      await bench.onlyWorking();
      bench.outcome('asking for it', await bench.query(ref), 'absent', 'unknown');
    },
  },
  {
    id: 'T-04',
    title: 'Twenty commands at once get twenty answers',
    needs: ['limit'],
    controls: [],
    events: {},
    pass: 'Each order is answered; those that work are exactly those that were accepted, and all can be cancelled at once.',
    async check(bench) {
      const orders: ApprovedOrder[] = [];
      for (let i = 0; i < 10; i++) {
        orders.push(
          await bench.approve({ order: { type: 'limit', price: bench.at(-1) }, quantity: bench.part }),
        );
      }
      const together = (run: (order: ApprovedOrder) => Promise<CommandOutcome>) =>
        Promise.all(orders.map(run));
      const answers = await together((order) => bench.submit(order));
      const taken = orders
        .filter((_, i) => answers[i]?.outcome === 'accepted')
        .map(({ request }) => request.id);
      bench.ok('some are accepted', taken.length > 0, answers);
      if (answers.every(({ outcome }) => outcome !== 'unknown')) await bench.onlyWorking(...taken);
      await together(({ request: { id, symbol } }) => bench.cancel({ ref: { id, symbol } }));
      await bench.onlyWorking();
    },
  },
];
