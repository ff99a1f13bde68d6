import { MikroBotError } from '@mikrobot/core';
import type { Contract } from '@stoqey/ib';
import { TwsError } from '../errors.js';
import type { Line } from '../line/line.js';
import type { ContractFacts } from './contract-facts.js';
import { toContract, toQuery } from './contract-query.js';
import type { ContractSpec, FutureSpec } from './contract-spec.js';
import { readHours } from './hours.js';
import { pickOne } from './pick-contract.js';
import { type PriceStep, ruleOf } from './price-steps.js';
import { detailsRequest } from './requests.js';
import type { ResolvedContract } from './resolved-contract.js';
import { type Rolled, rollFuture } from './roll.js';
import { exchangeZone } from './time-zone.js';
import { toInstrument } from './to-instrument.js';
import { TradingCalendar } from './trading-calendar.js';

/** No security definition: nothing fits, or TWS calls the request ambiguous itself. */
const NO_DEFINITION = 200;

/**
 * Every contract that fits.
 * @throws `MikroBotError` `UNKNOWN_INSTRUMENT` where none does, `BAD_DATA` where none can be read
 */
export const findCandidates = async (
  line: Line,
  symbol: string,
  query: Contract,
): Promise<readonly ContractFacts[]> => {
  const where = `contract ${symbol}`;
  const hint = 'Check symbol, exchange and currency as TWS shows them in the description of the contract.';
  let answer: readonly (ContractFacts | undefined)[];
  try {
    answer = await line.request(detailsRequest(`details of ${where}`, query));
  } catch (cause) {
    if (!(cause instanceof TwsError) || cause.twsCode !== NO_DEFINITION) throw cause;
    throw new MikroBotError('UNKNOWN_INSTRUMENT', `TWS says: ${cause.text.replace(/\.$/, '')}.`, {
      where,
      hint,
      cause,
    });
  }
  const readable = answer.filter((facts) => facts !== undefined);
  if (readable.length > 0) return readable;
  if (answer.length > 0)
    throw new MikroBotError('BAD_DATA', 'the contract details cannot be read.', { where });
  throw new MikroBotError('UNKNOWN_INSTRUMENT', 'TWS knows no such contract.', { where, hint });
};

/** Takes the hours of the details; gives what people should know of them. */
export const learnHours = (
  { symbol, spec, hours }: Pick<ResolvedContract, 'symbol' | 'spec' | 'hours'>,
  facts: ContractFacts,
  now: number,
): string | undefined => {
  const zone = exchangeZone(facts.timeZoneId);
  const text = spec.outsideRegularHours ? facts.tradingHours : facts.liquidHours;
  if (text === '') return `TWS tells no hours of ${symbol}, which counts as always open`;
  if (zone === undefined)
    return `TWS tells the hours of ${symbol} by "${facts.timeZoneId}", which is no known zone: it counts as always open`;
  const read = readHours(text, zone);
  hours.learn(read, now);
  return read.unreadable === 0
    ? undefined
    : `${read.unreadable} of the hours of ${symbol} cannot be read and count as closed: ${text}`;
};

/** What a contract is resolved with. */
export interface ResolveParts {
  readonly line: Line;
  /** Contract ids with a position, or an order of ours that works. */
  readonly held: ReadonlySet<number>;
  /** Epoch ms. */
  readonly now: number;
  /** The steps of a market rule; undefined where TWS does not tell them. */
  readonly rule: (id: number) => Promise<readonly PriceStep[] | undefined>;
}

const choose = (
  symbol: string,
  spec: ContractSpec,
  found: readonly ContractFacts[],
  { held, now }: ResolveParts,
): Rolled =>
  spec.kind === 'future' && spec.roll === 'front'
    ? rollFuture(symbol, spec, found, held, now)
    : { facts: pickOne(symbol, found), note: undefined };

/** What joins the expiries of a future is asked for by its root: TWS gives it the id of its newest contract. */
const continuousSeries = (spec: FutureSpec): ContractSpec => ({
  kind: 'continuous',
  root: spec.root,
  exchange: spec.exchange,
  currency: spec.currency,
  multiplier: spec.multiplier,
  tradingClass: spec.tradingClass,
  outsideRegularHours: spec.outsideRegularHours,
  bars: spec.bars,
});

const seamNote = async (
  symbol: string,
  spec: FutureSpec,
  facts: ContractFacts,
  line: Line,
): Promise<string | undefined> => {
  const newest = (await findCandidates(line, symbol, toQuery(continuousSeries(spec))))[0]!;
  if (newest.contractId === facts.contractId || newest.localSymbol === facts.localSymbol) return undefined;
  return `past bars of ${symbol} are those of a series that has come to ${newest.localSymbol}, while ${facts.localSymbol} is traded: they do not meet`;
};

/**
 * Finds the contract that a user's symbol stands for, and makes its instrument.
 * @throws `MikroBotError` `BAD_CONFIG` where several fit, `UNKNOWN_INSTRUMENT` where none does, `BAD_DATA` where TWS tells nonsense
 */
export const resolveContract = async (
  symbol: string,
  spec: ContractSpec,
  parts: ResolveParts,
): Promise<ResolvedContract> => {
  const { line, now } = parts;
  const found = await findCandidates(line, symbol, toQuery(spec));
  const { facts, note } = choose(symbol, spec, found, parts);
  const ruleId = ruleOf(facts, spec.exchange);
  const rule = ruleId === undefined ? undefined : await parts.rule(ruleId);
  const hours = new TradingCalendar(`hours of ${symbol}`);
  const series = spec.kind === 'future' && spec.history === 'continuous' ? spec : undefined;
  const notes = [
    note,
    learnHours({ symbol, spec, hours }, facts, now),
    facts.marketRuleIds.length > 0 && rule === undefined
      ? `TWS does not tell the market rule ${ruleId ?? `of ${spec.exchange}`}: prices of ${symbol} have its smallest step everywhere`
      : undefined,
    series === undefined ? undefined : await seamNote(symbol, series, facts, line),
  ].filter((text) => text !== undefined);
  const contract = spec.kind === 'continuous' ? toQuery(spec) : toContract(facts, spec.exchange);
  return {
    symbol,
    spec,
    facts,
    contract,
    historyContract: series === undefined ? contract : toQuery(continuousSeries(series)),
    rule,
    instrument: toInstrument({ symbol, spec, facts, rule }),
    tradable: spec.kind !== 'index' && spec.kind !== 'continuous',
    hours,
    notes,
  };
};
