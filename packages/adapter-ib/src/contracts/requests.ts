import { type Contract, type ContractDetails, EventName, type PriceIncrement } from '@stoqey/ib';
import type { Request } from '../line/line.js';
import { listen } from '../listen.js';
import type { ContractFacts } from './contract-facts.js';
import { readFacts } from './contract-facts.js';
import type { PriceStep } from './price-steps.js';

/** Ms in which TWS answers: chains of many expiries take some seconds. */
const DETAILS_TIMEOUT = 30_000;
/** Ms; a rule that TWS does not know is never answered. */
const RULE_TIMEOUT = 5_000;

/** Asks for every contract that fits; undefined stands for one whose details make no sense. */
export const detailsRequest = (what: string, query: Contract): Request<ContractFacts | undefined> => ({
  what,
  timeout: DETAILS_TIMEOUT,
  ask: (commands, requestId) => void commands.reqContractDetails(requestId, query),
  listen: (events, requestId, add, done) => {
    const stops = [
      listen(events, EventName.contractDetails, (id: number, details: ContractDetails) => {
        if (id === requestId) add(readFacts(details));
      }),
      listen(events, EventName.contractDetailsEnd, (id: number) => {
        if (id === requestId) done();
      }),
    ];
    return () => {
      for (const stop of stops) stop();
    };
  },
});

/** Asks for the price steps of a market rule, whose answer names the rule instead of the request. */
export const ruleRequest = (ruleId: number): Request<PriceStep> => ({
  what: `market rule ${ruleId}`,
  timeout: RULE_TIMEOUT,
  ask: (commands) => void commands.reqMarketRule(ruleId),
  listen: (events, _requestId, add, done) =>
    listen(events, EventName.marketRule, (id: number, steps: readonly PriceIncrement[]) => {
      if (id !== ruleId) return;
      for (const { lowEdge, increment } of steps)
        add({ from: lowEdge ?? Number.NaN, step: increment ?? Number.NaN });
      done();
    }),
});
