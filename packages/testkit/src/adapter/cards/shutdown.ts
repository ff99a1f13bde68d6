import { MikroBotError } from '@mikrobot/core';
import type { AdapterCard } from '../card.js';

/** What remains when an adapter is closed. */
export const shutdown: readonly AdapterCard[] = [
  {
    id: 'X-01',
    title: 'A closed adapter is silent',
    needs: ['limit'],
    controls: ['quote'],
    events: { entry: 'accepted?' },
    pass: 'After `close` no tick, order event, account or heartbeat comes, however the market moves.',
    async check(bench) {
      const { id } = await bench.enter('buy', { type: 'limit', price: bench.at(-1) });
      await bench.workingOrder(id);
      await bench.adapter.close();
      await bench.pace.quiet();
      const { count } = bench.tape;
      await bench.move(-0.5);
      await bench.move(-2);
      await bench.pace.quiet();
      bench.equal('events after the close', bench.tape.count - count, 0);
    },
  },
  {
    id: 'X-02',
    title: 'A closed adapter takes no orders',
    needs: ['limit'],
    controls: [],
    events: { late: '' },
    pass: 'Answered rejected or unknown (or thrown as a MikroBotError); nothing is told.',
    async check(bench) {
      const order = await bench.approve({ order: { type: 'limit', price: bench.at(-1) } });
      await bench.adapter.close();
      bench.outcome('the answer', await bench.submit(order, 'late'), 'rejected', 'unknown');
      await bench.pace.quiet();
    },
  },
  {
    id: 'X-03',
    title: 'Closing leaves orders and positions as they are',
    needs: ['limit', 'market'],
    controls: ['restart'],
    events: { entry: 'accepted? → fill+', resting: 'accepted?' },
    pass: 'A new adapter finds the resting order working and the position held: protection must outlive the bot.',
    async check(bench) {
      const entry = await bench.enter('buy');
      await bench.ends(entry.id);
      const resting = await bench.enter('buy', { type: 'limit', price: bench.at(-1) }, {}, 'resting');
      await bench.workingOrder(resting.id);
      await bench.adapter.close();
      await bench.restart();
      await bench.onlyWorking(resting.id);
      await bench.holds(bench.lots);
    },
  },
  {
    id: 'X-04',
    title: 'An adapter may be closed twice, and before it was connected',
    needs: [],
    controls: [],
    events: {},
    pass: 'No call throws or hangs, and the line is told down at most once.',
    begin: 'new',
    async check(bench) {
      let closed = 0;
      for (const _ of [1, 2]) {
        void (async () => bench.adapter.close())().then(
          () => {
            closed += 1;
          },
          (error) => bench.tape.note(`close: ${String(error)}`),
        );
      }
      await bench.until('both calls end well', () => closed === 2);
      const downs = bench.tape.connections.filter(({ state }) => state === 'down').length;
      bench.ok('down is told at most once', downs <= 1, downs);
    },
  },
  {
    id: 'X-05',
    title: 'A start that was aborted before it began ends',
    needs: [],
    controls: [],
    events: {},
    pass: '`connect` with an aborted signal returns or rejects with a MikroBotError; it does not hang.',
    begin: 'new',
    async check(bench) {
      let end: unknown = 'open';
      (async () => bench.adapter.connect(AbortSignal.abort()))().then(
        () => {
          end = 'connected';
        },
        (error) => {
          end = error;
        },
      );
      await bench.until('connect ends', () => end !== 'open');
      bench.ok('it ends well', end === 'connected' || end instanceof MikroBotError, String(end));
    },
  },
];
