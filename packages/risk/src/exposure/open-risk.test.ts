import type { Finding } from '@mikrobot/core';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { bookWith, eurusd, OWNER, type Present, usdjpy } from '../test-support/market.js';
import { openRisk, openRiskCodes } from './open-risk.js';

const hedging = { mode: 'hedging' } as const;
const codeOf = (present: Present): unknown => (openRisk(bookWith(present)) as Finding).code;
const long = { symbol: 'EURUSD', quantity: 0.5 };
const stopped = { [`${OWNER} EURUSD`]: [1.09] };

describe('the risk of everything open', () => {
  it('is nothing while nothing is open', () => {
    expect(openRisk(bookWith())).toBe(0);
  });

  it('counts a long from the bid to its stop, whatever it was bought at', () => {
    for (const averagePrice of [1.05, 1.1, 1.15])
      expect(openRisk(bookWith({ positions: [{ ...long, averagePrice }], stops: stopped }))).toBeCloseTo(
        500,
        6,
      );
  });

  it('counts a short from the ask to its stop', () => {
    const present = {
      positions: [{ symbol: 'EURUSD', quantity: -0.5 }],
      stops: { [`${OWNER} EURUSD`]: [1.1201] },
    };
    expect(openRisk(bookWith(present))).toBeCloseTo(1_000, 6);
    expect(openRisk(bookWith({ ...present, account: hedging }))).toBeCloseTo(1_000, 6);
  });

  it('converts at the rate of the moment', () => {
    const present: Present = {
      positions: [{ symbol: 'USDJPY', quantity: 1 }],
      quotes: { USDJPY: [150, 150.02] },
      stops: { [`${OWNER} USDJPY`]: [149.25] },
      rates: { JPYUSD: 1 / 150 },
    };
    // 75 pips of 1,000 JPY
    expect(openRisk(bookWith(present))).toBeCloseTo(500, 6);
    expect(codeOf({ ...present, rates: {} })).toBe('NO_RATE');
    expect(codeOf({ ...present, rates: { JPYUSD: Number.NaN } })).toBe('NO_RATE');
  });

  it('takes the furthest of several stops for the whole position', () => {
    const stops = { [`${OWNER} EURUSD`]: [1.095, 1.08, 1.09] };
    expect(openRisk(bookWith({ positions: [long], stops }))).toBeCloseTo(1_000, 6);
    const short = { symbol: 'EURUSD', quantity: -0.5 };
    const above = { [`${OWNER} EURUSD`]: [1.1051, 1.1201, 1.1101] };
    expect(openRisk(bookWith({ positions: [short], stops: above }))).toBeCloseTo(1_000, 6);
  });

  it('expects no gift from a stop that the market has passed', () => {
    expect(openRisk(bookWith({ positions: [long], stops: { [`${OWNER} EURUSD`]: [1.2] } }))).toBe(0);
  });

  it('values opposite ledgers by their net where the venue nets, and each by itself where it hedges', () => {
    const present: Present = {
      positions: [
        { symbol: 'EURUSD', quantity: 1, owner: 'a' },
        { symbol: 'EURUSD', quantity: -1, owner: 'b' },
      ],
      stops: { 'a EURUSD': [1.09], 'b EURUSD': [1.12] },
    };
    // Flat as a net: what is left is to sell at 1.09 and to buy back at 1.12.
    expect(openRisk(bookWith(present))).toBeCloseTo(3_000, 6);
    // 100 pips from the bid, 199 pips from the ask.
    expect(openRisk(bookWith({ ...present, account: hedging }))).toBeCloseTo(2_990, 6);
  });

  it('counts an entry that names its price from there, also where its stop lies beyond the quote', () => {
    const stop = { symbol: 'EURUSD', owner: OWNER, quantity: 0.3, price: 1.12, stop: 1.11 };
    const limit = { symbol: 'EURUSD', owner: 'b', quantity: 0.3, price: 1.095, stop: 1.09 };
    // 100 and 50 pips of 10 USD on 0.3 lots.
    expect(openRisk(bookWith({ entries: [stop] }))).toBeCloseTo(300, 6);
    expect(openRisk(bookWith({ entries: [limit] }))).toBeCloseTo(150, 6);
  });

  it('counts entries at the market as if they met the quote', () => {
    const buy = { symbol: 'EURUSD', owner: OWNER, quantity: 0.3, stop: 1.0901 };
    const sell = { symbol: 'EURUSD', owner: 'b', quantity: -0.2, stop: 1.11 };
    expect(openRisk(bookWith({ entries: [buy] }))).toBeCloseTo(300, 6);
    expect(openRisk(bookWith({ entries: [sell] }))).toBeCloseTo(200, 6);
    expect(openRisk(bookWith({ entries: [buy, sell], positions: [long], stops: stopped }))).toBeCloseTo(
      1_000,
      6,
    );
  });

  it('counts each entry in its own symbol', () => {
    const present: Present = {
      quotes: { USDJPY: [150, 150.02] },
      rates: { JPYUSD: 1 / 150 },
      entries: [
        { symbol: 'EURUSD', owner: 'a', quantity: 0.3, stop: 1.0901 },
        { symbol: 'USDJPY', owner: 'a', quantity: -0.5, stop: 150.6 },
      ],
    };
    // 100 pips of 10 USD on 0.3 lots, 60 pips of 1,000 JPY on 0.5.
    expect(openRisk(bookWith(present))).toBeCloseTo(300 + 200, 6);
  });

  it('leaves out entries and positions of nothing', () => {
    const entries = [{ symbol: 'EURUSD', owner: 'a', quantity: 0, stop: undefined }];
    const positions = [{ symbol: 'EURUSD', quantity: 0 }];
    expect(openRisk(bookWith({ entries, positions }))).toBe(0);
  });

  it('knows nothing of what has no stop', () => {
    expect(openRisk(bookWith({ positions: [long] }))).toEqual({
      code: 'OPEN_RISK_UNKNOWN',
      limit: 'a stop on every position and entry',
      actual: `${OWNER} holds 0.5 EURUSD without a stop`,
    });
    const entry = { symbol: 'EURUSD', owner: 'b', quantity: 0.3, stop: undefined };
    expect(openRisk(bookWith({ entries: [entry] }))).toMatchObject({
      code: 'OPEN_RISK_UNKNOWN',
      actual: 'b enters 0.3 EURUSD, stop undefined',
    });
  });

  it('knows nothing of an entry that lies beyond its stop, or of lots that no ledger has', () => {
    const entry = { symbol: 'EURUSD', owner: 'b', quantity: 0.3, stop: 1.11 };
    expect(codeOf({ entries: [entry] })).toBe('OPEN_RISK_UNKNOWN');
    expect(codeOf({ entries: [{ ...entry, quantity: -0.3, stop: 1.09 }] })).toBe('OPEN_RISK_UNKNOWN');
    expect(openRisk(bookWith({ entries: [{ ...entry, stop: 1.1001 }] }))).toBe(0);
    const book = bookWith({ positions: [long], stops: stopped });
    const position = () => ({ ...book.position('EURUSD'), quantity: 0.75 });
    expect(openRisk({ ...book, position })).toMatchObject({
      code: 'OPEN_RISK_UNKNOWN',
      actual: '0.25 EURUSD belong to no ledger, so they have no stop',
    });
  });

  it('needs an instrument and a quote for all that is open', () => {
    expect(codeOf({ positions: [long], stops: stopped, instruments: [usdjpy] })).toBe('UNKNOWN_SYMBOL');
    expect(codeOf({ positions: [{ ...long, symbol: 'USDJPY' }], instruments: [eurusd, usdjpy] })).toBe(
      'NO_QUOTE',
    );
    expect(openRisk(bookWith({ positions: [{ ...long, symbol: 'USDJPY' }] }))).toEqual({
      code: 'NO_QUOTE',
      limit: 'a price for every position',
      actual: 'USDJPY',
    });
    for (const bad of [0, Number.NaN]) {
      expect(codeOf({ positions: [long], stops: stopped, quotes: { EURUSD: [bad, 1.1] } })).toBe('NO_QUOTE');
      expect(codeOf({ positions: [long], stops: stopped, quotes: { EURUSD: [1.1, bad] } })).toBe('NO_QUOTE');
    }
  });

  it('answers no number that is none', () => {
    const stops = { [`${OWNER} EURUSD`]: [Number.NaN] };
    expect(openRisk(bookWith({ positions: [long], stops }))).toMatchObject({
      code: 'OPEN_RISK_UNKNOWN',
      actual: 'EURUSD: NaN',
    });
    expect(codeOf({ positions: [{ ...long, quantity: Number.POSITIVE_INFINITY }], stops: stopped })).toBe(
      'OPEN_RISK_UNKNOWN',
    );
  });

  it('risks nothing with a ledger that the order closes first, stop or not', () => {
    const positions = [long, { symbol: 'EURUSD', quantity: 0.1, owner: 'b' }];
    const stops = { 'b EURUSD': [1.09] };
    for (const account of [{}, hedging]) {
      const book = bookWith({ positions, stops, account });
      expect(openRisk(book, { symbol: 'EURUSD', owner: OWNER })).toBeCloseTo(100, 6);
      expect(openRisk(book, { symbol: 'USDJPY', owner: OWNER })).toMatchObject({ code: 'OPEN_RISK_UNKNOWN' });
    }
  });

  it('explains its codes', () => {
    expect(Object.keys(openRiskCodes)).toEqual([
      'NO_QUOTE',
      'NO_RATE',
      'OPEN_RISK_UNKNOWN',
      'UNKNOWN_SYMBOL',
    ]);
  });

  it('leaves exactly what closing everything at its stop leaves', () => {
    const lots = fc.integer({ min: -300, max: 300 }).filter((n) => n !== 0);
    const ledger = fc.record({ lots, pips: fc.integer({ min: 0, max: 500 }) });
    const mode = fc.constantFrom('netting' as const, 'hedging' as const);
    fc.assert(
      fc.property(fc.array(ledger, { maxLength: 5 }), mode, (ledgers, accountMode) => {
        const [bid, ask] = [1.1, 1.1001];
        const held = ledgers.map((l, i) => ({
          symbol: 'EURUSD',
          owner: `o${i}`,
          quantity: l.lots / 100,
          stop: l.lots > 0 ? bid - l.pips / 10_000 : ask + l.pips / 10_000,
        }));
        const stops = Object.fromEntries(held.map((h) => [`${h.owner} EURUSD`, [h.stop]]));
        const account = { mode: accountMode };
        const risk = openRisk(bookWith({ positions: held, stops, account })) as number;
        // As cash flows: everything is worth its price now, and its stop afterwards.
        const net = held.reduce((sum, h) => sum + h.quantity, 0);
        const now =
          accountMode === 'netting'
            ? net * (net > 0 ? bid : ask)
            : held.reduce((sum, h) => sum + h.quantity * (h.quantity > 0 ? bid : ask), 0);
        const then = held.reduce((sum, h) => sum + h.quantity * h.stop, 0);
        expect(risk).toBeCloseTo((now - then) * 100_000, 4);
        expect(risk).toBeGreaterThanOrEqual(-1e-6);
      }),
    );
  });
});
