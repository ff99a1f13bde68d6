import { correlationExposure } from './account/correlation-exposure.js';
import { freeMargin } from './account/free-margin.js';
import { maxDailyLoss } from './account/max-daily-loss.js';
import { maxDrawdown } from './account/max-drawdown.js';
import { maxLeverage } from './account/max-leverage.js';
import { maxPerAssetClass } from './account/max-per-asset-class.js';
import { maxPerSymbol } from './account/max-per-symbol.js';
import { maxPositions } from './account/max-positions.js';
import { maxTradeRisk } from './account/max-trade-risk.js';
import { humanGate } from './governance/human-gate.js';
import { killSwitch } from './kill-switch/kill-switch.js';
import { cooldown } from './limits/cooldown.js';
import { liquidityFilter } from './limits/liquidity-filter.js';
import { lowProfitSymbols } from './limits/low-profit-symbols.js';
import { maxOrderValue } from './limits/max-order-value.js';
import { maxOrderVolume } from './limits/max-order-volume.js';
import { monitorOnly } from './limits/monitor-only.js';
import { newsWindow } from './limits/news-window.js';
import { noDuplicateOrder } from './limits/no-duplicate-order.js';
import { orderRate } from './limits/order-rate.js';
import { permittedInstruments } from './limits/permitted-instruments.js';
import { priceCollar } from './limits/price-collar.js';
import { repeatedExecution } from './limits/repeated-execution.js';
import { sessionHours } from './limits/session-hours.js';
import { spreadLimit } from './limits/spread-limit.js';
import { stoplossGuard } from './limits/stoploss-guard.js';
import { tradesPerDay } from './limits/trades-per-day.js';
import { circuitBreaker } from './monitors/circuit-breaker.js';
import { liquidityMonitor } from './monitors/liquidity-monitor.js';
import { slippageMonitor } from './monitors/slippage-monitor.js';
import type { PolicyDefinition } from './policy-definition.js';
import { promotionLadder } from './promotion/promotion-ladder.js';
import { propFirm } from './prop-firm/prop-firm.js';
import { atrSizing } from './sizing/atr-sizing.js';
import { confidenceScaling } from './sizing/confidence-scaling.js';
import { drawdownThrottle } from './sizing/drawdown-throttle.js';
import { fixedFractional } from './sizing/fixed-fractional.js';
import { fixedLots } from './sizing/fixed-lots.js';
import { kelly } from './sizing/kelly.js';
import { volatilityTarget } from './sizing/volatility-target.js';

/** Something that was made by `definePolicy()`. */
interface Defined {
  readonly definition: PolicyDefinition;
}

/** Every policy of this package by what it is for. The guide's tables and forms of dashboards are made from it. */
export const catalogue: Readonly<Record<string, readonly Defined[]>> = {
  Sizing: [
    fixedLots,
    fixedFractional,
    atrSizing,
    kelly,
    volatilityTarget,
    confidenceScaling,
    drawdownThrottle,
  ],
  'Limits of the account': [
    maxTradeRisk,
    maxDailyLoss,
    maxDrawdown,
    maxPositions,
    maxPerSymbol,
    maxPerAssetClass,
    correlationExposure,
    maxLeverage,
    freeMargin,
  ],
  'Limits of orders': [
    priceCollar,
    maxOrderValue,
    maxOrderVolume,
    permittedInstruments,
    monitorOnly,
    orderRate,
    repeatedExecution,
    noDuplicateOrder,
    tradesPerDay,
  ],
  'Market conditions': [spreadLimit, liquidityFilter, sessionHours, newsWindow],
  'Pauses after losses': [cooldown, stoplossGuard, lowProfitSymbols],
  'Prop firms': [propFirm],
  'Emergency and monitors': [killSwitch, slippageMonitor, liquidityMonitor, circuitBreaker],
  People: [humanGate, promotionLadder],
};
