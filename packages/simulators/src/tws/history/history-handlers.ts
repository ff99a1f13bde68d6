import { type Zone, zoneOf } from '@mikrobot/core';
import { readContract } from '../contracts/read-contract.js';
import type { Handler, Handlers } from '../handler.js';
import type { ContractMarket } from '../market/contract-market.js';
import type { Market } from '../market/market.js';
import { permissionName, requestedMarket } from '../market/requested-market.js';
import { type AskedData, askedData, askInstead, availability, historyShown } from '../market/shown-data.js';
import type { TwsSession } from '../session.js';
import { dateText, utcTime, zonedTime } from '../times.js';
import { aggregate, type ShownBar } from './aggregate.js';
import { beginOf } from './duration.js';
import { headTimestamp, historicalData, historicalDataUpdate } from './history-messages.js';
import { type HistoryRequest, readHistoryRequest, SERVICE } from './history-request.js';
import { momentOf } from './moment.js';

const BAD_END =
  'End Date/Time: The date, time, or time-zone entered is invalid. The correct format is yyyymmdd hh:mm:ss xx/xxxx where yyyymmdd and xx/xxxx are optional. E.g.: 20031126 15:59:00 US/Eastern  Note that there is a space between the date and time, and between the time and time-zone.  If no date is specified, current date is assumed. If no time-zone is specified, local time-zone is assumed(deprecated).  You can also provide yyyymmddd-hh:mm:ss time is in UTC. Note that there is a dash between the date and time in UTC notation.';
const NO_ZONE =
  'Warning: You submitted request with date-time attributes without explicit time zone. Please switch to use yyyymmdd-hh:mm:ss in UTC or use instrument time zone, like US/Eastern. Implied time zone functionality will be removed in the next API release';

/** `Trades` and the like: as the data service names what it was asked for. */
const shownName = (shown: string): string => shown.charAt(0) + shown.slice(1).toLowerCase();

const dated = (bar: ShownBar, { size, asSeconds }: HistoryRequest, zone: Zone) => {
  const seconds = String(Math.floor(bar.time / 1_000));
  const date = size.unit !== 'time' ? dateText(bar.time) : asSeconds ? seconds : zonedTime(zone, bar.time);
  return { ...bar, date };
};

