import type { Field } from '../wire/field.js';
import type { SimulatedContract } from './contract.js';

/** Server versions that changed the layouts here. */
const LAST_TRADE_DATE = 182;
const INELIGIBILITY_REASONS = 186;
const BOND_ISSUER_ID = 176;

/** What contract details are told of: a contract, as it was asked for. */
export interface DetailsRow {
  readonly contract: SimulatedContract;
  /** The exchange it was asked at; the contract's own otherwise. */
  readonly exchange: string;
  /** `CONTFUT` where the continuous future was asked for. */
  readonly securityType: string;
}

/** With the time of the last trade: newer versions write the zone, older ones a hyphen. */
const lastTrade = ({ expiry, listing, tradingHours }: SimulatedContract, version: number): string => {
  if (expiry === '' || listing.lastTradeTime === '') return expiry;
  return version >= LAST_TRADE_DATE
    ? `${expiry} ${listing.lastTradeTime} ${tradingHours.zone}`
    : `${expiry}-${listing.lastTradeTime}`;
};

/** Message 10. `now` (epoch ms) is where the trading hours begin. */
export const contractDetails = (
  version: number,
  requestId: number,
  { contract, exchange, securityType }: DetailsRow,
  now: number,
): readonly Field[] => {
  const { listing, validExchanges } = contract;
  const ids = listing.securityIds;
  return [
    10,
    requestId,
    contract.symbol,
    securityType,
    lastTrade(contract, version),
    ...(version >= LAST_TRADE_DATE ? [contract.expiry] : []),
    contract.strike,
    contract.right,
    exchange,
    contract.currency,
    contract.localSymbol,
    listing.marketName,
    contract.tradingClass,
    contract.contractId,
    contract.minTick,
    contract.multiplier,
    contract.orderTypes,
    validExchanges,
    1,
    listing.underlyingId,
    listing.longName,
    contract.primaryExchange,
    listing.contractMonth,
    listing.industry,
    listing.category,
    listing.subcategory,
    contract.tradingHours.zone,
    contract.tradingHours.text(now),
    contract.liquidHours.text(now),
    '',
    '',
    ids.length,
    ...ids.flatMap(({ tag, value }) => [tag, value]),
    listing.aggregateGroup,
    listing.underlyingSymbol,
    listing.underlyingType,
    // One rule for each exchange, in the same order.
    validExchanges
      .split(',')
      .map(() => contract.marketRuleId)
      .join(','),
    contract.expiry,
    listing.stockType,
    contract.minSize,
    contract.sizeIncrement,
    listing.suggestedSizeIncrement,
    ...(version >= INELIGIBILITY_REASONS ? [0] : []),
  ];
};

/** Message 52. */
export const contractDetailsEnd = (requestId: number): readonly Field[] => [52, 1, requestId];

/** Message 93. */
export const marketRule = (ruleId: number, steps: SimulatedContract['priceSteps']): readonly Field[] => [
  93,
  ruleId,
  steps.length,
  ...steps.flatMap(({ from, step }) => [from, step]),
];

/** A contract that matches what was typed, and the kinds of derivatives there are on it. */
export interface SymbolSample {
  readonly contract: SimulatedContract;
  readonly derivatives: readonly string[];
}

/** Message 79. */
export const symbolSamples = (
  version: number,
  requestId: number,
  samples: readonly SymbolSample[],
): readonly Field[] => [
  79,
  requestId,
  samples.length,
  ...samples.flatMap(({ contract, derivatives }) => [
    contract.contractId,
    contract.symbol,
    contract.securityType,
    contract.primaryExchange || contract.exchange,
    contract.currency,
    derivatives.length,
    ...derivatives,
    ...(version >= BOND_ISSUER_ID ? [contract.listing.longName, ''] : []),
  ]),
];

/** The options on a contract at one exchange. */
export interface OptionParameters {
  readonly exchange: string;
  readonly underlyingId: number;
  readonly tradingClass: string;
  readonly multiplier: string;
  readonly expirations: readonly string[];
  readonly strikes: readonly number[];
}

/** Message 75. */
export const optionParameters = (requestId: number, options: OptionParameters): readonly Field[] => [
  75,
  requestId,
  options.exchange,
  options.underlyingId,
  options.tradingClass,
  options.multiplier,
  options.expirations.length,
  ...options.expirations,
  options.strikes.length,
  ...options.strikes,
];

/** Message 76. */
export const optionParametersEnd = (requestId: number): readonly Field[] => [76, requestId];
