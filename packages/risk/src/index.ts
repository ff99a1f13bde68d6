// Composition

export { allOf } from './all-of.js';
export { catalogue } from './catalogue.js';
export {
  definePolicy,
  type GuardedArea,
  type GuardedPolicy,
  type PolicyBody,
  type PolicyDefinition,
  type PolicyFactory,
} from './policy-definition.js';
export { unlimited } from './safe-defaults.js';

// Sizing

export { type AtrPorts, atrSizing } from './sizing/atr-sizing.js';
export { confidenceScaling } from './sizing/confidence-scaling.js';
export { drawdownThrottle } from './sizing/drawdown-throttle.js';
export { fixedFractional } from './sizing/fixed-fractional.js';
export { fixedLots } from './sizing/fixed-lots.js';
export { kelly } from './sizing/kelly.js';
export type { Measure } from './sizing/measured.js';
export type { ScaledPorts } from './sizing/scaled.js';
export { type VolatilityPorts, volatilityTarget } from './sizing/volatility-target.js';

// Limits of the account

export { correlationExposure } from './account/correlation-exposure.js';
export { freeMargin } from './account/free-margin.js';
export { maxDailyLoss } from './account/max-daily-loss.js';
export { maxDrawdown } from './account/max-drawdown.js';
export { maxLeverage } from './account/max-leverage.js';
export { maxPerAssetClass } from './account/max-per-asset-class.js';
export { maxPerSymbol } from './account/max-per-symbol.js';
export { maxPositions } from './account/max-positions.js';
export { maxTradeRisk } from './account/max-trade-risk.js';

// Limits of orders and market conditions

export { cooldown } from './limits/cooldown.js';
export { liquidityFilter } from './limits/liquidity-filter.js';
export { lowProfitSymbols } from './limits/low-profit-symbols.js';
export { maxOrderValue } from './limits/max-order-value.js';
export { maxOrderVolume } from './limits/max-order-volume.js';
export { monitorOnly } from './limits/monitor-only.js';
export {
  calendarOf,
  type Impact,
  impacts,
  type NewsCalendar,
  type NewsEvent,
  type NewsEventInput,
  newsEventSchema,
} from './limits/news-calendar.js';
export { newsWindow } from './limits/news-window.js';
export { noDuplicateOrder } from './limits/no-duplicate-order.js';
export { only, type PolicyScope } from './limits/only.js';
export { orderRate } from './limits/order-rate.js';
export { permittedInstruments } from './limits/permitted-instruments.js';
export { priceCollar } from './limits/price-collar.js';
export { repeatedExecution } from './limits/repeated-execution.js';
export { sessionHours } from './limits/session-hours.js';
export { spreadLimit } from './limits/spread-limit.js';
export { stoplossGuard } from './limits/stoploss-guard.js';
export { type TradePlan, tradePlans, tradesPerDay } from './limits/trades-per-day.js';

// Prop firms

export {
  dailyFloor,
  type EquityParts,
  effectiveFloor,
  equityOf,
  nextFloor,
  totalFloor,
} from './prop-firm/floors.js';
export {
  type BestDayStanding,
  type DayCount,
  type Objectives,
  objectivesOf,
} from './prop-firm/objectives.js';
export {
  type DailyLossRule,
  type PhaseRules,
  phaseRules,
  type TotalLossRule,
} from './prop-firm/phase-rules.js';
export { type Programme, type ProgrammeInput, programmeSchema } from './prop-firm/programme.js';
export { programmes } from './prop-firm/programmes.js';
export {
  type CarriedProgress,
  countOpening,
  observeAccount,
  type PropFirmProgress,
  progressSchema,
  resumeAccount,
  startProgress,
} from './prop-firm/progress.js';
export { propFirm } from './prop-firm/prop-firm.js';
export {
  type AccountLook,
  describeStatus,
  type PropFirmStatus,
  propFirmStatus,
} from './prop-firm/status.js';

// Emergency and monitors

