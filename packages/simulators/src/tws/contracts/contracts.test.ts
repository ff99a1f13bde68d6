import { SecType } from '@stoqey/ib';
import { describe, expect, it } from 'vitest';
import { marketOfEachTest } from '../market/testing/market-bench.js';

describe('Contracts of the simulated TWS, asked for by the client library', () => {
  const open = marketOfEachTest();
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
    const { client, clock } = await open({ start: Date.UTC(2024, 2, 14, 15) });
    const symbols = async () =>
      (await client.heard('contractDetails')).map(([, , details]) => {
        const { contract } = details as { contract: { localSymbol: string; secType: string } };
        return `${contract.secType} ${contract.localSymbol}`;
      });
    client.api.reqContractDetails(1, es);
    expect(await symbols()).toEqual(['FUT ESH4', 'FUT ESM4', 'FUT ESU4', 'FUT ESZ4', 'FUT ESH5']);
    client.api.reqContractDetails(2, { ...es, secType: SecType.CONTFUT });
    expect(await symbols()).toEqual(['CONTFUT ESH4']);
    clock.advance(Date.UTC(2024, 2, 18, 15));
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
