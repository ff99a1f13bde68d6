import type { Draft } from '@mikrobot/core';
import type { Bench } from '../bench.js';
import type { AdapterCard } from '../card.js';
import { undeclared } from '../needs.js';

/** An entry of a type or time in force. */
const draftOf = (bench: Bench, name: string): Partial<Draft> => {
  const till = bench.tape.ticks.at(-1)!.time + 3_600_000;
  const isType = /^[a-z]/.test(name);
  const type = (isType ? name : 'limit') as 'limit';
  const price = type === 'limit' ? bench.at(-1) : bench.at(1);
  const order = { type, price, limitPrice: bench.at(2), goodTill: till };
  return { order: isType ? order : { ...order, timeInForce: name as 'GTC' } };
};

/** What the venue does not take. */
export const rejections: readonly AdapterCard[] = [
  {
    id: 'R-01',
    title: 'An order that the venue refuses is rejected, with the venue’s reason',
    needs: ['limit'],
    controls: ['refuse'],
    events: { entry: 'rejected?' },
    pass: 'Answered rejected with a code, not thrown and not unknown; no order works; the next order is taken.',
    async check(bench) {
      await bench.use('refuse');
      const { answer, id } = await bench.enter('buy', { type: 'limit', price: bench.at(-1) });
      bench.outcome('the answer', answer, 'rejected');
      if (answer.outcome === 'rejected') bench.ok('it has a code', answer.code !== '', answer);
      bench.ok('it was not thrown', !JSON.stringify(answer).includes('it threw'), answer);
      await bench.onlyWorking();
      bench.name('entry', id);
      const next = await bench.enter('buy', { type: 'limit', price: bench.at(-1) }, {}, 'next');
      bench.outcome('the next answer', next.answer, 'accepted');
      await bench.onlyWorking(next.id);
    },
  },
  {
    id: 'R-02',
    title: 'What the adapter does not declare is rejected, not turned into something else',
    needs: ['something undeclared'],
    controls: [],
    events: {},
    pass: 'Each order type and time in force that is declared `none` is answered rejected, and no order appears.',
    async check(bench) {
      for (const name of undeclared(bench.adapter.capabilities)) {
        const order = await bench.approve(draftOf(bench, name));
        bench.outcome(`a ${name} order`, await bench.submit(order), 'rejected');
      }
      await bench.pace.quiet();
      await bench.onlyWorking();
      await bench.holds(0);
    },
  },
  {
    id: 'R-03',
    title: 'Nonsense ids are answered, not thrown',
    needs: [],
    controls: [],
    events: {},
    pass: 'Cancel and query of an empty, a long and an odd id answer with an outcome that is not accepted and not found.',
    async check(bench) {
      const { symbol } = bench.venue;
      for (const id of ['', 'x'.repeat(200), 'k-0000-0-e', "a'; b\n%"]) {
        const ref = { id, symbol };
        const answer = await bench.cancel({ ref });
        bench.outcome(`cancelling '${id}'`, answer, 'rejected', 'unknown');
        bench.ok('it was not thrown', !JSON.stringify(answer).includes('it threw'), answer);
        bench.outcome(`asking for '${id}'`, await bench.query(ref), 'absent', 'unknown');
      }
    },
  },
];
