import { type Bar, type HistoryQuery, timeframeMs } from '@mikrobot/core';
import type { Bench } from '../bench.js';
import type { AdapterCard } from '../card.js';

const read = async (bench: Bench, query: HistoryQuery): Promise<readonly Bar[]> => {
  const bars: Bar[] = [];
  for await (const bar of bench.adapter.history(query)) bars.push(bar);
  return bars;
};

const past = ({ venue }: Bench): HistoryQuery => venue.past as HistoryQuery;

/** Past bars. */
export const history: readonly AdapterCard[] = [
  {
    id: 'H-01',
    title: 'Past bars come in order, once each, with prices that hold together',
    needs: ['history'],
    controls: [],
    events: {},
    pass: 'Bars of the symbol and timeframe, ascending, each closing after it opens, low <= open, close <= high.',
    begin: 'line',
    async check(bench) {
      const query = past(bench);
      const bars = await read(bench, query);
      bench.ok('there are at least three bars', bars.length >= 3, bars.length);
      let last = Number.NEGATIVE_INFINITY;
      for (const bar of bars) {
        bench.equal('symbol and timeframe', [bar.symbol, bar.timeframe], [query.symbol, query.timeframe]);
        bench.ok('the time rises', bar.time > last, { before: last, after: bar.time });
        bench.ok('it closes after it opens', bar.closeTime > bar.time, bar);
        const { open, high, low, close } = bar;
        bench.ok(
          'low <= open, close <= high',
          low <= Math.min(open, close) && high >= Math.max(open, close),
          bar,
        );
        last = bar.time;
      }
    },
  },
  {
    id: 'H-02',
    title: 'A span of past bars begins with its start and ends before its end',
    needs: ['history'],
    controls: [],
    events: {},
    pass: 'From the first to the third bar: the first two, whole; the third, whose time is the end, is not among them.',
    begin: 'line',
    async check(bench) {
      const query = past(bench);
      const [first, second, third] = await read(bench, query);
      if (first === undefined || second === undefined || third === undefined)
        return bench.fail('bars', 'fewer', 3);
      const span = await read(bench, { ...query, from: first.time, to: third.time });
      bench.equal('the bars of the span', span, [first, second]);
    },
  },
  {
    id: 'H-03',
    title: 'A span without bars is empty, and no error',
    needs: ['history'],
    controls: [],
    events: {},
    pass: 'A span that begins and ends at the same time, and one that lies in the future, have no bars.',
    begin: 'line',
    async check(bench) {
      const query = past(bench);
      bench.equal('bars of nothing', await read(bench, { ...query, to: query.from }), []);
      const later = query.to + 3_650 * 86_400_000;
      bench.equal('bars of the future', await read(bench, { ...query, from: later, to: later + 60_000 }), []);
    },
  },
  {
    id: 'H-04',
    title: 'The same span read twice is the same, also when the first reading was left',
    needs: ['history'],
    controls: [],
    events: {},
    pass: 'A reader that leaves after one bar disturbs nobody; bars are on the timeframe, none is still open.',
    begin: 'line',
    async check(bench) {
      const query = past(bench);
      for await (const bar of bench.adapter.history(query)) {
        bench.ok('the bar begins in the span', bar.time >= query.from, bar.time);
        break;
      }
      const bars = await read(bench, query);
      bench.equal('the second reading', await read(bench, query), bars);
      const width = timeframeMs(query.timeframe);
      bench.ok(
        'no bar is longer than its timeframe',
        bars.every((bar) => bar.closeTime - bar.time <= width),
      );
    },
  },
];
