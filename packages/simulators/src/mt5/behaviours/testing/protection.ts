import { mt5Symbol } from '../../market/symbol.js';
import { article2555, type Behaviour, code, docs, help, pages } from './behaviour.js';
import { records } from './named-records.js';

const LEVELS = help('general_concept', 'Take Profit and Stop Loss');
const REASONS = docs(pages.deals, 'DEAL_REASON_SL, DEAL_REASON_TP');
const STOPS = article2555('Setting the TakeProfit and StopLoss levels within the SYMBOL_TRADE_STOPS_LEVEL');
const FREEZE = article2555('Attempt to modify order or position within the SYMBOL_TRADE_FREEZE_LEVEL');

const stops = { symbols: [mt5Symbol('EURUSD', { stopsLevel: 50 })] };
const freeze = { symbols: [mt5Symbol('EURUSD', { freezeLevel: 50 })] };

/** Stop loss and take profit. */
export const protection: readonly Behaviour[] = [
  {
    id: 'M-PROT-01',
    title: 'A long position is closed at the bid when that falls to the stop loss',
    source: `${LEVELS}; ${REASONS}`,
    act: async (mt5) => {
      const { order } = await mt5.buy(0.1, { sl: 1.084, tp: 1.09, magic: 7 });
      mt5.quote(1.08401);
      const before = mt5.truth.positions.length;
      const told = await mt5.told(() => mt5.quote(1.084));
      const [deal] = records(told, 'deal');
      const [ended] = records(told, 'history-order');
      const { entry, reason, price, comment, magic, sl, tp, profit } = deal ?? {};
      return [
        before,
        { entry, reason, price, comment, magic, sl, tp, profit },
        [ended?.reason, ended?.comment, ended?.price_open, ended?.position_id === order],
        mt5.truth.positions,
      ];
    },
    seen: [
      1,
      {
        entry: 1,
        reason: 4,
        price: 1.084,
        comment: '[sl 1.08400]',
        magic: '7',
        sl: 1.084,
        tp: 1.09,
        profit: -11,
      },
      [4, '[sl 1.08400]', 1.084, true],
      [],
    ],
  },
  {
    id: 'M-PROT-02',
    title: 'A long position is closed at the bid when that rises to the take profit',
    source: `${LEVELS}; ${REASONS}`,
    act: async (mt5) => {
      await mt5.buy(0.1, { tp: 1.09 });
      const [deal] = await mt5.toldOf('deal', () => mt5.quote(1.09));
      return [deal?.reason, deal?.price, deal?.comment];
    },
    seen: [5, 1.09, '[tp 1.09000]'],
  },
  {
    id: 'M-PROT-03',
    title: 'A short position is closed at the ask by both of its levels',
    source: LEVELS,
    act: async (mt5) => {
      await mt5.sell(0.1, { sl: 1.086 });
      mt5.quote(1.0859, 1.086);
      await mt5.sell(0.1, { tp: 1.085 });
      mt5.quote(1.0849, 1.085);
      return mt5.truth.deals.filter(({ entry }) => entry === 1).map(({ reason, price }) => [reason, price]);
    },
    seen: [
      [4, 1.086],
      [5, 1.085],
    ],
  },
  {
    id: 'M-PROT-04',
    title: 'Across a gap a stop loss trades at the market, not at its level',
    source: help('general_concept', 'Stop Loss executes at the market price'),
    act: async (mt5) => {
      await mt5.buy(0.1, { sl: 1.084 });
      mt5.quote(1.08);
      const deal = mt5.truth.deals.at(-1);
      return [deal?.price, deal?.profit];
    },
    seen: [1.08, -51],
  },
  {
    id: 'M-PROT-05',
    title: 'Levels on the wrong side of the market are refused',
    source: code(10016),
    act: async (mt5) => {
      const codes: number[] = [];
      for (const asked of [{ sl: 1.0851 }, { tp: 1.085 }, { sl: 1.085 }])
        codes.push((await mt5.buy(0.1, asked)).retcode);
      for (const asked of [{ sl: 1.0851 }, { tp: 1.0851 }]) codes.push((await mt5.sell(0.1, asked)).retcode);
      return codes;
    },
    seen: [10016, 10016, 10016, 10016, 10016],
  },
  {
    id: 'M-PROT-06',
    title: 'Levels of a buy keep the stops level from the bid, to the point',
    source: STOPS,
    options: stops,
    act: async (mt5) => [
      (await mt5.buy(0.1, { sl: 1.08451 })).retcode,
      (await mt5.buy(0.1, { tp: 1.08549 })).retcode,
      (await mt5.buy(0.1, { sl: 1.0845, tp: 1.0855 })).retcode,
    ],
    seen: [10016, 10016, 10009],
  },
  {
    id: 'M-PROT-07',
    title: 'Levels of a pending order keep the stops level from its own price',
    source: `${STOPS}; limits of pending orders`,
    options: stops,
    act: async (mt5) => [
      (await mt5.pending(2, 1.084, { sl: 1.08351 })).retcode,
      (await mt5.pending(2, 1.084, { sl: 1.0835, tp: 1.0845 })).retcode,
    ],
    seen: [10016, 10009],
  },
  {
    id: 'M-PROT-08',
    title: 'A pending order keeps the stops level from the market',
    source: docs(pages.symbols, 'SYMBOL_TRADE_STOPS_LEVEL'),
    options: stops,
    act: async (mt5) => [
      (await mt5.pending(2, 1.08461)).retcode,
      (await mt5.pending(2, 1.0846)).retcode,
      (await mt5.pending(4, 1.08559)).retcode,
      (await mt5.pending(4, 1.0856)).retcode,
    ],
    seen: [10015, 10009, 10015, 10009],
  },
  {
    id: 'M-PROT-09',
    title: 'Within the freeze level of a level its position can be neither changed nor closed',
    source: `${FREEZE}; ${code(10029)}`,
    options: freeze,
    act: async (mt5) => {
      const { order } = await mt5.buy(0.1, { sl: 1.084 });
      mt5.quote(1.0845);
      const near = [
        (await mt5.ask({ action: 6, position: order, sl: 1.083 })).retcode,
        (await mt5.sell(0.1, { position: order })).retcode,
      ];
      mt5.quote(1.08451);
      return [near, (await mt5.ask({ action: 6, position: order, sl: 1.083 })).retcode];
    },
    seen: [[10029, 10029], 10009],
  },
  {
    id: 'M-PROT-10',
    title: 'Within the freeze level of its price a pending order can be neither changed nor removed',
    source: `${FREEZE}; ${code(10029)}`,
    options: freeze,
    act: async (mt5) => {
      const { order } = await mt5.pending(2, 1.084);
      mt5.quote(1.0844, 1.0845);
      const near = [
        (await mt5.ask({ action: 7, order, price: 1.083 })).retcode,
        (await mt5.ask({ action: 8, order })).retcode,
      ];
      mt5.quote(1.0844, 1.08451);
      return [near, (await mt5.ask({ action: 8, order })).retcode];
    },
    seen: [[10029, 10029], 10009],
  },
  {
    id: 'M-PROT-11',
    title: 'Levels that are as they were are answered by 10025',
    source: code(10025),
    act: async (mt5) => {
      const { order } = await mt5.buy(0.1, { sl: 1.08 });
      return (await mt5.ask({ action: 6, position: order, sl: 1.08 })).retcode;
    },
    seen: 10025,
  },
  {
    id: 'M-PROT-12',
    title: 'Zero takes a level away',
    source: docs(pages.request, 'sl, tp'),
    act: async (mt5) => {
      const { order } = await mt5.buy(0.1, { sl: 1.08, tp: 1.09 });
      await mt5.ask({ action: 6, position: order, tp: 1.09 });
      const { sl, tp } = mt5.truth.positions[0] ?? {};
      return [sl, tp];
    },
    seen: [0, 1.09],
  },
  {
    id: 'M-PROT-13',
    title: 'Levels of a position that is gone are answered by 10036',
    source: code(10036),
    act: async (mt5) => (await mt5.ask({ action: 6, position: 99, sl: 1.08 })).retcode,
    seen: 10036,
  },
];
