import { SecType } from '@stoqey/ib';
import { afterEach, describe, expect, it } from 'vitest';
import { type MarketBench, type MarketBenchOptions, openMarket } from '../market/testing/market-bench.js';
import { weeklyHours } from './trading-hours.js';

describe('Contracts of the simulated TWS, asked for by the client library', () => {
  let bench: MarketBench | undefined;
  afterEach(async () => {
    const failures = [...(bench?.tws.failures ?? [])];
    await bench?.close();
    bench = undefined;
    expect(failures).toEqual([]);
  });
  const open = async (options?: MarketBenchOptions) => {
    bench = await openMarket(options);
    return { ...bench, client: await bench.client() };
  };
  const versions = [176, 193] as const;
  const es = { symbol: 'ES', secType: SecType.FUT, exchange: 'CME', currency: 'USD' };

  // Figures: contract details of AAPL as TWS printed them (nautilus_trader's recorded stubs, December 2022).
  it.each(versions)('tells each field of a share in its place at version %i', async (serverVersion) => {
    const { client } = await open({ serverVersion });
    client.api.reqContractDetails(7, {
      symbol: 'AAPL',
      secType: SecType.STK,
      exchange: 'SMART',
      currency: 'USD',
    });
    const heard = await client.heard();
    expect(heard.map(([name]) => name)).toEqual(['contractDetails', 'contractDetailsEnd']);
    expect(heard[1]).toEqual(['contractDetailsEnd', 7]);
    expect(heard[0]?.[1]).toBe(7);
    const { orderTypes, ...details } = heard[0]![2] as Record<string, unknown>;
    expect(String(orderTypes).split(',')).toEqual(
      expect.arrayContaining(['LMT', 'MKT', 'LOC', 'MOC', 'STPLMT', 'TRAIL']),
    );
    expect(details).toEqual({
      contract: {
        symbol: 'AAPL',
        secType: 'STK',
        ...(serverVersion === 193 ? { lastTradeDate: '' } : {}),
        strike: 0,
        right: undefined,
        exchange: 'SMART',
        currency: 'USD',
        localSymbol: 'AAPL',
        tradingClass: 'NMS',
        conId: 265598,
        multiplier: 0,
        primaryExch: 'NASDAQ',
      },
      marketName: 'NMS',
      minTick: 0.01,
      validExchanges: 'SMART,NASDAQ,AMEX,NYSE,CBOE,ARCA,ISLAND,BATS,IEX',
      priceMagnifier: 1,
      underConId: 0,
      longName: 'APPLE INC',
      contractMonth: '',
      industry: 'Technology',
      category: 'Computers',
      subcategory: 'Computers',
      timeZoneId: 'US/Eastern',
      tradingHours:
        '20240102:0400-20240102:2000;20240103:0400-20240103:2000;20240104:0400-20240104:2000;20240105:0400-20240105:2000;20240106:CLOSED;20240107:CLOSED',
      liquidHours:
        '20240102:0930-20240102:1600;20240103:0930-20240103:1600;20240104:0930-20240104:1600;20240105:0930-20240105:1600;20240106:CLOSED;20240107:CLOSED',
      evRule: '',
      evMultiplier: 0,
      secIdList: [{ tag: 'ISIN', value: 'US0378331005' }],
      aggGroup: 1,
      underSymbol: '',
      underSecType: '',
      marketRuleIds: '26,26,26,26,26,26,26,26,26',
      realExpirationDate: '',
      stockType: 'COMMON',
      minSize: 1,
      sizeIncrement: 1,
      suggestedSizeIncrement: 100,
      ...(serverVersion === 193 ? { ineligibilityReasonList: [] } : {}),
    });
  });

  // Layout: a recorded message 10 of ES at version 187; the time of the last trade has a hyphen in recorded ones of older versions.
  it.each([
    [176, '20240315', { lastTradeTime: '08:30:00' }],
    // The library splits at a text that is not there: all of it stays in one field, and the date is in its own.
    [193, '20240315 08:30:00 US/Central', {}],
  ] as const)('tells the last trading day of a future at version %i', async (serverVersion, date, time) => {
    const { client } = await open({ serverVersion });
    client.api.reqContractDetails(1, { ...es, lastTradeDateOrContractMonth: '202403' });
    const [heard, ...others] = await client.heard('contractDetails');
    expect(others).toEqual([]);
    const details = heard?.[2] as Record<string, unknown>;
    expect(details).toMatchObject({
      ...time,
      minTick: 0.25,
      underConId: 11004968,
      contractMonth: '202403',
      timeZoneId: 'US/Central',
      aggGroup: 2147483647,
      underSymbol: 'ES',
      underSecType: 'IND',
      validExchanges: 'CME,QBALGO',
      marketRuleIds: '67,67',
      realExpirationDate: '20240315',
      minSize: 1,
    });
    expect(details.contract).toMatchObject({
      lastTradeDateOrContractMonth: date,
      ...(serverVersion === 193 ? { lastTradeDate: '20240315' } : {}),
      localSymbol: 'ESH4',
      tradingClass: 'ES',
      multiplier: 50,
    });
  });

  it('tells a chain where no month is named, the next month of a continuous future, and expired ones only when asked', async () => {
    const { client } = await open({ start: Date.UTC(2024, 2, 14, 15) });
    const symbols = async () =>
      (await client.heard('contractDetails')).map(([, , details]) => {
        const { contract } = details as { contract: { localSymbol: string; secType: string } };
        return `${contract.secType} ${contract.localSymbol}`;
      });
    client.api.reqContractDetails(1, es);
    expect(await symbols()).toEqual(['FUT ESH4', 'FUT ESM4', 'FUT ESU4', 'FUT ESZ4', 'FUT ESH5']);
    client.api.reqContractDetails(2, { ...es, secType: SecType.CONTFUT });
    expect(await symbols()).toEqual(['CONTFUT ESH4']);
    bench?.clock.advance(Date.UTC(2024, 2, 18, 15));
    client.api.reqContractDetails(3, { ...es, secType: SecType.CONTFUT });
    expect(await symbols()).toEqual(['CONTFUT ESM4']);
    client.api.reqContractDetails(4, {
      ...es,
      includeExpired: true,
      lastTradeDateOrContractMonth: '20240315',
    });
    expect(await symbols()).toEqual(['FUT ESH4']);
    client.api.reqContractDetails(5, { ...es, lastTradeDateOrContractMonth: '20240315' });
    expect(await client.errors()).toEqual([
      [5, 200, 'No security definition has been found for the request'],
    ]);
  });

  it('tells a share at each exchange where none is named, and once where its id is', async () => {
    const { client } = await open();
    const exchanges = async () =>
      (await client.heard('contractDetails')).map(
        ([, , details]) => (details as { contract: { exchange: string } }).contract.exchange,
      );
    client.api.reqContractDetails(1, { symbol: 'SPY', secType: SecType.STK, currency: 'USD' });
    expect(await exchanges()).toEqual(['SMART', 'ARCA', 'AMEX', 'NYSE', 'CBOE', 'ISLAND', 'BATS', 'IEX']);
    client.api.reqContractDetails(2, { conId: 756733 });
    expect(await exchanges()).toEqual(['SMART']);
    client.api.reqContractDetails(3, {
      symbol: 'AAPL',
      secType: SecType.STK,
      exchange: 'ISLAND',
      currency: 'USD',
    });
    expect(await exchanges()).toEqual(['ISLAND']);
  });

  it.each([
    [{ symbol: 'NOPE', secType: SecType.STK, exchange: 'SMART', currency: 'USD' }, 200],
    [{ symbol: 'AAPL', secType: SecType.STK, exchange: 'SMART', currency: 'EUR' }, 200],
    [{ symbol: 'AAPL', secType: SecType.STK, exchange: 'LSE', currency: 'USD' }, 200],
    [{ symbol: 'AAPL', secType: SecType.STK, exchange: 'SMART', primaryExch: 'NYSE' }, 200],
    [{ conId: 1 }, 200],
    [{ symbol: 'AAPL' }, 321],
  ])('refuses %o with code %i', async (contract, code) => {
    const { client } = await open();
    client.api.reqContractDetails(9, contract);
    expect(await client.errors()).toEqual([[9, code, expect.any(String)]]);
  });

  it.each(versions)('tells kinds of each class at version %i', async (serverVersion) => {
    const { client } = await open({ serverVersion });
    const asked = [
      { symbol: 'EUR', secType: SecType.CASH, exchange: 'IDEALPRO', currency: 'USD' },
      { symbol: 'IBUS500', secType: SecType.CFD, exchange: 'SMART', currency: 'USD' },
      { symbol: 'SPX', secType: SecType.IND, exchange: 'CBOE', currency: 'USD' },
      { symbol: 'BTC', secType: SecType.CRYPTO, exchange: 'PAXOS', currency: 'USD' },
      { symbol: 'EUR', secType: SecType.FUT, exchange: 'CME', localSymbol: '6EH4' },
      {
        symbol: 'AAPL',
        secType: SecType.OPT,
        exchange: 'SMART',
        lastTradeDateOrContractMonth: '20240119',
        strike: 190,
        right: 'C',
      },
    ];
    asked.forEach((contract, i) => {
      client.api.reqContractDetails(i, contract as never);
    });
    const told = (await client.heard('contractDetails')).map(([, , details]) => {
      const { contract, minTick, minSize, sizeIncrement, priceMagnifier, aggGroup } = details as Record<
        string,
        unknown
      >;
      const { localSymbol, multiplier } = contract as Record<string, unknown>;
      return [localSymbol, multiplier, minTick, minSize, sizeIncrement, priceMagnifier, aggGroup];
    });
    expect(told).toEqual([
      // As contract details of EUR.USD print it: half a pip, one unit, aggregate group 4.
      ['EUR.USD', 0, 0.00005, 1, 1, 1, 4],
      ['IBUS500', 0, 0.01, 1, 1, 1, 2147483647],
      ['SPX', 0, 0.01, 1, 1, 1, 2147483647],
      ['BTC.USD', 0, 0.25, 0.0001, 0.00000001, 1, 2147483647],
      // CME: 125,000 euros, last traded on the second business day before the third Wednesday.
      ['6EH4', 125000, 0.00005, 1, 1, 1, 2147483647],
      ['AAPL  240119C00190000', 100, 0.01, 1, 1, 1, 2],
    ]);
  });

  it('tells market rules, and refuses one that is not there', async () => {
    const { client } = await open();
    client.api.reqMarketRule(110);
    client.api.reqMarketRule(239);
    client.api.reqMarketRule(999_999);
    expect(await client.heard('marketRule', 'error', 'info')).toEqual([
      [
        'marketRule',
        110,
        [
          { lowEdge: 0, increment: 0.01 },
          { lowEdge: 3, increment: 0.05 },
        ],
      ],
      ['marketRule', 239, [{ lowEdge: 0, increment: 0.00005 }]],
      ['info', expect.stringContaining('Invalid market rule id'), 321],
    ]);
  });

  it.each(versions)('offers symbols that match what was typed at version %i', async (serverVersion) => {
    const { client } = await open({ serverVersion });
    client.api.reqMatchingSymbols(3, 'aapl');
    expect(await client.heard()).toEqual([
      [
        'symbolSamples',
        3,
        [
          {
            contract: {
              conId: 265598,
              symbol: 'AAPL',
              secType: 'STK',
              primaryExch: 'NASDAQ',
              currency: 'USD',
              description: 'APPLE INC',
              issuerId: '',
            },
            derivativeSecTypes: ['OPT'],
          },
        ],
      ],
    ]);
  });

  it('tells the expiries and strikes of options', async () => {
    const { client } = await open();
    client.api.reqSecDefOptParams(4, 'AAPL', '', SecType.STK, 265598);
    const heard = await client.heard();
    expect(heard.at(-1)).toEqual(['securityDefinitionOptionParameterEnd', 4]);
    expect(heard[0]).toEqual([
      'securityDefinitionOptionParameter',
      4,
      'SMART',
      265598,
      'AAPL',
      100,
      ['20240119', '20240216'],
      [180, 190, 200, 210],
    ]);
    expect(heard).toHaveLength(7);
  });
});

