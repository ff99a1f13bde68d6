import { type Behaviour, campus, codes, issue, tws } from './behaviour.js';
import { type Client, codesOf, type Message, only, pick, statusesOf } from './client.js';
import { buy, executions, sell } from './requests.js';

const BRACKET = tws('bracket_order', 'Bracket Orders');
const OCA = tws('classIBApi_1_1Order', 'OcaType');
const OPEN = 'open_orders';

const resting = buy(10, 'LMT', { limit: 199 });

/** An entry with a profit taker and a stop; gives what was told of each leg when it was sent. */
const bracket = async (
  client: Client,
  entry = buy(10, 'LMT', { limit: 199, transmit: false }),
): Promise<readonly (readonly Message[])[]> => [
  await client.place(1, entry),
  await client.place(2, sell(10, 'LMT', { limit: 210, parentId: 1, transmit: false })),
  await client.place(3, sell(10, 'STP', { aux: 190, parentId: 1 })),
];

/** The last status that each order was told to have. */
const lastOf = (messages: readonly Message[]): Readonly<Record<string, string | undefined>> =>
  Object.fromEntries(only(messages, 3).map(([, id = '', status]) => [id, status]));

/** Parents, children and groups. */
export const families: readonly Behaviour[] = [
  {
    id: 'T-FAM-01',
    title: 'A bracket is not sent until its last leg transmits it',
    source: BRACKET,
    act: async (under) => {
      const client = await under.client();
      const [entry = [], target = [], stop = []] = await bracket(client);
      const started = [entry, target].map((told) => only(told, 11).length + statusesOf(told).length);
      return [started, Object.keys(lastOf(stop))];
    },
    seen: [
      [0, 0],
      ['1', '2', '3'],
    ],
  },
  {
    id: 'T-FAM-02',
    title: 'Children name the order id of their parent in openOrder and in orderStatus',
    source: tws('order_submission', 'The orderStatus callback'),
    act: async (under) => {
      const client = await under.client();
      const told = (await bracket(client)).at(-1) ?? [];
      const orders = client.read(only(told, 5)).map(([, id, , order]) => [id, pick(order, 'parentId')]);
      const statuses = only(told, 3).map((status) => `${status[1]} of ${status[7]}`);
      return [orders.slice(-2), [...new Set(statuses)].sort()];
    },
    seen: [
      [
        [2, { parentId: 1 }],
        [3, { parentId: 1 }],
      ],
      ['1 of 0', '2 of 1', '3 of 1'],
    ],
  },
  {
    id: 'T-FAM-03',
    title: 'Children are held as PreSubmitted until their parent has filled',
    source: BRACKET,
    act: async (under) => {
      const client = await under.client();
      const before = lastOf((await bracket(client)).at(-1) ?? []);
      under.quote(198.9, 199);
      const after = lastOf(await client.news());
      return [before, after];
    },
    seen: [
      { 1: 'Submitted', 2: 'PreSubmitted', 3: 'PreSubmitted' },
      { 1: 'Filled', 2: 'Submitted', 3: 'PreSubmitted' },
    ],
  },
  {
    id: 'T-FAM-04',
    title: 'When one child fills, the other is cancelled',
    source: BRACKET,
    act: async (under) => {
      const client = await under.client();
      await bracket(client, buy(10, 'MKT', { transmit: false }));
      under.quote(210, 210.1);
      const told = await client.news();
      return [lastOf(told), codesOf(told)];
    },
    seen: [{ 2: 'Filled', 3: 'Cancelled' }, ['3: 202']],
  },
  {
    id: 'T-FAM-05',
    title: 'When the parent is cancelled, its children are cancelled',
    source: BRACKET,
    act: async (under) => {
      const client = await under.client();
      await bracket(client);
      return lastOf(await client.cancel(1));
    },
    seen: { 1: 'Cancelled', 2: 'Cancelled', 3: 'Cancelled' },
  },
  {
    id: 'T-FAM-06',
    title: 'In a group of type 1 the others are cancelled when one fills, even in part',
    source: OCA,
    act: async (under) => {
      const client = await under.client();
      under.tws.controls.depth(4);
      await client.place(1, buy(10, 'LMT', { limit: 199, ocaGroup: 'g', ocaType: 1 }));
      await client.place(2, buy(10, 'LMT', { limit: 190, ocaGroup: 'g', ocaType: 1 }));
      under.quote(198.9, 199);
      return lastOf(await client.news())['2'];
    },
    seen: 'Cancelled',
  },
  {
    id: 'T-FAM-07',
    title: 'In a group of type 3 the others are reduced in proportion to what one fills',
    source: OCA,
    act: async (under) => {
      const client = await under.client();
      under.tws.controls.depth(4);
      await client.place(1, buy(10, 'LMT', { limit: 199, ocaGroup: 'g', ocaType: 3 }));
      await client.place(2, buy(20, 'LMT', { limit: 190, ocaGroup: 'g', ocaType: 3 }));
      under.quote(198.9, 199);
      await client.news();
      const [, , , order] = client.read(only(await client.ask(5, 1), 5)).find(([, id]) => id === 2) ?? [];
      return pick(order, 'totalQuantity');
    },
    seen: { totalQuantity: 12 },
  },
  {
    id: 'T-FAM-08',
    title: 'The group of a live order cannot be changed: 10326',
    source: issue('nautechsystems/nautilus_trader', 2978),
    act: async (under) => {
      const client = await under.client();
      await client.place(1, buy(10, 'LMT', { limit: 199, ocaGroup: 'g', ocaType: 1 }));
      return codesOf(await client.place(1, buy(10, 'LMT', { limit: 198, ocaGroup: 'h', ocaType: 1 })));
    },
    seen: ['1: 10326'],
  },
];

