import { MikroBotError } from '@mikrobot/core';
import type { ContractFacts } from './contract-facts.js';

/** Fields by which a user can tell contracts apart, and what they are called where they are written. */
const deciding: readonly {
  readonly option: string;
  readonly of: (facts: ContractFacts) => string | number;
}[] = [
  { option: 'tradingClass', of: (facts) => facts.tradingClass },
  { option: 'multiplier', of: (facts) => facts.multiplier },
  { option: 'primaryExchange', of: (facts) => facts.primaryExchange },
  { option: 'currency', of: (facts) => facts.currency },
  { option: 'exchange', of: (facts) => facts.exchange },
  { option: 'roll: { expiry }', of: (facts) => facts.expiry },
  { option: 'contractId', of: (facts) => facts.contractId },
];

const describe = (facts: ContractFacts): string =>
  [
    facts.contractId,
    facts.localSymbol || facts.symbol,
    facts.expiry,
    facts.multiplier > 0 ? `x${facts.multiplier}` : '',
    facts.tradingClass,
    facts.primaryExchange || facts.exchange,
    facts.currency,
  ]
    .filter((part) => part !== '')
    .join(' ');

/** Candidates that an error lists: enough to see what differs. */
const LISTED = 6;

/** The error of several contracts that fit: lists them, and says which field would decide. */
export const ambiguous = (symbol: string, candidates: readonly ContractFacts[]): MikroBotError => {
  const decides = deciding.find(({ of }) => new Set(candidates.map(of)).size > 1) ?? deciding.at(-1)!;
  const values = [...new Set(candidates.map(decides.of))].slice(0, LISTED).join(', ');
  const list = candidates.slice(0, LISTED).map(describe).join('; ');
  const more = candidates.length > LISTED ? `; and ${candidates.length - LISTED} more` : '';
  return new MikroBotError('BAD_CONFIG', `${candidates.length} contracts fit: ${list}${more}.`, {
    where: `contract ${symbol}`,
    hint: `Say which by ${decides.option} (${values}).`,
  });
};

/** Candidates without those that are the same contract at another exchange. */
export const distinct = (candidates: readonly ContractFacts[]): readonly ContractFacts[] => [
  ...new Map(candidates.map((facts) => [facts.contractId, facts])).values(),
];

/**
 * The one contract that fits.
 * @throws `MikroBotError` `BAD_CONFIG` where several do, listing them with the field that would decide
 */
export const pickOne = (symbol: string, candidates: readonly ContractFacts[]): ContractFacts => {
  const different = distinct(candidates);
  if (different.length > 1) throw ambiguous(symbol, different);
  return different[0]!;
};
