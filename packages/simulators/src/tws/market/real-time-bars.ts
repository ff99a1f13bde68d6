import { readContract } from '../contracts/read-contract.js';
import type { Handler, Handlers } from '../handler.js';
import { FIVE_SECONDS } from './bar-store.js';
import { startPrices } from './base-bar.js';
import type { ContractMarket } from './contract-market.js';
import type { Market } from './market.js';
import { permissionName, requestedMarket } from './requested-market.js';
import {
  askedData,
  askInstead,
  availability,
  pricesOf,
  quoteFigures,
  realTimeShown,
  type ShownData,
  tradeFigures,
} from './shown-data.js';
import { type BarFigures, realTimeBar } from './tick-messages.js';

const QUERY = 'Invalid Real-time Query:';

/** The price that stood all through five seconds in which nothing happened. */
const standing = (asked: ContractMarket, shown: ShownData): number | undefined => {
  const { bid, ask, last } = asked;
  const middle = bid === undefined || ask === undefined ? undefined : (bid + ask) / 2;
  return { TRADES: last, MIDPOINT: middle, BID: bid, ASK: ask, BID_ASK: undefined }[shown];
};

const figures = (asked: ContractMarket, shown: ShownData, begin: number): BarFigures | undefined => {
  const bar = asked.bars.fiveSeconds(begin);
  const prices = bar === undefined || shown === 'BID_ASK' ? undefined : pricesOf(bar, shown);
  if (prices !== undefined && bar !== undefined)
    return shown === 'TRADES'
      ? tradeFigures(prices, bar.volume, bar.turnover, bar.count)
      : quoteFigures(prices);
  const price = standing(asked, shown);
  if (price === undefined) return undefined;
  return shown === 'TRADES' ? tradeFigures(startPrices(price), 0, 0, 0) : quoteFigures(startPrices(price));
};

/** Answers requests for bars of five seconds: 50 (subscribe) and 51 (cancel). */
export const realTimeBarHandlers = (market: Market): Handlers => {
  const { subscriptions, fiveSeconds } = market;

  const subscribe: Handler = (session, fields) => {
    fields.skip(1);
    const requestId = fields.integer();
    const contract = readContract(fields);
    fields.skip(1);
    const named = fields.string().toUpperCase();
    const regularOnly = fields.boolean();
    const data = askedData(named, realTimeShown);
    if (data === undefined) {
      session.error(requestId, 321, `Error validating request.-'bW' : cause - Invalid whatToShow ${named}`);
      return;
    }
    const asked = requestedMarket(market, session, requestId, contract);
    if (asked === undefined) return;
    const { shown } = data;
    const there = availability(asked.contract, data);
    if (there.kind !== 'there') {
      if (there.kind === 'instead') session.error(requestId, 10299, askInstead(there.use, there.asked));
      else session.error(requestId, 420, `${QUERY}No ${shown} data for ${permissionName(asked)}`);
      return;
    }
    if (subscriptions.has(session, 'real-time-bars', requestId)) {
      session.error(requestId, 322, "Error processing request.-'bW' : cause - Duplicate ticker id");
      return;
    }
    if (asked.permission !== 'live') {
      session.error(requestId, 420, `${QUERY}No market data permissions for ${permissionName(asked)}`);
      return;
    }
    const { contractId, exchange, liquidHours } = asked.contract;
    const subject = [contractId, exchange, shown].join('/');
    const paced = { key: `bars/${subject}/${regularOnly}`, subject, weight: 1, barLength: FIVE_SECONDS };
    if (!market.pacing.take(paced)) {
      session.error(requestId, 420, `${QUERY}Historical data request pacing violation`);
      return;
    }
    if (subscriptions.count('top-of-book') + subscriptions.count('real-time-bars') >= market.lines) {
      session.error(requestId, 101, 'Max number of tickers has been reached');
      return;
    }
    const stop = fiveSeconds.listen((end) => {
      const begin = end - FIVE_SECONDS;
      if (regularOnly && !liquidHours.isOpen(begin)) return;
      const bar = figures(asked, shown, begin);
      if (bar !== undefined) session.send(realTimeBar(requestId, begin / 1_000, bar));
    });
    subscriptions.add(session, 'real-time-bars', requestId, stop);
  };

  const cancel: Handler = (session, fields) => {
    fields.skip(1);
    const requestId = fields.integer();
    if (!subscriptions.end(session, 'real-time-bars', requestId))
      session.error(requestId, 300, `Can't find EId with tickerId:${requestId}`);
  };

  return { 50: subscribe, 51: cancel };
};