describe('Trading hours as TWS tells them', () => {
  const eves = [0, 1, 2, 3, 4] as const;
  const workdays = [1, 2, 3, 4, 5] as const;
  const at = (text: string): number => Date.parse(text);

  // Each text was printed by TWS: CL and EUR.USD (nautilus_trader's stubs, December 2022), TSLA with a holiday (rust-ibapi,
  // December 2022), ES (a message 10 at version 187, May 2025), ZC with a break (December 2023).
  it.each([
    [
      'US/Eastern',
      [{ from: '18:00', to: '17:00', days: eves }],
      [],
      '2022-12-07T15:00:00Z',
      '20221206:1800-20221207:1700;20221207:1800-20221208:1700;20221208:1800-20221209:1700;20221210:CLOSED;20221211:1800-20221212:1700;20221212:1800-20221213:1700',
    ],
    [
      'US/Eastern',
      [{ from: '17:15', to: '17:00', days: eves }],
      [],
      '2022-12-06T15:00:00Z',
      '20221205:1715-20221206:1700;20221206:1715-20221207:1700;20221207:1715-20221208:1700;20221208:1715-20221209:1700;20221210:CLOSED;20221211:1715-20221212:1700',
    ],
    [
      'US/Eastern',
      [{ from: '04:00', to: '20:00', days: workdays }],
      ['20230102'],
      '2022-12-29T15:00:00Z',
      '20221229:0400-20221229:2000;20221230:0400-20221230:2000;20221231:CLOSED;20230101:CLOSED;20230102:CLOSED;20230103:0400-20230103:2000',
    ],
    [
      'US/Central',
      [{ from: '17:00', to: '16:00', days: eves }],
      [],
      '2025-05-03T15:00:00Z',
      '20250503:CLOSED;20250504:1700-20250505:1600;20250505:1700-20250506:1600;20250506:1700-20250507:1600;20250507:1700-20250508:1600;20250508:1700-20250509:1600',
    ],
    [
      'US/Central',
      [
        { from: '19:00', to: '07:45', days: eves },
        { from: '08:30', to: '13:20', days: workdays },
      ],
      [],
      '2023-12-06T15:00:00Z',
      '20231205:1900-20231206:0745;20231206:0830-20231206:1320;20231206:1900-20231207:0745;20231207:0830-20231207:1320;20231207:1900-20231208:0745;20231208:0830-20231208:1320;20231209:CLOSED;20231210:1900-20231211:0745;20231211:0830-20231211:1320;20231211:1900-20231212:0745;20231212:0830-20231212:1320',
    ],
  ] as const)('are those of %s for %o', (zone, hours, holidays, now, text) => {
    expect(weeklyHours(zone, hours, holidays).text(at(now))).toBe(text);
  });

  it('know what is open, what was and what comes, across a change of clocks', () => {
    const hours = weeklyHours('US/Eastern', [{ from: '18:00', to: '17:00', days: eves }]);
    // Friday 8 March 2024 ends in winter time, Sunday 10 March begins in summer time.
    const saturday = at('2024-03-09T12:00:00Z');
    expect(hours.isOpen(saturday)).toBe(false);
    expect(hours.openOrLast(saturday)).toEqual({
      start: at('2024-03-07T23:00:00Z'),
      end: at('2024-03-08T22:00:00Z'),
      tradeDate: '20240308',
    });
    expect(hours.openOrNext(saturday)).toEqual({
      start: at('2024-03-10T22:00:00Z'),
      end: at('2024-03-11T21:00:00Z'),
      tradeDate: '20240311',
    });
    expect(hours.spanAt(at('2024-03-08T21:59:59Z'))?.tradeDate).toBe('20240308');
    expect(hours.isOpen(at('2024-03-08T22:00:00Z'))).toBe(false);
  });
});
