import type { WireContract } from '../contracts/contract.js';
import { ambiguous, noDefinition } from '../contracts/contract-handlers.js';
import type { TwsSession } from '../session.js';
import type { ContractMarket } from './contract-market.js';
import type { Market } from './market.js';

/** A market that a request named, or undefined: the client was then told why not. */
export const requestedMarket = (
  market: Market,
  session: TwsSession,
  requestId: number,
  asked: WireContract,
  includeExpired = false,
): ContractMarket | undefined => {
  if (asked.exchange === '') {
    session.error(requestId, 321, "Error validating request.-'bW' : cause - Please enter exchange");
    return undefined;
  }
  const resolved = market.book.resolve(asked, includeExpired);
  if (resolved.kind === 'one') return market.of(resolved.contract);
  session.error(requestId, 200, resolved.kind === 'none' ? noDefinition : ambiguous(asked.symbol));
  return undefined;
};

/** What TWS calls the data of a contract when it refuses them: `AAPL NASDAQ.NMS/TOP/ALL`. */
export const dataName = ({ contract }: ContractMarket): string =>
  `${contract.localSymbol} ${contract.primaryExchange || contract.exchange}.${contract.tradingClass}/TOP/ALL`;

/** What TWS calls them when it refuses history: `NASDAQ STK`. */
export const permissionName = ({ contract }: ContractMarket): string =>
  `${contract.primaryExchange || contract.exchange} ${contract.securityType}`;
