// Words

export { type Note, type NoteCode, noteCodes } from './notes.js';
export { checkSpecification, type Specification } from './specification.js';

// Capability

export { type CapabilityOptions, capability } from './capability/capability.js';
export {
  capabilityFromMoments,
  type MomentOptions,
  type ValueFigures,
} from './capability/capability-from-moments.js';
export {
  bissellInterval,
  bissellLowerBound,
  cpInterval,
  cpmInterval,
  exactInterval,
  heavlinInterval,
  type IndexIntervalOptions,
} from './capability/intervals.js';
export type {
  CapabilityIndices,
  CapabilityMethod,
  CapabilityResult,
  DistributionWord,
  Fallout,
  IndexEstimate,
  IndexName,
  Spread,
} from './capability/result.js';
export {
  RunningCapability,
  type RunningCapabilityOperatorOptions,
  type RunningCapabilityOptions,
  type RunningCapabilityState,
  runningCapability,
} from './capability/running-capability.js';
export {
  type IndividualsMethod,
  individualsMethods,
  individualsSigma,
  overallSigma,
  type SigmaEstimate,
  type WithinMethod,
  withinMethods,
  withinSigma,
} from './capability/sigma.js';
export type { StudyOptions } from './capability/study-options.js';
export { type ToleranceOptions, toleranceFactor } from './capability/tolerance-factor.js';
export { type Verdict, type VerdictOptions, type VerdictOutcome, verdict } from './capability/verdict.js';
export type { GivenSigma, WithinOption } from './capability/within-spread.js';

// Six sigma

export {
  type DefectCounts,
  type DefectRateOptions,
  type DefectRates,
  defectRates,
  type OpportunitiesOptions,
  opportunitiesNeeded,
} from './six-sigma/defect-rates.js';
export { longTermZ, type PpmOfCpk, ppmOfCpk, shortTermZ, zBench } from './six-sigma/process-z.js';
export {
  dpmoOfSigma,
  type ShiftOptions,
  type SigmaOptions,
  sigmaLevel,
  sigmaLevelOfYield,
  yieldOfSigma,
} from './six-sigma/sigma-level.js';
export {
  type RolledYield,
  rolledYield,
  type StageCounts,
  type StageYields,
  stageYields,
  throughputYield,
} from './six-sigma/yields.js';

// Charts: what all kinds share

export type {
  ChartKind,
  ChartPoint,
  Estimate,
  Limits,
  PairedPoint,
  RunningChart,
  RunningOptions,
} from './charts/chart.js';
export { type Charted, type ChartSamplesOptions, chartSamples } from './charts/chart-samples.js';
export { type ChartConstants, c4, chartConstants, d2, d3, largestRangeSize } from './charts/constants.js';
export {
  ControlChart,
  type ControlChartOptions,
  type ControlChartPoint,
  controlChart,
  type Phase,
} from './charts/control-chart.js';
export type { LimitOptions, LimitWidth } from './charts/limit-width.js';
export { type PhaseOne, type PhaseOneOptions, type PurgeRound, phaseOne } from './charts/phase-one.js';
export {
  beyondLimits,
  nelson,
  RuleEngine,
  type RuleName,
  type RuleSet,
  ruleNames,
  westernElectric,
  type ZoneRule,
} from './charts/rules.js';

// Charts of measured values

export { type CusumDesign, type CusumOptions, type CusumPoint, cusumChart } from './charts/cusum.js';
export { type EwmaDesign, type EwmaLimits, type EwmaOptions, ewmaChart } from './charts/ewma.js';
export { type T2Design, type T2Kind, type T2Options, type T2Point, t2Chart } from './charts/hotelling-t2.js';
export {
  type IndividualsDesign,
  type IndividualsOptions,
  individuals,
  individualsAndMovingRange,
  movingRange,
} from './charts/individuals-charts.js';
export type { KnownKind, LocationDesign, Measured } from './charts/subgroup.js';
export {
  deviations,
  ranges,
  type Subgroup,
  type SubgroupOptions,
  xbar,
  xbarR,
  xbarS,
} from './charts/subgroup-charts.js';
export { t2PhaseOneLimit, t2PhaseTwoLimit } from './charts/t2-limits.js';
export type { VariablesDesign } from './charts/variables-limits.js';

