import type { Side } from '@mikrobot/core';
import {
  type Answers,
  type GoldenCheck,
  goldenFiles,
  type Json,
  newTally,
  runCheck,
  tallyText,
} from '@mikrobot/golden';
import { afterAll, describe, expect, it } from 'vitest';
import { isFinding } from '../checks.js';
import { contractValue, contractValueIn } from '../contracts/contract-value.js';
import { givenRates } from '../contracts/given-rates.js';
import { instrumentFor } from '../contracts/instrument-for.js';
import { correlationHeat } from './correlation-heat.js';
import { currencyExposure } from './currency-exposure.js';
import { fixedRatioContracts } from './fixed-ratio.js';
import { fixedRiskUnits } from './fixed-risk-units.js';
import { floorToStep } from './floor-to-step.js';
import { marginLevel, remainingMargin, requiredMargin } from './margin.js';
import { breakevenWinRate, recoveryGain, riskOfRuin, rMultiple } from './odds.js';
import { lotsAtRisk, sizeByRisk } from './size-by-risk.js';
import { annualVolatility, volatilityLeverage } from './volatility-leverage.js';

type Inputs = Readonly<Record<string, Json>>;

const numberOf = (inputs: Inputs, key: string): number => {
  const value = inputs[key];
  if (typeof value !== 'number') throw new Error(`inputs.${key} is ${JSON.stringify(value)}, not a number.`);
  return value;
};
const maybe = (inputs: Inputs, key: string): number | undefined =>
  key in inputs ? numberOf(inputs, key) : undefined;
const symbolOf = (inputs: Inputs): string => String(inputs.instrument);
/** Lists and records of the file, in the shape that the kind of check gives them. */
const as = <T>(value: Json | undefined): T => value as T;

const tick = (i: Inputs): Answers => {
  const value = contractValue({
    contractSize: maybe(i, 'contractSize') ?? numberOf(i, 'multiplier'),
    tickSize: numberOf(i, 'tickSize'),
    // Where no pip is given, none of its value is expected.
    pipSize: maybe(i, 'pip') ?? Number.NaN,
  });
  return { tickValueQuote: value.tick, pointValueQuote: value.point, pipValueQuote: value.pip };
};

const pip = (i: Inputs): Answers => {
  const rates = givenRates(as<Record<string, number>>(i.rates));
  const value = contractValueIn(String(i.account), instrumentFor(symbolOf(i)), rates);
  return { pipValue: isFinding(value) ? undefined : value.pip };
};

const size = (i: Inputs): Answers => {
  const riskAmount = (numberOf(i, 'equity') * numberOf(i, 'riskPct')) / 100;
  const terms = {
    riskAmount,
    stopDistance: numberOf(i, 'stopDistance'),
    pointValue: numberOf(i, 'valuePerUnitMovePerLot'),
    commission: numberOf(i, 'commissionRoundTurnPerLot'),
  };
  const grid = { step: numberOf(i, 'lotStep'), min: numberOf(i, 'minLot'), max: numberOf(i, 'maxLot') };
  return { riskAmount, ...sizeByRisk(terms, grid) };
};

const atr = (i: Inputs): Answers => {
  const stopDistance = numberOf(i, 'atr') * numberOf(i, 'k');
  const rawLots = lotsAtRisk({
    riskAmount: numberOf(i, 'riskAmount'),
    stopDistance,
    pointValue: numberOf(i, 'valuePerUnitMovePerLot'),
    commission: 0,
  });
  return { stopDistance, rawLots, lots: floorToStep(rawLots, numberOf(i, 'lotStep')) };
};

const volatility = (i: Inputs): Answers => {
  const annVol = annualVolatility(numberOf(i, 'dailyVol'), numberOf(i, 'periods'));
  const leverage = volatilityLeverage(numberOf(i, 'targetVolAnn'), annVol);
  return { annVol, leverage, notional: numberOf(i, 'equity') * leverage };
};

const ratio = (i: Inputs): Answers => {
  const contracts = fixedRatioContracts(numberOf(i, 'profit'), numberOf(i, 'delta'));
  return { contracts, floor: Math.floor(contracts) };
};

