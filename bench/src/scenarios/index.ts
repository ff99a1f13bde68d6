import type { Scenario } from '../scenario.js';
import { assessment } from './assessment.js';
import { bars, beside } from './bars.js';
import { binanceDecoding, binanceRoundTrip } from './binance.js';
import { ibRoundTrip, ibTicks } from './interactive-brokers.js';
import { journal } from './journal.js';
import { callers, durable, single } from './journal-sqlite.js';
import { latency, latencyPower, latencyProcess } from './latency.js';
import { heapNobody, heapSubscribed } from './memory.js';
import { mt5Orders, mt5RoundTrip, mt5Ticks } from './metatrader.js';
import { mt5Lines } from './metatrader-lines.js';
import { capabilityWindow, chart } from './quality.js';
import { ticksHundred, ticksNobody, ticksSubscribed } from './ticks.js';

export const scenarios: readonly Scenario[] = [
  ticksNobody,
  ticksSubscribed,
  ticksHundred,
  bars,
  beside,
  latency,
  latencyProcess,
  latencyPower,
  assessment,
  heapNobody,
  heapSubscribed,
  journal,
  durable,
  single,
  callers,
  chart,
  capabilityWindow,
  binanceDecoding,
  binanceRoundTrip,
  ibTicks,
  ibRoundTrip,
  mt5RoundTrip,
  mt5Ticks,
  mt5Lines,
  mt5Orders,
];
