/** What a test says of a contract; the rest is as TWS sends it for a US share. */
export interface DetailsInput {
  readonly symbol: string;
  readonly secType: string;
  readonly contractId: number;
  readonly expiry?: string;
  readonly strike?: number;
  readonly right?: string;
  readonly exchange?: string;
  readonly currency?: string;
  readonly localSymbol?: string;
  readonly tradingClass?: string;
  readonly minTick?: number | string;
  readonly multiplier?: number | string;
  readonly validExchanges?: string;
  readonly priceMagnifier?: number;
  readonly primaryExchange?: string;
  readonly contractMonth?: string;
  readonly timeZoneId?: string;
  readonly tradingHours?: string;
  readonly liquidHours?: string;
  readonly underSecType?: string;
  readonly marketRuleIds?: string;
  readonly minSize?: number | string;
  readonly sizeIncrement?: number | string;
}

/**
 * Message 10 at server version 193, field by field.
 * Source: decodeMsg_CONTRACT_DATA of @stoqey/ib 1.6.10, a port of IB's Java client 10.32.
 */
export const detailsFields = (requestId: number, of: DetailsInput): readonly (string | number)[] => [
  10,
  requestId,
  of.symbol,
  of.secType,
  of.expiry === undefined ? '' : `${of.expiry} 08:30:00 ${of.timeZoneId ?? 'US/Eastern'}`,
  of.expiry ?? '',
  of.strike ?? 0,
  of.right ?? '',
  of.exchange ?? 'SMART',
  of.currency ?? 'USD',
  of.localSymbol ?? of.symbol,
  of.tradingClass ?? of.symbol,
  of.tradingClass ?? of.symbol,
  of.contractId,
  of.minTick ?? 0.01,
  of.multiplier ?? '',
  'LMT,MKT,WHATIF',
  of.validExchanges ?? of.exchange ?? 'SMART',
  of.priceMagnifier ?? 1,
  0,
  `${of.symbol} by name`,
  of.primaryExchange ?? '',
  of.contractMonth ?? '',
  '',
  '',
  '',
  of.timeZoneId ?? 'US/Eastern',
  of.tradingHours ?? '',
  of.liquidHours ?? '',
  '',
  0,
  0,
  1,
  '',
  of.underSecType ?? '',
  of.marketRuleIds ?? '26',
  of.expiry ?? '',
  '',
  of.minSize ?? 1,
  of.sizeIncrement ?? 1,
  of.sizeIncrement ?? 1,
  0,
];