/** What is told of orders of other clients, of people, and of the past. */
export const openOrders: readonly Behaviour[] = [
  {
    id: 'T-OPN-01',
    title:
      'A client asks for its own open orders, or for those of all clients, each with the id of its client',
    source: tws(OPEN, 'All submitted orders'),
    act: async (under) => {
      const [one, other] = [await under.client(1), await under.client(2)];
      await one.place(5, resting);
      await other.place(9, resting);
      const whose = (messages: readonly Message[]) =>
        one.read(only(messages, 5)).map(([, id, , order]) => [id, pick(order, 'clientId')]);
      return [whose(await one.ask(5, 1)), whose(await one.ask(16, 1))];
    },
    seen: [
      [[5, { clientId: 1 }]],
      [
        [5, { clientId: 1 }],
        [9, { clientId: 2 }],
      ],
    ],
  },
  {
    id: 'T-OPN-02',
    title: 'Each open order is told by openOrder and orderStatus; openOrderEnd ends the answer',
    source: tws(OPEN, 'Retrieving currently active orders'),
    act: async (under) => {
      const client = await under.client();
      await client.place(1, resting);
      return (await client.ask(5, 1)).map(([id]) => id);
    },
    seen: ['5', '3', '53'],
  },
  {
    id: 'T-OPN-03',
    title: 'What has filled or was cancelled is no open order',
    source: tws(OPEN, 'Retrieving currently active orders'),
    act: async (under) => {
      const client = await under.client();
      await client.place(1, buy(1, 'MKT'));
      await client.place(2, resting);
      await client.cancel(2);
      return (await client.ask(16, 1)).map(([id]) => id);
    },
    seen: ['53'],
  },
  {
    id: 'T-OPN-04',
    title: 'An order made by hand has the order id 0 for who asks for all open orders',
    source: tws('modifying_orders', 'Modifying Orders'),
    act: async (under) => {
      const client = await under.client(1);
      under.tws.controls.byHand('AAPL', { action: 'BUY', quantity: 1, type: 'LMT', limitPrice: 150 });
      return only(await client.ask(16, 1), 5).map(([, id]) => id);
    },
    seen: ['0'],
  },
  {
    id: 'T-OPN-05',
    title:
      'Client 0 that asks for its open orders binds those made by hand: they get an order id and can be cancelled',
    source: tws(OPEN, "API client's orders"),
    act: async (under) => {
      const client = await under.client(0);
      under.tws.controls.byHand('AAPL', { action: 'BUY', quantity: 1, type: 'LMT', limitPrice: 150 });
      const [order] = only(await client.ask(5, 1), 5);
      const id = Number(order?.[1]);
      return [id !== 0, statusesOf(await client.cancel(id)).at(-1)];
    },
    seen: [true, 'Cancelled'],
  },
  {
    id: 'T-OPN-06',
    title: 'Only client 0 may have orders bound automatically: 327',
    source: codes(327),
    act: async (under) => codesOf(await (await under.client(1)).ask(15, 1, 1)),
    seen: ['-1: 327'],
  },
  {
    id: 'T-OPN-07',
    title: 'The master client is told of the orders and executions of all clients',
    source: tws('executions_commissions', 'Executions and Commissions'),
    options: { masterClientId: 50 },
    act: async (under) => {
      const [master, client] = [await under.client(50), await under.client(1)];
      await client.place(1, buy(1, 'MKT'));
      const told = await master.news();
      return [lastOf(told), only(told, 11).length, only(told, 59).length];
    },
    seen: [{ 1: 'Filled' }, 1, 1],
  },
  {
    id: 'T-OPN-08',
    title: 'A client that is not the master is told nothing of orders of others unless it asks',
    source: tws('executions_commissions', 'Executions and Commissions'),
    act: async (under) => {
      const [client, other] = [await under.client(1), await under.client(2)];
      await client.place(1, buy(1, 'MKT'));
      const unasked = (await other.news()).length;
      return [unasked, only(await other.ask(...executions(7)), 11).length];
    },
    seen: [0, 1],
  },
  {
    id: 'T-OPN-09',
    title: 'Orders of the day that are over can be asked for, with their reference and permId, up to an end',
    source: campus('Retrieving Completed Orders'),
    act: async (under) => {
      const client = await under.client();
      await client.place(1, buy(1, 'LMT', { limit: 199, orderRef: 'mine' }));
      const [status] = only(await client.cancel(1), 3);
      const told = await client.ask(99, 0);
      const [, , order] = client.read(only(told, 101))[0] ?? [];
      return [
        told.map(([id]) => id),
        pick(order, 'orderRef'),
        String((order as { permId?: number } | undefined)?.permId) === status?.[6],
      ];
    },
    seen: [['101', '102'], { orderRef: 'mine' }, true],
  },
];
