import { type Behaviour, docs, pages } from './behaviour.js';
import { SERVER_START, START } from './mt5-under-test.js';
import { kinds, named, pairsOf, records } from './named-records.js';

const TIME = docs('dateandtime/timetradeserver', 'time of the trade server, not UTC');
const RESULT = docs('trading/ordersend', 'return value and result');

/** What a terminal is told, and what may go wrong on the way. */
export const link: readonly Behaviour[] = [
  {
    id: 'M-LINK-01',
    title: 'A terminal is told its account, among it margin mode, leverage and stop-out',
    source: docs(pages.account, 'ENUM_ACCOUNT_INFO_INTEGER, _DOUBLE, _STRING'),
    modes: ['netting'],
    act: async (mt5) => {
      const line = mt5.terminal.lines[0] ?? [];
      const { login, currency, leverage, margin_mode, trade_mode, so_so, balance, equity } = pairsOf(line);
      return [line[0], { login, currency, leverage, margin_mode, trade_mode, so_so, balance, equity }];
    },
    seen: [
      'account',
      {
        login: '5000001',
        currency: 'USD',
        leverage: '100',
        margin_mode: '0',
        trade_mode: '0',
        so_so: '30',
        balance: '10000',
        equity: '10000',
      },
    ],
  },
  {
    id: 'M-LINK-02',
    title: 'Symbols are told with their digits, volumes and modes as MQL5 numbers them',
    source: docs(pages.symbols, 'symbol properties'),
    act: async (mt5) => {
      const of = (name: string): Readonly<Record<string, string>> =>
        pairsOf(mt5.terminal.lines.find(([kind, what]) => kind === 'symbol' && what === name) ?? [], 2);
      const {
        digits,
        point,
        contract_size,
        volume_min,
        exemode,
        filling_mode,
        trade_mode,
        trade_tick_value,
      } = of('EURUSD');
      return [
        { digits, point, contract_size, volume_min, exemode, filling_mode, trade_mode, trade_tick_value },
        of('USDJPY').digits,
        of('XAUUSD').contract_size,
      ];
    },
    seen: [
      {
        digits: '5',
        point: '0.00001',
        contract_size: '100000',
        volume_min: '0.01',
        exemode: '2',
        filling_mode: '3',
        trade_mode: '4',
        trade_tick_value: '1',
      },
      '3',
      '100',
    ],
  },
  {
    id: 'M-LINK-03',
    title: 'Times are those of the server’s wall clock, two hours ahead of UTC',
    source: TIME,
    act: async (mt5) => {
      const synced = mt5.terminal.lines.find(([kind]) => kind === 'synced');
      const [quote] = records(mt5.terminal.lines, 'quote');
      const [deal] = await mt5.toldOf('deal', () => mt5.buy(0.1));
      return [synced, quote?.time_msc, deal?.time];
    },
    seen: [['synced', `${SERVER_START}`, '7200000'], SERVER_START, SERVER_START],
  },
  {
    id: 'M-LINK-04',
    title: 'Past bars are told in the server’s time, and the ticks of a minute make its bar',
    source: docs('series/copyrates', 'MqlRates, bars by bid prices'),
    act: async (mt5) => {
      const bar = {
        time: START - 60_000,
        open: 1.08,
        high: 1.09,
        low: 1.07,
        close: 1.085,
        tickVolume: 9,
        spread: 3,
      };
      mt5.controls.bars('EURUSD', [bar]);
      mt5.quote(1.0865, 1.0866);
      mt5.quote(1.084, 1.0841);
      mt5.quote(1.0855, 1.0857);
      const terminal = await mt5.logIn();
      return terminal.lines.filter(([kind]) => kind === 'm1').map((line) => Object.values(named(line)));
    },
    seen: [
      ['EURUSD', SERVER_START - 60_000, 1.08, 1.09, 1.07, 1.085, 9, 3, 0],
      ['EURUSD', SERVER_START, 1.085, 1.0865, 1.084, 1.0855, 4, 10, 0],
    ],
  },
  {
    id: 'M-LINK-05',
    title: 'A quote tells by its flags which prices have changed',
    source: docs('constants/structures/mqltick', 'TICK_FLAG_BID, TICK_FLAG_ASK'),
    act: async (mt5) => {
      const told = await mt5.toldOf('quote', () => {
        mt5.quote(1.0851, 1.0852);
        mt5.quote(1.0851, 1.0853);
        mt5.quote(1.085, 1.0853);
      });
      return told.map(({ flags }) => flags);
    },
    seen: [6, 4, 2],
  },
  {
    id: 'M-LINK-06',
    title: 'A terminal that comes back is told everything of the account again',
    source: docs('trading/historyselect', 'orders and deals of the account are kept by the server'),
    modes: ['hedging'],
    act: async (mt5) => {
      await mt5.buy(0.1);
      await mt5.pending(2, 1.08);
      const terminal = await mt5.logIn();
      const state = ['order', 'position', 'history-order', 'deal'];
      await mt5.terminal.closed;
      return kinds(terminal.lines).filter((kind) => state.includes(kind));
    },
    seen: ['order', 'position', 'history-order', 'deal', 'deal'],
  },
  {
    id: 'M-LINK-07',
    title: 'An account that is unknown, or whose password is another, is refused',
    source: docs('constants/errorswarnings/errorcodes', 'invalid account'),
    options: { accounts: [{ login: 5_000_001 }, { login: 5_000_002, password: 'secret' }] },
    act: async (mt5) => {
      const answers = [
        await mt5.logIn(1),
        await mt5.logIn(5_000_002, 'wrong'),
        await mt5.logIn(5_000_002, 'secret'),
      ];
      return answers.map(({ lines }) => lines.at(-1)?.[0]);
    },
    seen: ['refused', 'refused', 'synced'],
  },
  {
    id: 'M-LINK-08',
    title: 'A request that is lost on the way is not executed, and gets no answer',
    source: `${RESULT}; a connection may break at any time`,
    act: async (mt5) => {
      mt5.controls.loseNextRequest();
      const told = await mt5.told(() =>
        mt5.terminal.send({ action: 1, symbol: 'EURUSD', volume: 0.1, type: 0 }),
      );
      return [kinds(told), mt5.truth.deals.length, mt5.mt5.requests.length];
    },
    seen: [[], 1, 1],
  },
  {
    id: 'M-LINK-09',
    title: 'A result that is lost leaves what was done, and the terminal may be told a time-out',
    source: docs('constants/errorswarnings/enum_trade_return_codes', '10012'),
    act: async (mt5) => {
      mt5.controls.loseNextResult({ answer: 10012 });
      const { retcode, order } = await mt5.buy(0.1);
      return [retcode, order, mt5.truth.positions.length];
    },
    seen: [10012, 0, 1],
  },
  {
    id: 'M-LINK-10',
    title: 'A result may come late, after the news',
    source: docs(pages.transaction, 'the priority of their arrival at the terminal is not guaranteed'),
    act: async (mt5) => {
      mt5.controls.delayNextResult(500);
      const told = await mt5.told(() =>
        mt5.terminal.send({ action: 1, symbol: 'EURUSD', volume: 0.1, type: 0 }),
      );
      const late = await mt5.told(() => mt5.advance(500));
      return [kinds(told).includes('DEAL_ADD'), kinds(told).includes('result'), kinds(late)];
    },
    seen: [true, false, ['result']],
  },
  {
    id: 'M-LINK-11',
    title: 'A request can be requoted or refused once',
    source: docs('constants/errorswarnings/enum_trade_return_codes', '10004, 10006, 10020'),
    act: async (mt5) => {
      mt5.controls.requoteNext();
      mt5.controls.requoteNext(10020);
      mt5.controls.refuseNext(10006);
      const codes: number[] = [];
      for (let i = 0; i < 4; i++) codes.push((await mt5.buy(0.1)).retcode);
      return codes;
    },
    seen: [10004, 10020, 10006, 10009],
  },
  {
    id: 'M-LINK-12',
    title: 'A person trades on the same account with magic 0 and reason CLIENT, and the terminal is told',
    source: docs(pages.deals, 'DEAL_REASON_CLIENT, DEAL_MAGIC'),
    act: async (mt5) => {
      const [deal] = await mt5.toldOf('deal', () => mt5.controls.byHand('EURUSD', -0.2));
      return [deal?.type, deal?.volume, deal?.magic, deal?.reason];
    },
    seen: [1, 0.2, '0', 0],
  },
  {
    id: 'M-LINK-13',
    title: 'A change of the server’s zone is told with its time',
    source: TIME,
    act: async (mt5) => {
      const from = mt5.terminal.lines.length;
      mt5.controls.utcOffset(10_800_000);
      return mt5.terminal.waitFor(([kind]) => kind === 'time', from);
    },
    seen: ['time', `${START + 10_800_000}`, '10800000'],
  },
  {
    id: 'M-LINK-14',
    title: 'A symbol’s tick value follows the rate of its profit currency',
    source: docs(pages.symbols, 'SYMBOL_TRADE_TICK_VALUE'),
    act: async (mt5) => {
      const told = await mt5.told(() => mt5.controls.quote('USDJPY', 150, 150));
      return told.filter(([kind]) => kind === 'symbol');
    },
    // 0.001 yen of 100,000 dollars are 100 yen.
    seen: [['symbol', 'USDJPY', 'trade_tick_value=0.6667']],
  },
];
