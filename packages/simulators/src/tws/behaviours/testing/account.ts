import { type Behaviour, decoder, issue, tws } from './behaviour.js';
import { codesOf, type Message, only, pick } from './client.js';
import { buy, es, sell } from './requests.js';

const summary = (id: number, tags: string): readonly (string | number)[] => [62, 1, id, 'All', tags];
const ids = (messages: readonly Message[]): readonly (string | undefined)[] => messages.map(([id]) => id);

/** Figures of accounts, positions and profit. */
export const account: readonly Behaviour[] = [
  {
    id: 'T-ACC-01',
    title: 'A summary tells the tags that were asked for, of each account with its currency, and ends',
    source: tws('account_summary', 'Requesting'),
    options: { accounts: [{ id: 'DU1' }, { id: 'DU2', currency: 'EUR', balance: '5' }] },
    act: async (under) => (await under.client()).ask(...summary(7, 'NetLiquidation,TotalCashValue')),
    seen: [
      ['63', '1', '7', 'DU1', 'NetLiquidation', '100000.00', 'USD'],
      ['63', '1', '7', 'DU1', 'TotalCashValue', '100000.00', 'USD'],
      ['63', '1', '7', 'DU2', 'NetLiquidation', '5.00', 'EUR'],
      ['63', '1', '7', 'DU2', 'TotalCashValue', '5.00', 'EUR'],
      ['64', '1', '7'],
    ],
  },
  {
    id: 'T-ACC-02',
    title: 'Two summaries at most are active at a time: the third is refused with 322',
    source: tws('account_summary', 'Requesting'),
    act: async (under) => {
      const client = await under.client();
      for (const id of [1, 2]) await client.ask(...summary(id, 'NetLiquidation'));
      const third = codesOf(await client.ask(...summary(3, 'NetLiquidation')));
      await client.ask(63, 1, 1);
      return [third, codesOf(await client.ask(...summary(3, 'NetLiquidation')))];
    },
    seen: [['3: 322'], []],
  },
  {
    id: 'T-ACC-03',
    title: 'A summary is told again every three minutes, what has changed only',
    source: tws('account_summary', 'Receiving'),
    act: async (under) => {
      const client = await under.client();
      await client.ask(...summary(7, 'AccountType,TotalCashValue'));
      await client.place(1, buy(1, 'MKT'));
      await client.news();
      under.advance(3 * 60_000);
      return only(await client.news(), 63).map((row) => row[4]);
    },
    seen: ['TotalCashValue'],
  },
  {
    id: 'T-ACC-04',
    title: 'Positions are told, then their end, then each change until they are cancelled',
    source: tws('positions', 'Requesting'),
    act: async (under) => {
      const client = await under.client();
      await client.place(1, buy(10, 'MKT'));
      const first = await client.ask(61, 1);
      const held = async (order: number): Promise<readonly (string | undefined)[]> =>
        only(await client.place(order, sell(5, 'MKT')), 61).map((one) => one.at(-2));
      const [then, flat] = [await held(2), await held(3)];
      client.send(64, 1);
      return [ids(first), client.read(first)[0]?.[3], then, flat, await held(4)];
    },
    seen: [['61', '62'], 10, ['5'], ['0'], []],
  },
  {
    id: 'T-ACC-05',
    title: 'The average cost of a future is price times multiplier, and holds its commission',
    source: issue('erdewit/ib_insync', 175),
    act: async (under) => {
      const client = await under.client();
      const [report] = only(await client.place(1, buy(1, 'MKT'), es), 59);
      const [, of, contract, quantity, cost] = client.read(await client.ask(61, 1))[0] ?? [];
      const expected = 50 * 5000.25 + Number(report?.[3]);
      return [of, pick(contract, 'symbol', 'multiplier'), quantity, cost === expected];
    },
    seen: ['DU1', { symbol: 'ES', multiplier: 50 }, 1, true],
  },
  {
    id: 'T-ACC-06',
    title: 'Account updates tell values, the portfolio and the time, and then their end',
    source: tws('account_updates', 'Receiving'),
    act: async (under) => {
      const client = await under.client();
      await client.place(1, buy(10, 'MKT'));
      const told = await client.ask(6, 2, 1, 'DU1');
      const [portfolio] = client.read(only(told, 7));
      const values = only(told, 6).map(([, , key, , currency]) => `${key} ${currency}`);
      return [
        [...new Set(ids(told))].sort(),
        told.at(-1),
        ['NetLiquidation USD', 'TotalCashValue USD', 'CashBalance BASE', 'AccountType '].every((one) =>
          values.includes(one),
        ),
        portfolio?.slice(2, 3),
        portfolio?.at(-1),
        only(told, 8).map((one) => one[2]),
      ];
    },
    seen: [['54', '6', '7', '8'], ['54', '1', 'DU1'], true, [10], 'DU1', ['10:00']],
  },
  {
    id: 'T-ACC-07',
    title: 'Account updates of a model are told with their request id, and end with it',
    source: decoder('decodeMsg_ACCOUNT_UPDATE_MULTI'),
    act: async (under) => {
      const client = await under.client();
      const told = await client.ask(76, 1, 8, 'DU1', '', 0);
      const values = client.read(only(told, 73)).map(([, id, of, model, key, value, currency]) => ({
        id,
        of,
        model,
        key,
        value,
        currency,
      }));
      return [values.find(({ key }) => key === 'NetLiquidation'), told.at(-1)];
    },
    seen: [
      { id: 8, of: 'DU1', model: '', key: 'NetLiquidation', value: '100000.00', currency: 'USD' },
      ['74', '1', '8'],
    ],
  },
  {
    id: 'T-ACC-08',
    title: 'Profit of the account and of a position follow the market, about once a second',
    source: tws('pnl', 'Profit And Loss (P&L)'),
    act: async (under) => {
      const client = await under.client();
      await client.place(1, buy(1, 'MKT'), es);
      const [position] = only(await client.ask(61, 1), 61);
      client.send(92, 8, 'DU1', '');
      await client.ask(94, 9, 'DU1', '', position?.[3] ?? '');
      under.tws.controls.quote('ES', 5010, 5010.25);
      under.advance(1_000);
      const told = client.read((await client.news()).filter(([id]) => id === '94' || id === '95'));
      const gained = Number(told[0]?.[3]);
      return [told.map(([name, id]) => [name, id]), gained > 450 && gained < 500, told[1]?.[2]];
    },
    seen: [
      [
        ['pnl', 8],
        ['pnlSingle', 9],
      ],
      true,
      1,
    ],
  },
];
