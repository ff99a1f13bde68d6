import { type Behaviour, codes, decoder, ibAsync, issue, tws } from './behaviour.js';
import { codesOf, type Message, only } from './client.js';
import { marketData as ask, realTimeBars, tickByTick } from './requests.js';
import type { TwsUnderTest } from './tws-under-test.js';

const TYPES = 'tick_types';
const DELAYED = tws('delayed_data', 'Delayed Streaming Data');

/** Prices by the id of their tick. */
const pricesOf = (messages: readonly Message[]): Readonly<Record<string, string | undefined>> =>
  Object.fromEntries(only(messages, 1).map(([, , , tick = '', price]) => [tick, price]));

const sizesOf = (messages: readonly Message[]): Readonly<Record<string, string | undefined>> =>
  Object.fromEntries(only(messages, 2).map(([, , , tick = '', size]) => [tick, size]));

const quoted = (under: TwsUnderTest): void =>
  under.tws.controls.quote('AAPL', 200, 200.1, { bidSize: 3, askSize: 4 });

/** Ticks, their types, and what the login may see. */
export const market: readonly Behaviour[] = [
  {
    id: 'T-MKT-01',
    title: 'Before the first tick a client is told the least step of the price and the type of the data',
    source: ibAsync('Decoder.tickReqParams'),
    act: async (under) => {
      // The decoder of @stoqey/ib 1.6.10 reads the step as a whole number: 0.
      const [first, second] = await (await under.client()).ask(...ask(7));
      return [first?.slice(0, 3), second];
    },
    seen: [
      ['81', '7', '0.01'],
      ['58', '1', '7', '1'],
    ],
  },
  {
    id: 'T-MKT-02',
    title: 'Bid and ask are ticks 1 and 2, their sizes 0 and 3',
    source: tws(TYPES, 'Available Tick Types: Bid Size, Bid Price, Ask Price, Ask Size'),
    act: async (under) => {
      quoted(under);
      const told = await (await under.client()).ask(...ask(7));
      const [prices, sizes] = [pricesOf(told), sizesOf(told)];
      return [prices['1'], prices['2'], sizes['0'], sizes['3']];
    },
    seen: ['200', '200.1', '3', '4'],
  },
  {
    id: 'T-MKT-03',
    title: 'A price brings its size along, which is sent by itself once more',
    source: issue('erdewit/ib_insync', 29),
    act: async (under) => {
      quoted(under);
      const client = await under.client();
      const told = await client.ask(...ask(7));
      const price = only(told, 1).find((message) => message[3] === '2') ?? [];
      const size = told[told.indexOf(price) + 1] ?? [];
      return client.read([price, size]).map(([name, , tick, value]) => [name, tick, value]);
    },
    seen: [
      ['tickPrice', 2, 200.1],
      ['tickSize', 3, 4],
      ['tickSize', 3, 4],
    ],
  },
  {
    id: 'T-MKT-04',
    title: 'A trade is told by its time in seconds (45), price (4), size (5) and the volume of the day (8)',
    source: tws(TYPES, 'Available Tick Types: Last Price, Last Size, Volume, Last Timestamp'),
    act: async (under) => {
      const client = await under.client();
      await client.ask(...ask(7));
      under.tws.controls.trade('AAPL', 200.05, 6);
      const told = await client.news();
      const [time] = only(told, 46);
      const [prices, sizes] = [pricesOf(told), sizesOf(told)];
      return [time?.slice(3), prices['4'], sizes['5'], sizes['8']];
    },
    seen: [['45', String(Date.UTC(2026, 0, 14, 15) / 1000)], '200.05', '6', '6'],
  },
  {
    id: 'T-MKT-05',
    title:
      'Tick 48, asked for by 233, tells price, size, time in ms, volume, average and whether it was one trade',
    source: tws(TYPES, 'RT Volume (Time & Sales)'),
    act: async (under) => {
      const client = await under.client();
      await client.ask(...ask(7, {}, { ticks: '233' }));
      under.tws.controls.trade('AAPL', 200.05, 6);
      const [told] = only(await client.news(), 46).filter((message) => message[3] === '48');
      return told?.[4]?.split(';');
    },
    seen: ['200.05', '6', String(Date.UTC(2026, 0, 14, 15)), '6', '200.05', 'true'],
  },
  {
    id: 'T-MKT-06',
    title: 'A halt is told by tick 49: 1 while it lasts, 0 when it is over',
    source: tws(TYPES, 'Available Tick Types: Halted'),
    act: async (under) => {
      const client = await under.client();
      await client.ask(...ask(7));
      under.tws.controls.halt('AAPL');
      under.tws.controls.halt('AAPL', false);
      return only(await client.news(), 45).map((message) => message.slice(3));
    },
    seen: [
      ['49', '1'],
      ['49', '0'],
    ],
  },
  {
    id: 'T-MKT-07',
    title: 'A snapshot tells what there is and ends by itself',
    source: tws('md_request', 'Streaming Data Snapshots'),
    act: async (under) => {
      const client = await under.client();
      const told = await client.ask(...ask(7, {}, { snapshot: true }));
      under.quote(201, 201.1);
      return [pricesOf(told)['1'], told.at(-1), (await client.news()).length];
    },
    seen: ['200', ['57', '1', '7'], 0],
  },
  {
    id: 'T-MKT-08',
    title: 'A snapshot of a market without quotes ends after eleven seconds',
    source: tws('md_request', 'Streaming Data Snapshots'),
    act: async (under) => {
      const client = await under.client();
      await client.ask(...ask(7, { symbol: 'SPY' }, { snapshot: true }));
      under.advance(10_999);
      const before = only(await client.news(), 57).length;
      under.advance(1);
      return [before, only(await client.news(), 57).length];
    },
    seen: [0, 1],
  },
  {
    id: 'T-MKT-09',
    title: 'Generic ticks cannot be asked for in a snapshot: 321',
    source: tws('md_request', 'Streaming Data Snapshots'),
    act: async (under) =>
      codesOf(await (await under.client()).ask(...ask(7, {}, { ticks: '233', snapshot: true }))),
    seen: ['7: 321'],
  },
  {
    id: 'T-MKT-10',
    title: 'Data that the login has not subscribed to are refused with 354',
    source: codes(354),
    act: async (under) => {
      under.tws.controls.subscriptionMissing('AAPL');
      const told = await (await under.client()).ask(...ask(7));
      return [codesOf(told), only(told, 1).length];
    },
    seen: [['7: 354'], 0],
  },
  {
    id: 'T-MKT-11',
    title: 'Who has asked for delayed data gets them instead: 10167, type 3, and ticks 66 to 76',
    source: DELAYED,
    act: async (under) => {
      under.tws.controls.subscriptionMissing('AAPL');
      const client = await under.client();
      client.send(59, 1, 3);
      const told = await client.ask(...ask(7));
      const prices = pricesOf(told);
      return [codesOf(told), only(told, 58)[0]?.[3], prices['66'], prices['67'], prices['1']];
    },
    seen: [['7: 10167'], '3', '200', '200.1', undefined],
  },
  {
    id: 'T-MKT-12',
    title: 'Who has asked for delayed data and may have live data gets live data',
    source: tws('market_data_type', 'Market Data Types'),
    act: async (under) => {
      const client = await under.client();
      client.send(59, 1, 3);
      const told = await client.ask(...ask(7));
      return [codesOf(told), only(told, 58)[0]?.[3], pricesOf(told)['1']];
    },
    seen: [[], '1', '200'],
  },
  {
    id: 'T-MKT-13',
    title: 'More tickers than the login has lines are refused with 101',
    source: codes(101),
    options: { lines: 1 },
    act: async (under) => {
      const client = await under.client();
      await client.ask(...ask(7));
      return codesOf(await client.ask(...ask(8)));
    },
    seen: ['8: 101'],
  },
  {
    id: 'T-MKT-14',
    title: 'After a cancel nothing more is told, and a second cancel finds nothing: 300',
    source: codes(300),
    act: async (under) => {
      const client = await under.client();
      await client.ask(...ask(7));
      await client.ask(2, 2, 7);
      under.quote(201, 201.1);
      const silent = (await client.news()).length;
      return [silent, codesOf(await client.ask(2, 2, 7))];
    },
    seen: [0, ['7: 300']],
  },
  {
    id: 'T-MKT-15',
    title: 'Quotes tick by tick: time in seconds, bid, ask, sizes',
    source: tws('tick_data', 'Tick-by-Tick Data'),
    act: async (under) => {
      const client = await under.client();
      await client.ask(...tickByTick(7, 'BidAsk'));
      under.tws.controls.quote('AAPL', 201, 201.1, { bidSize: 3, askSize: 4 });
      return client.read(await client.news()).map((one) => one.slice(0, 7));
    },
    seen: [['tickByTickBidAsk', 7, String(Date.UTC(2026, 0, 14, 15) / 1000), 201, 201.1, 3, 4]],
  },
  {
    id: 'T-MKT-16',
    title: 'Trades tick by tick have the type 1 (Last) or 2 (AllLast)',
    source: decoder('decodeMsg_TICK_BY_TICK'),
    act: async (under) => {
      const client = await under.client();
      await client.ask(...tickByTick(7, 'Last'));
      await client.ask(...tickByTick(8, 'AllLast'));
      under.tws.controls.trade('AAPL', 200.05, 6);
      return client
        .read(await client.news())
        .map(([name, id, type, , price, size]) => [name, id, type, price, size]);
    },
    seen: [
      ['tickByTickAllLast', 7, 1, 200.05, 6],
      ['tickByTickAllLast', 8, 2, 200.05, 6],
    ],
  },
  {
    id: 'T-MKT-17',
    title: 'More requests tick by tick than are allowed are refused with 10190',
    source: codes(10190),
    options: { tickByTickLines: 1 },
    act: async (under) => {
      const client = await under.client();
      await client.ask(...tickByTick(7, 'Last'));
      return codesOf(await client.ask(...tickByTick(8, 'BidAsk')));
    },
    seen: ['8: 10190'],
  },
  {
    id: 'T-MKT-18',
    title: 'Real-time bars come every five seconds, by the second in which they begin',
    source: tws('realtime_bars', '5 Second Real Time Bars'),
    act: async (under) => {
      const client = await under.client();
      await client.ask(...realTimeBars(7, 'TRADES'));
      under.tws.controls.trade('AAPL', 200.05, 6);
      under.tws.controls.trade('AAPL', 200.01, 2);
      under.advance(5_000);
      return only(await client.news(), 50).map((bar) => bar.slice(2, 9));
    },
    seen: [['7', String(Date.UTC(2026, 0, 14, 15) / 1000), '200.05', '200.05', '200.01', '200.01', '8']],
  },
  {
    id: 'T-MKT-19',
    title: 'Real-time bars that the login may not see are refused with 420',
    source: codes(420),
    act: async (under) => {
      under.tws.controls.subscriptionMissing('AAPL');
      return codesOf(await (await under.client()).ask(...realTimeBars(7, 'TRADES')));
    },
    seen: ['7: 420'],
  },
];
