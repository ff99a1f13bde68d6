import { type ProcessPlan, processPlan } from './process-plan.js';

/**
 * The five steps of a trading bot: detection, reception, analysis, execution, control. Latencies have a target of 150 ms and an
 * upper specification limit of 200 ms. What depends on the market rather than on the bot (the age of quotes, the spread) is
 * reported and pauses nothing.
 */
export const defaultPlan: ProcessPlan = /* @__PURE__ */ processPlan({
  steps: [
    {
      name: 'detection',
      title: 'Detection',
      metrics: [
        {
          kind: 'measured',
          name: 'quoteAge',
          title: 'Age of the quote that a signal saw',
          unit: 'ms',
          specification: { upper: 2_000, target: 0 },
          practical: 50,
          gates: [],
        },
        { kind: 'counted', name: 'gaps', title: 'Signals on missing or stale data' },
      ],
    },
    {
      name: 'reception',
      title: 'Reception',
      metrics: [{ kind: 'counted', name: 'refusals', title: 'Signals that were malformed, late or doubled' }],
    },
    {
      name: 'analysis',
      title: 'Analysis',
      metrics: [
        {
          kind: 'measured',
          name: 'latency',
          title: 'From a signal to its order',
          unit: 'ms',
          specification: { upper: 200, target: 150 },
          shape: 'lognormal',
          practical: 5,
        },
        { kind: 'counted', name: 'failures', title: 'Signals that rules or policies could not judge' },
      ],
    },
    {
      name: 'execution',
      title: 'Execution',
      metrics: [
        {
          kind: 'measured',
          name: 'latency',
          title: 'From an order to its arrival at the venue',
          unit: 'ms',
          specification: { upper: 200, target: 150 },
          shape: 'lognormal',
          practical: 5,
        },
        {
          kind: 'measured',
          name: 'slippage',
          title: 'How much worse than expected a fill was',
          unit: 'pips',
          specification: { upper: 2, target: 0 },
          practical: 0.1,
          gates: ['control'],
        },
        {
          kind: 'measured',
          name: 'spread',
          title: 'Spread at a fill',
          unit: 'pips',
          specification: { upper: 3 },
          practical: 0.2,
          gates: [],
        },
        {
          kind: 'measured',
          name: 'fillRatio',
          title: 'Filled part of orders that should fill at once',
          unit: '',
          specification: { lower: 0.95 },
          practical: 0.02,
          gates: ['control'],
        },
        { kind: 'counted', name: 'failures', title: 'Orders that the venue rejected or that are unknown' },
      ],
    },
    {
      name: 'control',
      title: 'Control',
      metrics: [
        {
          kind: 'measured',
          name: 'protection',
          title: 'Time of a position without its stop',
          unit: 'ms',
          specification: { upper: 1_000, target: 0 },
          practical: 10,
          gates: ['control'],
        },
        { kind: 'counted', name: 'waysOut', title: 'Exits and protections that failed' },
      ],
    },
  ],
});
