import { readContract } from '../contracts/read-contract.js';
import type { Handler, Handlers } from '../handler.js';
import type { TwsSession } from '../session.js';
import type { Change, ContractMarket } from './contract-market.js';
import type { Market } from './market.js';
import { permissionName, requestedMarket } from './requested-market.js';
import { tickByTickMiddle, tickByTickQuote, tickByTickTrade } from './tick-messages.js';

const KINDS = ['Last', 'AllLast', 'BidAsk', 'MidPoint'] as const;
type Kind = (typeof KINDS)[number];

/** Answers requests for tick-by-tick data: 97 (subscribe) and 98 (cancel). Ticks of the past are not told with it. */
export const tickByTickHandlers = (market: Market): Handlers => {
  const { subscriptions, clock } = market;

  const teller = (
    session: TwsSession,
    requestId: number,
    kind: Kind,
    asked: ContractMarket,
    ignoreSize: boolean,
  ) => {
    let told: number | undefined;
    return (change: Readonly<Change>): void => {
      const { bid, ask, bidSize = 0, askSize = 0 } = asked;
      const second = Math.floor(clock.now() / 1_000);
      if (kind === 'Last' || kind === 'AllLast') {
        if (!change.trade || asked.last === undefined) return;
        const { primaryExchange, exchange } = asked.contract;
        const at = primaryExchange || exchange;
        session.send(tickByTickTrade(requestId, kind, second, asked.last, asked.lastSize ?? 0, at));
      } else if (bid === undefined || ask === undefined) return;
      else if (kind === 'BidAsk') {
        const moved = change.bid || change.ask || (!ignoreSize && (change.bidSize || change.askSize));
        if (moved) session.send(tickByTickQuote(requestId, second, bid, ask, bidSize, askSize));
      } else {
        const middle = (bid + ask) / 2;
        if (middle !== told) session.send(tickByTickMiddle(requestId, second, middle));
        told = middle;
      }
    };
  };

  const subscribe: Handler = (session, fields) => {
    const requestId = fields.integer();
    const contract = readContract(fields);
    const named = fields.string();
    fields.skip(1);
    const ignoreSize = fields.boolean();
    const kind = KINDS.find((one) => one.toLowerCase() === named.toLowerCase());
    if (kind === undefined) {
      session.error(requestId, 321, "Error validating request.-'bW' : cause - Invalid tick type");
      return;
    }
    const asked = requestedMarket(market, session, requestId, contract);
    if (asked === undefined) return;
    if (asked.permission !== 'live') {
      const text = `Failed to request tick-by-tick data.No market data permissions for ${permissionName(asked)}`;
      session.error(requestId, 10189, text);
      return;
    }
    if (subscriptions.has(session, 'tick-by-tick', requestId)) {
      session.error(requestId, 322, "Error processing request.-'bW' : cause - Duplicate ticker id");
      return;
    }
    if (subscriptions.count('tick-by-tick') >= market.tickByTickLines) {
      session.error(requestId, 10190, 'Max number of tick-by-tick requests has been reached.');
      return;
    }
    const tell = teller(session, requestId, kind, asked, ignoreSize);
    // The quote that stands comes first.
    if (kind === 'BidAsk' || kind === 'MidPoint') tell(STANDING);
    subscriptions.add(session, 'tick-by-tick', requestId, asked.listen(tell));
  };

  const cancel: Handler = (session, fields) => {
    const requestId = fields.integer();
    if (!subscriptions.end(session, 'tick-by-tick', requestId))
      session.error(requestId, 300, `Can't find EId with tickerId:${requestId}`);
  };

  return { 97: subscribe, 98: cancel };
};

const STANDING: Readonly<Change> = {
  bid: true,
  bidSize: true,
  ask: true,
  askSize: true,
  last: false,
  trade: false,
  high: false,
  low: false,
  halted: false,
};