const units = (i: Inputs): Answers => ({
  quantity: fixedRiskUnits({
    equity: numberOf(i, 'equity'),
    entry: numberOf(i, 'entry'),
    stop: numberOf(i, 'stop'),
    risk: numberOf(i, 'risk'),
    commissionRate: numberOf(i, 'commissionRate'),
    exchangeRate: numberOf(i, 'exchangeRate'),
    hardLimit: maybe(i, 'hardLimit'),
    unitBatchSize: numberOf(i, 'unitBatchSize'),
    units: numberOf(i, 'units'),
    // The sizer's tests trade a GBPUSD of at most a million units unless they say otherwise.
    maxQuantity: maybe(i, 'maxQuantity') ?? 1_000_000,
  }),
});

const exposure = (i: Inputs): Answers => {
  const positions = as<{ symbol: string; lots: number; price: number }[]>(i.positions);
  const net = currencyExposure(
    positions.map(({ symbol, lots, price }) => {
      const { base, currency, contractSize } = instrumentFor(symbol);
      if (base === undefined) throw new Error(`${symbol} has no base currency.`);
      return { base, currency, contractSize, lots, price };
    }),
  );
  return { net };
};

const heat = (i: Inputs): Answers => ({
  ...correlationHeat(as<number[]>(i.riskFractions), as<number[][]>(i.corr)),
});

const margins = (i: Inputs): Answers => {
  const equity = numberOf(i, 'equity');
  const margin = requiredMargin({
    lots: numberOf(i, 'lots'),
    contractSize: numberOf(i, 'contractSize'),
    price: numberOf(i, 'price'),
    leverage: numberOf(i, 'leverage'),
    rate: 1,
  });
  return { margin, free: remainingMargin(equity, margin), marginLevelPct: marginLevel(equity, margin) * 100 };
};

const multiple = (i: Inputs): Answers => {
  const side: Side | undefined = i.side === 'long' ? 'buy' : i.side === 'short' ? 'sell' : undefined;
  if (side === undefined) throw new Error(`inputs.side is ${String(i.side)}.`);
  return { R: rMultiple(side, numberOf(i, 'entry'), numberOf(i, 'stop'), numberOf(i, 'exit')) };
};

/** What a kind of check is known by: keys of its inputs. */
const kinds: readonly (readonly [keys: readonly string[], solve: (inputs: Inputs) => Answers])[] = [
  [['tickSize', 'quote'], tick],
  [['account', 'rates'], pip],
  [['riskPct', 'lotStep'], size],
  [['atr', 'k'], atr],
  [['targetVolAnn', 'dailyVol'], volatility],
  [['profit', 'delta'], ratio],
  [['exchangeRate', 'unitBatchSize'], units],
  [['positions'], exposure],
  [['riskFractions', 'corr'], heat],
  [['leverage', 'lots'], margins],
  [['entry', 'stop', 'exit'], multiple],
  [['p', 'units'], (i) => ({ ror: riskOfRuin(numberOf(i, 'p'), numberOf(i, 'units')) })],
  [['payoff'], (i) => ({ winRate: breakevenWinRate(numberOf(i, 'payoff')) })],
  [['dd'], (i) => ({ gain: as<number[]>(i.dd).map(recoveryGain) })],
];

const solve = ({ inputs }: GoldenCheck): Answers | undefined =>
  kinds.find(([keys]) => keys.every((key) => key in inputs))?.[1](inputs);

const testData = new URL('../test-data/', import.meta.url);

describe.each(goldenFiles('risk-sizing.json', testData, process.env.GOLDEN_DIR))(
  'the numbers of $from',
  (file) => {
    const tally = newTally();
    it.each(file.checks.map((check) => [check.id, check] as const))('%s is reproduced', (_, check) => {
      runCheck(check, solve, tally);
    });

    afterAll(() => console.log(tallyText(file, tally)));
  },
);

describe('the default contracts', () => {
  const [committed] = goldenFiles('risk-sizing.json', testData, undefined);
  const contracts = committed?.checks.filter(({ inputs }) => 'tickSize' in inputs && 'quote' in inputs) ?? [];
  it.each(contracts.map((c) => [symbolOf(c.inputs), c] as const))(
    '%s is as published',
    (symbol, { inputs }) => {
      const { contractSize, tickSize, pipSize, currency } = instrumentFor(symbol);
      expect(contractSize).toBe(inputs.contractSize ?? inputs.multiplier);
      expect(tickSize).toBe(inputs.tickSize);
      expect(currency).toBe(inputs.quote);
      if ('pip' in inputs) expect(pipSize).toBe(inputs.pip);
    },
  );
});
