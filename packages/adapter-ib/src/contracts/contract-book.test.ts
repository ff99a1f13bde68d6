import { type Instrument, MikroBotError, tickSizeAt, VirtualClock } from '@mikrobot/core';
import { describe, expect, it } from 'vitest';
import { type ScriptedLine, scriptedLine } from '../testing/scripted-line.js';
import { ContractBook } from './contract-book.js';
import {
  type ContractSpec,
  cfd,
  continuous,
  crypto,
  forex,
  future,
  index,
  option,
  stock,
} from './contract-spec.js';
import { keepHours } from './keep-hours.js';
import { type DetailsInput, detailsFields } from './testing/details-fields.js';

const NOW = Date.UTC(2025, 11, 1, 15);

/** What TWS knows: by the kind and symbol asked for, or by id; and its market rules as pairs of an edge and a step. */
interface Known {
  readonly details: readonly DetailsInput[];
  readonly rules?: Readonly<Record<number, readonly number[]>>;
}

const tws = ({ details, rules = { 26: [0, 0.01] } }: Known, clock = new VirtualClock(NOW)): ScriptedLine =>
  scriptedLine({
    clock,
    answer: ({ name, args }, line) => {
      if (name === 'reqMarketRule') {
        const steps = rules[args[0] as number];
        if (steps !== undefined) line.receive(93, args[0] as number, steps.length / 2, ...steps);
      }
      if (name !== 'reqContractDetails') return;
      const [id, query] = args as [number, { conId?: number; symbol?: string; secType?: string }];
      const fitting = details.filter((one) =>
        query.conId === undefined
          ? one.symbol === query.symbol && one.secType === query.secType
          : one.contractId === query.conId,
      );
      for (const one of fitting) line.receive(...detailsFields(id, one));
      if (fitting.length > 0) line.receive(52, 1, id);
      else line.receive(4, 2, id, 200, 'No security definition has been found for the request', '');
    },
  });

const resolve = async (
  contracts: Record<string, ContractSpec>,
  known: Known,
  held: readonly number[] = [],
): Promise<ContractBook> => {
  const book = new ContractBook({ contracts, clock: new VirtualClock(NOW) });
  await book.resolve(tws(known), new Set(held));
  return book;
};

const only = async (spec: ContractSpec, known: Known): Promise<Instrument> =>
  (await resolve({ X: spec }, known)).get('X').instrument;

const failure = async (work: Promise<unknown>): Promise<MikroBotError> => {
  const error = await work.catch((thrown: unknown) => thrown);
  expect(error).toBeInstanceOf(MikroBotError);
  return error as MikroBotError;
};

/** As TWS printed it on 14 December 2025, shortened. */
const apple: DetailsInput = {
  symbol: 'AAPL',
  secType: 'STK',
  contractId: 265598,
  tradingClass: 'NMS',
  primaryExchange: 'NASDAQ',
  validExchanges: 'SMART,AMEX,NYSE,CBOE',
  marketRuleIds: '26,26,26,26',
  tradingHours: '20251214:CLOSED;20251215:0400-20251215:2000',
  liquidHours: '20251214:CLOSED;20251215:0930-20251215:1600',
  minSize: '0.0001',
  sizeIncrement: '0.0001',
};
const euro: DetailsInput = {
  symbol: 'EUR',
  secType: 'CASH',
  contractId: 12087792,
  exchange: 'IDEALPRO',
  localSymbol: 'EUR.USD',
  tradingClass: 'EUR.USD',
  minTick: '5.0E-5',
  marketRuleIds: '239',
};
const nq = (
  month: string,
  expiry: string,
  contractId: number,
  more: Partial<DetailsInput> = {},
): DetailsInput => ({
  symbol: 'NQ',
  secType: 'FUT',
  contractId,
  exchange: 'CME',
  expiry,
  contractMonth: month,
  localSymbol: `NQ${contractId}`,
  tradingClass: 'NQ',
  multiplier: 20,
  minTick: 0.25,
  marketRuleIds: '67',
  timeZoneId: 'US/Central',
  ...more,
});
const quarterly = [nq('202603', '20260320', 3), nq('202512', '20251219', 2), nq('202606', '20260618', 4)];
const cme = { 67: [0, 0.25] };

