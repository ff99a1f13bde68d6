import type { ContractDetails } from '@stoqey/ib';
import * as z from 'zod';

const text = z.string().default('');
const finite = z.number().refine(Number.isFinite, 'It is not finite');
/** The client library reads an empty number as 0 or leaves it out. */
const amount = finite.min(0).default(0);

const contractSchema = z.object({
  conId: z.number().int().positive(),
  symbol: z.string().min(1),
  secType: z.string().min(1),
  lastTradeDateOrContractMonth: text,
  strike: finite.default(0),
  right: text,
  multiplier: amount,
  exchange: text,
  primaryExch: text,
  currency: text,
  localSymbol: text,
  tradingClass: text,
});

const schema = z.object({
  contract: contractSchema,
  minTick: amount,
  priceMagnifier: z.number().int().min(0).default(1),
  validExchanges: text,
  marketRuleIds: text,
  contractMonth: text,
  underSecType: text,
  longName: text,
  timeZoneId: text,
  tradingHours: text,
  liquidHours: text,
  minSize: amount,
  sizeIncrement: amount,
});

/** What is used of the contract details of TWS: checked, with every field in its place. */
export interface ContractFacts {
  readonly contractId: number;
  readonly symbol: string;
  /** `STK`, `FUT` and so on. */
  readonly securityType: string;
  /** `YYYYMMDD`, empty where it has none. */
  readonly expiry: string;
  /** `YYYYMM` of the name that a future has, which may be another than that of its last day. */
  readonly month: string;
  readonly strike: number;
  /** `C`, `P`, or what TWS sends for neither. */
  readonly right: string;
  /** 0 where TWS sends none. */
  readonly multiplier: number;
  readonly exchange: string;
  readonly primaryExchange: string;
  readonly currency: string;
  readonly localSymbol: string;
  readonly tradingClass: string;
  readonly longName: string;
  readonly underlyingType: string;
  readonly minTick: number;
  /** By how much prices are larger than in the contract's currency: 100 where they are cents or pence. */
  readonly priceMagnifier: number;
  readonly validExchanges: readonly string[];
  /** Parallel to {@link validExchanges}. */
  readonly marketRuleIds: readonly number[];
  readonly timeZoneId: string;
  readonly tradingHours: string;
  readonly liquidHours: string;
  readonly minSize: number;
  readonly sizeIncrement: number;
}

const listOf = (list: string): readonly string[] => (list === '' ? [] : list.split(',').map((s) => s.trim()));

/** Checks details as the client library has decoded them; undefined where they make no sense. */
export const readFacts = (details: ContractDetails): ContractFacts | undefined => {
  const parsed = schema.safeParse(details);
  if (!parsed.success) return undefined;
  const { contract, ...rest } = parsed.data;
  return {
    contractId: contract.conId,
    symbol: contract.symbol,
    securityType: contract.secType,
    expiry: contract.lastTradeDateOrContractMonth.slice(0, 8),
    month: rest.contractMonth,
    strike: contract.strike,
    right: contract.right,
    multiplier: contract.multiplier,
    exchange: contract.exchange,
    primaryExchange: contract.primaryExch,
    currency: contract.currency,
    localSymbol: contract.localSymbol,
    tradingClass: contract.tradingClass,
    longName: rest.longName,
    underlyingType: rest.underSecType,
    minTick: rest.minTick,
    priceMagnifier: Math.max(1, rest.priceMagnifier),
    validExchanges: listOf(rest.validExchanges),
    marketRuleIds: listOf(rest.marketRuleIds).map(Number),
    timeZoneId: rest.timeZoneId,
    tradingHours: rest.tradingHours,
    liquidHours: rest.liquidHours,
    minSize: rest.minSize,
    sizeIncrement: rest.sizeIncrement,
  };
};