// Charts of counts

export { cChart, npChart, pChart, uChart } from './charts/attribute-charts.js';
export type { ProportionDesign, RateDesign } from './charts/count-designs.js';
export type { CountSample } from './charts/count-sample.js';
export { type EventDesign, type GOptions, gChart } from './charts/g-chart.js';
export { type Dispersion, type LaneyOptions, laneyPChart, laneyUChart } from './charts/laney.js';
export { type DispersionTest, overdispersionTest } from './charts/overdispersion.js';

// Charts of values that depend on their neighbours

export { inflatedIndividualsChart, overallIndividualsChart } from './charts/autocorrelated.js';
export { type AutocorrelationAdvice, adviseLimits, type LimitsFor } from './charts/limit-advice.js';
export { type Ar1Design, ar1ResidualChart } from './charts/residual-chart.js';

// Average run lengths and design

export { combinedInControlArl } from './arl/combined.js';
export { type CusumLimitTerms, type CusumTerms, cusumArl, cusumLimit } from './arl/cusum.js';
export { type AchievedArls, type ChartDesign, type DesignTerms, designChart } from './arl/design.js';
export { type EwmaLimitTerms, type EwmaTerms, ewmaArl, ewmaLimit } from './arl/ewma.js';
export { type OperatingPoint, xbarOperatingCurve } from './arl/operating-characteristic.js';
export { type RuleSetArl, type RuleSetTerms, ruleSetArl } from './arl/rule-set.js';
export {
  type ShewhartTerms,
  type Sided,
  shewhartArl,
  shewhartLimit,
  shewhartSignalProbability,
} from './arl/shewhart.js';
export { type SimulatedArl, type SimulationOptions, simulateArl } from './arl/simulate.js';

// Streams

export { ExponentialMoments, type ExponentialMomentsState } from './streaming/exponential-moments.js';
export { type MomentFigures, Moments, type MomentsState } from './streaming/moments.js';
export { type MomentsSnapshot, moments, slidingWindow, type WindowSnapshot } from './streaming/operators.js';
export { P2Quantile, type P2QuantileState } from './streaming/p2-quantile.js';
export { PageHinkley, type PageHinkleyState } from './streaming/page-hinkley.js';
export { QuantileSketch, type QuantileSketchState } from './streaming/quantile-sketch.js';
export { SerialMoments, type SerialMomentsState } from './streaming/serial-moments.js';
export { SlidingWindow, type SlidingWindowState } from './streaming/sliding-window.js';
export { momentsOf } from './streaming/summary.js';

// Drift and dependence

export { type Ar1Fit, ar1, ar1MovingRangeRatio, ar1VarianceInflation } from './drift/ar1.js';
export { type Autocorrelations, acf, bartlettBand, lagOneAutocorrelation } from './drift/autocorrelation.js';
export {
  type KolmogorovSmirnovTest,
  kolmogorovSmirnov,
  type PopulationStability,
  populationStability,
  wasserstein1,
} from './drift/distances.js';
export { type EffectiveSize, effectiveSize } from './drift/effective-size.js';
export type { Figure } from './drift/figure.js';
export { type MannWhitneyTest, mannWhitney } from './drift/mann-whitney.js';
export { durbinWatson, vonNeumannRatio } from './drift/neighbours.js';
export { boxPierce, ljungBox, type PortmanteauOptions, type PortmanteauTest } from './drift/portmanteau.js';
export { type RunsTest, runsTest } from './drift/runs-test.js';
export { type MannKendallTest, mannKendall, senSlope } from './drift/trend.js';
export { type FTest, fTest, type WelchTest, welchTest } from './drift/two-sample.js';

// Normality and fits