describe('an instrument of Interactive Brokers', () => {
  it('is a share: a lot is one share although details of December 2025 say 0.0001, which orders of the API may not have', async () => {
    expect(await only(stock('AAPL'), { details: [apple] })).toMatchObject({
      assetClass: 'stock',
      currency: 'USD',
      contractSize: 1,
      tickSize: 0.01,
      pipSize: 0.01,
      quantityStep: 1,
      minQuantity: 1,
    });
  });

  it('is a pair: a lot is one unit of the base, and rule 239 is half a pip (source: nautilus_trader, tick schemes of IB)', async () => {
    const instrument = await only(forex('EUR.USD'), { details: [euro], rules: { 239: [0, 5e-5] } });
    expect(instrument).toMatchObject({
      base: 'EUR',
      currency: 'USD',
      contractSize: 1,
      tickSize: 0.00005,
      pipSize: 0.0001,
      priceDecimals: 5,
      quantityStep: 1,
    });
  });

  it('counts pips of the yen in hundredths', async () => {
    const yen = { ...euro, symbol: 'USD', currency: 'JPY', minTick: 0.005, marketRuleIds: '' };
    expect(await only(forex('USDJPY'), { details: [yen] })).toMatchObject({ tickSize: 0.005, pipSize: 0.01 });
  });

  it('is a future with its multiplier', async () => {
    expect(
      await only(future('NQ', { exchange: 'CME' }), { details: [quarterly[1]!], rules: cme }),
    ).toMatchObject({ assetClass: 'future', contractSize: 20, tickSize: 0.25, pipSize: 0.25 });
  });

  it('has the steps of the exchange that is used: NVDA options step by 0.01 at SMART and by 0.01, then 0.05 at ISE (rules 32 and 109)', async () => {
    const nvidia: DetailsInput = {
      symbol: 'NVDA',
      secType: 'OPT',
      contractId: 677414875,
      expiry: '20240816',
      strike: 100,
      right: 'P',
      multiplier: 100,
      validExchanges: 'SMART,AMEX,CBOE,PHLX,PSE,ISE',
      marketRuleIds: '32,109,109,109,109,109',
    };
    const rules = { 32: [0, 0.01], 109: [0, 0.01, 3, 0.05] };
    const put = { underlying: 'NVDA', expiry: '20240816', strike: 100, right: 'P' } as const;
    const smart = await only(option(put), { details: [nvidia], rules });
    const ise = await only(option({ ...put, exchange: 'ISE' }), { details: [nvidia], rules });
    expect([smart.contractSize, tickSizeAt(smart, 3), tickSizeAt(ise, 2.99), tickSizeAt(ise, 3)]).toEqual([
      100, 0.01, 0.01, 0.05,
    ]);
  });

  it('quotes live cattle in cents: a tick of 0.00025 times 100 (source: icli, instrumentdb), and 400 dollars a point', async () => {
    const cattle = nq('202602', '20260227', 9, {
      symbol: 'LE',
      multiplier: 40_000,
      minTick: 0.00025,
      priceMagnifier: 100,
    });
    const spec = future('LE', { exchange: 'CME' });
    expect(await only(spec, { details: [cattle], rules: { 67: [0, 0.00025] } })).toMatchObject({
      tickSize: 0.025,
      contractSize: 400,
    });
  });

  it('quotes wheat in cents: 5,000 bushels are 50 dollars a point (source: pysystemtrade issue 628)', async () => {
    const wheat = nq('202603', '20260313', 9, {
      symbol: 'ZW',
      multiplier: 5_000,
      minTick: 0.0025,
      priceMagnifier: 100,
    });
    expect(await only(future('ZW', { exchange: 'CBOT' }), { details: [wheat], rules: {} })).toMatchObject({
      tickSize: 0.25,
      contractSize: 50,
    });
  });

  it('takes the step at zero of a rule that begins below (TICK-NYSE: -9999)', async () => {
    const tick: DetailsInput = {
      symbol: 'TICK-NYSE',
      secType: 'IND',
      contractId: 5,
      exchange: 'NYSE',
      marketRuleIds: '7',
    };
    const instrument = await only(index('TICK-NYSE', { exchange: 'NYSE' }), {
      details: [tick],
      rules: { 7: [-9999, 1] },
    });
    expect(instrument).toMatchObject({ tickSize: 1, priceBands: [] });
  });

  it('is a coin that is traded in parts', async () => {
    const bitcoin: DetailsInput = {
      symbol: 'BTC',
      secType: 'CRYPTO',
      contractId: 6,
      exchange: 'PAXOS',
      minTick: 0.25,
      marketRuleIds: '',
      minSize: '0.0001',
      sizeIncrement: '1.0E-8',
    };
    expect(await only(crypto('BTC'), { details: [bitcoin] })).toMatchObject({
      assetClass: 'crypto',
      base: 'BTC',
      quantityStep: 1e-8,
      minQuantity: 0.0001,
    });
  });

  it.each([
    ['STK', 'cfd-shares'],
    ['IND', 'cfd-indices'],
    ['CASH', 'forex'],
  ])('is a CFD on %s: %s', async (underSecType, assetClass) => {
    const details: DetailsInput = { symbol: 'Y', secType: 'CFD', contractId: 8, underSecType };
    expect(await only(cfd('Y'), { details: [details] })).toMatchObject({ assetClass });
  });

  it('is refused without any step of prices', async () => {
    const error = await failure(
      resolve({ AAPL: stock('AAPL') }, { details: [{ ...apple, minTick: 0, marketRuleIds: '' }] }),
    );
    expect(error).toMatchObject({ code: 'BAD_DATA', where: 'contract AAPL' });
  });

  it('takes the margin that a what-if order has told', async () => {
    const book = await resolve({ AAPL: stock('AAPL') }, { details: [apple] });
    expect(book.instruments(new Map([['AAPL', 0.25]]))[0]).toMatchObject({
      symbol: 'AAPL',
      marginRate: 0.25,
    });
    expect(book.instruments()[0]).toMatchObject({ marginRate: 0 });
  });
});

