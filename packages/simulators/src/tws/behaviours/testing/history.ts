import { type Behaviour, campus, codes, decoder, issue, tws } from './behaviour.js';
import { codesOf, errorsOf, type Message, only } from './client.js';
import { type AskedBars, bars as ask, eurusd, headTimestamp } from './requests.js';
import type { TwsUnderTest } from './tws-under-test.js';

const LIMITS = tws('historical_limitations', 'Pacing Violations for Small Bars (30 secs or less)');
const BARS = 'historical_bars';

/** 09:30 in New York of the day on which TWS is started. */
const OPEN = Date.UTC(2026, 0, 14, 14, 30);

/** Two minutes of AAPL after the open. */
const recorded = (under: TwsUnderTest): void =>
  under.tws.controls.history('AAPL', [
    { time: OPEN, open: 195, high: 197, low: 194, close: 196, volume: 100, count: 10 },
    { time: OPEN + 60_000, open: 196, high: 198, low: 195, close: 197, volume: 50, count: 5 },
  ]);

/** Bars of an answer, each as its eight fields. */
const rows = (messages: readonly Message[]): readonly Message[] => {
  const [, , , , count, ...fields] = only(messages, 17)[0] ?? [];
  return Array.from({ length: Number(count ?? 0) }, (_, i) => fields.slice(8 * i, 8 * i + 8));
};

const asked = async (under: TwsUnderTest, bars: AskedBars = {}): Promise<readonly Message[]> => {
  recorded(under);
  return (await under.client()).ask(...ask(7, bars));
};

const refused = (id: string, title: string, source: string, code: number, bars: AskedBars): Behaviour => ({
  id,
  title,
  source,
  act: async (under) => codesOf(await asked(under, bars)),
  seen: [`7: ${code}`],
});

const SMALL: AskedBars = { size: '5 secs', duration: '60 S' };

