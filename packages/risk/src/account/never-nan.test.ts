import type { RiskPolicy } from '@mikrobot/core';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { MOMENT, type Present } from '../test-support/market.js';
import { follow } from '../test-support/policy-run.js';
import { correlationExposure } from './correlation-exposure.js';
import { freeMargin } from './free-margin.js';
import { maxDailyLoss } from './max-daily-loss.js';
import { maxDrawdown } from './max-drawdown.js';
import { maxLeverage } from './max-leverage.js';
import { maxPerAssetClass } from './max-per-asset-class.js';
import { maxPerSymbol } from './max-per-symbol.js';
import { maxPositions } from './max-positions.js';
import { maxTradeRisk } from './max-trade-risk.js';

const policies = [
  correlationExposure({ unknown: 'pass' }),
  freeMargin(),
  maxDailyLoss({ base: 'higher' }),
  maxDrawdown({ kind: 'end-of-day' }),
  maxDrawdown({ kind: 'intraday', lock: true }),
  maxLeverage(),
  maxPerAssetClass({ notional: 3 }),
  maxPerSymbol({ lots: 3 }),
  maxPositions(),
  maxTradeRisk({ commission: 5, slippage: 1 }),
] as unknown as readonly RiskPolicy[];

/** Sound numbers and broken ones. */
const number = fc.oneof(
  fc.double({ min: 0.5, max: 20_000, noNaN: true }),
  fc.constantFrom(
    1.1,
    1.0901,
    10_000,
    0,
    -1,
    -0,
    Number.NaN,
    Number.POSITIVE_INFINITY,
    Number.NEGATIVE_INFINITY,
    1e308,
    1e-308,
  ),
);
const lots = fc.constantFrom(1, -1, 0.5, 0, Number.NaN, Number.POSITIVE_INFINITY, 1e308);

describe('every limit of an account', () => {
  it.each(policies.map((policy) => [policy.name, policy] as const))(
    'answers broken numbers with no broken number: %s',
    (_name, policy) => {
      fc.assert(
        fc.property(
          fc.record({ balance: number, equity: number, margin: number, leverage: number }),
          fc.record({ bid: number, ask: number, stop: number, rate: fc.option(number, { nil: undefined }) }),
          lots,
          fc.constantFrom('buy' as const, 'sell' as const),
          fc.constantFrom('netting' as const, 'hedging' as const),
          (figures, { bid, ask, stop, rate }, quantity, side, mode) => {
            const present: Present = {
              account: { ...figures, mode },
              quotes: { EURUSD: [bid, ask] },
              positions: [{ symbol: 'EURUSD', quantity, owner: 'a' }],
              stops: { 'a EURUSD': [stop] },
              entries: [{ symbol: 'EURUSD', owner: 'b', quantity: -quantity, stop }],
            };
            const { balance, equity } = figures;
            const answer = follow(policy)
              .tell({ type: 'start' }, present)
              .tell({ type: 'mark' }, present)
              .judge(
                {
                  side,
                  stop,
                  rate,
                  quote: { time: MOMENT, bid, ask },
                  account: { currency: 'USD', balance, equity },
                },
                present,
              );
            if (answer === undefined) return;
            if ('cap' in answer) expect(answer.cap).toBeGreaterThanOrEqual(0);
            else
              expect(
                [answer.limit, answer.actual].filter((v) => typeof v === 'number' && !Number.isFinite(v)),
              ).toEqual([]);
          },
        ),
        { numRuns: 1_000 },
      );
    },
  );
});
