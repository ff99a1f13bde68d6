import { mt5Symbol } from '../../market/symbol.js';
import type { Mt5Options } from '../../start-mt5.js';
import { article2555, type Behaviour, code, docs, pages } from './behaviour.js';
import type { Mt5UnderTest } from './mt5-under-test.js';

/** A behaviour that shows in return codes alone. */
const refusal = (
  number: string,
  title: string,
  source: string,
  options: Mt5Options,
  act: (mt5: Mt5UnderTest) => Promise<readonly { readonly retcode: number }[]>,
  seen: readonly number[],
): Behaviour => ({
  id: `M-REF-${number}`,
  title,
  source,
  options,
  act: async (mt5) => (await act(mt5)).map(({ retcode }) => retcode),
  seen,
});

const eurusd = (settings: Parameters<typeof mt5Symbol>[1]): Mt5Options => ({
  symbols: [mt5Symbol('EURUSD', settings)],
});
const account = (terms: object): Mt5Options => ({ accounts: [{ login: 5_000_001, ...terms }] });
const MODES = docs(pages.symbols, 'ENUM_SYMBOL_TRADE_MODE');

/** Buys, sells, and then closes the first, where it was taken. */
const bothWays = async (mt5: Mt5UnderTest) => [await mt5.buy(0.1), await mt5.sell(0.1)];

