import { mt5Symbol } from '../../market/symbol.js';
import { type Behaviour, book, code, docs, help, pages } from './behaviour.js';
import { SERVER_START } from './mt5-under-test.js';
import { kinds, records, transactionsOf } from './named-records.js';

const TYPES = help('general_concept', 'Pending Orders');
const PLACE = book('experts_pending', 'TRADE_ACTION_PENDING');
const MODIFY = docs(pages.actions, 'TRADE_ACTION_MODIFY');
const EXPIRES = book('experts_pending_expiration', 'ENUM_ORDER_TYPE_TIME');
const HOUR = 3_600_000;
const DAY = 24 * HOUR;

const [BUY_LIMIT, SELL_LIMIT, BUY_STOP, SELL_STOP, BUY_STOP_LIMIT, SELL_STOP_LIMIT] = [2, 3, 4, 5, 6, 7];

/** Pending orders: placing, activation, change, removal and expiry. */
export const pending: readonly Behaviour[] = [
  {
    id: 'M-PEND-01',
    title: 'A pending order is answered by 10009 with its ticket, and is told as placed',
    source: PLACE,
    act: async (mt5) => {
      const told = await mt5.told(() => mt5.pending(BUY_LIMIT, 1.084, { sl: 1.08, tp: 1.09, magic: 5 }));
      const [order] = records(told, 'order');
      const { state, price_open, sl, tp, volume_current, magic } = order ?? {};
      return [kinds(told), { state, price_open, sl, tp, volume_current, magic }, told.at(-1)?.slice(2, 4)];
    },
    seen: [
      ['order', 'ORDER_ADD', 'result'],
      { state: 1, price_open: 1.084, sl: 1.08, tp: 1.09, volume_current: 0.1, magic: '5' },
      ['10009', '0'],
    ],
  },
  {
    id: 'M-PEND-02',
    title: 'Buy limit and sell limit trade when the ask falls, or the bid rises, to their price',
    source: TYPES,
    act: async (mt5) => {
      await mt5.pending(BUY_LIMIT, 1.084, { volume: 0.2 });
      mt5.quote(1.084, 1.0841);
      const none = mt5.truth.positions.length;
      mt5.quote(1.0839, 1.084);
      const bought = mt5.truth.deals.at(-1);
      await mt5.pending(SELL_LIMIT, 1.086, { volume: 0.1 });
      mt5.quote(1.0861, 1.0862);
      const sold = mt5.truth.deals.at(-1);
      return [none, [bought?.type, bought?.price], [sold?.type, sold?.price]];
    },
    seen: [0, [0, 1.084], [1, 1.0861]],
  },
  {
    id: 'M-PEND-03',
    title: 'Buy stop and sell stop trade at the market when it has reached their price, also beyond it',
    source: TYPES,
    act: async (mt5) => {
      await mt5.pending(BUY_STOP, 1.086, { volume: 0.2 });
      mt5.quote(1.0862, 1.0863);
      const bought = mt5.truth.deals.at(-1);
      await mt5.pending(SELL_STOP, 1.085, { volume: 0.1 });
      mt5.quote(1.0845, 1.0846);
      const sold = mt5.truth.deals.at(-1);
      return [
        [bought?.type, bought?.price],
        [sold?.type, sold?.price],
      ];
    },
    seen: [
      [0, 1.0863],
      [1, 1.0845],
    ],
  },
  {
    id: 'M-PEND-04',
    title: 'A stop-limit becomes a limit order at its second price when the first is reached',
    source: `${TYPES}, Buy Stop Limit and Sell Stop Limit; ${docs(pages.request, 'stoplimit')}`,
    act: async (mt5) => {
      await mt5.pending(BUY_STOP_LIMIT, 1.086, { stoplimit: 1.0855 });
      await mt5.pending(SELL_STOP_LIMIT, 1.083, { stoplimit: 1.0835 });
      mt5.quote(1.0859, 1.086);
      const seen = mt5.truth.orders.map(({ type, priceOpen, state }) => [type, priceOpen, state]);
      mt5.quote(1.0854, 1.0855);
      return [seen, mt5.truth.orders.length, mt5.truth.positions.map(({ priceOpen }) => priceOpen)];
    },
    seen: [
      [
        [BUY_LIMIT, 1.0855, 1],
        [SELL_STOP_LIMIT, 1.083, 1],
      ],
      1,
      [1.0855],
    ],
  },
  {
    id: 'M-PEND-05',
    title:
      'An activated order is told by its deal, its removal and its entry in the history, with no new ORDER_ADD',
    source: book('experts_ontrade', 'log of a triggered sell stop'),
    act: async (mt5) => {
      await mt5.pending(SELL_STOP, 1.084);
      return transactionsOf(await mt5.told(() => mt5.quote(1.084)));
    },
    seen: ['DEAL_ADD', 'ORDER_DELETE', 'HISTORY_ADD'],
  },
  {
    id: 'M-PEND-06',
    title: 'Levels of an order become those of its position',
    source: help('general_concept', 'Take Profit and Stop Loss'),
    act: async (mt5) => {
      await mt5.pending(BUY_LIMIT, 1.084, { sl: 1.08, tp: 1.09, comment: 'mine' });
      mt5.quote(1.0839);
      const { sl, tp, comment } = mt5.truth.positions[0] ?? {};
      return [sl, tp, comment];
    },
    seen: [1.08, 1.09, 'mine'],
  },
  {
    id: 'M-PEND-07',
    title: 'A limit order that the market fills in part works on as partially filled',
    source: docs(pages.orders, 'ORDER_STATE_PARTIAL, ORDER_FILLING_RETURN'),
    act: async (mt5) => {
      await mt5.pending(BUY_LIMIT, 1.084, { volume: 1 });
      mt5.controls.depth(0.4);
      const told = await mt5.told(() => mt5.quote(1.0838));
      const [order] = records(told, 'order');
      mt5.quote(1.0838);
      mt5.quote(1.0838);
      return [
        transactionsOf(told),
        [order?.state, order?.volume_initial, order?.volume_current],
        mt5.truth.deals.slice(1).map(({ volume }) => volume),
        mt5.truth.historyOrders.map(({ state }) => state),
      ];
    },
    seen: [['DEAL_ADD', 'ORDER_UPDATE'], [3, 1, 0.6], [0.4, 0.4, 0.2], [4]],
  },
  {
    id: 'M-PEND-08',
    title: 'Pending orders take RETURN whatever the execution, also where deals may not',
    source: docs(pages.orders, 'ENUM_ORDER_TYPE_FILLING, in case of pending orders'),
    act: async (mt5) => (await mt5.pending(BUY_LIMIT, 1.084, { type_filling: 2 })).retcode,
    seen: 10009,
  },
  {
    id: 'M-PEND-09',
    title: 'Orders on the wrong side of the market have an invalid price',
    source: `${TYPES}; ${code(10015)}`,
    act: async (mt5) => {
      const codes: number[] = [];
      for (const [type, price] of [
        [BUY_LIMIT, 1.0852],
        [SELL_LIMIT, 1.0849],
        [BUY_STOP, 1.085],
        [SELL_STOP, 1.0852],
      ] as const)
        codes.push((await mt5.pending(type ?? 0, price)).retcode);
      codes.push((await mt5.pending(BUY_STOP_LIMIT, 1.086, { stoplimit: 1.0865 })).retcode);
      return codes;
    },
    seen: [10015, 10015, 10015, 10015, 10015],
  },
  {
    id: 'M-PEND-10',
    title: 'On an exchange a limit order beyond the market trades at once',
    source: help('general_concept', 'Exchange Execution'),
    options: { symbols: [mt5Symbol('EURUSD', { execution: 3 })] },
    act: async (mt5) => {
      const { retcode } = await mt5.pending(BUY_LIMIT, 1.0855);
      return [retcode, mt5.truth.orders.length, mt5.truth.positions[0]?.priceOpen];
    },
    seen: [10009, 0, 1.0851],
  },
  {
    id: 'M-PEND-11',
    title: 'A change of price and levels is told by ORDER_UPDATE',
    source: MODIFY,
    act: async (mt5) => {
      const { order } = await mt5.pending(BUY_LIMIT, 1.084);
      const told = await mt5.told(() =>
        mt5.ask({ action: 7, order, price: 1.083, sl: 1.08, tp: 1.09, volume: 5 }),
      );
      const [changed] = records(told, 'order');
      const { price_open, sl, tp, volume_current } = changed ?? {};
      return [transactionsOf(told), { price_open, sl, tp, volume_current }];
    },
    seen: [['ORDER_UPDATE'], { price_open: 1.083, sl: 1.08, tp: 1.09, volume_current: 0.1 }],
  },
  {
    id: 'M-PEND-12',
    title: 'A change that changes nothing is answered by 10025',
    source: `${code(10025)}; article 2555, Sending a request to modify the levels without actually changing them`,
    act: async (mt5) => {
      const { order } = await mt5.pending(BUY_LIMIT, 1.084, { sl: 1.08 });
      return (await mt5.ask({ action: 7, order, price: 1.084, sl: 1.08 })).retcode;
    },
    seen: 10025,
  },
  {
    id: 'M-PEND-13',
    title: 'A removed order is gone and in the history as canceled',
    source: docs(pages.actions, 'TRADE_ACTION_REMOVE'),
    act: async (mt5) => {
      const { order } = await mt5.pending(BUY_LIMIT, 1.084);
      const told = await mt5.told(() => mt5.ask({ action: 8, order }));
      return [transactionsOf(told), told.at(-1)?.[2], mt5.truth.historyOrders[0]?.state];
    },
    seen: [['ORDER_DELETE', 'HISTORY_ADD'], '10009', 2],
  },
  {
    id: 'M-PEND-14',
    title: 'An order that is not there can be neither changed nor removed',
    source: code(10035),
    act: async (mt5) => [
      (await mt5.ask({ action: 7, order: 1, price: 1.08 })).retcode,
      (await mt5.ask({ action: 8, order: 1 })).retcode,
    ],
    seen: [10035, 10035],
  },
  {
    id: 'M-PEND-15',
    title: 'An order until a time expires at that time of the server',
    source: `${EXPIRES}; ORDER_STATE_EXPIRED`,
    act: async (mt5) => {
      await mt5.pending(BUY_LIMIT, 1.084, { type_time: 2, expiration: SERVER_START + HOUR });
      mt5.advance(HOUR - 1);
      const before = mt5.truth.orders.length;
      mt5.advance(1);
      const ended = mt5.truth.historyOrders[0];
      return [before, ended?.state, ended?.timeDone, ended?.expiration];
    },
    seen: [1, 6, SERVER_START + HOUR, SERVER_START + HOUR],
  },
  {
    id: 'M-PEND-16',
    title: 'An order of a day expires at the server’s midnight, not at that of UTC',
    source: `${EXPIRES}, ORDER_TIME_DAY`,
    act: async (mt5) => {
      await mt5.pending(BUY_LIMIT, 1.084, { type_time: 1 });
      // It is 17:00 at the server.
      mt5.advance(7 * HOUR - 1);
      const before = mt5.truth.orders.length;
      mt5.advance(1);
      return [before, mt5.truth.orders.length, mt5.truth.historyOrders[0]?.state];
    },
    seen: [1, 0, 6],
  },
  {
    id: 'M-PEND-17',
    title: 'An order until a day works until 23:59:59 of it',
    source: `${EXPIRES}, ORDER_TIME_SPECIFIED_DAY`,
    act: async (mt5) => {
      await mt5.pending(BUY_LIMIT, 1.084, { type_time: 3, expiration: SERVER_START + DAY });
      mt5.advance(DAY + 7 * HOUR - 1);
      const before = mt5.truth.orders.length;
      mt5.advance(1);
      return [before, mt5.truth.orders.length];
    },
    seen: [1, 0],
  },
  {
    id: 'M-PEND-18',
    title: 'An expiration that has passed, or that the symbol does not take, is refused',
    source: `${code(10022)}; ${docs(pages.symbols, 'SYMBOL_EXPIRATION_MODE')}`,
    options: { symbols: [mt5Symbol('EURUSD', { expirationMode: 5 })] },
    act: async (mt5) => [
      (await mt5.pending(BUY_LIMIT, 1.084, { type_time: 2, expiration: SERVER_START })).retcode,
      (await mt5.pending(BUY_LIMIT, 1.084, { type_time: 1 })).retcode,
      (await mt5.pending(BUY_LIMIT, 1.084, { type_time: 2, expiration: SERVER_START + 1 })).retcode,
    ],
    seen: [10022, 10022, 10009],
  },
  {
    id: 'M-PEND-19',
    title: 'A change can give an order another expiration',
    source: MODIFY,
    act: async (mt5) => {
      const { order } = await mt5.pending(BUY_LIMIT, 1.084);
      await mt5.ask({ action: 7, order, price: 1.084, type_time: 2, expiration: SERVER_START + HOUR });
      mt5.advance(HOUR);
      return mt5.truth.historyOrders[0]?.state;
    },
    seen: 6,
  },
  {
    id: 'M-PEND-20',
    title: 'Orders of one price share what the market gives, the older one first',
    source: docs(pages.orders, 'ORDER_FILLING_RETURN, the volume that is available'),
    act: async (mt5) => {
      await mt5.pending(BUY_LIMIT, 1.084, { volume: 0.3 });
      await mt5.pending(BUY_LIMIT, 1.084, { volume: 0.3 });
      mt5.controls.depth(0.4);
      mt5.quote(1.0838);
      return mt5.truth.deals.slice(1).map(({ volume }) => volume);
    },
    seen: [0.3, 0.1],
  },
];
