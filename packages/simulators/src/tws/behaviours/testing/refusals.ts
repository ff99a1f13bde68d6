import { type Behaviour, codes, issue, tws } from './behaviour.js';
import { codesOf, errorsOf, type Message, only, statusesOf } from './client.js';
import { type AskedOrder, buy, es, eurusd, globalCancel, type NamedContract, sell } from './requests.js';
import type { TwsUnderTest } from './tws-under-test.js';

const resting = buy(10, 'LMT', { limit: 199 });

/** What an order of one client is told, and how many orders are open then. */
const placed = async (
  under: TwsUnderTest,
  order: AskedOrder,
  contract?: Partial<NamedContract>,
): Promise<readonly [codes: readonly string[], open: number]> => {
  const client = await under.client();
  const told = await client.place(1, order, contract);
  return [codesOf(told), only(await client.ask(5, 1), 5).length];
};

const refused = (
  id: string,
  title: string,
  code: number,
  order: AskedOrder,
  more: { readonly contract?: Partial<NamedContract>; readonly options?: Behaviour['options'] } = {},
): Behaviour => ({
  id,
  title,
  source: codes(code),
  ...(more.options === undefined ? {} : { options: more.options }),
  act: (under) => placed(under, order, more.contract),
  seen: [[`1: ${code}`], 0],
});

const textOf = (messages: readonly Message[]): string => errorsOf(messages)[0]?.[2] ?? '';

/** What TWS does not take, by the codes of its table. */
export const refusals: readonly Behaviour[] = [
  {
    id: 'T-REF-01',
    title: 'An order id that is not above the highest of its client is refused with 103',
    source: codes(103),
    act: async (under) => {
      const client = await under.client();
      await client.place(10, resting);
      return codesOf(await client.place(9, resting));
    },
    seen: ['9: 103'],
  },
  {
    id: 'T-REF-02',
    title: 'A filled order cannot be modified: 104',
    source: codes(104),
    act: async (under) => {
      const client = await under.client();
      await client.place(1, buy(1, 'MKT'));
      return codesOf(await client.place(1, buy(2, 'MKT')));
    },
    seen: ['1: 104'],
  },
  {
    id: 'T-REF-03',
    title: 'A change that names another side does not match the order: 105, and the order stays',
    source: codes(105),
    act: async (under) => {
      const client = await under.client();
      await client.place(1, resting);
      const told = await client.place(1, sell(10, 'LMT', { limit: 210 }));
      return [codesOf(told), client.read(only(await client.ask(5, 1), 5)).length];
    },
    seen: [['1: 105'], 1],
  },
  refused(
    'T-REF-04',
    'A price off the grid of the contract is refused with 110',
    110,
    buy(1, 'LMT', { limit: 150.005 }),
  ),
  {
    id: 'T-REF-05',
    title: 'A change to a price off the grid is refused with 110, and the order lives on as it was',
    source: issue('erdewit/ib_insync', 502),
    act: async (under) => {
      const client = await under.client();
      await client.place(1, resting);
      const told = await client.place(1, buy(10, 'LMT', { limit: 199.001 }));
      const [open] = client.read(only(await client.ask(5, 1), 5));
      return [codesOf(told), (open?.[3] as { lmtPrice?: number } | undefined)?.lmtPrice];
    },
    seen: [['1: 110'], 199],
  },
  refused('T-REF-06', 'An order at the close must be a DAY order: 113', 113, buy(1, 'MOC', { tif: 'GTC' })),
  refused(
    'T-REF-07',
    'A parent that is not there cannot be found: 135',
    135,
    buy(1, 'LMT', { limit: 150, parentId: 77 }),
  ),
  refused('T-REF-08', 'A contract that is not there has no security definition: 200', 200, resting, {
    contract: { symbol: 'NONESUCH' },
  }),
  {
    id: 'T-REF-09',
    title: 'An order that the account cannot carry is rejected with 201 and a reason, and is Inactive',
    source: codes(201),
    act: async (under) => {
      const told = await (await under.client()).place(1, buy(1000, 'MKT'), es);
      return [codesOf(told), textOf(told).startsWith('Order rejected - reason:'), statusesOf(told).at(-1)];
    },
    seen: [['1: 201'], true, 'Inactive'],
  },
  refused('T-REF-10', 'An order without an exchange is refused with 321', 321, resting, {
    contract: { exchange: '' },
  }),
  {
    id: 'T-REF-11',
    title: 'In read-only mode an order is refused with 321, which says so',
    source: issue('ib-controller/ib-controller', 65),
    options: { readOnly: true },
    act: async (under) => {
      const told = await (await under.client()).place(1, resting);
      return [codesOf(told), textOf(told).includes('Read-Only')];
    },
    seen: [['1: 321'], true],
  },
  refused(
    'T-REF-12',
    'An order type that the contract does not know is refused with 387',
    387,
    buy(1, 'NOSUCH'),
  ),
  refused(
    'T-REF-13',
    'A what-if order must be transmitted: 413',
    413,
    buy(1, 'MKT', { whatIf: true, transmit: false }),
  ),
  refused('T-REF-14', 'An order of nothing is refused with 434', 434, buy(0, 'MKT')),
  refused('T-REF-15', 'Where there are several accounts an order must name one: 435', 435, resting, {
    options: { accounts: [{ id: 'DU1' }, { id: 'DU2' }] },
  }),
  refused('T-REF-16', 'Without permission for a contract an order is refused with 460', 460, resting, {
    options: { forbidden: ['AAPL'] },
  }),
  {
    id: 'T-REF-17',
    title: 'Trading outside regular hours is ignored where there are none, with the warning 2109',
    source: codes(2109),
    act: async (under) => {
      under.tws.controls.quote('EURUSD', 1.1, 1.1001);
      return placed(under, buy(25_000, 'LMT', { limit: 1.05, outsideRth: true }), eurusd);
    },
    seen: [['1: 2109'], 1],
  },
  refused('T-REF-18', 'A trailing stop without a distance is refused with 158', 158, sell(1, 'TRAIL')),
  refused(
    'T-REF-19',
    'A date that TWS cannot read is refused with 337',
    337,
    buy(1, 'LMT', { limit: 150, tif: 'GTD', goodTill: 'tomorrow' }),
  ),
];

