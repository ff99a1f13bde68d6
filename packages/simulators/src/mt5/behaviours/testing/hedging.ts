import { type Behaviour, book, code, docs, help, pages } from './behaviour.js';
import { records, transactionsOf } from './named-records.js';

const HEDGING = help('general_concept', 'Hedging System');
const CLOSE_BY = book('experts_closeby', 'TRADE_ACTION_CLOSE_BY');
const CLOSE = book('experts_close', 'closing a position, full and partial');
const modes = ['hedging'] as const;

/** Positions of a hedging account. */
export const hedging: readonly Behaviour[] = [
  {
    id: 'M-HEDGE-01',
    title: 'Each deal opens a position of its own, whose ticket and identifier are the order’s ticket',
    source: `${HEDGING}; ${docs(pages.positions, 'POSITION_TICKET, POSITION_IDENTIFIER')}`,
    modes,
    act: async (mt5) => {
      const orders = [(await mt5.buy(0.1)).order, (await mt5.buy(0.2)).order, (await mt5.sell(0.3)).order];
      return mt5.truth.positions.map(({ ticket, identifier, type, volume }, i) => [
        ticket === orders[i] && identifier === orders[i],
        type,
        volume,
      ]);
    },
    seen: [
      [true, 0, 0.1],
      [true, 0, 0.2],
      [true, 1, 0.3],
    ],
  },
  {
    id: 'M-HEDGE-02',
    title: 'A deal that names a position closes it, with entry OUT, its profit and the position’s id',
    source: `${CLOSE}; ${docs(pages.deals, 'DEAL_ENTRY_OUT, DEAL_PROFIT')}`,
    modes,
    act: async (mt5) => {
      const { order } = await mt5.buy(0.1);
      mt5.quote(1.0871);
      const [deal] = await mt5.toldOf('deal', () => mt5.sell(0.1, { position: order }));
      const { positions, account } = mt5.truth;
      return [deal?.entry, deal?.type, deal?.profit, deal?.position_id === order, positions, account.balance];
    },
    seen: [1, 1, 20, true, [], 10_020],
  },
  {
    id: 'M-HEDGE-03',
    title: 'A smaller volume closes a part; ticket, price and levels stay',
    source: CLOSE,
    modes,
    act: async (mt5) => {
      const { order } = await mt5.buy(0.3, { sl: 1.08, tp: 1.09 });
      await mt5.sell(0.1, { position: order });
      const { ticket, volume, priceOpen, sl, tp } = mt5.truth.positions[0] ?? {};
      return [ticket === order, volume, priceOpen, sl, tp];
    },
    seen: [true, 0.2, 1.0851, 1.08, 1.09],
  },
  {
    id: 'M-HEDGE-04',
    title: 'More than the position holds cannot be closed',
    source: code(10038),
    modes,
    act: async (mt5) => {
      const { order } = await mt5.buy(0.1);
      return (await mt5.sell(0.2, { position: order })).retcode;
    },
    seen: 10038,
  },
  {
    id: 'M-HEDGE-05',
    title: 'A position that is closed already is answered by 10036',
    source: code(10036),
    modes,
    act: async (mt5) => {
      const { order } = await mt5.buy(0.1);
      await mt5.sell(0.1, { position: order });
      return (await mt5.sell(0.1, { position: order })).retcode;
    },
    seen: 10036,
  },
  {
    id: 'M-HEDGE-06',
    title: 'An opposite deal that names no position opens one',
    source: HEDGING,
    modes,
    act: async (mt5) => {
      await mt5.buy(0.1);
      await mt5.sell(0.1);
      return mt5.truth.positions.length;
    },
    seen: 2,
  },
  {
    id: 'M-HEDGE-07',
    title: 'Closing by an opposite position offsets both at no spread: the first at the price of the other',
    source: CLOSE_BY,
    modes,
    act: async (mt5) => {
      const bought = await mt5.buy(0.1);
      mt5.quote(1.0871);
      const sold = await mt5.sell(0.1);
      const result = await mt5.ask({ action: 10, position: bought.order, position_by: sold.order });
      const [first, second] = mt5.truth.deals.slice(-2);
      return [
        [result.retcode, result.price, result.volume],
        [first?.entry, first?.type, first?.price, first?.profit, first?.positionId === bought.order],
        [second?.entry, second?.type, second?.price, second?.profit, second?.positionId === sold.order],
        mt5.truth.account.balance,
      ];
    },
    // 20 points of a tenth of a lot of EURUSD: 20 dollars.
    seen: [[10009, 1.0871, 0.1], [3, 1, 1.0871, 20, true], [3, 0, 1.0851, 0, true], 10_020],
  },
  {
    id: 'M-HEDGE-08',
    title: 'Of unequal positions the larger one stays with what is left, under its ticket',
    source: CLOSE_BY,
    modes,
    act: async (mt5) => {
      const bought = await mt5.buy(0.3);
      const sold = await mt5.sell(0.1);
      await mt5.ask({ action: 10, position: sold.order, position_by: bought.order });
      return mt5.truth.positions.map(({ ticket, volume }) => [ticket === bought.order, volume]);
    },
    seen: [[true, 0.2]],
  },
  {
    id: 'M-HEDGE-09',
    title: 'A close-by is an order of type CLOSE_BY with both positions, and makes two deals',
    source: book('experts_ontradetransaction', 'log of the counter closing operation'),
    modes,
    act: async (mt5) => {
      const bought = await mt5.buy(0.1);
      const sold = await mt5.sell(0.1);
      const told = await mt5.told(() =>
        mt5.ask({ action: 10, position: bought.order, position_by: sold.order }),
      );
      const [order] = records(told, 'order');
      return [
        order?.type,
        order?.position_id === bought.order && order?.position_by_id === sold.order,
        transactionsOf(told),
      ];
    },
    seen: [8, true, ['ORDER_ADD', 'DEAL_ADD', 'DEAL_ADD', 'ORDER_DELETE', 'HISTORY_ADD']],
  },
  {
    id: 'M-HEDGE-10',
    title: 'Positions of one direction do not close each other, and one that is gone is told by 10036',
    source: `${CLOSE_BY}; ${code(10013, 10036)}`,
    modes,
    act: async (mt5) => {
      const a = (await mt5.buy(0.1)).order;
      const b = (await mt5.buy(0.1)).order;
      return [
        (await mt5.ask({ action: 10, position: a, position_by: b })).retcode,
        (await mt5.ask({ action: 10, position: a, position_by: 1 })).retcode,
      ];
    },
    seen: [10013, 10036],
  },
  {
    id: 'M-HEDGE-11',
    title:
      'Stop loss and take profit of a position are changed by its ticket, told by a transaction POSITION',
    source: `${docs(pages.actions, 'TRADE_ACTION_SLTP')}; ${book('experts_ontradetransaction', 'log of an SL/TP change')}`,
    modes,
    act: async (mt5) => {
      const { order } = await mt5.buy(0.1);
      const told = await mt5.told(() => mt5.ask({ action: 6, position: order, sl: 1.08, tp: 1.09 }));
      const [of] = records(told, 'transaction');
      const { price, price_sl, price_tp, volume, position } = of ?? {};
      return [
        transactionsOf(told),
        { price, price_sl, price_tp, volume },
        position === order,
        told.at(-1)?.slice(2, 6),
      ];
    },
    seen: [
      ['POSITION'],
      { price: 1.0851, price_sl: 1.08, price_tp: 1.09, volume: 0.1 },
      true,
      ['10009', '0', '0', '0'],
    ],
  },
  {
    id: 'M-HEDGE-12',
    title: 'A limit order that fills in parts makes one position',
    source: docs(pages.positions, 'POSITION_IDENTIFIER'),
    modes,
    act: async (mt5) => {
      const { order } = await mt5.pending(2, 1.084, { volume: 1 });
      mt5.controls.depth(0.4);
      mt5.quote(1.0838);
      mt5.quote(1.0837);
      return mt5.truth.positions.map(({ ticket, volume }) => [ticket === order, volume]);
    },
    seen: [[true, 0.8]],
  },
  {
    id: 'M-HEDGE-13',
    title: 'Covered lots are margined once, by the hedged contract size',
    source: docs(pages.symbols, 'SYMBOL_MARGIN_HEDGED'),
    modes,
    act: async (mt5) => {
      await mt5.buy(1);
      const alone = mt5.truth.account.margin;
      mt5.quote(1.0851, 1.0851);
      await mt5.sell(1);
      return [alone, mt5.truth.account.margin];
    },
    // 100,000 EUR at 1.0851, leverage 100.
    seen: [1085.1, 1085.1],
  },
];