export { type KillSwitchState, killSwitch } from './kill-switch/kill-switch.js';
export type { Latch, Trigger } from './kill-switch/latch.js';
export type { KillScope } from './kill-switch/scope.js';
export { type TradingState, tradingState } from './kill-switch/trading-state.js';
export {
  afterFailure,
  afterSuccess,
  type Breaker,
  type BreakerRules,
  type BreakerState,
  breakerSchema,
  breakerState,
  closedBreaker,
} from './monitors/breaker.js';
export { type CircuitState, circuitBreaker } from './monitors/circuit-breaker.js';
export {
  type LiquidityFigures,
  type LiquidityState,
  liquidityMonitor,
  liquidityReport,
} from './monitors/liquidity-monitor.js';
export { type SlippageState, slippageMonitor, slippageReport } from './monitors/slippage-monitor.js';
export { type SlippageFigures, slippageOf } from './monitors/slippage-window.js';

// People

export {
  type AuditEntry,
  type AuditFault,
  type AuditHead,
  AuditLog,
  type AuditSink,
  type AuditVerdict,
  verifyAudit,
} from './governance/audit-log.js';
export { fromBase32, toBase32 } from './governance/base32.js';
export type { GuardFinding } from './governance/code-check.js';
export { type GuardPorts, PersonGuard } from './governance/command-guard.js';
export {
  type ApprovalRequest,
  approveRequest,
  claimRequest,
  payloadHash,
  type RequestInput,
  type RequestRefusal,
  type RequestStatus,
  type RequestStep,
  rejectRequest,
  requestApproval,
  requestStatus,
} from './governance/four-eyes.js';
export { type GuardCode, type GuardSettingsInput, guardCodes } from './governance/guard-settings.js';
export type { GuardState, GuardStore } from './governance/guard-state.js';
export { type HumanGateState, humanGate } from './governance/human-gate.js';
export { type OtpauthInput, otpauthUri } from './governance/otpauth.js';
export { type Role, rights, roles } from './governance/roles.js';
export {
  type HotpOptions,
  hotp,
  type OtpAlgorithm,
  type TotpCheck,
  type TotpOptions,
  type TotpResult,
  totp,
  verifyTotp,
} from './governance/totp.js';

// Promotion

export { type LadderSettingsInput, type Stage, stages } from './promotion/ladder-settings.js';
export type { LadderState } from './promotion/ladder-state.js';
export { type LadderStatus, ladderStatus, type Requirement } from './promotion/ladder-status.js';
export { promotionLadder } from './promotion/promotion-ladder.js';

// Contracts: what a lot is, and what its moves are worth

export {
  type AssetClassDefaults,
  assetClassDefaults,
  type CfdClass,
  cfdClasses,
  defaultsOf,
} from './contracts/asset-class-defaults.js';
export {
  type ContractTerms,
  type ContractValue,
  contractValue,
  contractValueIn,
  type RateOf,
} from './contracts/contract-value.js';
export { givenRates } from './contracts/given-rates.js';
export { type BrokerContract, instrumentFor } from './contracts/instrument-for.js';
export { type ContractDefaults, knownContracts } from './contracts/known-contracts.js';

// Formulas, and measures of what is open

export { pearson } from './exposure/correlation.js';
export { openRisk } from './exposure/open-risk.js';
export { type CorrelationHeat, correlationHeat } from './formulas/correlation-heat.js';
export { type CurrencyPosition, currencyExposure } from './formulas/currency-exposure.js';
export { fixedRatioContracts } from './formulas/fixed-ratio.js';
export { type FixedRiskTerms, fixedRiskUnits } from './formulas/fixed-risk-units.js';
export { floorToStep } from './formulas/floor-to-step.js';
export { kellyFraction, kellyLeverage } from './formulas/kelly-fraction.js';
export { type MarginTerms, marginLevel, remainingMargin, requiredMargin } from './formulas/margin.js';
export { breakevenWinRate, recoveryGain, riskOfRuin, rMultiple } from './formulas/odds.js';
export {
  type LotGrid,
  lotsAtRisk,
  type RiskSize,
  type RiskSizeTerms,
  sizeByRisk,
} from './formulas/size-by-risk.js';
export { type ThrottleCurve, throttleFactor } from './formulas/throttle-factor.js';
export { annualVolatility, volatilityLeverage } from './formulas/volatility-leverage.js';

// Where memories outlive the process

export { fileStore } from './store/file-store.js';
export { memoryStore } from './store/memory-store.js';
export type { LocalStore } from './store/stored-text.js';
