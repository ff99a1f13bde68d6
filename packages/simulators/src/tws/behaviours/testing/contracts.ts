import { type Behaviour, codes, decoder, tws } from './behaviour.js';
import { codesOf, type Message, only, pick } from './client.js';
import { contractDetails as ask, contractFields, es, eurusd } from './requests.js';

const DETAILS = tws('contract_details', 'Requesting Contract Details');

const monthsOf = (messages: readonly Message[]): readonly (string | undefined)[] =>
  only(messages, 10).map((message) => message[4]?.slice(0, 6));

/** Definitions of contracts, and the rules of their prices. */
export const contracts: readonly Behaviour[] = [
  {
    id: 'T-CON-01',
    title: 'Details of a share are told with its rules, sizes and hours, and end',
    source: decoder('decodeMsg_CONTRACT_DATA'),
    act: async (under) => {
      const client = await under.client();
      const told = await client.ask(...ask(7));
      const [name, id, details] = client.read(told)[0] ?? [];
      const { contract } = details as { readonly contract: unknown };
      return [
        [name, id],
        pick(contract, 'conId', 'symbol', 'secType', 'exchange', 'primaryExch', 'currency', 'localSymbol'),
        pick(details, 'minTick', 'priceMagnifier', 'longName', 'stockType', 'minSize', 'sizeIncrement'),
        pick(details, 'suggestedSizeIncrement', 'timeZoneId'),
        told.at(-1),
      ];
    },
    seen: [
      ['contractDetails', 7],
      {
        conId: 265_598,
        symbol: 'AAPL',
        secType: 'STK',
        exchange: 'SMART',
        primaryExch: 'NASDAQ',
        currency: 'USD',
        localSymbol: 'AAPL',
      },
      {
        minTick: 0.01,
        priceMagnifier: 1,
        longName: 'APPLE INC',
        stockType: 'COMMON',
        minSize: 1,
        sizeIncrement: 1,
      },
      { suggestedSizeIncrement: 100, timeZoneId: 'US/Eastern' },
      ['52', '1', '7'],
    ],
  },
  {
    id: 'T-CON-02',
    title:
      'The last trade of a future is told with time and zone, and from 182 on once more by its date alone',
    source: decoder('readLastTradeDate'),
    act: async (under) => {
      const [message = []] = only(await (await under.client()).ask(...ask(7, es)), 10);
      return [message[4], message[5]];
    },
    seen: (version: number) =>
      version < 182 ? ['20260320-08:30:00', '0'] : ['20260320 08:30:00 US/Central', '20260320'],
  },
  {
    id: 'T-CON-03',
    title: 'A future without a month is the whole chain, each month told by itself',
    source: DETAILS,
    act: async (under) =>
      monthsOf(await (await under.client()).ask(...ask(7, { ...es, expiry: '' }))).slice(0, 4),
    seen: ['202603', '202606', '202609', '202612'],
  },
  {
    id: 'T-CON-04',
    title: 'The continuous future is the month that is traded next',
    source: tws('basic_contracts', 'Continuous Futures'),
    act: async (under) =>
      monthsOf(await (await under.client()).ask(...ask(7, { ...es, secType: 'CONTFUT', expiry: '' }))),
    seen: ['202603'],
  },
  {
    id: 'T-CON-05',
    title: 'What is no contract has no security definition: 200, and no end follows',
    source: codes(200),
    act: async (under) => {
      const told = await (await under.client()).ask(...ask(7, { symbol: 'NONESUCH' }));
      return [codesOf(told), told.length];
    },
    seen: [['7: 200'], 1],
  },
  {
    id: 'T-CON-06',
    title: 'Hours are told by day with their zone: from and to, or CLOSED',
    source: tws('classIBApi_1_1ContractDetails', 'TradingHours'),
    act: async (under) => {
      const client = await under.client();
      const [, , details] = client.read(await client.ask(...ask(7)))[0] ?? [];
      const { liquidHours = '' } = details as { liquidHours?: string };
      const days = liquidHours.split(';').filter(Boolean);
      return [
        days[0],
        days.find((day) => day.startsWith('20260117')),
        days.every((day) => /^\d{8}:(CLOSED|\d{4}-\d{8}:\d{4})$/.test(day)),
      ];
    },
    seen: ['20260114:0930-20260114:1600', '20260117:CLOSED', true],
  },
  {
    id: 'T-CON-07',
    title:
      'There is a market rule for each exchange of a contract, in their order; a rule tells steps from prices on',
    source: tws('minimum_increment', 'Minimum Price Increment'),
    act: async (under) => {
      const client = await under.client();
      const [, , details] = client.read(await client.ask(...ask(7)))[0] ?? [];
      const { marketRuleIds = '', validExchanges = '' } = details as Record<string, string>;
      const rules = marketRuleIds.split(',');
      const [told] = client.read(await client.ask(91, Number(rules[0])));
      return [rules.length === validExchanges.split(',').length, rules[0], told?.[2]];
    },
    seen: [true, '26', [{ lowEdge: 0, increment: 0.01 }]],
  },
  {
    id: 'T-CON-08',
    title: 'A pair of currencies is told by its base: symbol EUR, currency USD, local symbol EUR.USD',
    source: tws('basic_contracts', 'FX Pairs'),
    act: async (under) => {
      const client = await under.client();
      const [, , details] = client.read(await client.ask(...ask(7, eurusd)))[0] ?? [];
      const { contract } = details as { readonly contract: unknown };
      return pick(contract, 'symbol', 'secType', 'currency', 'exchange', 'localSymbol');
    },
    seen: { symbol: 'EUR', secType: 'CASH', currency: 'USD', exchange: 'IDEALPRO', localSymbol: 'EUR.USD' },
  },
  {
    id: 'T-CON-09',
    title: 'Matching symbols are told in one message with the kinds of derivatives there are on each',
    source: decoder('decodeMsg_SYMBOL_SAMPLES'),
    act: async (under) => {
      const client = await under.client();
      const [told] = client.read(only(await client.ask(81, 7, 'AAPL'), 79));
      const [sample] = (told?.[2] ?? []) as readonly { contract: unknown; derivativeSecTypes: unknown }[];
      return [told?.[1], pick(sample?.contract, 'conId', 'symbol'), sample?.derivativeSecTypes];
    },
    seen: [7, { conId: 265_598, symbol: 'AAPL' }, ['OPT']],
  },
  {
    id: 'T-CON-10',
    title: 'Options on a contract are told by exchange with all dates and strikes, and end',
    source: tws('options', 'Option Chains'),
    act: async (under) => {
      const told = await (await under.client()).ask(78, 7, 'AAPL', '', 'STK', 265_598);
      const [first = []] = only(told, 75);
      const dates = Number(first[6]);
      const strikes = first.slice(8 + dates);
      return [first[3], first[5], Number(first[7 + dates]) === strikes.length, told.at(-1)];
    },
    seen: ['265598', '100', true, ['76', '7']],
  },
  {
    id: 'T-CON-11',
    title: 'A contract is found by its id and an exchange alone',
    source: tws('classIBApi_1_1Contract', 'ConId'),
    act: async (under) => {
      const named = contractFields({ contractId: 265_598, symbol: '', secType: '', currency: '' });
      const told = await (await under.client()).ask(9, 8, 7, ...named, 0, '', '', '');
      return only(told, 10).map((message) => message[2]);
    },
    seen: ['AAPL'],
  },
];
