import { describe, expect, it } from 'vitest';
import { correlationHeat } from './correlation-heat.js';
import { currencyExposure } from './currency-exposure.js';
import { fixedRatioContracts } from './fixed-ratio.js';
import { fixedRiskUnits } from './fixed-risk-units.js';
import { floorToStep } from './floor-to-step.js';
import { kellyFraction, kellyLeverage } from './kelly-fraction.js';
import { marginLevel, remainingMargin, requiredMargin } from './margin.js';
import { breakevenWinRate, recoveryGain, riskOfRuin, rMultiple } from './odds.js';
import { lotsAtRisk, sizeByRisk } from './size-by-risk.js';
import { throttleFactor } from './throttle-factor.js';
import { annualVolatility, volatilityLeverage } from './volatility-leverage.js';

const nonsense = [0, -1, Number.NaN, Number.POSITIVE_INFINITY];

describe('floorToStep', () => {
  it.each([
    [0.3, 0.1, 0.3],
    [0.29, 0.01, 0.29],
    [1.0752, 0.01, 1.07],
    [1.079999, 0.01, 1.07],
    [0.009, 0.01, 0],
    [287_356, 25_000, 275_000],
    [7, 2, 6],
    [4.35, 0.05, 4.35],
    // A hundred-millionth of a step short is dust, a hundred-thousandth is not.
    [0.9999999999, 1, 1],
    [0.99999, 1, 0],
  ])('takes %d to %d at most a step of it down', (value, step, floor) => {
    expect(floorToStep(value, step)).toBe(floor);
  });

  it('knows the dust of large numbers', () => {
    const a = 123_456_789_012.3;
    expect(floorToStep(a - 1.5e-5, 0.1)).toBe(a);
  });

  it.each(nonsense)('is 0 for %s', (value) => {
    expect(floorToStep(value, 0.01)).toBe(0);
    if (value !== Number.POSITIVE_INFINITY) expect(floorToStep(1, value)).toBe(0);
  });
});

describe('lotsAtRisk', () => {
  const terms = { riskAmount: 500, stopDistance: 0.0025, pointValue: 100_000, commission: 0 };

  it('divides the amount by what a lot loses at its stop, commission included', () => {
    expect(lotsAtRisk(terms)).toBe(2);
    expect(lotsAtRisk({ ...terms, commission: 250 })).toBe(1);
  });

  it.each(nonsense)('is 0 when a term is %s', (value) => {
    for (const key of ['riskAmount', 'stopDistance', 'pointValue'] as const)
      expect(lotsAtRisk({ ...terms, [key]: value })).toBe(0);
    if (value !== 0) expect(lotsAtRisk({ ...terms, commission: value })).toBe(0);
  });
});

describe('sizeByRisk', () => {
  const terms = { riskAmount: 500, stopDistance: 8, pointValue: 20, commission: 4 };
  const grid = { step: 1, min: 1, max: 15 };

  it('rounds down, and says what that risks with its commission', () => {
    // 500 / 164 = 3.05; 3 x 164.
    expect(sizeByRisk(terms, grid)).toEqual({ rawLots: 500 / 164, lots: 3, actualRisk: 492 });
  });

  it('takes exactly the smallest size, and nothing below it', () => {
    expect(sizeByRisk(terms, { ...grid, min: 3 }).lots).toBe(3);
    expect(sizeByRisk(terms, { ...grid, min: 4 })).toEqual({ rawLots: 500 / 164, lots: 0, actualRisk: 0 });
  });

  it('takes the largest size at most, on the step', () => {
    expect(sizeByRisk(terms, { ...grid, max: 2.5 })).toMatchObject({ lots: 2, actualRisk: 328 });
  });
});

describe('kelly', () => {
  it('is the edge over the odds', () => {
    expect(kellyFraction(0.6, 1)).toBeCloseTo(0.2, 12);
    expect(kellyFraction(0.5, 2)).toBe(0.25);
    expect(kellyFraction(1, 2)).toBe(1);
    expect(kellyFraction(0, 2)).toBe(-0.5);
  });

  it.each([
    [-0.1, 1],
    [1.1, 1],
    [Number.NaN, 1],
    [0.5, 0],
    [0.5, -1],
    [0.5, Number.NaN],
  ])('is not defined for a probability of %d at %d', (p, payoff) => {
    expect(kellyFraction(p, payoff)).toBeNaN();
  });

  it('is the excess return over the variance for continuous returns', () => {
    expect(kellyLeverage(0.07, 0.2, 0.03)).toBeCloseTo(1, 12);
    expect(kellyLeverage(0.02, 0.1, 0.03)).toBeCloseTo(-1, 12);
    expect(kellyLeverage(0.07, 0, 0)).toBeNaN();
    expect(kellyLeverage(0.07, -0.2, 0)).toBeNaN();
  });
});

