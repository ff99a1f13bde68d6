import { type Bar, type HistoryQuery, type Timeframe, VirtualClock } from '@mikrobot/core';
import { describe, expect, it } from 'vitest';
import { ContractBook } from '../contracts/contract-book.js';
import { type ContractSpec, continuous, crypto, forex, future, stock } from '../contracts/contract-spec.js';
import { type DetailsInput, detailsFields } from '../contracts/testing/details-fields.js';
import { TwsError } from '../errors.js';
import { type ScriptedLine, scriptedLine } from '../testing/scripted-line.js';
import { type HistoryProgress, history } from './history.js';
import { HistoryQueue } from './history-queue.js';
import { passTime } from './testing/pass-time.js';

const at = (text: string): number => Date.parse(text);
const NOW = at('2025-12-10T20:00Z');

/** A bar as it stands in message 17: date, open, high, low, close, volume, average, trades. */
type Row = readonly (string | number)[];
const row = (
  date: string | number,
  close: number,
  more: Partial<Record<number, string | number>> = {},
): Row => {
  const fields: (string | number)[] = [date, close - 0.5, close + 1, close - 1, close, 100, close, 7];
  for (const [place, value] of Object.entries(more)) fields[Number(place)] = value!;
  return fields;
};
const seconds = (text: string): number => at(text) / 1_000;

interface Asked {
  readonly id: number;
  readonly contract: { readonly conId?: number; readonly secType?: string };
  readonly end: string;
  readonly duration: string;
  readonly size: string;
  readonly show: string;
  readonly regular: number;
  readonly format: number;
}
type Reply = readonly Row[] | { readonly code: number; readonly text: string } | 'silence' | 'cut';

interface Setup {
  readonly spec?: ContractSpec;
  readonly details?: Partial<DetailsInput>;
  readonly head?: string;
  readonly reply: (asked: Asked, line: ScriptedLine) => Reply;
}

const setUp = async ({ spec = stock('AAPL'), details = {}, head, reply }: Setup) => {
  const clock = new VirtualClock(NOW);
  const asked: Asked[] = [];
  const progress: HistoryProgress[] = [];
  const connect = (): ScriptedLine =>
    scriptedLine({
      clock,
      answer: ({ name, args }, line) => {
        const id = args[0] as number;
        if (name === 'reqContractDetails') {
          const { symbol, secType } = args[1] as { symbol: string; secType: string };
          line.receive(
            ...detailsFields(id, { symbol, secType, contractId: 1, marketRuleIds: '', ...details }),
          );
          line.receive(52, 1, id);
        }
        if (name === 'reqHeadTimestamp' && head !== undefined) line.receive(88, id, head);
        if (name !== 'reqHistoricalData') return;
        const [, contract, end, duration, size, show, regular, format] = args as [
          number,
          Asked['contract'],
          string,
          string,
          string,
          string,
          number,
          number,
        ];
        const one = { id, contract, end, duration, size, show, regular, format };
        asked.push(one);
        const answer = reply(one, line);
        if (answer === 'cut') line.close('cut');
        else if (answer !== 'silence' && 'code' in answer)
          line.receive(4, 2, id, answer.code, answer.text, '');
        else if (answer !== 'silence') line.receive(17, id, '', '', answer.length, ...answer.flat());
      },
    });
  let line = connect();
  const lines = [line];
  const book = new ContractBook({ contracts: { X: spec }, clock });
  await book.resolve(line);
  const queue = new HistoryQueue(clock);
  const parts = {
    clock,
    queue,
    contract: (symbol: string) => book.get(symbol),
    line: () => {
      if (!line.isOpen) {
        line = connect();
        lines.push(line);
      }
      return line;
    },
    onProgress: (news: HistoryProgress) => void progress.push(news),
  };
  const read = async (timeframe: Timeframe, from: string, to: string): Promise<Bar[]> => {
    const query: HistoryQuery = { symbol: 'X', timeframe, from: at(from), to: at(to) };
    const all = (async () => {
      const bars: Bar[] = [];
      for await (const bar of history(parts, query)) bars.push(bar);
      return bars;
    })();
    return passTime(clock, all);
  };
  return { clock, queue, parts, asked, progress, lines, read };
};

