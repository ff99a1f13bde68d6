import type { AdapterCard } from '../card.js';
import { badFigure, isEpochMs } from '../checks.js';

/** Instruments and streams of ticks. */
export const marketData: readonly AdapterCard[] = [
  {
    id: 'M-01',
    title: 'The venue lists the instrument with a grid that makes sense',
    needs: [],
    controls: [],
    events: {},
    pass: 'Every figure is above zero, and the smallest and the largest quantity lie on the step.',
    begin: 'line',
    async check(bench) {
      const { instrument } = bench;
      bench.equal('figures that make no sense', badFigure(instrument) ?? 'none', 'none');
      const { minQuantity, maxQuantity } = instrument;
      bench.equal('the smallest quantity on the step', bench.tidy(minQuantity), minQuantity);
      bench.equal('the largest quantity on the step', bench.tidy(maxQuantity), maxQuantity);
    },
  },
  {
    id: 'M-02',
    title: 'A subscribed symbol gives ticks with two prices and a time in epoch ms',
    needs: [],
    controls: [],
    events: {},
    pass: 'A tick of the symbol comes; its bid is not above its ask; its time is epoch ms and never goes back.',
    async check(bench) {
      const { ticks } = bench.tape;
      let last = 0;
      for (const { symbol, bid, ask, time } of ticks) {
        bench.equal('the symbol of a tick', symbol, bench.venue.symbol);
        bench.ok('bid > 0 and bid <= ask', bid > 0 && bid <= ask, { bid, ask });
        bench.ok('the time is epoch ms', isEpochMs(time), time);
        bench.ok('time does not go back', time >= last, { before: last, after: time });
        last = time;
      }
    },
  },
  {
    id: 'M-03',
    title: 'A tick has exactly the prices that the venue quotes',
    needs: [],
    controls: ['quote'],
    events: {},
    pass: 'After the market has moved, the next tick has its bid and ask, to the last digit.',
    async check(bench) {
      for (const distance of [1, -1, 0.01]) {
        const seen = bench.tape.ticks.length;
        await bench.move(distance);
        await bench.until('a tick comes', () => bench.tape.ticks.length > seen);
        const { bid, ask } = bench.tape.ticks.at(-1)!;
        bench.equal('the tick', [bid, ask], bench.quoted);
      }
    },
  },
  {
    id: 'M-04',
    title: 'A stream that was ended gives no more ticks',
    needs: [],
    controls: ['quote'],
    events: {},
    pass: 'Ticks come while the symbol is subscribed, and none after the stream was ended.',
    begin: 'line',
    async check(bench) {
      const end = await bench.subscribe();
      await bench.quoteAnything();
      await bench.until('a tick comes', () => bench.tape.ticks.length > 0);
      end();
      await bench.pace.quiet();
      const seen = bench.tape.ticks.length;
      await bench.quoteAnything();
      await bench.pace.quiet();
      bench.equal('ticks after the end', bench.tape.ticks.length - seen, 0);
    },
  },
  {
    id: 'M-05',
    title: 'Of two streams of one symbol, the other goes on when one ends',
    needs: [],
    controls: ['quote'],
    events: {},
    pass: 'Ticks go on until both are ended; to end one twice ends only that one.',
    begin: 'line',
    async check(bench) {
      const first = await bench.subscribe();
      await bench.subscribe();
      first();
      first();
      const seen = bench.tape.ticks.length;
      await bench.quoteAnything();
      await bench.until('a tick comes', () => bench.tape.ticks.length > seen);
    },
  },
  {
    id: 'M-06',
    title: 'A symbol that the venue does not list is refused, not silent',
    needs: [],
    controls: [],
    events: {},
    pass: '`subscribe` throws or rejects: a stream that never ticks would look like a quiet market.',
    begin: 'line',
    async check(bench) {
      let refused = false;
      try {
        await bench.adapter.subscribe({ symbol: 'NO-SUCH-SYMBOL' });
      } catch {
        refused = true;
      }
      bench.ok('the subscription is refused', refused, 'it was taken');
    },
  },
  {
    id: 'M-07',
    title: 'A subscribed line shows a sign of life',
    needs: [],
    controls: [],
    events: {},
    pass: 'A tick or a heartbeat comes after the first subscription: no bot becomes active without.',
    begin: 'line',
    async check(bench) {
      await bench.subscribe();
      await bench.until('a sign of life comes', () => bench.tape.ticks.length + bench.tape.heartbeats > 0);
    },
  },
];