describe('volatility', () => {
  it('grows with the root of time', () => expect(annualVolatility(0.01, 256)).toBe(0.16));

  it('gives half the leverage when twice as high', () => {
    expect(volatilityLeverage(0.1, 0.2)).toBe(0.5);
    expect(volatilityLeverage(0.1, 0.05)).toBe(2);
  });

  it.each(nonsense)('gives no leverage when it is %s', (value) => {
    expect(volatilityLeverage(0.1, value)).toBe(0);
    expect(volatilityLeverage(value, 0.1)).toBe(0);
  });
});

describe('fixedRatioContracts', () => {
  // With a delta of 5,000: 2 contracts from 5,000, 3 from 15,000, 4 from 30,000.
  it.each([
    [0, 1],
    [5_000, 2],
    [15_000, 3],
    [30_000, 4],
    [-20_000, 1],
  ])('gives after a profit of %d %d contracts', (profit, contracts) => {
    expect(fixedRatioContracts(profit, 5_000)).toBeCloseTo(contracts, 12);
  });

  it.each(nonsense)('is 0 when it makes no sense: %s', (value) => {
    if (value !== Number.POSITIVE_INFINITY) expect(fixedRatioContracts(1_000, value)).toBe(0);
    if (!Number.isFinite(value)) expect(fixedRatioContracts(value, 5_000)).toBe(0);
  });
});

describe('fixedRiskUnits', () => {
  // The tests of nautilus_trader's sizer.
  const terms = {
    equity: 1_000_000,
    entry: 1.001,
    stop: 1,
    risk: 0.001,
    commissionRate: 0,
    exchangeRate: 1,
    hardLimit: undefined,
    unitBatchSize: 1_000,
    units: 1,
    maxQuantity: undefined,
  };

  it('divides the risked money by the distance', () => {
    expect(fixedRiskUnits(terms)).toBe(1_000_000);
    expect(fixedRiskUnits({ ...terms, entry: 1, stop: 1.001 })).toBe(1_000_000);
  });

  it('takes commission off twice, and converts', () => {
    // 1000 x (1 - 2 x 0.1) / 2 / 0.001
    expect(fixedRiskUnits({ ...terms, commissionRate: 0.1, exchangeRate: 2 })).toBe(400_000);
  });

  it('is limited before it is divided, rounded after, and kept to what the venue takes', () => {
    expect(fixedRiskUnits({ ...terms, hardLimit: 500_000, units: 2 })).toBe(250_000);
    expect(fixedRiskUnits({ ...terms, entry: 1.00087, unitBatchSize: 25_000, units: 4 })).toBe(275_000);
    expect(fixedRiskUnits({ ...terms, maxQuantity: 7_500 })).toBe(7_500);
  });

  it('is not rounded without a batch', () => {
    expect(fixedRiskUnits({ ...terms, entry: 4, unitBatchSize: 0 })).toBeCloseTo(333.3333, 4);
    expect(fixedRiskUnits({ ...terms, entry: 4 })).toBe(0);
  });

  it('is 0 for nonsense', () => {
    for (const value of [0, -1, Number.NaN])
      for (const key of ['equity', 'risk', 'exchangeRate', 'units'] as const)
        expect(fixedRiskUnits({ ...terms, [key]: value })).toBe(0);
    expect(fixedRiskUnits({ ...terms, stop: 1.001 })).toBe(0);
    expect(fixedRiskUnits({ ...terms, equity: -1, exchangeRate: -1 })).toBe(0);
  });
});

describe('throttleFactor', () => {
  const curve = { reduceAt: 0.15, factor: 0.5, stopAt: 0.25 };
  it.each([
    [0, 1],
    [0.1499, 1],
    [0.15, 0.5],
    [0.2499, 0.5],
    [0.25, 0],
    [0.9, 0],
    [Number.NaN, 0],
  ])('is at a drawdown of %d %d', (drawdown, factor) => {
    expect(throttleFactor(drawdown, curve)).toBe(factor);
  });
});