const times = (bars: readonly Bar[]): string[] =>
  bars.map(({ time }) => new Date(time).toISOString().slice(0, 16));

describe('past bars of Interactive Brokers', () => {
  it('are asked for by pages of a day, oldest first, with their end in UTC and dates in seconds', async () => {
    const { asked, read, progress } = await setUp({
      reply: ({ end }) => [
        row(seconds(`${end.slice(0, 4)}-${end.slice(4, 6)}-${end.slice(6, 8)}T15:00Z`) - 86_400, 10),
      ],
    });
    const bars = await read('M1', '2025-12-01T00:00Z', '2025-12-04T00:00Z');
    expect(asked).toMatchObject([
      {
        end: '20251202-00:00:00',
        duration: '86400 S',
        size: '1 min',
        show: 'TRADES',
        regular: 1,
        format: 2,
        contract: { conId: 1 },
      },
      { end: '20251203-00:00:00' },
      { end: '20251204-00:00:00' },
    ]);
    expect(times(bars)).toEqual(['2025-12-01T15:00', '2025-12-02T15:00', '2025-12-03T15:00']);
    expect(bars[0]).toEqual({
      symbol: 'X',
      timeframe: 'M1',
      time: at('2025-12-01T15:00Z'),
      closeTime: at('2025-12-01T15:01Z'),
      open: 9.5,
      high: 11,
      low: 9,
      close: 10,
      askOpen: 9.5,
      askHigh: 11,
      askLow: 9,
      askClose: 10,
      volume: 100,
      ticks: 7,
    });
    expect(progress[0]).toMatchObject({ symbol: 'X', timeframe: 'M1', done: 0, total: 3 });
    expect(progress.at(-1)).toMatchObject({ done: 3, total: 3, dropped: 0, waitingMs: 0 });
  });

  it('come once and in their stretch only, although TWS goes back by days of trading: Friday again on Monday', async () => {
    const friday = ['14:58', '14:59'].map((time, i) => row(seconds(`2025-12-05T${time}Z`), 10 + i));
    const monday = [row(seconds('2025-12-08T15:00Z'), 20)];
    const { read } = await setUp({ reply: () => [...friday, ...monday] });
    expect(times(await read('M1', '2025-12-05T14:59Z', '2025-12-08T15:01Z'))).toEqual([
      '2025-12-05T14:59',
      '2025-12-08T15:00',
    ]);
  });

  it('begin at `from`, end before `to`, and leave out the one that is not closed yet', async () => {
    const rows = ['19:58', '19:59', '20:00'].map((time) => row(seconds(`2025-12-10T${time}Z`), 10));
    const { read, asked } = await setUp({ reply: () => rows });
    expect(times(await read('M1', '2025-12-10T19:59Z', '2025-12-10T20:05Z'))).toEqual(['2025-12-10T19:59']);
    expect(asked).toHaveLength(1);
    expect(times(await read('M1', '2025-12-10T19:58Z', '2025-12-10T19:59Z'))).toEqual(['2025-12-10T19:58']);
    expect(await read('M1', '2025-12-10T20:00Z', '2025-12-10T20:05Z')).toEqual([]);
  });

  it.each<[Timeframe, string, string]>([
    ['S1', '1 secs', '1800 S'],
    ['S5', '5 secs', '3600 S'],
    ['S15', '15 secs', '14400 S'],
    ['S30', '30 secs', '28800 S'],
    ['M1', '1 min', '86400 S'],
    ['M2', '2 mins', '2 D'],
    ['M5', '5 mins', '7 D'],
    ['M15', '15 mins', '7 D'],
    ['M30', '30 mins', '30 D'],
    ['H1', '1 hour', '30 D'],
    ['D1', '1 day', '365 D'],
  ])(
    'of %s keep to the step sizes that IB allows for %s (source: TWS API, Historical Data Limitations)',
    async (timeframe, size, duration) => {
      const { asked, read } = await setUp({ reply: () => [] });
      await read(timeframe, '2025-12-10T19:00Z', '2025-12-10T19:30Z');
      expect(asked[0]).toMatchObject({ size, duration });
    },
  );

  it('have bid and ask by two requests where there are quotes; what has one side only is left out and counted', async () => {
    const { read, asked, progress } = await setUp({
      spec: forex('EURUSD'),
      details: { exchange: 'IDEALPRO', minTick: 0.00005 },
      reply: ({ show }) =>
        show === 'BID'
          ? [row(seconds('2025-12-10T15:00Z'), 10, { 5: -1, 7: -1 }), row(seconds('2025-12-10T15:01Z'), 11)]
          : [row(seconds('2025-12-10T15:00Z'), 10.25)],
    });
    const bars = await read('M1', '2025-12-10T15:00Z', '2025-12-10T15:02Z');
    expect(bars).toMatchObject([
      {
        open: 9.5,
        close: 10,
        askOpen: 9.75,
        askHigh: 11.25,
        askLow: 9.25,
        askClose: 10.25,
        volume: 0,
        ticks: 0,
      },
    ]);
    expect(asked.map(({ show, regular }) => [show, regular])).toEqual([
      ['BID', 0],
      ['ASK', 0],
    ]);
    expect(progress.at(-1)?.dropped).toBe(1);
  });

  it('of coins have a name of their own for trades (10299; nautilus_trader issue 1296)', async () => {
    const { read, asked } = await setUp({ spec: crypto('BTC'), details: { minTick: 0.25 }, reply: () => [] });
    await read('M1', '2025-12-10T15:00Z', '2025-12-10T15:02Z');
    expect(asked[0]?.show).toBe('AGGTRADES');
  });

  it('of days come as dates of the exchange whatever the format (stoqey/ibkr issue 144), and have 25 hours when clocks go back', async () => {
    const { read, asked } = await setUp({
      reply: () => [row('20251031', 10), row('20251102', 11), row('20251103', 12)],
    });
    const bars = await read('D1', '2025-10-31T04:00Z', '2025-11-04T05:00Z');
    expect(
      bars.map(({ time, closeTime }) => [new Date(time).toISOString(), (closeTime - time) / 3_600_000]),
    ).toEqual([
      ['2025-10-31T04:00:00.000Z', 24],
      ['2025-11-02T04:00:00.000Z', 25],
      ['2025-11-03T05:00:00.000Z', 24],
    ]);
    expect(asked[0]?.end).toBe('20251104-05:00:00');
  });

  it('of the running day are not told', async () => {
    const { read } = await setUp({ reply: () => [row('20251209', 10), row('20251210', 11)] });
    expect(times(await read('D1', '2025-12-09T05:00Z', '2025-12-12T05:00Z'))).toEqual(['2025-12-09T05:00']);
  });

  it('of four hours are made of hours on the grid of core, where TWS counts from midnight at the exchange', async () => {
    const hours = ['14:30', '15:00', '16:00', '20:00'].map((time, i) =>
      row(seconds(`2025-12-09T${time}Z`), 10 + i, { 5: 100 + i }),
    );
    const { read, asked } = await setUp({ reply: () => hours });
    const bars = await read('H4', '2025-12-09T12:00Z', '2025-12-10T00:00Z');
    expect(asked.map(({ size }) => size)).toEqual(['1 hour']);
    expect(times(bars)).toEqual(['2025-12-09T12:00', '2025-12-09T16:00', '2025-12-09T20:00']);
    expect(bars[0]).toMatchObject({ open: 9.5, high: 12, low: 9, close: 11, volume: 201, ticks: 14 });
    expect(bars[0]!.closeTime).toBe(at('2025-12-09T16:00Z'));
    expect(times(await read('H1', '2025-12-09T14:00Z', '2025-12-09T16:00Z'))).toEqual([
      '2025-12-09T14:00',
      '2025-12-09T15:00',
    ]);
    expect(times(await read('H12', '2025-12-09T12:00Z', '2025-12-10T00:00Z'))).toEqual(['2025-12-09T12:00']);
  });

  it('of an hour are made of half hours where a zone is half an hour off', async () => {
    const { read, asked } = await setUp({ details: { timeZoneId: 'Asia/Calcutta' }, reply: () => [] });
    await read('H1', '2025-12-09T04:00Z', '2025-12-09T10:00Z');
    expect(asked[0]?.size).toBe('30 mins');
  });

  it('that make no sense are left out and counted', async () => {
    const time = seconds('2025-12-10T15:00Z');
    const bad = [
      row(time, 10, { 2: 8 }),
      row(time + 60, 10, { 3: 11 }),
      row(time + 120, 10, { 1: 0 }),
      row(time + 180, 10, { 4: -1 }),
      row(time + 240, 10, { 2: '1.7976931348623157E308' }),
      row('yesterday', 10),
      row('20251210  15:00:00', 10),
    ];
    const { read, progress } = await setUp({ reply: () => [...bad, row(time + 300, 10)] });
    expect(times(await read('M1', '2025-12-10T15:00Z', '2025-12-10T16:00Z'))).toEqual(['2025-12-10T15:05']);
    expect(progress.at(-1)?.dropped).toBe(bad.length);
  });

  it('are read where TWS names the zone (format 1 of newer versions)', async () => {
    const { read } = await setUp({ reply: () => [row('20251210 10:00:00 US/Eastern', 10)] });
    expect(times(await read('M1', '2025-12-10T15:00Z', '2025-12-10T16:00Z'))).toEqual(['2025-12-10T15:00']);
  });
});