/** What a request is refused for. */
export const refusals: readonly Behaviour[] = [
  refusal(
    '01',
    'Volumes lie between minimum and maximum, and in steps',
    `${code(10014)}; ${docs(pages.symbols, 'SYMBOL_VOLUME_MIN, _MAX, _STEP')}`,
    eurusd({ volumeMin: 0.1, volumeMax: 2, volumeStep: 0.1 }),
    async (mt5) => [
      await mt5.buy(0.05),
      await mt5.buy(2.1),
      await mt5.buy(0.15),
      await mt5.buy(0),
      await mt5.pending(2, 1.084, { volume: 0.05 }),
      await mt5.buy(0.3),
    ],
    [10014, 10014, 10014, 10014, 10014, 10009],
  ),
  refusal(
    '02',
    'Prices of pending orders are on the digits',
    code(10015),
    {},
    async (mt5) => [await mt5.pending(2, 1.084005), await mt5.pending(2, 0), await mt5.pending(2, -1.08)],
    [10015, 10015, 10015],
  ),
  refusal(
    '03',
    'Levels are on the digits, and above zero',
    code(10016),
    {},
    async (mt5) => [await mt5.buy(0.1, { sl: 1.084005 }), await mt5.buy(0.1, { sl: -1 })],
    [10016, 10016],
  ),
  refusal(
    '04',
    'A disabled symbol trades nothing',
    `${code(10017)}; ${MODES}`,
    eurusd({ tradeMode: 0 }),
    bothWays,
    [10017, 10017],
  ),
  refusal(
    '05',
    'A long-only symbol refuses to sell into the market',
    `${code(10042)}; ${MODES}`,
    eurusd({ tradeMode: 1 }),
    async (mt5) => {
      const sold = await mt5.sell(0.1);
      const bought = await mt5.buy(0.1);
      return [sold, bought, await mt5.sell(0.1, { position: bought.order }), await mt5.pending(3, 1.09)];
    },
    [10042, 10009, 10009, 10042],
  ),
  refusal(
    '06',
    'A short-only symbol refuses to buy into the market',
    `${code(10043)}; ${MODES}`,
    eurusd({ tradeMode: 2 }),
    async (mt5) => {
      const bought = await mt5.buy(0.1);
      const sold = await mt5.sell(0.1);
      return [bought, sold, await mt5.buy(0.1, { position: sold.order })];
    },
    [10043, 10009, 10009],
  ),
  refusal(
    '07',
    'A close-only symbol opens nothing',
    `${code(10044)}; ${MODES}`,
    eurusd({ tradeMode: 3 }),
    async (mt5) => [await mt5.buy(0.1), await mt5.pending(2, 1.084)],
    [10044, 10044],
  ),
  refusal(
    '08',
    'A closed market is answered by 10018',
    code(10018),
    {},
    async (mt5) => {
      const { order } = await mt5.buy(0.1);
      const pending = await mt5.pending(2, 1.08);
      mt5.controls.marketOpen('EURUSD', false);
      return [
        await mt5.buy(0.1),
        await mt5.pending(2, 1.084),
        await mt5.ask({ action: 6, position: order, sl: 1.08 }),
        await mt5.ask({ action: 8, order: pending.order }),
      ];
    },
    [10018, 10018, 10018, 10018],
  ),
  refusal(
    '09',
    'Sessions are those of the server’s clock',
    `${docs('marketinformation/symbolinfosessiontrade', 'sessions')}; ${code(10018)}`,
    // It is 15:00 in London, 17:00 at the server.
    { ...eurusd({ sessionFrom: 8 * 3600, sessionTo: 17 * 3600 }), keepSessions: true },
    async (mt5) => [await mt5.buy(0.1)],
    [10018],
  ),
  refusal(
    '10',
    'Too little free margin is answered by 10019',
    `${code(10019)}; ${article2555('Insufficient funds to perform trade operation')}`,
    account({ balance: 1_085 }),
    async (mt5) => [await mt5.buy(1), await mt5.buy(0.99)],
    // A lot of 100,000 EUR at 1.0851, leverage 100, takes 1085.10.
    [10019, 10009],
  ),
  refusal(
    '11',
    'A symbol without prices is answered by 10021',
    code(10021),
    { symbols: [mt5Symbol('EURUSD'), mt5Symbol('GBPUSD')] },
    async (mt5) => [await mt5.buy(0.1, { symbol: 'GBPUSD' })],
    [10021],
  ),
  refusal(
    '12',
    'More working orders than the account may have are answered by 10033',
    `${code(10033)}; ${article2555('Limiting Number of Pending Orders')}`,
    account({ limitOrders: 2 }),
    async (mt5) => [await mt5.pending(2, 1.08), await mt5.pending(2, 1.081), await mt5.pending(2, 1.082)],
    [10009, 10009, 10033],
  ),
  refusal(
    '13',
    'The volume limit counts positions and orders of one direction together',
    `${code(10034)}; ${article2555('Limiting Number of Lots by a Specific Symbol')}`,
    eurusd({ volumeLimit: 1 }),
    async (mt5) => [
      await mt5.buy(0.5),
      await mt5.pending(2, 1.084, { volume: 0.4 }),
      await mt5.buy(0.2),
      await mt5.buy(0.1),
      await mt5.pending(5, 1.08, { volume: 1 }),
    ],
    [10009, 10009, 10034, 10009, 10009],
  ),
  refusal(
    '14',
    'Requests that come too often are answered by 10024, until a second has passed',
    code(10024),
    { requestsPerSecond: 2 },
    async (mt5) => {
      const first = [await mt5.buy(0.1), await mt5.buy(0.1), await mt5.buy(0.1)];
      mt5.advance(1_001);
      return [...first, await mt5.buy(0.1)];
    },
    [10009, 10009, 10024, 10009],
  ),
  refusal(
    '15',
    'An unknown symbol, action or type is an invalid request',
    code(10013),
    {},
    async (mt5) => [
      await mt5.buy(0.1, { symbol: 'NONE' }),
      await mt5.ask({ action: 99 }),
      await mt5.ask({ type: 2 }),
      await mt5.pending(0, 1.084),
      await mt5.pending(8, 1.084),
    ],
    [10013, 10013, 10013, 10013, 10013],
  ),
  refusal(
    '16',
    'A number that is none is an invalid request, and changes nothing',
    code(10013),
    {},
    async (mt5) => [
      await mt5.ask({ volume: 'nan' }),
      await mt5.ask({ volume: '1e999' }),
      await mt5.ask({ magic: '-1' }),
    ],
    [10013, 10013, 10013],
  ),
  refusal(
    '17',
    'An account that may not trade is answered by 10017, one whose experts may not by 10026',
    `${code(10017, 10026)}; ${docs(pages.account, 'ACCOUNT_TRADE_ALLOWED, ACCOUNT_TRADE_EXPERT')}`,
    {
      accounts: [
        { login: 5_000_001, tradeAllowed: false },
        { login: 5_000_002, expertAllowed: false },
      ],
    },
    async (mt5) => {
      const other = await mt5.logIn(5_000_002);
      const asked = { action: 1, symbol: 'EURUSD', volume: 0.1, type: 0 };
      return [await mt5.buy(0.1), await other.ask(asked)];
    },
    [10017, 10026],
  ),
  refusal(
    '18',
    'An order type that the symbol does not take is an invalid request',
    docs(pages.symbols, 'SYMBOL_ORDER_MODE'),
    eurusd({ orderMode: 1 | 2 }),
    async (mt5) => [await mt5.pending(4, 1.09), await mt5.pending(2, 1.08), await mt5.buy(0.1)],
    [10013, 10009, 10009],
  ),
  refusal(
    '19',
    'A deal in the direction of the position that it names closes nothing',
    docs(pages.request, 'position'),
    {},
    async (mt5) => {
      const { order } = await mt5.buy(0.1);
      return [await mt5.buy(0.1, { position: order })];
    },
    [10013],
  ),
];
