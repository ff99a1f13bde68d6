import { type Behaviour, codes, decoder, issue, tws } from './behaviour.js';
import { codesOf, type Message, only, pick, statusesOf } from './client.js';
import { buy, es, sell } from './requests.js';

const PAGE = 'order_submission';
const STATES = tws(PAGE, 'Possible Order States');
const TIF = tws('classIBApi_1_1Order', 'Tif');

/** Index of a field of orderStatus. */
const PERM_ID = 6;

const resting = buy(10, 'LMT', { limit: 199, orderRef: 'mine' });
const full = sell(7, 'STP LMT', {
  limit: 190,
  aux: 191,
  ocaGroup: 'pair',
  ocaType: 2,
  orderRef: 'mine',
  outsideRth: true,
  tif: 'GTD',
  goodTill: '20260115-20:00:00',
});

const lastStatus = (messages: readonly Message[]): Message => only(messages, 3).at(-1) ?? [];

/** How orders are accepted, held, changed and filled. */
export const orders: readonly Behaviour[] = [
  {
    id: 'T-ORD-01',
    title: 'An order is answered by openOrder and by orderStatus',
    source: tws(PAGE, 'The openOrder callback'),
    act: async (under) => {
      const told = await (await under.client()).place(1, resting);
      return [...new Set(told.map(([id]) => id))];
    },
    seen: ['5', '3'],
  },
  {
    id: 'T-ORD-02',
    title: 'A limit order that rests is Submitted',
    source: STATES,
    act: async (under) => statusesOf(await (await under.client()).place(1, resting)).at(-1),
    seen: 'Submitted',
  },
  {
    id: 'T-ORD-03',
    title: 'orderStatus has eleven fields behind its id, from the order id to the capped price',
    source: decoder('decodeMsg_ORDER_STATUS'),
    act: async (under) => {
      const client = await under.client(3);
      const message = lastStatus(await client.place(1, resting));
      const [[name, ...args] = ['']] = client.read([message]);
      return [message.length, name, ...args.map((arg, i) => (i === 5 ? Number(arg) > 0 : arg))];
    },
    seen: [12, 'orderStatus', 1, 'Submitted', 0, 10, 0, true, 0, 0, 3, '', 0],
  },
  {
    id: 'T-ORD-04',
    title: 'openOrder gives an order back as it was sent, and its state in the field behind whatIf',
    source: decoder('decodeMsg_OPEN_ORDER'),
    act: async (under) => {
      const client = await under.client(3);
      const told = client.read(only(await client.place(8, full), 5)).at(-1);
      const [, id, contract, order, state] = told ?? [];
      return [
        id,
        pick(contract, 'conId', 'symbol', 'secType', 'exchange', 'currency'),
        pick(order, 'action', 'totalQuantity', 'orderType', 'lmtPrice', 'auxPrice', 'tif', 'goodTillDate'),
        pick(order, 'ocaGroup', 'ocaType', 'orderRef', 'outsideRth', 'account', 'clientId', 'parentId'),
        pick(order, 'whatIf', 'exemptCode', 'deltaNeutralOrderType', 'clearingIntent', 'cashQty'),
        pick(state, 'status', 'initMarginChange', 'commission'),
      ];
    },
    seen: [
      8,
      { conId: 265_598, symbol: 'AAPL', secType: 'STK', exchange: 'SMART', currency: 'USD' },
      {
        action: 'SELL',
        totalQuantity: 7,
        orderType: 'STP LMT',
        lmtPrice: 190,
        auxPrice: 191,
        tif: 'GTD',
        goodTillDate: '20260115-20:00:00',
      },
      {
        ocaGroup: 'pair',
        ocaType: 2,
        orderRef: 'mine',
        outsideRth: true,
        account: 'DU1',
        clientId: 3,
        parentId: 0,
      },
      {
        whatIf: false,
        exemptCode: -1,
        deltaNeutralOrderType: 'None',
        clearingIntent: 'IB',
        cashQty: undefined,
      },
      { status: 'PreSubmitted', initMarginChange: undefined, commission: undefined },
    ],
  },
  {
    id: 'T-ORD-05',
    title: 'A stop is held as PreSubmitted until it is triggered',
    source: STATES,
    act: async (under) => {
      const client = await under.client();
      const before = lastStatus(await client.place(1, sell(1, 'STP', { aux: 4990 }), es))[2];
      under.tws.controls.quote('ES', 4989, 4989.25);
      return [before, statusesOf(await client.news()).at(-1)];
    },
    seen: ['PreSubmitted', 'Filled'],
  },
  {
    id: 'T-ORD-06',
    title: 'A market order that trades at once is told by its execution; its statuses end with Filled',
    source: tws(PAGE, 'The orderStatus callback'),
    act: async (under) => {
      const told = await (await under.client()).place(1, buy(10, 'MKT'));
      return [only(told, 11).map(([, , orderId]) => orderId), statusesOf(told).at(-1)];
    },
    seen: [['1'], 'Filled'],
  },
  {
    id: 'T-ORD-07',
    title: 'The same orderStatus is often told twice',
    source: tws(PAGE, 'The orderStatus callback'),
    act: async (under) => {
      const told = only(await (await under.client()).place(1, buy(10, 'MKT')), 3);
      const filled = told.filter(([, , status]) => status === 'Filled').map((one) => one.join(' '));
      return [filled.length > 1, new Set(filled).size];
    },
    seen: [true, 1],
  },
  {
    id: 'T-ORD-08',
    title:
      'An order that fills in parts stays Submitted, and tells what has filled, what remains and at which average',
    source: tws(PAGE, 'The orderStatus callback'),
    act: async (under) => {
      under.tws.controls.depth(4);
      const client = await under.client();
      await client.place(1, buy(10, 'LMT', { limit: 201 }));
      under.quote(200.2, 200.3);
      under.quote(200.4, 200.5);
      const told = only(client.raw.messages, 3).concat(only(await client.news(), 3));
      return [...new Set(told.map((one) => one.slice(2, 6).join(' ')))].slice(-3);
    },
    seen: ['Submitted 4 6 200.1', 'Submitted 8 2 200.2', 'Filled 10 0 200.26'],
  },
  {
    id: 'T-ORD-09',
    title: 'The same order id changes a live order, which keeps its permId',
    source: tws('modifying_orders', 'Modifying Orders'),
    act: async (under) => {
      const client = await under.client();
      const before = lastStatus(await client.place(1, resting));
      const told = await client.place(1, buy(20, 'LMT', { limit: 198.5, orderRef: 'mine' }));
      const [, , , order] = client.read(only(told, 5)).at(-1) ?? [];
      return [
        pick(order, 'totalQuantity', 'lmtPrice'),
        lastStatus(told)[PERM_ID] === before[PERM_ID],
        only(await client.ask(5, 1), 5).length,
      ];
    },
    seen: [{ totalQuantity: 20, lmtPrice: 198.5 }, true, 1],
  },
  {
    id: 'T-ORD-10',
    title: 'permId names an order over all clients: no two orders have the same',
    source: tws(PAGE, 'The orderStatus callback'),
    act: async (under) => {
      const [one, other] = [await under.client(1), await under.client(2)];
      const told = [await one.place(1, resting), await one.place(2, resting), await other.place(1, resting)];
      return new Set(told.map((messages) => lastStatus(messages)[PERM_ID])).size;
    },
    seen: 3,
  },
  {
    id: 'T-ORD-11',
    title: 'An order that is not transmitted does not trade until it is sent again with the flag set',
    source: tws('bracket_order', 'Bracket Orders'),
    act: async (under) => {
      const client = await under.client();
      const held = only(await client.place(1, buy(1, 'MKT', { transmit: false })), 11).length;
      return [held, only(await client.place(1, buy(1, 'MKT')), 11).length];
    },
    seen: [0, 1],
  },
  {
    id: 'T-ORD-12',
    title: 'What an IOC order cannot trade at once is cancelled',
    source: TIF,
    act: async (under) => {
      under.tws.controls.depth(4);
      const told = await (await under.client()).place(1, buy(10, 'LMT', { limit: 201, tif: 'IOC' }));
      return lastStatus(told).slice(2, 5);
    },
    seen: ['Cancelled', '4', '6'],
  },
  {
    id: 'T-ORD-13',
    title: 'A FOK order that cannot trade whole is cancelled whole',
    source: TIF,
    act: async (under) => {
      under.tws.controls.depth(4);
      const told = await (await under.client()).place(1, buy(10, 'LMT', { limit: 201, tif: 'FOK' }));
      return lastStatus(told).slice(2, 5);
    },
    seen: ['Cancelled', '0', '10'],
  },
  {
    id: 'T-ORD-14',
    title: 'A GTD order ends at the time it names, in UTC with a hyphen, with code 202',
    source: tws('classIBApi_1_1Order', 'GoodTillDate'),
    act: async (under) => {
      const client = await under.client();
      await client.place(1, buy(1, 'LMT', { limit: 150, tif: 'GTD', goodTill: '20260114-15:30:00' }));
      under.advance(30 * 60_000 - 1);
      const before = await client.news();
      under.advance(1);
      const told = await client.news();
      return [before.length, codesOf(told), lastStatus(told)[2]];
    },
    seen: [0, ['1: 202'], 'Cancelled'],
  },
  {
    id: 'T-ORD-15',
    title: 'A what-if order is answered by an openOrder with margins and commission, and is no order',
    source: tws('margin', 'Checking Margin Changes'),
    act: async (under) => {
      const client = await under.client();
      const told = await client.place(1, buy(10, 'LMT', { limit: 201, whatIf: true }));
      const [, id, , order, state] = client.read(told).at(-1) ?? [];
      const { initMarginChange, commission } = state as Record<string, number>;
      const open = await client.ask(16, 1);
      return [
        told.map(([first]) => first),
        id,
        pick(order, 'whatIf'),
        [Number(initMarginChange) > 0, Number(commission) > 0],
        only(open, 5).length,
      ];
    },
    seen: [['5'], 1, { whatIf: true }, [true, true], 0],
  },
  {
    id: 'T-ORD-16',
    title: 'An order whose time in force a preset sets is warned of by 10349, and lives',
    source: issue('ib-api-reloaded/ib_async', 191),
    options: { presetTimeInForce: 'DAY' },
    act: async (under) => {
      const client = await under.client();
      const told = await client.place(1, buy(1, 'LMT', { limit: 150, tif: '' }));
      const open = client.read(only(await client.ask(5, 1), 5)).map(([, , , order]) => pick(order, 'tif'));
      return [codesOf(told), lastStatus(told)[2], open];
    },
    seen: [['1: 10349'], 'Submitted', [{ tif: 'DAY' }]],
  },
  {
    id: 'T-ORD-17',
    title: 'An order outside regular hours is warned of by 399, and is held as PreSubmitted',
    source: codes(399),
    options: { keepHours: true },
    act: async (under) => {
      under.advance(7 * 3_600_000);
      const told = await (await under.client()).place(1, resting);
      return [codesOf(told), lastStatus(told)[2]];
    },
    seen: [['1: 399'], 'PreSubmitted'],
  },
];