describe('trouble with past bars', () => {
  const SERVICE = 'Historical Market Data Service error message:';
  const good = [row(seconds('2025-12-10T15:00Z'), 10)];
  const span = ['M1', '2025-12-10T15:00Z', '2025-12-10T16:00Z'] as const;

  it('no data is an empty page, and the next one is read (162; text of QuantConnect/Lean issue 607)', async () => {
    const { read } = await setUp({
      reply: ({ end }) =>
        end === '20251210-00:00:00'
          ? { code: 162, text: `${SERVICE}HMDS query returned no data: AAPL@SMART Trades` }
          : good,
    });
    expect(times(await read('M1', '2025-12-09T00:00Z', '2025-12-10T20:00Z'))).toEqual(['2025-12-10T15:00']);
  });

  it('a pacing violation waits and repeats (162; text of QuantConnect/Lean issue 1837)', async () => {
    let violations = 3;
    const { read, clock, asked, progress } = await setUp({
      reply: () =>
        violations-- > 0
          ? {
              code: 162,
              text: `${SERVICE}Historical data request pacing violation. Origin: GetHistory: FUT ES USD GLOBEX`,
            }
          : good,
    });
    expect(await read(...span)).toHaveLength(1);
    expect(asked).toHaveLength(4);
    // 15, 30 and 60 seconds.
    expect(clock.now() - NOW).toBeGreaterThanOrEqual(105_000);
    expect(Math.max(...progress.map(({ waitingMs }) => waitingMs))).toBeGreaterThanOrEqual(59_000);
  });

  it('a violation without end is told after more than ten minutes', async () => {
    const { read, clock } = await setUp({ reply: () => ({ code: 420, text: 'Invalid Real-time Query' }) });
    await expect(read(...span)).rejects.toBeInstanceOf(TwsError);
    expect(clock.now() - NOW).toBeGreaterThan(600_000);
  });

  it.each([
    [162, `${SERVICE}No market data permissions for ISLAND STK`],
    [162, `${SERVICE}invalid step: 1`],
    [321, "Error validating request.-'bK' : cause - Historical data bar size setting is invalid."],
    [200, 'No security definition has been found for the request'],
  ])('%i %s is told as TWS says it, at once', async (code, text) => {
    const { read, asked } = await setUp({ reply: () => ({ code, text }) });
    const error = await read(...span).catch((thrown: unknown) => thrown);
    expect(error).toMatchObject({ twsCode: code, text, where: 'past bars of X' });
    expect(asked).toHaveLength(1);
  });

  it('a line that breaks is waited for, and asked again: reading is safe', async () => {
    let first = true;
    const { read, lines } = await setUp({
      reply: () => {
        const answer: Reply = first ? 'cut' : good;
        first = false;
        return answer;
      },
    });
    expect(await read(...span)).toHaveLength(1);
    expect(lines).toHaveLength(2);
  });

  it('a request without an answer is cancelled, and repeated; without any it is told', async () => {
    const { read, lines, asked } = await setUp({ reply: () => 'silence' });
    await expect(read(...span)).rejects.toMatchObject({ code: 'TIMED_OUT' });
    expect(asked).toHaveLength(4);
    expect(lines[0]?.sentAs('cancelHistoricalData').map(([id]) => id)).toEqual(asked.map(({ id }) => id));
  });

  it('ends when the queue is closed while it waits for a line', async () => {
    const { clock, queue, parts } = await setUp({ reply: () => good });
    const query: HistoryQuery = { symbol: 'X', timeframe: 'M1', from: at('2025-12-10T15:00Z'), to: NOW };
    const reading = history({ ...parts, line: () => undefined }, query).next();
    clock.advance(clock.now() + 5_000);
    queue.close();
    await expect(passTime(clock, reading)).rejects.toThrow('closed');
    expect(clock.now() - NOW).toBeLessThan(8_000);
  });

  it('ends when the queue is closed, and asks nothing more when the reader has had enough', async () => {
    const { clock, queue, parts, asked } = await setUp({ reply: () => good });
    const query: HistoryQuery = { symbol: 'X', timeframe: 'M1', from: at('2025-12-08T00:00Z'), to: NOW };
    const first = async (): Promise<void> => {
      for await (const _ of history(parts, query)) return;
    };
    await passTime(clock, first());
    expect(asked.map(({ end }) => end)).toEqual([
      '20251209-00:00:00',
      '20251210-00:00:00',
      '20251210-20:00:00',
    ]);
    queue.close();
    await expect(passTime(clock, first())).rejects.toThrow('closed');
    expect(asked).toHaveLength(3);
  });

  it('long stretches begin where the data begin: pages before are not asked for', async () => {
    const { read, asked, lines } = await setUp({
      head: String(seconds('2025-12-09T14:30Z')),
      reply: () => good,
    });
    expect(await read('M1', '1990-01-01T00:00Z', '2025-12-10T20:00Z')).toHaveLength(1);
    expect(asked).toHaveLength(2);
    expect(lines[0]?.sentAs('reqHeadTimestamp')).toHaveLength(1);
  });
});