export { type AndersonDarlingTest, andersonDarling } from './fitting/anderson-darling.js';
export {
  type BoxCox,
  type BoxCoxOptions,
  boxCox,
  boxCoxInverse,
  boxCoxTransform,
  fitBoxCox,
} from './fitting/box-cox.js';
export {
  type Candidate,
  type CandidateTest,
  type ChoiceOptions,
  chooseDistribution,
  type DistributionChoice,
} from './fitting/choose-distribution.js';
export { cramerVonMises } from './fitting/cramer-von-mises.js';
export { empiricalDistribution } from './fitting/empirical.js';
export {
  type DistributionName,
  type Fit,
  type FittedDistribution,
  type SpreadOptions,
  throughNormal,
} from './fitting/fitted-distribution.js';
export { jarqueBera } from './fitting/jarque-bera.js';
export { fitJohnsonByMoments, type JohnsonMomentsOptions } from './fitting/johnson-moments.js';
export { fitJohnsonByQuantiles } from './fitting/johnson-quantiles.js';
export { fitExponential, fitWeibull } from './fitting/lifetime-fit.js';
export { lilliefors } from './fitting/lilliefors.js';
export { fitLognormal, fitNormal, normalParameters } from './fitting/normal-fit.js';
export { type NormalityTest, type Standardized, testStandardized } from './fitting/normality-test.js';
export { fitPearsonThree, pearsonThreeQuantile } from './fitting/pearson-three.js';
export { type QuantileOptions, type QuantileType, quantile } from './fitting/quantile.js';
export { interquartileRange, medianAbsoluteDeviation } from './fitting/robust.js';
export { type Shape, type ShapeType, shape } from './fitting/shape.js';
export { shapiroWilk } from './fitting/shapiro-wilk.js';

// Distributions

export { betaCdf, betaQuantile, betaTail, betaTailQuantile } from './distributions/beta.js';
export {
  chiSquaredCdf,
  chiSquaredQuantile,
  chiSquaredTail,
  chiSquaredTailQuantile,
} from './distributions/chi-squared.js';
export {
  binomialCdf,
  binomialQuantile,
  binomialTail,
  geometricQuantile,
  poissonCdf,
  poissonQuantile,
  poissonTail,
} from './distributions/discrete.js';
export { fCdf, fQuantile, fTail, fTailQuantile } from './distributions/f.js';
export { gammaCdf, gammaQuantile, gammaTail, gammaTailQuantile } from './distributions/gamma.js';
export {
  type Interval,
  type IntervalOptions,
  type ProportionOptions,
  poissonInterval,
  proportionInterval,
} from './distributions/intervals.js';
export {
  noncentralTCdf,
  noncentralTQuantile,
  noncentralTTail,
  noncentralTTailQuantile,
} from './distributions/noncentral-t.js';
export {
  normalCdf,
  normalDensity,
  normalQuantile,
  normalTail,
  normalTailQuantile,
} from './distributions/normal.js';
export { studentCdf, studentQuantile, studentTail, studentTailQuantile } from './distributions/student-t.js';
export { rangeDeviation, rangeMean } from './distributions/studentized-range.js';

// Methods