/** Answers requests for the past: 20 (bars, also with what comes), 25 (cancel), 87 and 90 (how far it goes back). */
export const historyHandlers = (market: Market): Handlers => {
  const { subscriptions, clock, pacing, fiveSeconds } = market;

  /** Whether a contract has such data; the client is told when it has not. */
  const has = (
    session: TwsSession,
    requestId: number,
    { contract }: ContractMarket,
    data: AskedData,
  ): boolean => {
    const there = availability(contract, data);
    if (there.kind === 'instead') session.error(requestId, 10299, askInstead(there.use, there.asked));
    else if (there.kind === 'none') {
      const what = `${contract.localSymbol}@${contract.exchange} ${shownName(data.shown)}`;
      session.error(requestId, 162, `${SERVICE}HMDS query returned no data: ${what}`);
    }
    return there.kind === 'there';
  };

  const barsOf = (asked: ContractMarket, request: HistoryRequest, from: number, to: number) => {
    const { contract, bars } = asked;
    const { size, data, regularOnly } = request;
    const hours = contract.liquidHours;
    const base = bars
      .between(from, to, size.length)
      .filter((bar) => !regularOnly || bar.length >= 86_400_000 || hours.isOpen(bar.time));
    return aggregate(base, size, data.shown, contract);
  };

  /** From now on the bar that grows is told every five seconds in which it did. */
  const keep = (session: TwsSession, request: HistoryRequest, asked: ContractMarket): void => {
    const { requestId, size } = request;
    const zone = zoneOf(asked.contract.tradingHours.zone);
    let changed = false;
    const stopListening = asked.listen(() => {
      changed = true;
    });
    const stopBeats = fiveSeconds.listen((end) => {
      if (!changed) return;
      changed = false;
      // A bar of a month began at most so long ago.
      const [last] = barsOf(asked, request, end - 2 * size.length, end).slice(-1);
      if (last !== undefined) session.send(historicalDataUpdate(requestId, dated(last, request, zone)));
    });
    subscriptions.add(session, 'history', requestId, () => {
      stopListening();
      stopBeats();
    });
  };

  const answer = (session: TwsSession, request: HistoryRequest, asked: ContractMarket, end: number): void => {
    const { requestId, data } = request;
    const { contract } = asked;
    const zone = zoneOf(contract.tradingHours.zone);
    const hours = request.regularOnly ? contract.liquidHours : contract.tradingHours;
    const from = beginOf(request.duration, end, hours);
    // What has begun at this very moment is told, too, where no end was named.
    const bars = barsOf(asked, request, from, request.end === '' ? end + 1 : end);
    if (bars.length === 0 && !request.keepUpToDate) {
      const what = `${contract.localSymbol}@${contract.exchange} ${shownName(data.shown)}`;
      session.error(requestId, 162, `${SERVICE}HMDS query returned no data: ${what}`);
      return;
    }
    const told = bars.map((bar) => dated(bar, request, zone));
    session.send(historicalData(requestId, zonedTime(zone, from), zonedTime(zone, end), told));
    if (request.keepUpToDate) keep(session, request, asked);
  };

  const bars: Handler = (session, fields) => {
    const request = readHistoryRequest(session, fields);
    if (request === undefined) return;
    const { requestId, contract, data, size } = request;
    if (subscriptions.has(session, 'history', requestId)) {
      session.error(requestId, 322, "Error processing request.-'bN' : cause - Duplicate ticker id");
      return;
    }
    const asked = requestedMarket(market, session, requestId, contract, request.includeExpired);
    if (asked === undefined) return;
    if (!has(session, requestId, asked, data)) return;
    const moment = request.end === '' ? undefined : momentOf(request.end, asked.contract.tradingHours.zone);
    if (request.end !== '' && moment === undefined) {
      session.error(requestId, 10314, BAD_END);
      return;
    }
    if (moment?.zoned === false) session.error(requestId, 2174, NO_ZONE);
    if (asked.permission !== 'live') {
      session.error(requestId, 162, `${SERVICE}No market data permissions for ${permissionName(asked)}`);
      return;
    }
    const { shown } = data;
    const subject = [asked.contract.contractId, contract.exchange, shown].join('/');
    const weight = shown === 'BID_ASK' ? 2 : 1;
    if (!pacing.take({ key: request.key, subject, weight, barLength: size.length })) {
      session.error(requestId, 162, `${SERVICE}Historical data request pacing violation`);
      return;
    }
    const end = Math.min(moment?.time ?? Number.POSITIVE_INFINITY, clock.now());
    if (market.historyDelay <= 0) {
      answer(session, request, asked, end);
      return;
    }
    const disarm = clock.arm(`tws-history/${requestId}`, clock.now() + market.historyDelay, () => {
      if (subscriptions.end(session, 'history', requestId)) answer(session, request, asked, end);
    });
    subscriptions.add(session, 'history', requestId, disarm);
  };

  const cancel: Handler = (session, fields) => {
    fields.skip(1);
    const requestId = fields.integer();
    if (subscriptions.end(session, 'history', requestId))
      session.error(requestId, 162, `${SERVICE}API historical data query cancelled: ${requestId}`);
    else session.error(requestId, 366, `No historical data query found for ticker id:${requestId}`);
  };

  const head: Handler = (session, fields) => {
    const requestId = fields.integer();
    const contract = readContract(fields);
    const includeExpired = fields.boolean();
    fields.skip(1);
    const what = fields.string().toUpperCase();
    const asSeconds = fields.integer() === 2;
    const data = askedData(what, historyShown);
    if (data === undefined) {
      session.error(requestId, 321, `Error validating request.-'bN' : cause - Invalid whatToShow ${what}`);
      return;
    }
    const asked = requestedMarket(market, session, requestId, contract, includeExpired);
    if (asked === undefined || !has(session, requestId, asked, data)) return;
    const begin = asked.bars.begin;
    if (begin === undefined) session.error(requestId, 162, `${SERVICE}No head time stamp`);
    else
      session.send(headTimestamp(requestId, asSeconds ? String(Math.floor(begin / 1_000)) : utcTime(begin)));
  };

  return { 20: bars, 25: cancel, 87: head, 90: () => undefined };
};