/** How orders are cancelled. */
export const cancels: readonly Behaviour[] = [
  {
    id: 'T-CAN-01',
    title: 'A cancelled order is told by 202 and by the status Cancelled',
    source: codes(202),
    act: async (under) => {
      const client = await under.client();
      await client.place(1, resting);
      const told = await client.cancel(1);
      return [codesOf(told), statusesOf(told).at(-1), only(await client.ask(5, 1), 5).length];
    },
    seen: [['1: 202'], 'Cancelled', 0],
  },
  {
    id: 'T-CAN-02',
    title: 'What has filled cannot be cancelled: 10148 names its state',
    source: issue('erdewit/ib_insync', 656),
    act: async (under) => {
      const client = await under.client();
      await client.place(1, buy(1, 'MKT'));
      const told = await client.cancel(1);
      return [codesOf(told), textOf(told).includes('state: Filled')];
    },
    seen: [['1: 10148'], true],
  },
  {
    id: 'T-CAN-03',
    title: 'An order id that is not in the book is not found: 10147',
    source: issue('erdewit/ib_insync', 690),
    act: async (under) => {
      const told = await (await under.client()).cancel(902);
      return [codesOf(told), textOf(told)];
    },
    seen: [['902: 10147'], 'OrderId 902 that needs to be cancelled is not found.'],
  },
  {
    id: 'T-CAN-04',
    title: 'An order can be cancelled by the client id that has placed it only',
    source: tws('cancel_order', 'cancelOrder'),
    act: async (under) => {
      const [one, other] = [await under.client(1), await under.client(2)];
      await one.place(1, resting);
      return [codesOf(await other.cancel(1)), only(await one.ask(5, 1), 5).length];
    },
    seen: [['1: 10147'], 1],
  },
  {
    id: 'T-CAN-05',
    title: 'A global cancel ends all orders, of other clients and made by hand too',
    source: tws('cancel_order', 'reqGlobalCancel'),
    act: async (under) => {
      const [one, other] = [await under.client(1), await under.client(2)];
      await one.place(1, resting);
      under.tws.controls.byHand('AAPL', { action: 'BUY', quantity: 1, type: 'LMT', limitPrice: 150 });
      const before = only(await other.ask(16, 1), 5).length;
      await other.ask(...globalCancel(under.serverVersion));
      return [before, only(await other.ask(16, 1), 5).length, statusesOf(await one.news()).at(-1)];
    },
    seen: [2, 0, 'Cancelled'],
  },
];
