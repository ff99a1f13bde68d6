import type { Clock } from '@mikrobot/core';
import type { Handlers } from '../handler.js';
import type { TwsSession } from '../session.js';
import type { FieldReader } from '../wire/field-reader.js';
import type { SimulatedContract, WireContract } from './contract.js';
import type { ContractBook } from './contract-book.js';
import {
  contractDetails,
  contractDetailsEnd,
  type DetailsRow,
  marketRule,
  type OptionParameters,
  optionParameters,
  optionParametersEnd,
  type SymbolSample,
  symbolSamples,
} from './contract-messages.js';
import { readContract } from './read-contract.js';

/** Texts of TWS for requests that name no contract (code 200), and for those that name several. */
export const noDefinition = 'No security definition has been found for the request';
export const ambiguous = (symbol: string): string =>
  `The contract description specified for ${symbol} is ambiguous.`;

/** So many symbols are offered at most. */
const MOST_SAMPLES = 16;

/** A contract without an exchange is told at each of them, as TWS does; one that is named by its id, at its own. */
const rowsOf = (contract: SimulatedContract, asked: WireContract): readonly DetailsRow[] => {
  const securityType = asked.securityType === 'CONTFUT' ? 'CONTFUT' : contract.securityType;
  const at = asked.exchange.split(':')[0] ?? '';
  if (at !== '') return [{ contract, exchange: at, securityType }];
  const exchanges = asked.contractId !== 0 ? [contract.exchange] : contract.validExchanges.split(',');
  return exchanges.map((exchange) => ({ contract, exchange, securityType }));
};

/** The answers to requests for contracts: 9, 78, 81 and 91. */
export const contractHandlers = (book: ContractBook, clock: Clock): Handlers => {
  const details = (session: TwsSession, fields: FieldReader): void => {
    fields.skip(1);
    const requestId = fields.integer();
    const asked = readContract(fields);
    const includeExpired = fields.boolean();
    if (asked.contractId === 0 && asked.securityType === ('' as string)) {
      session.error(
        requestId,
        321,
        "Error validating request.-'bW' : cause - Please enter a valid security type",
      );
      return;
    }
    const rows = book.find(asked, includeExpired).flatMap((contract) => rowsOf(contract, asked));
    if (rows.length === 0) {
      session.error(requestId, 200, noDefinition);
      return;
    }
    for (const row of rows) session.send(contractDetails(session.serverVersion, requestId, row, clock.now()));
    session.send(contractDetailsEnd(requestId));
  };

  const derivativesOf = ({ contractId, symbol }: SimulatedContract): readonly string[] => {
    const on = [...book].filter(
      ({ listing }) => listing.underlyingId === contractId || listing.underlyingSymbol === symbol,
    );
    return [...new Set(on.map(({ securityType }) => securityType))];
  };

  const samples = (session: TwsSession, fields: FieldReader): void => {
    const requestId = fields.integer();
    const pattern = fields.string().toUpperCase();
    const found: SymbolSample[] = [...book]
      .filter(({ securityType }) => securityType === 'STK' || securityType === 'IND')
      .filter(
        ({ symbol, listing }) =>
          symbol.startsWith(pattern) || listing.longName.toUpperCase().includes(pattern),
      )
      .slice(0, MOST_SAMPLES)
      .map((contract) => ({ contract, derivatives: derivativesOf(contract) }));
    session.send(symbolSamples(session.serverVersion, requestId, found));
  };

  const options = (session: TwsSession, fields: FieldReader): void => {
    const requestId = fields.integer();
    fields.skip(1);
    const at = fields.string();
    fields.skip(1);
    const underlyingId = fields.integer();
    const chain = [...book].filter(
      (contract) =>
        contract.securityType === 'OPT' &&
        contract.listing.underlyingId === underlyingId &&
        !book.isExpired(contract),
    );
    const [first] = chain;
    const exchanges = first === undefined ? [] : first.validExchanges.split(',');
    for (const exchange of exchanges) {
      if (first === undefined || (at !== '' && at !== exchange)) continue;
      const parameters: OptionParameters = {
        exchange,
        underlyingId,
        tradingClass: first.tradingClass,
        multiplier: first.multiplier,
        expirations: [...new Set(chain.map(({ expiry }) => expiry))].sort(),
        strikes: [...new Set(chain.map(({ strike }) => strike))].sort((a, b) => a - b),
      };
      session.send(optionParameters(requestId, parameters));
    }
    session.send(optionParametersEnd(requestId));
  };

  const rule = (session: TwsSession, fields: FieldReader): void => {
    const ruleId = fields.integer();
    const contract = [...book].find(({ marketRuleId }) => marketRuleId === ruleId);
    if (contract === undefined)
      session.error(-1, 321, "Error validating request.-'bW' : cause - Invalid market rule id");
    else session.send(marketRule(ruleId, contract.priceSteps));
  };

  return { 9: details, 78: options, 81: samples, 91: rule };
};