/** Bars of the past, and how often they may be asked for. */
export const history: readonly Behaviour[] = [
  {
    id: 'T-HIS-01',
    title:
      'Bars are told in one message: how many, and of each date, open, high, low, close, volume, average, count',
    source: decoder('decodeMsg_HISTORICAL_DATA'),
    act: async (under) => {
      recorded(under);
      const client = await under.client();
      const told = client.read(await client.ask(...ask(7)));
      return told.map(([name, id, date, open, high, low, close, volume, count]) =>
        String(date).startsWith('finished') ? [name, id] : [name, id, open, high, low, close, volume, count],
      );
    },
    seen: [
      ['historicalData', 7, 195, 197, 194, 196, 100, 10],
      ['historicalData', 7, 196, 198, 195, 197, 50, 5],
      ['historicalData', 7],
    ],
  },
  {
    id: 'T-HIS-02',
    title: 'With formatDate 1 the time of a bar is that of the exchange, and names the zone',
    source: tws(BARS, 'Receiving Historical Bars'),
    act: async (under) => rows(await asked(under)).map(([date]) => date),
    seen: ['20260114 09:30:00 US/Eastern', '20260114 09:31:00 US/Eastern'],
  },
  {
    id: 'T-HIS-03',
    title: 'With formatDate 2 it is in seconds since 1970',
    source: tws(BARS, 'Requesting Historical Bar Data'),
    act: async (under) => rows(await asked(under, { format: 2 })).map(([date]) => Number(date) * 1_000),
    seen: [OPEN, OPEN + 60_000],
  },
  {
    id: 'T-HIS-04',
    title: 'Bars of a day have their date alone in both formats',
    source: issue('nautechsystems/nautilus_trader', 1353),
    act: async (under) => {
      const day = async (format: 1 | 2) =>
        rows(await (await under.client(format)).ask(...ask(7, { size: '1 day', duration: '1 D', format })));
      recorded(under);
      return [(await day(1)).map(([date]) => date), (await day(2)).map(([date]) => date)];
    },
    seen: [['20260114'], ['20260114']],
  },
  {
    id: 'T-HIS-05',
    title: 'A longer bar has the open of the first, the close of the last, and the extremes of all',
    source: tws(BARS, 'Valid Bar Sizes'),
    act: async (under) => rows(await asked(under, { size: '30 mins' })).map((row) => row.slice(1, 6)),
    seen: [['195', '198', '194', '197', '150']],
  },
  {
    id: 'T-HIS-06',
    title: 'Bars of quotes have no volume: -1',
    source: tws(BARS, 'Historical Data Types'),
    act: async (under) =>
      rows(await asked(under, { what: 'MIDPOINT', end: '20260114-15:00:00' })).map((row) => row[5]),
    seen: ['-1', '-1'],
  },
  refused('T-HIS-07', 'Where there is nothing the answer is 162', codes(162), 162, {
    end: '20250114-15:00:00',
  }),
  refused(
    'T-HIS-08',
    'A bar size that does not exist is refused with 321',
    tws(BARS, 'Valid Bar Sizes'),
    321,
    { size: '7 mins' },
  ),
  refused(
    'T-HIS-09',
    'More than a year is to be asked for in years: 321',
    tws(BARS, 'Valid Duration String Units'),
    321,
    { size: '1 day', duration: '400 D' },
  ),
  refused(
    'T-HIS-10',
    'Bars that are kept up to date take no end: 321',
    tws(BARS, 'Requesting Historical Bar Data'),
    321,
    { end: '20260114-15:00:00', keepUpToDate: true },
  ),
  {
    id: 'T-HIS-11',
    title: 'Bars that are kept up to date are told again while they grow, in another order of fields',
    source: decoder('decodeMsg_HISTORICAL_DATA_UPDATE'),
    act: async (under) => {
      const client = await under.client();
      await client.ask(...ask(7, { keepUpToDate: true }));
      under.tws.controls.trade('AAPL', 200.05, 6);
      under.tws.controls.trade('AAPL', 200.01, 2);
      under.advance(5_000);
      const [told] = client.read(only(await client.news(), 90)).slice(-1);
      const [name, id, , open, high, low, close, volume] = told ?? [];
      return [name, id, open, high, low, close, volume];
    },
    seen: ['historicalDataUpdate', 7, 200.05, 200.05, 200.01, 200.01, 8],
  },
  {
    id: 'T-HIS-12',
    title: 'An end without a zone is answered, with the warning 2174',
    source: issue('pst-group/pysystemtrade', 1028),
    act: async (under) => {
      const told = await asked(under, { end: '20260114 10:00:00' });
      return [codesOf(told), rows(told).length];
    },
    seen: [['7: 2174'], 2],
  },
  {
    id: 'T-HIS-13',
    title: 'The same request within 15 seconds is a pacing violation: 162 says so',
    source: LIMITS,
    act: async (under) => {
      recorded(under);
      const client = await under.client();
      const again = async (): Promise<readonly Message[]> => errorsOf(await client.ask(...ask(7, SMALL)));
      const first = await again();
      under.advance(14_999);
      const early = await again();
      under.advance(1);
      const isPacing = (errors: readonly Message[]): boolean =>
        errors.some(([, code, text = '']) => code === '162' && text.includes('pacing violation'));
      return [first, early, await again()].map(isPacing);
    },
    seen: [false, true, false],
  },
  {
    id: 'T-HIS-14',
    title:
      'The sixth request for one contract, exchange and kind of data within two seconds is a pacing violation',
    source: LIMITS,
    act: async (under) => {
      const client = await under.client();
      const paced: boolean[] = [];
      for (let i = 1; i <= 6; i += 1) {
        const told = errorsOf(await client.ask(...ask(i, { ...SMALL, duration: `${60 + i} S` })));
        paced.push(told.some(([, , text = '']) => text.includes('pacing violation')));
      }
      return paced;
    },
    seen: [false, false, false, false, false, true],
  },
  {
    id: 'T-HIS-15',
    title: 'A request for bid and ask counts twice',
    source: LIMITS,
    act: async (under) => {
      const client = await under.client();
      const paced: boolean[] = [];
      for (let i = 1; i <= 3; i += 1) {
        const bars = { ...SMALL, what: 'BID_ASK', duration: `${60 + i} S` };
        const told = errorsOf(await client.ask(...ask(i, bars)));
        paced.push(told.some(([, , text = '']) => text.includes('pacing violation')));
      }
      return paced;
    },
    seen: [false, false, true],
  },
  {
    id: 'T-HIS-16',
    title: 'Limits do not hold for bars of a minute and more',
    source: tws('historical_limitations', 'note 1'),
    act: async (under) => {
      recorded(under);
      const client = await under.client();
      const told = [await client.ask(...ask(7)), await client.ask(...ask(8))];
      return told.map((one) => rows(one).length);
    },
    seen: [2, 2],
  },
  {
    id: 'T-HIS-17',
    title: 'Forex has no bars of trades: 162',
    source: tws(BARS, 'Historical Data Types'),
    act: async (under) => {
      under.tws.controls.quote('EURUSD', 1.1, 1.1001);
      const client = await under.client();
      return codesOf(await client.ask(...ask(7, {}, eurusd)));
    },
    seen: ['7: 162'],
  },
  {
    id: 'T-HIS-18',
    title: 'How far data go back is told in UTC with a hyphen, or in seconds',
    source: campus('Requesting the Earliest Data Point'),
    act: async (under) => {
      recorded(under);
      const client = await under.client();
      const told = async (format: 1 | 2) => only(await client.ask(...headTimestamp(7, format)), 88)[0];
      return [await told(1), await told(2)];
    },
    seen: [
      ['88', '7', '20260114-14:30:00'],
      ['88', '7', String(OPEN / 1_000)],
    ],
  },
  {
    id: 'T-HIS-19',
    title: 'A cancelled request that is kept up to date is told by 162, and tells no more',
    source: codes(162),
    act: async (under) => {
      const client = await under.client();
      await client.ask(...ask(7, { keepUpToDate: true }));
      const told = codesOf(await client.ask(25, 1, 7));
      under.tws.controls.trade('AAPL', 200.05, 6);
      under.advance(5_000);
      return [told, (await client.news()).length];
    },
    seen: [['7: 162'], 0],
  },
  {
    id: 'T-HIS-20',
    title: 'What is not under way cannot be cancelled: 366',
    source: codes(366),
    act: async (under) => codesOf(await (await under.client()).ask(25, 1, 7)),
    seen: ['7: 366'],
  },
];