describe('currencyExposure', () => {
  it('shows that two pairs can be one bet', () => {
    const lot = { contractSize: 100_000 };
    expect(
      currencyExposure([
        { base: 'EUR', currency: 'USD', lots: 1, price: 1.1, ...lot },
        { base: 'EUR', currency: 'JPY', lots: -1, price: 160, ...lot },
      ]),
    ).toEqual({ EUR: 0, USD: expect.closeTo(-110_000, 6), JPY: 16_000_000 });
    expect(currencyExposure([])).toEqual({});
  });
});

describe('correlationHeat', () => {
  it('is the root of the sum of squares without correlation', () => {
    expect(
      correlationHeat(
        [3, 4],
        [
          [1, 0],
          [0, 1],
        ],
      ),
    ).toEqual({ heat: 5, simpleSum: 7, effectiveBets: expect.closeTo(1.96, 12) });
  });

  it('counts equal bets that know nothing of each other, and one bet made twice', () => {
    const apart = [
      [1, 0],
      [0, 1],
    ];
    const same = [
      [1, 1],
      [1, 1],
    ];
    expect(correlationHeat([0.01, 0.01], apart).effectiveBets).toBeCloseTo(2, 12);
    expect(correlationHeat([0.01, 0.01], same).effectiveBets).toBeCloseTo(1, 12);
    expect(correlationHeat([0.01, 0.01], same).heat).toBeCloseTo(0.02, 12);
  });

  it('counts opposite bets by their size', () => {
    const same = [
      [1, 1],
      [1, 1],
    ];
    expect(correlationHeat([0.01, -0.01], same)).toEqual({ heat: 0, simpleSum: 0.02, effectiveBets: 0 });
    expect(correlationHeat([], [])).toEqual({ heat: 0, simpleSum: 0, effectiveBets: 0 });
  });

  it('does not take the root of what an estimated matrix puts below 0', () => {
    const impossible = [
      [1, -1.2],
      [-1.2, 1],
    ];
    expect(correlationHeat([1, 1], impossible)).toEqual({ heat: 0, simpleSum: 2, effectiveBets: 0 });
  });

  it('has no answer without all correlations', () => {
    expect(correlationHeat([1, 1], [[1, 0]]).heat).toBeNaN();
  });
});

describe('margin', () => {
  it('is the notional value in account currency over the leverage, short or long', () => {
    const terms = { contractSize: 100_000, price: 150, leverage: 30, rate: 1 / 150 };
    expect(requiredMargin({ lots: 0.3, ...terms })).toBeCloseTo(1_000, 9);
    expect(requiredMargin({ lots: -0.3, ...terms })).toBeCloseTo(1_000, 9);
  });

  it('leaves what is free, and has a level', () => {
    expect(remainingMargin(1_000, 1_200)).toBe(-200);
    expect(marginLevel(1_000, 400)).toBe(2.5);
    expect(marginLevel(1_000, 0)).toBe(Number.POSITIVE_INFINITY);
  });
});

describe('odds', () => {
  it('count a trade in what it risked', () => {
    expect(rMultiple('buy', 100, 98, 105)).toBe(2.5);
    expect(rMultiple('buy', 100, 98, 98)).toBe(-1);
    expect(rMultiple('sell', 100, 104, 98)).toBe(0.5);
    expect(rMultiple('buy', 100, 100, 105)).toBeNaN();
  });

  it('say what it takes to break even and to recover', () => {
    expect(breakevenWinRate(1)).toBe(0.5);
    expect(breakevenWinRate(3)).toBe(0.25);
    expect(recoveryGain(0.5)).toBe(1);
    expect(recoveryGain(0.2)).toBeCloseTo(0.25, 12);
    expect(recoveryGain(1)).toBe(Number.POSITIVE_INFINITY);
  });

  it('ruin everybody without an edge, and with one the sooner the fewer bets there are', () => {
    expect(riskOfRuin(0.5, 100)).toBe(1);
    expect(riskOfRuin(0.4, 100)).toBe(1);
    expect(riskOfRuin(0.6, 1)).toBeCloseTo(0.4 / 0.6, 12);
    expect(riskOfRuin(0.6, 3)).toBeCloseTo((2 / 3) ** 3, 12);
  });
});