describe('past bars of continuous futures', () => {
  const nq = {
    exchange: 'CME',
    multiplier: 20,
    minTick: 0.25,
    timeZoneId: 'US/Central',
    expiry: '20251219',
    localSymbol: 'NQZ5',
  };
  const reply = ({ contract }: Asked): Reply => [
    row(seconds('2025-12-10T15:00Z'), contract.secType === 'CONTFUT' ? 10 : 20),
  ];

  it.each([
    ['as a contract of their own', continuous('NQ', { exchange: 'CME' })],
    ['for a future whose history they are', future('NQ', { exchange: 'CME', history: 'continuous' })],
  ])(
    'are asked for without an end, which TWS does not take (10339; nautilus_trader issue 2570): %s',
    async (_, spec) => {
      const { read, asked } = await setUp({ spec, details: nq, reply });
      const bars = await read('M5', '2025-12-08T00:00Z', '2025-12-10T18:00Z');
      expect(asked).toMatchObject([
        { end: '', duration: '4 D', contract: { secType: 'CONTFUT', symbol: 'NQ' }, regular: 0 },
      ]);
      expect(bars).toMatchObject([{ close: 10 }]);
    },
  );

  it('go back as far as one request does, and say so', async () => {
    const { read, asked } = await setUp({ spec: continuous('NQ', { exchange: 'CME' }), details: nq, reply });
    await expect(read('M1', '2025-11-01T00:00Z', '2025-12-10T18:00Z')).rejects.toThrow(
      'go back 7 days at most',
    );
    await read('D1', '2020-01-01T00:00Z', '2025-12-10T00:00Z');
    expect(asked).toMatchObject([{ duration: '6 Y' }]);
  });
});
