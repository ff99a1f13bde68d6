import type { CostModel } from './cost-model.js';

/** Names of the cost models that come with the package. */
export type CostPreset = 'retail-fx' | 'ecn-fx' | 'crypto-spot' | 'futures' | 'none';

/**
 * Typical costs, on the careful side of what brokers of each kind published in the years to 2025. They are a start: replace them by
 * your broker's contract before you believe a result.
 */
export const costPresets: Readonly<Record<CostPreset, CostModel>> = {
  'retail-fx': {
    name: 'retail-fx',
    spread: {
      pips: 1.2,
      byAssetClass: {
        'cfd-metals': 30,
        'cfd-indices': 1,
        'cfd-crypto': 300,
        'cfd-energies': 4,
        'cfd-shares': 5,
      },
      widening: { minutes: 10, factor: 4 },
    },
    slippage: { kind: 'fixed', pips: 0.2 },
    latency: { kind: 'fixed', ms: 150 },
    commission: { kind: 'none' },
    swap: { points: true, markup: 0.02 },
    liquidity: { kind: 'unlimited' },
  },
  'ecn-fx': {
    name: 'ecn-fx',
    spread: {
      pips: 0.3,
      byAssetClass: {
        'cfd-metals': 12,
        'cfd-indices': 0.6,
        'cfd-crypto': 150,
        'cfd-energies': 3,
        'cfd-shares': 2,
      },
      widening: { minutes: 10, factor: 6 },
    },
    slippage: { kind: 'fixed', pips: 0.1 },
    latency: { kind: 'fixed', ms: 50 },
    commission: { kind: 'per-lot', amount: 3.5, minimum: 0, currency: 'account' },
    swap: { points: true, markup: 0.01 },
    liquidity: { kind: 'unlimited' },
  },
  'crypto-spot': {
    name: 'crypto-spot',
    spread: { pips: 1, byAssetClass: {}, widening: undefined },
    slippage: { kind: 'volume-share', impact: 0.1 },
    latency: { kind: 'uniform', min: 20, max: 120 },
    commission: { kind: 'bps', taker: 10, maker: 10, minimum: 0 },
    swap: { points: false, markup: 0 },
    liquidity: { kind: 'volume-share', share: 0.1 },
  },
  futures: {
    name: 'futures',
    spread: { pips: 1, byAssetClass: {}, widening: undefined },
    slippage: { kind: 'fixed', pips: 1 },
    latency: { kind: 'fixed', ms: 40 },
    commission: { kind: 'per-lot', amount: 2.25, minimum: 0, currency: 'quote' },
    swap: { points: false, markup: 0 },
    liquidity: { kind: 'volume-share', share: 0.1 },
  },
  none: {
    name: 'none',
    spread: { pips: 0, byAssetClass: {}, widening: undefined },
    slippage: { kind: 'none' },
    latency: { kind: 'fixed', ms: 0 },
    commission: { kind: 'none' },
    swap: { points: false, markup: 0 },
    liquidity: { kind: 'unlimited' },
  },
};