describe('the contracts of an adapter', () => {
  it('are known by symbol and by id, and sent with both', async () => {
    const book = await resolve(
      { APPLE: stock('AAPL'), EURUSD: forex('EURUSD') },
      { details: [apple, euro], rules: { 26: [0, 0.01], 239: [0, 5e-5] } },
    );
    expect(book.byContractId(265598)?.symbol).toBe('APPLE');
    expect(book.get('EURUSD').contract).toMatchObject({
      conId: 12087792,
      secType: 'CASH',
      symbol: 'EUR',
      currency: 'USD',
      exchange: 'IDEALPRO',
    });
    expect(book.all.map(({ symbol }) => symbol)).toEqual(['APPLE', 'EURUSD']);
    expect(book.find('MSFT')).toBeUndefined();
    expect(() => book.get('MSFT')).toThrow('Configured are APPLE, EURUSD');
  });

  it('ask for a rule once, however many share it', async () => {
    const contracts = { AAPL: stock('AAPL'), MSFT: stock('MSFT') };
    const book = new ContractBook({ contracts, clock: new VirtualClock(NOW) });
    const line = tws({ details: [apple, { ...apple, symbol: 'MSFT', contractId: 272093 }] });
    await book.resolve(line);
    await book.resolve(line);
    expect(line.sentAs('reqMarketRule')).toEqual([[26]]);
    expect(line.sentAs('reqContractDetails')).toHaveLength(2);
  });

  it('fall back to the smallest step, and say so, where TWS does not answer for a rule', async () => {
    const clock = new VirtualClock(NOW);
    const book = new ContractBook({ contracts: { AAPL: stock('AAPL') }, clock });
    const line = tws({ details: [apple], rules: {} }, clock);
    const done = book.resolve(line);
    while (line.sentAs('reqMarketRule').length === 0) await Promise.resolve();
    clock.advance(NOW + 5_000);
    await done;
    expect(book.get('AAPL').instrument.tickSize).toBe(0.01);
    expect(book.notes[0]).toContain('market rule 26');
  });

  it('refuse what fits several contracts, list them, and name the field that decides', async () => {
    const listed = [apple, { ...apple, contractId: 38708077, primaryExchange: 'MEXI', tradingClass: 'NMS' }];
    const error = await failure(resolve({ AAPL: stock('AAPL') }, { details: listed }));
    expect(error.code).toBe('BAD_CONFIG');
    expect(error.message).toContain('265598 AAPL NMS NASDAQ USD; 38708077 AAPL NMS MEXI USD');
    expect(error.hint).toBe('Say which by primaryExchange (NASDAQ, MEXI).');
  });

  it('say in the words of TWS that there is none', async () => {
    const error = await failure(resolve({ APL: stock('APLL') }, { details: [apple] }));
    expect(error.code).toBe('UNKNOWN_INSTRUMENT');
    expect(error.message).toContain(
      'contract APL: TWS says: No security definition has been found for the request.',
    );
  });

  it('are not two symbols of one contract: an account has one position of it', async () => {
    const error = await failure(resolve({ A: stock('AAPL'), B: stock('AAPL') }, { details: [apple] }));
    expect(error.message).toContain('A and B are one contract');
  });

  it.each<[string, ContractSpec, string]>([
    ['a currency that is none', stock('SAP', { currency: 'euro' }), 'contract X, field currency'],
    ['a pair of five letters', forex('EURUS'), 'contract X, field currency'],
    [
      'an expiry that is none',
      future('NQ', { exchange: 'CME', roll: { expiry: '202513' } }),
      'contract X, field roll.expiry',
    ],
    [
      'days before the roll that are negative',
      future('NQ', { exchange: 'CME', rollDaysBefore: -1 }),
      'contract X, field rollDaysBefore',
    ],
    [
      'an option without a date',
      option({ underlying: 'AAPL', expiry: '202512', strike: 200, right: 'C' }),
      'contract X, field expiry',
    ],
    ['an unknown key', { ...stock('AAPL'), exchnage: 'ARCA' } as unknown as ContractSpec, 'contract X'],
  ])('are checked before anything is asked: %s', (_, spec, where) => {
    const make = () => new ContractBook({ contracts: { X: spec }, clock: new VirtualClock(NOW) });
    expect(make).toThrowError(expect.objectContaining({ code: 'BAD_CONFIG', where }));
  });

  it('cannot be none', () => {
    expect(() => new ContractBook({ contracts: {}, clock: new VirtualClock(NOW) })).toThrow(
      'No contract is named',
    );
  });

  it('have data only of an index and of a continuous future', async () => {
    const details: DetailsInput[] = [
      { symbol: 'SPX', secType: 'IND', contractId: 416904, exchange: 'CBOE' },
      nq('202512', '20251219', 2, { secType: 'CONTFUT' }),
    ];
    const book = await resolve(
      { SPX: index('SPX', { exchange: 'CBOE' }), NQ: continuous('NQ', { exchange: 'CME' }) },
      { details, rules: { ...cme, 26: [0, 0.01] } },
    );
    expect(book.all.map(({ tradable }) => tradable)).toEqual([false, false]);
    expect(book.get('NQ').historyContract).toMatchObject({ secType: 'CONTFUT', symbol: 'NQ' });
    expect(book.get('NQ').historyContract.conId).toBeUndefined();
    // A position in its newest expiry is not one in the series.
    expect(book.byContractId(2)).toBeUndefined();
  });

  it('have regular hours unless the user trades outside of them', async () => {
    const contracts = { REGULAR: stock('AAPL'), ALL: stock('MSFT', { outsideRegularHours: true }) };
    const book = await resolve(contracts, {
      details: [apple, { ...apple, symbol: 'MSFT', contractId: 272093 }],
    });
    const early = Date.UTC(2025, 11, 15, 10);
    expect([book.sessions('REGULAR').isOpen(early), book.sessions('ALL').isOpen(early)]).toEqual([
      false,
      true,
    ]);
  });

  it('learn the hours of the days that follow twice a day, until they are ended', async () => {
    const clock = new VirtualClock(NOW);
    let liquidHours = '20251201:0930-20251201:1600';
    const book = new ContractBook({ contracts: { AAPL: stock('AAPL') }, clock });
    const known = {
      details: [
        {
          ...apple,
          get liquidHours() {
            return liquidHours;
          },
        },
      ],
    };
    const line = tws(known, clock);
    await book.resolve(line);
    const session = book.sessions('AAPL');
    let up = false;
    const end = keepHours(book, clock, () => (up ? line : undefined));
    liquidHours = '20251201:0930-20251201:1600;20251202:0930-20251202:1600';
    const tuesday = Date.UTC(2025, 11, 2, 15);
    clock.advance(NOW + 12 * 3_600_000);
    await clock.settled();
    expect(session.isOpen(tuesday)).toBe(false);
    up = true;
    clock.advance(NOW + 12 * 3_600_000 + 600_000);
    await clock.settled();
    expect(session.isOpen(tuesday)).toBe(true);
    end();
    const asked = line.sentAs('reqContractDetails').length;
    clock.advance(NOW + 48 * 3_600_000);
    await clock.settled();
    expect(line.sentAs('reqContractDetails')).toHaveLength(asked);
  });
});

