import { type Contract, OptionType, SecType } from '@stoqey/ib';
import type { ContractFacts } from './contract-facts.js';
import type { ContractSpec } from './contract-spec.js';

const securityTypes: Readonly<Record<ContractSpec['kind'], SecType>> = {
  stock: SecType.STK,
  future: SecType.FUT,
  continuous: SecType.CONTFUT,
  forex: SecType.CASH,
  cfd: SecType.CFD,
  index: SecType.IND,
  option: SecType.OPT,
  crypto: SecType.CRYPTO,
};

const rightOf = (right: string): OptionType | undefined =>
  right === 'C' ? OptionType.Call : right === 'P' ? OptionType.Put : undefined;

/** The symbol by which TWS knows what a spec names. */
const wireSymbol = (spec: ContractSpec): string => {
  switch (spec.kind) {
    case 'future':
    case 'continuous':
      return spec.root;
    case 'forex':
      return spec.base;
    case 'option':
      return spec.underlying;
    default:
      return spec.symbol;
  }
};

/** What TWS is asked for: every contract that fits, of a future all expiries unless one is named. */
export const toQuery = (spec: ContractSpec): Contract => ({
  secType: securityTypes[spec.kind],
  symbol: wireSymbol(spec),
  exchange: spec.exchange,
  currency: spec.currency,
  ...(spec.contractId === undefined ? {} : { conId: spec.contractId }),
  ...(spec.tradingClass === undefined ? {} : { tradingClass: spec.tradingClass }),
  ...('multiplier' in spec && spec.multiplier !== undefined ? { multiplier: spec.multiplier } : {}),
  ...(spec.kind === 'stock' && spec.primaryExchange !== undefined
    ? { primaryExch: spec.primaryExchange }
    : {}),
  ...(spec.kind === 'future' && spec.roll !== 'front'
    ? { lastTradeDateOrContractMonth: spec.roll.expiry }
    : {}),
  ...(spec.kind === 'option'
    ? { lastTradeDateOrContractMonth: spec.expiry, strike: spec.strike, right: rightOf(spec.right)! }
    : {}),
});

/** The contract as it is sent with orders and subscriptions: named by its id, with the rest for the reader and for other clients. */
export const toContract = (facts: ContractFacts, exchange: string): Contract => {
  const right = rightOf(facts.right);
  return {
    conId: facts.contractId,
    symbol: facts.symbol,
    secType: facts.securityType as SecType,
    exchange,
    currency: facts.currency,
    localSymbol: facts.localSymbol,
    tradingClass: facts.tradingClass,
    ...(facts.expiry === '' ? {} : { lastTradeDateOrContractMonth: facts.expiry }),
    ...(facts.multiplier > 0 ? { multiplier: facts.multiplier } : {}),
    ...(facts.strike > 0 ? { strike: facts.strike } : {}),
    ...(right === undefined ? {} : { right }),
    ...(facts.primaryExchange === '' || exchange !== 'SMART' ? {} : { primaryExch: facts.primaryExchange }),
  };
};
