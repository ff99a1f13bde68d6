import { type Behaviour, code, docs, help, pages } from './behaviour.js';
import { records } from './named-records.js';

const NETTING = help('general_concept', 'Netting System');
const INHERIT = help('general_concept', 'Stop Loss and Take Profit inheritance rules (netting)');
const modes = ['netting'] as const;

/** The one position of a symbol on a netting account. */
export const netting: readonly Behaviour[] = [
  {
    id: 'M-NET-01',
    title: 'A second deal in the same direction enlarges the position; its price is the mean by volume',
    source: `${NETTING}; ${docs(pages.transaction, 'weighted average position open price')}`,
    modes,
    act: async (mt5) => {
      const { order } = await mt5.buy(0.1);
      mt5.quote(1.0859, 1.0861);
      await mt5.buy(0.3);
      const [position, ...others] = mt5.truth.positions;
      return [others, position?.ticket === order, position?.volume, position?.priceOpen];
    },
    // (0.1 * 1.0851 + 0.3 * 1.0861) / 0.4
    seen: [[], true, 0.4, 1.08585],
  },
  {
    id: 'M-NET-02',
    title: 'An opposite deal reduces the position with entry OUT, at an unchanged price',
    source: `${NETTING}; ${docs(pages.deals, 'DEAL_ENTRY_OUT')}`,
    modes,
    act: async (mt5) => {
      await mt5.buy(0.4);
      mt5.quote(1.0861);
      const [deal] = await mt5.toldOf('deal', () => mt5.sell(0.1));
      const position = mt5.truth.positions[0];
      return [deal?.entry, deal?.profit, position?.volume, position?.priceOpen, mt5.truth.account.balance];
    },
    seen: [1, 10, 0.3, 1.0851, 10_010],
  },
  {
    id: 'M-NET-03',
    title: 'An equal opposite deal ends the position',
    source: NETTING,
    modes,
    act: async (mt5) => {
      await mt5.buy(0.4);
      await mt5.sell(0.4);
      return mt5.truth.positions;
    },
    seen: [],
  },
  {
    id: 'M-NET-04',
    title:
      'A larger opposite deal reverses it in one deal with entry INOUT, and realises the profit of what was closed',
    source: `${NETTING}; ${docs(pages.deals, 'DEAL_ENTRY_INOUT')}`,
    modes,
    act: async (mt5) => {
      await mt5.buy(0.1);
      mt5.quote(1.0871);
      const [deal] = await mt5.toldOf('deal', () => mt5.sell(0.3));
      const { type, volume, priceOpen } = mt5.truth.positions[0] ?? {};
      return [deal?.entry, deal?.volume, deal?.profit, { type, volume, priceOpen }];
    },
    seen: [2, 0.3, 20, { type: 1, volume: 0.2, priceOpen: 1.0871 }],
  },
  {
    id: 'M-NET-05',
    title: 'A reversal keeps the identifier and takes the ticket of its order',
    source: docs(pages.positions, 'POSITION_IDENTIFIER, reversing a position in netting mode'),
    modes,
    act: async (mt5) => {
      const first = (await mt5.buy(0.1)).order;
      const second = (await mt5.sell(0.3)).order;
      const { ticket, identifier } = mt5.truth.positions[0] ?? {};
      const deal = mt5.truth.deals.at(-1);
      return [ticket === second, identifier === first, deal?.positionId === first];
    },
    seen: [true, true, true],
  },
  {
    id: 'M-NET-06',
    title: 'The levels of the last order hold; an order without levels clears them',
    source: INHERIT,
    modes,
    act: async (mt5) => {
      const levels = (): unknown => [mt5.truth.positions[0]?.sl, mt5.truth.positions[0]?.tp];
      await mt5.buy(0.1, { sl: 1.08, tp: 1.09 });
      await mt5.buy(0.1, { sl: 1.081, tp: 1.091 });
      const second = levels();
      await mt5.buy(0.1);
      return [second, levels()];
    },
    seen: [
      [1.081, 1.091],
      [0, 0],
    ],
  },
  {
    id: 'M-NET-07',
    title: 'A partial close leaves the levels as they are',
    source: INHERIT,
    modes,
    act: async (mt5) => {
      await mt5.buy(0.2, { sl: 1.08, tp: 1.09 });
      await mt5.sell(0.1, { sl: 1.1 });
      const { sl, tp } = mt5.truth.positions[0] ?? {};
      return [sl, tp];
    },
    seen: [1.08, 1.09],
  },
  {
    id: 'M-NET-08',
    title: 'Stop loss and take profit are changed by the symbol alone',
    source: docs(pages.actions, 'TRADE_ACTION_SLTP'),
    modes,
    act: async (mt5) => {
      await mt5.buy(0.1);
      const { retcode } = await mt5.ask({ action: 6, sl: 1.08 });
      return [retcode, mt5.truth.positions[0]?.sl];
    },
    seen: [10009, 1.08],
  },
  {
    id: 'M-NET-09',
    title: 'Positions can also be closed by their ticket, but not beyond their volume',
    source: code(10038),
    modes,
    act: async (mt5) => {
      const { order } = await mt5.buy(0.1);
      return [
        (await mt5.sell(0.2, { position: order })).retcode,
        (await mt5.sell(0.1, { position: order })).retcode,
        (await mt5.sell(0.1, { position: order })).retcode,
      ];
    },
    seen: [10038, 10009, 10036],
  },
  {
    id: 'M-NET-10',
    title: 'There is no closing by an opposite position',
    source: docs(pages.actions, 'TRADE_ACTION_CLOSE_BY'),
    modes,
    act: async (mt5) => {
      const { order } = await mt5.buy(0.1);
      return (await mt5.ask({ action: 10, position: order, position_by: order })).retcode;
    },
    seen: 10013,
  },
  {
    id: 'M-NET-11',
    title: 'A limit order that fills in parts changes the one position at each part',
    source: NETTING,
    modes,
    act: async (mt5) => {
      await mt5.sell(0.2);
      await mt5.pending(2, 1.084, { volume: 0.5 });
      mt5.controls.depth(0.3);
      mt5.quote(1.0838);
      const entries = (): unknown => mt5.truth.deals.slice(2).map(({ entry, volume }) => [entry, volume]);
      const first = entries();
      mt5.quote(1.0838);
      return [first, entries(), mt5.truth.positions[0]?.volume];
    },
    seen: [
      [[2, 0.3]],
      [
        [2, 0.3],
        [0, 0.2],
      ],
      0.3,
    ],
  },
  {
    id: 'M-NET-12',
    title: 'A reversal needs margin for what it leaves only',
    source: `${NETTING}; ${docs(pages.symbols, 'ENUM_SYMBOL_CALC_MODE, calculation of margin')}`,
    modes,
    options: { accounts: [{ login: 5_000_001, balance: 1_600 }] },
    act: async (mt5) => {
      await mt5.buy(1);
      // A lot takes 1085.10, so that half a lot more is too much.
      return [(await mt5.buy(0.5)).retcode, (await mt5.sell(2)).retcode, mt5.truth.positions[0]?.volume];
    },
    seen: [10019, 10009, 1],
  },
  {
    id: 'M-NET-13',
    title: 'Transactions of a reversal name the position by its new ticket',
    source: docs(
      pages.transaction,
      'position, the ticket of the position that was opened, modified or closed',
    ),
    modes,
    act: async (mt5) => {
      await mt5.buy(0.1);
      const told = await mt5.told(() => mt5.sell(0.3));
      const ticket = mt5.truth.positions[0]?.ticket;
      return records(told, 'transaction').map(({ type, position }) => [type, position === ticket]);
    },
    seen: [
      [0, false],
      [6, true],
      [2, true],
      [3, true],
    ],
  },
];
