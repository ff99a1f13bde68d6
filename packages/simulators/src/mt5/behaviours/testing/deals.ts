import { mt5Symbol } from '../../market/symbol.js';
import { type Behaviour, book, code, docs, help, pages } from './behaviour.js';
import { kinds, records, transactionsOf } from './named-records.js';

const MARKET = book('experts_market_buy_sell', 'market orders');
const LOG = book('experts_ontradetransaction', 'log of a market order');
const FILLING = docs(pages.orders, 'ENUM_ORDER_TYPE_FILLING, table of execution and fill policies');

const instant = { symbols: [mt5Symbol('EURUSD', { execution: 1 })] };
const request = { symbols: [mt5Symbol('EURUSD', { execution: 0 })] };
const exchange = { symbols: [mt5Symbol('EURUSD', { execution: 3 })] };

/** Market orders, their execution modes and their filling. */
export const deals: readonly Behaviour[] = [
  {
    id: 'M-DEAL-01',
    title:
      'A market buy trades at the ask, whatever price it names, and is answered by 10009 with deal and order',
    source: `${MARKET}; ${docs(pages.result, 'deal, order, volume, price')}`,
    act: async (mt5) => {
      const { deal, order, ...rest } = await mt5.buy(0.1, { price: 1.2 });
      return [deal > 0, order > 0, deal !== order, rest];
    },
    seen: [
      true,
      true,
      true,
      { retcode: 10009, volume: 0.1, price: 1.0851, bid: 1.085, ask: 1.0851, comment: 'Request executed' },
    ],
  },
  {
    id: 'M-DEAL-02',
    title: 'A market sell trades at the bid',
    source: MARKET,
    act: async (mt5) => (await mt5.sell(0.1)).price,
    seen: 1.085,
  },
  {
    id: 'M-DEAL-03',
    title:
      'A market order goes through ORDER_ADD, DEAL_ADD, ORDER_DELETE and HISTORY_ADD, and then its result comes',
    source: LOG,
    act: async (mt5) => {
      const told = kinds(await mt5.told(() => mt5.buy(0.1)));
      return told.filter((kind) => kind === 'result' || kind === kind.toUpperCase());
    },
    seen: ['ORDER_ADD', 'DEAL_ADD', 'ORDER_DELETE', 'HISTORY_ADD', 'result'],
  },
  {
    id: 'M-DEAL-04',
    title: 'Each transaction comes after the state that it speaks of',
    source: docs(pages.transaction, 'the example of a market buy order'),
    act: async (mt5) => kinds(await mt5.told(() => mt5.buy(0.1))),
    seen: [
      'order',
      'ORDER_ADD',
      'deal',
      'position',
      'account',
      'DEAL_ADD',
      'order-gone',
      'ORDER_DELETE',
      'history-order',
      'HISTORY_ADD',
      'result',
    ],
  },
  {
    id: 'M-DEAL-05',
    title: 'The result may come before all news of what was done',
    source: docs(pages.transaction, 'the priority of their arrival at the terminal is not guaranteed'),
    options: { resultFirst: true },
    act: async (mt5) => kinds(await mt5.told(() => mt5.buy(0.1)))[0],
    seen: 'result',
  },
  {
    id: 'M-DEAL-06',
    title: 'A change of a position by a deal gives no transaction POSITION',
    source: docs(pages.transaction, 'TRADE_TRANSACTION_POSITION, note'),
    act: async (mt5) => transactionsOf(await mt5.told(() => mt5.buy(0.1))).includes('POSITION'),
    seen: false,
  },
  {
    id: 'M-DEAL-07',
    title:
      'The order is told as started and without a position, and enters the history filled, with it and no volume left',
    source: LOG,
    act: async (mt5) => {
      const told = await mt5.told(() => mt5.buy(0.1));
      const [begun] = records(told, 'order');
      const [ended] = records(told, 'history-order');
      return [
        [begun?.state, begun?.volume_current, begun?.position_id],
        [ended?.state, ended?.volume_current, ended?.position_id === ended?.ticket],
      ];
    },
    seen: [
      [0, 0.1, 0],
      [4, 0, true],
    ],
  },
  {
    id: 'M-DEAL-08',
    title: 'The transaction of a deal names deal, order and position, and fills no order type',
    source: docs(pages.transaction, 'TRADE_TRANSACTION_DEAL_*'),
    act: async (mt5) => {
      const told = await mt5.told(() => mt5.sell(0.1, { sl: 1.09, tp: 1.08 }));
      const [deal] = records(told, 'deal');
      const of = records(told, 'transaction').find(({ type }) => type === 6);
      const { order_type, order_state, deal_type, price, price_sl, price_tp, volume } = of ?? {};
      return [
        of?.deal === deal?.ticket && of?.order === deal?.order && of?.position === deal?.position_id,
        { order_type, order_state, deal_type, price, price_sl, price_tp, volume },
      ];
    },
    seen: [
      true,
      {
        order_type: 0,
        order_state: 0,
        deal_type: 1,
        price: 1.085,
        price_sl: 1.09,
        price_tp: 1.08,
        volume: 0.1,
      },
    ],
  },
  {
    id: 'M-DEAL-09',
    title: 'An expert’s deal has reason EXPERT, entry IN, its magic and its comment',
    source: docs(pages.deals, 'ENUM_DEAL_REASON, ENUM_DEAL_ENTRY'),
    act: async (mt5) => {
      const [deal] = await mt5.toldOf('deal', () =>
        mt5.buy(0.1, { magic: '18446744073709551615', comment: 'mine' }),
      );
      return [deal?.reason, deal?.entry, deal?.magic, deal?.comment];
    },
    seen: [3, 0, '18446744073709551615', 'mine'],
  },
  {
    id: 'M-DEAL-10',
    title: 'A comment is cut to 31 characters',
    source: `${docs(pages.request, 'comment')}; ORDER_COMMENT holds 31 characters`,
    act: async (mt5) => {
      await mt5.buy(0.1, { comment: 'abcdefghijklmnopqrstuvwxyz0123456789' });
      return mt5.truth.positions[0]?.comment;
    },
    seen: 'abcdefghijklmnopqrstuvwxyz01234',
  },
  {
    id: 'M-DEAL-11',
    title: 'A broker may not keep the comment',
    source: docs(pages.orders, 'ORDER_COMMENT'),
    options: { lossyComments: true },
    act: async (mt5) => {
      await mt5.buy(0.1, { comment: 'mine' });
      return mt5.truth.deals.at(-1)?.comment;
    },
    seen: '',
  },
  {
    id: 'M-DEAL-12',
    title: 'IOC trades what there is, cancels the rest and is answered by 10010',
    source: `${FILLING}; ${code(10010)}`,
    act: async (mt5) => {
      mt5.controls.depth(0.3);
      const { retcode, volume } = await mt5.buy(1, { type_filling: 1 });
      const ended = mt5.truth.historyOrders.at(-1);
      return [retcode, volume, mt5.truth.positions[0]?.volume, ended?.state, ended?.volumeCurrent];
    },
    seen: [10010, 0.3, 0.3, 2, 0.7],
  },
  {
    id: 'M-DEAL-13',
    title: 'FOK trades all or nothing',
    source: FILLING,
    act: async (mt5) => {
      mt5.controls.depth(0.3);
      return [(await mt5.buy(1)).retcode, mt5.truth.positions.length, (await mt5.buy(0.3)).retcode];
    },
    seen: [10006, 0, 10009],
  },
  {
    id: 'M-DEAL-14',
    title: 'RETURN is not allowed under market execution',
    source: FILLING,
    act: async (mt5) => (await mt5.buy(0.1, { type_filling: 2 })).retcode,
    seen: 10030,
  },
  {
    id: 'M-DEAL-15',
    title: 'Under market execution a filling mode that the symbol does not have is refused',
    source: `${docs(pages.symbols, 'SYMBOL_FILLING_MODE')}; ${code(10030)}`,
    options: { symbols: [mt5Symbol('EURUSD', { fillingMode: 2 })] },
    act: async (mt5) => [
      (await mt5.buy(0.1, { type_filling: 0 })).retcode,
      (await mt5.buy(0.1, { type_filling: 1 })).retcode,
    ],
    seen: [10030, 10009],
  },
  {
    id: 'M-DEAL-16',
    title: 'On an exchange RETURN leaves the rest working, and it trades on with the next quotes',
    source: FILLING,
    options: exchange,
    act: async (mt5) => {
      mt5.controls.depth(0.4);
      const { retcode, volume } = await mt5.buy(1, { type_filling: 2 });
      const left = mt5.truth.orders[0];
      mt5.quote(1.086);
      mt5.quote(1.087);
      return [
        retcode,
        volume,
        left?.state,
        left?.volumeCurrent,
        mt5.truth.orders,
        mt5.truth.positions[0]?.volume,
      ];
    },
    seen: [10010, 0.4, 3, 0.6, [], 1],
  },
  {
    id: 'M-DEAL-17',
    title:
      'In instant execution a price further away than the deviation is requoted, with the present prices',
    source: `${docs(pages.request, 'deviation')}; ${code(10004)}; ${docs(pages.result, 'bid and ask, requote price')}`,
    options: instant,
    act: async (mt5) => {
      const { retcode, bid, ask, order } = await mt5.buy(0.1, { price: 1.0849, deviation: 19 });
      return { retcode, bid, ask, order };
    },
    seen: { retcode: 10004, bid: 1.085, ask: 1.0851, order: 0 },
  },
  {
    id: 'M-DEAL-18',
    title: 'In instant and request execution a price within the deviation trades',
    source: docs(pages.request, 'deviation, Request Execution and Instant Execution'),
    options: request,
    act: async (mt5) => (await mt5.buy(0.1, { price: 1.0849, deviation: 20 })).retcode,
    seen: 10009,
  },
  {
    id: 'M-DEAL-19',
    title: 'A broker may answer a changed price by 10020',
    source: code(10020),
    options: { ...instant, requoteCode: 10020 },
    act: async (mt5) => (await mt5.buy(0.1, { price: 1.0849 })).retcode,
    seen: 10020,
  },
  {
    id: 'M-DEAL-20',
    title: 'Instant execution needs a price, on the digits',
    source: `${docs(pages.request, 'Instant Execution: 9 fields, price among them')}; ${code(10015)}`,
    options: instant,
    act: async (mt5) => [
      (await mt5.buy(0.1)).retcode,
      (await mt5.buy(0.1, { price: 1.085105, deviation: 10 })).retcode,
    ],
    seen: [10015, 10015],
  },
  {
    id: 'M-DEAL-21',
    title: 'Instant execution takes every filling mode, whatever the symbol says',
    source: FILLING,
    options: { symbols: [mt5Symbol('EURUSD', { execution: 1, fillingMode: 0 })] },
    act: async (mt5) => {
      const codes: number[] = [];
      for (const type_filling of [0, 1, 2])
        codes.push((await mt5.buy(0.1, { price: 1.0851, type_filling })).retcode);
      return codes;
    },
    seen: [10009, 10009, 10009],
  },
  {
    id: 'M-DEAL-22',
    title: 'Commission is charged for each lot of each deal, and leaves the balance at once',
    source: `${docs(pages.deals, 'DEAL_COMMISSION')}; ${help('general_concept', 'commissions')}`,
    options: { accounts: [{ login: 5_000_001, commissionPerLot: 3.5 }] },
    act: async (mt5) => {
      const { order } = await mt5.buy(0.2);
      await mt5.sell(0.2, { position: order });
      return [mt5.truth.deals.slice(1).map(({ commission }) => commission), mt5.truth.account.balance];
    },
    seen: [[-0.7, -0.7], 9996.6],
  },
];
