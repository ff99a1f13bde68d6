import type { Bench } from '../bench.js';
import type { AdapterCard } from '../card.js';

const isDown = ({ tape }: Bench): boolean => tape.connections.at(-1)?.state === 'down';
const isUp = ({ tape }: Bench): boolean => tape.connections.at(-1)?.state === 'up';

/** The line breaks, and the adapter says so. */
const cut = async (bench: Bench): Promise<void> => {
  await bench.use('cut');
  await bench.until('the adapter tells that the line is down', () => isDown(bench));
};

/** The line comes back, and the adapter says so. */
const restore = async (bench: Bench): Promise<void> => {
  await bench.use('restore');
  await bench.until('the adapter tells that the line is up', () => isUp(bench));
};

/** The line breaks and comes back, in each phase of an order. */
export const line: readonly AdapterCard[] = [
  {
    id: 'L-01',
    title: 'A line that breaks is told, and that it is back, with what may have been missed',
    needs: [],
    controls: ['cut', 'restore'],
    events: {},
    pass: 'connection: down, then up; `dataLost` unless the adapter has made up for every event.',
    async check(bench) {
      await cut(bench);
      await restore(bench);
      const { dataLost } = bench.tape.connections.at(-1)!;
      bench.equal('dataLost is yes or no', typeof dataLost, 'boolean');
    },
  },
  {
    id: 'L-02',
    title: 'Before submit: an order given while the line is down is not sent later',
    needs: ['limit'],
    controls: ['cut', 'restore'],
    events: { entry: 'rejected?' },
    pass: 'Answered rejected or unknown; when the line is back, no order appears.',
    async check(bench) {
      await cut(bench);
      const { answer } = await bench.enter('buy', { type: 'limit', price: bench.at(-1) });
      bench.outcome('the answer', answer, 'rejected', 'unknown');
      await restore(bench);
      await bench.pace.quiet();
      await bench.onlyWorking();
    },
  },
  {
    id: 'L-03',
    title: 'Before the answer: an order whose answer the line took with it is found afterwards',
    needs: ['limit'],
    controls: ['cut', 'restore', 'loseAnswer'],
    events: { entry: 'accepted?' },
    pass: 'Unknown at first; with the line back, exactly this order works and is found by its client order id.',
    async check(bench) {
      await bench.use('loseAnswer');
      const { answer, ref, id } = await bench.enter('buy', { type: 'limit', price: bench.at(-1) });
      await cut(bench);
      bench.outcome('the answer', answer, 'unknown');
      await restore(bench);
      bench.equal('the state that is found', (await bench.found(ref)).report.state, 'accepted');
      await bench.onlyWorking(id);
    },
  },
  {
    id: 'L-04',
    title: 'While an order rests: it works on, and the snapshot still has it',
    needs: ['limit'],
    controls: ['cut', 'restore'],
    events: { entry: 'accepted?' },
    pass: 'With the line back it works as before, and no end of it was made up.',
    async check(bench) {
      const { id } = await bench.enter('buy', { type: 'limit', price: bench.at(-1) });
      await bench.workingOrder(id);
      await cut(bench);
      await bench.pace.quiet();
      await restore(bench);
      await bench.onlyWorking(id);
    },
  },
  {
    id: 'L-05',
    title: 'A trade while the line was down is not lost',
    needs: ['limit'],
    controls: ['cut', 'restore', 'quote'],
    events: { entry: 'accepted? → fill*' },
    pass: 'Told as events when the line is back, or told `dataLost` and found by query; snapshot and fills agree.',
    async check(bench) {
      const { id, ref } = await bench.enter('buy', { type: 'limit', price: bench.at(-1) });
      await bench.workingOrder(id);
      await cut(bench);
      await bench.move(-2);
      await restore(bench);
      await bench.holds(bench.lots);
      const { report, fills } = await bench.found(ref);
      bench.equal('its state', report.state, 'filled');
      bench.equal(
        'lots of its trades',
        bench.tidy(fills.reduce((sum, f) => sum + f.quantity, 0)),
        bench.lots,
      );
      await bench.pace.quiet();
      const told = bench.filled(id) === bench.lots;
      bench.ok('the events came, or dataLost was told', told || bench.tape.connections.at(-1)!.dataLost);
    },
  },
  {
    id: 'L-06',
    title: 'Between two parts: the trade of before and the one that was missed are both known',
    needs: ['limit'],
    controls: ['cut', 'restore', 'quote', 'depth'],
    events: { entry: 'accepted? → fill+' },
    pass: 'The query gives both trades, the first one under the id that was told, none twice.',
    async check(bench) {
      await bench.use('depth', bench.part);
      const { id, ref } = await bench.enter('buy', { type: 'limit', price: bench.at(-1) });
      await bench.workingOrder(id);
      await bench.move(-1.5);
      await bench.until('a part has filled', () => bench.filled(id) === bench.part);
      const [first] = bench.tape.fills(id);
      await cut(bench);
      await bench.move(-1.6);
      await restore(bench);
      const { fills } = await bench.found(ref);
      bench.equal(
        'trades, and different ids',
        [fills.length, new Set(fills.map((f) => f.tradeId)).size],
        [2, 2],
      );
      bench.equal('the first trade', fills[0]?.tradeId, first?.tradeId);
      await bench.holds(2 * bench.part);
    },
  },
  {
    id: 'L-07',
    title: 'While cancelling: a cancel given while the line is down is not called done',
    needs: ['limit'],
    controls: ['cut', 'restore'],
    events: { entry: 'accepted? → cancelled?' },
    pass: 'Answered rejected or unknown; when the line is back, snapshot and query agree on whether it works.',
    async check(bench) {
      const entry = await bench.enter('buy', { type: 'limit', price: bench.at(-1) });
      await bench.workingOrder(entry.id);
      await cut(bench);
      bench.outcome('the answer', await bench.cancel(entry), 'rejected', 'unknown');
      await restore(bench);
      const { state } = (await bench.found(entry.ref)).report;
      await bench.onlyWorking(...(state === 'cancelled' ? [] : [entry.id]));
    },
  },
  {
    id: 'L-08',
    title: 'While protected: stop and target outlive the line',
    needs: ['market', 'stop', 'limit'],
    controls: ['cut', 'restore'],
    events: { entry: 'accepted? → fill+' },
    pass: 'With the line back both legs work, for all that filled.',
    async check(bench) {
      const { id } = await bench.enter(
        'buy',
        { type: 'market' },
        { stop: bench.at(-1), target: bench.at(1) },
      );
      await bench.ends(id);
      for (const leg of ['s', 't']) await bench.workingOrder(id + leg);
      await cut(bench);
      await restore(bench);
      for (const leg of ['s', 't']) {
        bench.equal('the size of a leg', (await bench.workingOrder(id + leg)).quantity, bench.lots);
      }
    },
  },
  {
    id: 'L-09',
    title: 'Streams outlive the line: ticks go on without being asked for again',
    needs: [],
    controls: ['cut', 'restore', 'quote'],
    events: {},
    pass: 'After two breaks a quote is told once: neither never nor once for each connection.',
    async check(bench) {
      for (const _ of [1, 2]) {
        await cut(bench);
        await restore(bench);
      }
      await bench.pace.quiet();
      await bench.move(1);
      const { bid, ask } = { bid: bench.quoted[0], ask: bench.quoted[1] };
      const seen = (): number =>
        bench.tape.ticks.filter((tick) => tick.bid === bid && tick.ask === ask).length;
      await bench.until('the quote is told', () => seen() > 0);
      await bench.pace.quiet();
      if (bench.venue.controls?.pass === undefined) bench.equal('times that it was told', seen(), 1);
    },
  },
  {
    id: 'L-10',
    title: 'After two breaks a trade is told under one id',
    needs: ['market'],
    controls: ['cut', 'restore'],
    events: { entry: 'accepted? → fill+' },
    pass: 'The fills add up to the order: connections that were left behind tell nothing.',
    async check(bench) {
      for (const _ of [1, 2]) {
        await cut(bench);
        await restore(bench);
      }
      const { id } = await bench.enter('buy');
      await bench.ends(id);
      await bench.pace.quiet();
      bench.equal('lots filled', bench.filled(id), bench.lots);
    },
  },
  {
    id: 'L-11',
    title: 'While the line is down, the state of the account is unknown, not empty',
    needs: ['limit'],
    controls: ['cut', 'restore'],
    events: { entry: 'accepted?' },
    pass: 'A snapshot fails or is incomplete; a query is not absent.',
    async check(bench) {
      const { id, ref } = await bench.enter('buy', { type: 'limit', price: bench.at(-1) });
      await bench.workingOrder(id);
      await cut(bench);
      const seen = await bench.look();
      const lost = seen?.complete === true && !seen.orders.some((order) => order.id === id);
      bench.ok('no complete snapshot is without the order', !lost, seen);
      bench.outcome('asking for the order', await bench.query(ref), 'unknown', 'found');
      await restore(bench);
      await bench.onlyWorking(id);
    },
  },
  {
    id: 'L-12',
    title: 'A start on a broken line ends when it is aborted',
    needs: [],
    controls: ['cut'],
    events: {},
    pass: '`connect` rejects, at once or when its signal is aborted: it neither hangs nor says that it is connected.',
    begin: 'new',
    async check(bench) {
      const abort = new AbortController();
      await bench.use('cut');
      let end = 'open';
      const connecting = (async () => bench.adapter.connect(abort.signal))();
      connecting.then(
        () => {
          end = 'connected';
        },
        () => {
          end = 'rejected';
        },
      );
      await bench.pace.quiet();
      abort.abort();
      await bench.until('connect ends', () => end !== 'open');
      bench.equal('how it ended', end, 'rejected');
    },
  },
];
