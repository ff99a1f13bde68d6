import { mt5Symbol } from '../../market/symbol.js';
import { type Behaviour, docs, help, pages } from './behaviour.js';
import { pairsOf, records, transactionsOf } from './named-records.js';

const PROFIT = docs(pages.symbols, 'ENUM_SYMBOL_CALC_MODE, calculation of profit');
const MARGIN = docs(pages.symbols, 'ENUM_SYMBOL_CALC_MODE, calculation of margin');
const SWAP = docs(pages.symbols, 'ENUM_SYMBOL_SWAP_MODE');
const STOP_OUT = help('general_concept', 'Stop Out');
const HOUR = 3_600_000;

const pairs = { symbols: ['EURUSD', 'USDJPY', 'EURGBP', 'GBPUSD'].map((name) => mt5Symbol(name)) };
const swaps = {
  symbols: [mt5Symbol('EURUSD', { swapMode: 1, swapLong: -6.5, swapShort: 2 })],
};

/** Profit, margin, stop-outs, swaps and the balance. */
export const money: readonly Behaviour[] = [
  {
    id: 'M-MON-01',
    title:
      'The profit of an open position follows the price at which it would be closed, and so does the equity',
    source: PROFIT,
    act: async (mt5) => {
      await mt5.buy(0.1);
      const told = await mt5.told(() => mt5.quote(1.0861));
      const [position] = records(told, 'position');
      const account = told.find(([kind]) => kind === 'account') ?? [];
      return [position?.price_current, position?.profit, pairsOf(account)];
    },
    seen: [1.0861, 10, { equity: '10010' }],
  },
  {
    id: 'M-MON-02',
    title: 'Profit in yen is converted at the present quote',
    source: PROFIT,
    options: pairs,
    act: async (mt5) => {
      mt5.controls.quote('USDJPY', 150, 150.02);
      await mt5.buy(0.1, { symbol: 'USDJPY' });
      mt5.controls.quote('USDJPY', 151, 151.02);
      return mt5.truth.positions[0]?.profit;
    },
    // 0.98 yen of 10,000 dollars are 9,800 yen; sold at 151.02 they are 64.89 dollars.
    seen: 64.89,
  },
  {
    id: 'M-MON-03',
    title: 'A loss of a cross is converted by the pair of its profit currency',
    source: PROFIT,
    options: pairs,
    act: async (mt5) => {
      mt5.controls.quote('GBPUSD', 1.25, 1.2502);
      mt5.controls.quote('EURGBP', 0.86, 0.8602);
      await mt5.buy(0.1, { symbol: 'EURGBP' });
      mt5.controls.quote('EURGBP', 0.85, 0.8502);
      return mt5.truth.positions[0]?.profit;
    },
    // -0.0102 pounds of 10,000 euros are -102 pounds, bought at 1.2502.
    seen: -127.52,
  },
  {
    id: 'M-MON-04',
    title: 'Margin of a pair is its contract over the leverage, in the base currency',
    source: MARGIN,
    options: pairs,
    act: async (mt5) => {
      mt5.controls.quote('USDJPY', 150, 150.02);
      await mt5.buy(0.1, { symbol: 'USDJPY' });
      const yen = mt5.truth.account.margin;
      await mt5.buy(0.1);
      return [yen, mt5.truth.account.margin, mt5.truth.account.freeMargin];
    },
    // 10,000 USD / 100; 10,000 EUR / 100 at 1.0851. The spreads cost 1.33 and 1 dollar.
    seen: [100, 208.51, 9789.16],
  },
  {
    id: 'M-MON-05',
    title: 'Margin of a CFD with leverage follows its price',
    source: MARGIN,
    options: { symbols: [mt5Symbol('EURUSD'), mt5Symbol('XAUUSD')] },
    act: async (mt5) => {
      mt5.controls.quote('XAUUSD', 2_000, 2_000.5);
      await mt5.buy(1, { symbol: 'XAUUSD' });
      return [mt5.truth.account.margin, mt5.truth.positions[0]?.profit];
    },
    // 100 ounces at 2000.50 over 100.
    seen: [2000.5, -50],
  },
  {
    id: 'M-MON-06',
    title:
      'At the stop-out level the position with the largest loss is closed first, with reason SO, until the level is above',
    source: `${STOP_OUT}; ${docs(pages.deals, 'DEAL_REASON_SO')}; ${docs(pages.account, 'ACCOUNT_MARGIN_SO_SO')}`,
    options: {
      accounts: [{ login: 5_000_001, balance: 2_000, stopOut: 50 }],
      symbols: [mt5Symbol('EURUSD'), mt5Symbol('GBPUSD')],
    },
    act: async (mt5) => {
      mt5.controls.quote('GBPUSD', 1.25, 1.25);
      await mt5.buy(0.5);
      await mt5.buy(0.5, { symbol: 'GBPUSD' });
      // Margin 542.55 + 625 = 1167.55; half of it is left at an equity of 583.77.
      mt5.quote(1.067, 1.067);
      const before = mt5.truth.positions.length;
      mt5.controls.quote('GBPUSD', 1.239, 1.239);
      const deal = mt5.truth.deals.at(-1);
      return [
        before,
        deal?.symbol,
        deal?.reason,
        deal?.comment.startsWith('[so '),
        mt5.truth.positions.map(({ symbol }) => symbol),
      ];
    },
    seen: [2, 'EURUSD', 6, true, ['GBPUSD']],
  },
  {
    id: 'M-MON-07',
    title: 'The roll-over at the server’s midnight charges swap in points, told by a transaction POSITION',
    source: `${SWAP}; ${docs(pages.transaction, 'TRADE_TRANSACTION_POSITION')}`,
    options: swaps,
    act: async (mt5) => {
      await mt5.buy(0.1);
      mt5.advance(7 * HOUR - 1);
      const before = mt5.truth.positions[0]?.swap;
      const told = await mt5.told(() => mt5.advance(1));
      return [before, transactionsOf(told), mt5.truth.positions[0]?.swap, mt5.truth.account.equity];
    },
    // Wednesday counts three times: 3 * -6.5 points at 0.10 dollars for a tenth of a lot; the spread costs 1 dollar.
    seen: [0, ['POSITION'], -1.95, 9997.05],
  },
  {
    id: 'M-MON-08',
    title: 'Swap is charged once a night, three times at the symbol’s day, and not at the weekend',
    source: docs(pages.symbols, 'SYMBOL_SWAP_ROLLOVER3DAYS'),
    options: swaps,
    act: async (mt5) => {
      await mt5.sell(1);
      const seen: unknown[] = [];
      mt5.advance(7 * HOUR);
      for (let night = 0; night < 5; night++) {
        seen.push(mt5.truth.positions[0]?.swap);
        mt5.advance(24 * HOUR);
      }
      return seen;
    },
    // From Wednesday night on: three, Thursday, Friday, then Saturday and Sunday.
    seen: [6, 8, 10, 10, 10],
  },
  {
    id: 'M-MON-09',
    title: 'A closing deal takes its share of the swap along, into the balance',
    source: docs(pages.deals, 'DEAL_SWAP, cumulative swap on close'),
    options: swaps,
    act: async (mt5) => {
      const { order } = await mt5.sell(1);
      mt5.advance(7 * HOUR);
      mt5.quote(1.0849, 1.085);
      await mt5.buy(0.25, { position: order });
      const deal = mt5.truth.deals.at(-1);
      return [deal?.swap, deal?.profit, mt5.truth.positions[0]?.swap, mt5.truth.account.balance];
    },
    seen: [1.5, 0, 4.5, 10_001.5],
  },
  {
    id: 'M-MON-10',
    title:
      'The first deal of an account is its deposit; a withdrawal is a deal of type balance, told at once',
    source: docs(pages.deals, 'DEAL_TYPE_BALANCE'),
    act: async (mt5) => {
      const told = await mt5.told(() => mt5.controls.balance(-250, { comment: 'Withdrawal' }));
      const [deal] = records(told, 'deal');
      return [
        [mt5.truth.deals[0]?.type, mt5.truth.deals[0]?.profit],
        [deal?.type, deal?.profit, deal?.comment],
        transactionsOf(told),
        mt5.truth.account.balance,
      ];
    },
    seen: [[2, 10_000], [2, -250, 'Withdrawal'], ['DEAL_ADD'], 9_750],
  },
  {
    id: 'M-MON-11',
    title: 'A credit counts for the equity and not for the balance',
    source: docs(pages.account, 'ACCOUNT_CREDIT'),
    act: async (mt5) => {
      mt5.controls.balance(500, { type: 3 });
      const { balance, credit, equity } = mt5.truth.account;
      return { balance, credit, equity };
    },
    seen: { balance: 10_000, credit: 500, equity: 10_500 },
  },
  {
    id: 'M-MON-12',
    title: 'An order that is activated without funds for it is canceled',
    source: help('general_concept', 'funds are checked again when a pending order is activated'),
    options: { accounts: [{ login: 5_000_001, balance: 1_000 }] },
    act: async (mt5) => {
      await mt5.pending(2, 1.084, { volume: 1 });
      mt5.quote(1.0838);
      const ended = mt5.truth.historyOrders[0];
      return [mt5.truth.positions, ended?.state, ended?.comment];
    },
    seen: [[], 2, 'no money'],
  },
];
