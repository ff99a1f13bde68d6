import { type Behaviour, campus, decoder, ibAsync, tws } from './behaviour.js';
import { type Message, nameOf, only, pick } from './client.js';
import { executions as ask, buy, es, sell } from './requests.js';

const PAGE = tws('executions_commissions', 'Executions and Commissions');
const EXECUTION = tws('classIBApi_1_1Execution', 'ExecId');
const UNSET = '1.7976931348623157E308';

/** Fields behind the contract of an execution message, which begin with its id. */
const detail = (message: Message | undefined): Message => (message ?? []).slice(14);

/** Executions and their commissions. */
export const executions: readonly Behaviour[] = [
  {
    id: 'T-EXE-01',
    title: 'A trade is told by an execution, and later by a commission report with the same execId',
    source: PAGE,
    act: async (under) => {
      const told = await (await under.client()).place(1, buy(10, 'MKT'));
      const names = told.map(nameOf);
      return [
        names.indexOf('execDetails') < names.indexOf('commissionReport'),
        detail(only(told, 11)[0])[0] === only(told, 59)[0]?.[2],
      ];
    },
    seen: [true, true],
  },
  {
    id: 'T-EXE-02',
    title:
      'An execution that nobody asked for has the request id -1, one that was asked for that of the request',
    source: decoder('decodeMsg_EXECUTION_DATA'),
    act: async (under) => {
      const client = await under.client();
      const unasked = only(await client.place(1, buy(10, 'MKT')), 11).map(([, id]) => id);
      const told = await client.ask(...ask(7));
      return [unasked, only(told, 11).map(([, id]) => id), told.at(-1)];
    },
    seen: [['-1'], ['7'], ['55', '1', '7']],
  },
  {
    id: 'T-EXE-03',
    title: 'An execution names side, size, price, order, client and reference; BOT is bought and SLD sold',
    source: decoder('decodeMsg_EXECUTION_DATA'),
    act: async (under) => {
      const client = await under.client(4);
      await client.place(1, buy(10, 'MKT', { orderRef: 'in' }));
      await client.place(2, sell(10, 'MKT', { orderRef: 'out' }));
      const told = client.read(only(await client.ask(...ask(7)), 11));
      return told.map(([, , contract, execution]) => [
        pick(contract, 'symbol'),
        pick(execution, 'side', 'shares', 'price', 'orderId', 'clientId', 'orderRef', 'acctNumber', 'cumQty'),
      ]);
    },
    seen: [
      [
        { symbol: 'AAPL' },
        {
          side: 'BOT',
          shares: 10,
          price: 200.1,
          orderId: 1,
          clientId: 4,
          orderRef: 'in',
          acctNumber: 'DU1',
          cumQty: 10,
        },
      ],
      [
        { symbol: 'AAPL' },
        {
          side: 'SLD',
          shares: 10,
          price: 200,
          orderId: 2,
          clientId: 4,
          orderRef: 'out',
          acctNumber: 'DU1',
          cumQty: 10,
        },
      ],
    ],
  },
  {
    id: 'T-EXE-04',
    title: 'From 178 on an execution ends with a field that says whether its price may be revised',
    source: decoder('decodeMsg_EXECUTION_DATA'),
    act: async (under) => {
      const client = await under.client();
      const [message = []] = only(await client.place(1, buy(10, 'MKT')), 11);
      return [message.length, pick(client.read([message])[0]?.[3], 'pendingPriceRevision')];
    },
    seen: (version: number) =>
      version < 178 ? [31, { pendingPriceRevision: undefined }] : [32, { pendingPriceRevision: false }],
  },
  {
    id: 'T-EXE-05',
    title: 'Each partial fill has an execId of its own, and says what has filled so far and at which average',
    source: EXECUTION,
    act: async (under) => {
      under.tws.controls.depth(4);
      const client = await under.client();
      await client.place(1, buy(8, 'LMT', { limit: 201 }));
      under.quote(200.2, 200.3);
      await client.news();
      const told = client.read(only(await client.ask(...ask(7)), 11)).map(([, , , one]) => one);
      const ids = told.map((one) => (one as { execId: string }).execId);
      return [new Set(ids).size, told.map((one) => pick(one, 'shares', 'cumQty', 'avgPrice'))];
    },
    seen: [
      2,
      [
        { shares: 4, cumQty: 4, avgPrice: 200.1 },
        { shares: 4, cumQty: 8, avgPrice: 200.2 },
      ],
    ],
  },
  {
    id: 'T-EXE-06',
    title: 'A correction is an execution whose id differs behind the last point only',
    source: EXECUTION,
    act: async (under) => {
      const client = await under.client();
      const [first] = only(await client.place(1, buy(10, 'MKT')), 11);
      const [before = ''] = detail(first);
      under.tws.controls.correctExecution(before, { price: 200.05 });
      const [told] = only(await client.news(), 11);
      const [after = ''] = detail(told);
      const stem = (id: string): string => id.slice(0, id.lastIndexOf('.'));
      return [before.endsWith('.01'), after.endsWith('.02'), stem(before) === stem(after)];
    },
    seen: [true, true, true],
  },
  {
    id: 'T-EXE-07',
    title: 'What a trade has realized is not set where it opens a position, and a figure where it closes one',
    source: PAGE,
    act: async (under) => {
      const client = await under.client();
      const [opened] = only(await client.place(1, buy(2, 'MKT'), es), 59);
      under.tws.controls.quote('ES', 5010, 5010.25);
      const [closed] = only(await client.place(2, sell(2, 'MKT'), es), 59);
      const gained = 2 * 50 * (5010 - 5000.25) - 2 * Number(opened?.[3]);
      return [opened?.[5], opened?.[4], Number(closed?.[5]) - gained];
    },
    seen: [UNSET, 'USD', 0],
  },
  {
    id: 'T-EXE-08',
    title: 'The time of an execution names its zone',
    source: ibAsync('util.parseIBDatetime'),
    act: async (under) => {
      const [message] = only(await (await under.client()).place(1, buy(10, 'MKT')), 11);
      return detail(message)[1];
    },
    seen: '20260114 10:00:00 US/Eastern',
  },
  {
    id: 'T-EXE-09',
    title: 'Executions are those since midnight',
    source: campus('Request Execution Details'),
    act: async (under) => {
      const client = await under.client();
      await client.place(1, buy(10, 'MKT'));
      under.advance(13 * 3_600_000);
      const sameDay = only(await client.ask(...ask(7)), 11).length;
      under.advance(2 * 3_600_000);
      return [sameDay, only(await client.ask(...ask(8)), 11).length];
    },
    seen: [1, 0],
  },
  {
    id: 'T-EXE-10',
    title: 'Executions can be asked for by client, by side and by time',
    source: tws('classIBApi_1_1ExecutionFilter', 'ExecutionFilter'),
    act: async (under) => {
      const [one, other] = [await under.client(1), await under.client(2)];
      await one.place(1, buy(1, 'MKT'));
      under.advance(60_000);
      await other.place(1, sell(2, 'MKT'));
      const shares = async (...filter: readonly [number, string?, string?]) =>
        only(await one.ask(...ask(7, ...filter)), 11).map((message) => detail(message)[5]);
      return [
        await shares(0),
        await shares(2),
        await shares(0, '', 'BUY'),
        await shares(0, '20260114-15:00:30'),
      ];
    },
    seen: [['1', '2'], ['2'], ['1'], ['2']],
  },
  {
    id: 'T-EXE-11',
    title: 'After a loss of the way to IB what has traded meanwhile is told to who asks for it',
    source: tws('message_codes', 'codes 1100, 1102'),
    act: async (under) => {
      const client = await under.client();
      await client.place(1, buy(10, 'LMT', { limit: 199, orderRef: 'mine' }));
      under.tws.faults.connectivityLost();
      under.quote(198.9, 199);
      under.tws.faults.connectivityRestored({ dataLost: false });
      const unasked = only(await client.news(), 11).length;
      return [unasked, only(await client.ask(...ask(7)), 11).length];
    },
    seen: [0, 1],
  },
];