describe('a future that rolls', () => {
  const spec = future('NQ', { exchange: 'CME' });
  const chosen = async (now: string, of = spec, details = quarterly, held: readonly number[] = []) => {
    const clock = new VirtualClock(Date.parse(now));
    const book = new ContractBook({ contracts: { NQ: of }, clock });
    await book.resolve(tws({ details, rules: cme }, clock), new Set(held));
    return { id: book.get('NQ').contract.conId, notes: book.notes };
  };

  it('is the front month until 8 days are left to its last trading day at the exchange', async () => {
    // 10 December 23:59 and 11 December 00:00 in Chicago.
    expect((await chosen('2025-12-11T05:59Z')).id).toBe(2);
    expect((await chosen('2025-12-11T06:00Z')).id).toBe(3);
  });

  it('stays what the account holds: the trader rolls, and is told', async () => {
    const { id, notes } = await chosen('2025-12-15T12:00Z', spec, quarterly, [2]);
    expect(id).toBe(2);
    expect(notes[0]).toBe(
      'NQ is NQ2 (20251219), which the account holds or has an order in; the front month is NQ3',
    );
    expect(notes.at(-1)).toContain('last trading day is in 4 days');
  });

  it('does not look at what is held of other contracts', async () => {
    expect(await chosen('2025-12-01T12:00Z', spec, quarterly, [99])).toEqual({
      id: 2,
      notes: [expect.stringContaining('no hours')],
    });
  });

  it('passes over months that are not wanted: currencies list each month', async () => {
    const monthly = [nq('202512', '20251215', 2), nq('202601', '20260116', 3), nq('202603', '20260316', 4)];
    const of = future('NQ', { exchange: 'CME', months: ['H', 'M', 'U', 'Z'] });
    expect((await chosen('2025-12-10T12:00Z', of, monthly)).id).toBe(4);
    expect((await chosen('2025-12-10T12:00Z', spec, monthly)).id).toBe(3);
  });

  it('is refused where contracts of several kinds share the root, as 6E, M6E and E7 do', async () => {
    const kinds = [
      nq('202512', '20251219', 2),
      nq('202512', '20251219', 3, { tradingClass: 'MNQ', multiplier: 2 }),
    ];
    const error = await failure(resolve({ NQ: spec }, { details: kinds, rules: cme }));
    expect(error.hint).toBe('Say which by tradingClass (NQ, MNQ).');
  });

  it('is what the user names, and then never rolls', async () => {
    const of = future('NQ', { exchange: 'CME', roll: { expiry: '202512' } });
    const { id, notes } = await chosen('2025-12-17T12:00Z', of, [quarterly[1]!]);
    expect(id).toBe(2);
    expect(notes).toEqual([expect.stringContaining('no hours')]);
  });

  it('is said to come near its end day by day, while the adapter lives', async () => {
    const clock = new VirtualClock(Date.parse('2025-12-09T12:00Z'));
    const book = new ContractBook({ contracts: { NQ: spec }, clock });
    const line = tws({ details: quarterly, rules: cme }, clock);
    await book.resolve(line);
    const told: string[] = [];
    const end = keepHours(
      book,
      clock,
      () => line,
      (note) => void told.push(note),
    );
    for (let half = 1; half <= 6; half++) {
      clock.advance(Date.parse('2025-12-09T12:00Z') + half * 12 * 3_600_000);
      await clock.settled();
    }
    end();
    expect(told).toEqual([
      'NQ is NQ2, whose last trading day is in 8 days: be flat and start anew to roll',
      'NQ is NQ2, whose last trading day is in 7 days: be flat and start anew to roll',
    ]);
  });

  it('reads past bars of all expiries where it is told to, and says when those end in another one', async () => {
    const of = future('NQ', { exchange: 'CME', history: 'continuous' });
    const series = nq('202603', '20260320', 3, { secType: 'CONTFUT' });
    const clock = new VirtualClock(NOW);
    const book = new ContractBook({ contracts: { NQ: of }, clock });
    await book.resolve(tws({ details: [...quarterly, series], rules: cme }, clock));
    expect(book.get('NQ').contract.conId).toBe(2);
    expect(book.get('NQ').historyContract).toMatchObject({ secType: 'CONTFUT' });
    expect(book.notes.join()).toContain('has come to NQ3, while NQ2 is traded: they do not meet');
  });
});