export { compareSamples, type SampleComparison, type SampleFigures } from './methods/compare-samples.js';
export {
  type DefinitionOfDoneInput,
  type DefinitionOfDoneResult,
  definitionOfDone,
  definitionOfDoneSchema,
  type MissingCheck,
} from './methods/definition-of-done.js';
export {
  advanceDmaic,
  type DmaicAct,
  type DmaicAdvance,
  readDmaic,
  recordDmaic,
  returnDmaic,
  startDmaic,
} from './methods/dmaic.js';
export { type DmaicGate, dmaicComparison, dmaicGate } from './methods/dmaic-gate.js';
export {
  type DmaicContent,
  type DmaicPhase,
  type DmaicProject,
  deepFreeze,
  dmaicContent,
  dmaicPhases,
  dmaicSchema,
} from './methods/dmaic-record.js';
export {
  type FmeaInput,
  type FmeaResult,
  type FmeaRow,
  fmea,
  fmeaSchema,
  type RatedRisk,
} from './methods/fmea.js';
export {
  type AnovaRow,
  type AnovaTable,
  type GaugeAnovaInput,
  type GaugeAnovaResult,
  gaugeAnova,
  gaugeAnovaSchema,
} from './methods/gauge-anova.js';
export {
  type GaugeFigures,
  gaugeFigures,
  type SourceVariances,
  type VariationComponent,
} from './methods/gauge-figures.js';
export { type GaugeRangesResult, gaugeRanges } from './methods/gauge-ranges.js';
export {
  type GaugeLayout,
  type GaugeStudyInput,
  gaugeLayout,
  gaugeStudySchema,
  layOut,
  meanOf,
  tooSmall,
} from './methods/gauge-study.js';
export { type HanseiReport, hansei } from './methods/hansei.js';
export { asksOf, causesOf, type HanseiAsk, lossesOf } from './methods/hansei-asks.js';
export { type HanseiDay, type HanseiInput, hanseiSchema } from './methods/hansei-day.js';
export {
  type HanseiFacts,
  type HanseiPoint,
  hanseiFacts,
  hanseiPoints,
  short,
} from './methods/hansei-points.js';
export { hanseiMarkdown, hanseiText } from './methods/hansei-text.js';
export {
  type HouseOfQualityInput,
  type HouseOfQualityResult,
  houseOfQuality,
  houseOfQualitySchema,
  type RoofConflict,
  type TechnicalImportance,
} from './methods/house-of-quality.js';
export {
  type HousekeepingInput,
  type HousekeepingItem,
  type HousekeepingResult,
  type HousekeepingScore,
  type HousekeepingStep,
  housekeeping,
  housekeepingSchema,
  housekeepingSteps,
  type OverdueItem,
} from './methods/housekeeping.js';
export { type OeeInput, type OeeResult, oee, oeeSchema } from './methods/oee.js';
export {
  type OeeLoss,
  type OeeTimesInput,
  type OeeTimesResult,
  oeeOfTimes,
  oeeTimesSchema,
} from './methods/oee-times.js';
export {
  type ParetoInput,
  type ParetoLevel,
  type ParetoResult,
  type ParetoRow,
  pareto,
  paretoSchema,
} from './methods/pareto.js';
export {
  type PlannedNeed,
  type PlanningMatrixInput,
  type PlanningMatrixResult,
  planningMatrix,
  planningMatrixSchema,
} from './methods/planning-matrix.js';
export {
  type CompareSamplesInput,
  compareSamplesSchema,
  type Sample,
  sampleSchema,
  specificationSchema,
} from './methods/sample.js';
export {
  type TaguchiLossInput,
  type TaguchiLossResult,
  taguchiLoss,
  taguchiLossSchema,
} from './methods/taguchi-loss.js';
export { type Chore, choresFrom, tradingChores } from './methods/trading-housekeeping.js';

// The monitor of a process, and the gate of a bot

export type { Capable } from './monitor/capability-of.js';
export { defaultPlan } from './monitor/default-plan.js';
export {
  defaultRules,
  type MonitorOptions,
  type MonitorState,
  ProcessMonitor,
  type ReleaseOptions,
} from './monitor/process-monitor.js';
export {
  type CountedMetric,
  type MeasuredMetric,
  type Metric,
  type ProcessPlan,
  type ProcessPlanInput,
  processPlanSchema,
} from './monitor/process-plan.js';
export {
  type ControlStatus,
  type CountedStatus,
  type MeasuredStatus,
  type MetricStatus,
  type ProcessStatus,
  processStatus,
  type StepStatus,
} from './monitor/process-status.js';
export {
  type QualityGateSettings,
  type QualityState,
  qualityGate,
  qualityStatus,
  qualityVerdict,
} from './monitor/quality-gate.js';
export type { GateRules, GateVerdict, PauseReason } from './monitor/verdict.js';

// The six sigma service

export {
  type CapabilityQuery,
  type Claim,
  capabilityQuerySchema,
  type Measurement,
  measurementSchema,
  type ReportQuery,
  reportQuerySchema,
  type SixSigmaReport,
  type SixSigmaService,
  type StepReport,
  sixSigmaService,
} from './service/six-sigma-service.js';

// Pictures

export {
  type CapabilityHistogramPicture,
  capabilityHistogramSvg,
} from './pictures/capability-histogram-svg.js';
export { controlChartSvg } from './pictures/control-chart-svg.js';
export { type ParetoPicture, paretoSvg } from './pictures/pareto-svg.js';
export type { PictureSize } from './pictures/picture.js';
export type { ControlChartPicture, PictureLimits } from './pictures/plotted.js';
export {
  type QualitySection,
  type QualitySectionOptions,
  qualitySection,
} from './pictures/quality-section.js';
