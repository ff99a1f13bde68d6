import { readContract } from '../contracts/read-contract.js';
import type { Handler, Handlers } from '../handler.js';
import type { TwsSession } from '../session.js';
import type { ContractMarket } from './contract-market.js';
import type { Market } from './market.js';
import { dataName, requestedMarket } from './requested-market.js';
import { marketDataType, tickReqParams, tickSnapshotEnd } from './tick-messages.js';
import { RT_VOLUME, TopOfBook, type TopOfBookRequest } from './top-of-book.js';

/** A snapshot ends when all is told, or after so many ms (documentation: "11 seconds after it was requested"). */
const SNAPSHOT_ENDS = 11_000;
/** Types of market data that a client may ask for. */
const TYPES: ReadonlySet<number> = new Set([1, 2, 3, 4]);
const NOT_SUBSCRIBED = 'Requested market data is not subscribed.';
const PART =
  'Part of requested market data is not subscribed. Subscription-independent ticks are still active.Delayed market data is available.';

/** Whether a snapshot has what there is: a quote, or of an index its value. */
const isWhole = ({ bid, ask, last, contract }: ContractMarket): boolean =>
  contract.securityType === 'IND' ? last !== undefined : bid !== undefined && ask !== undefined;

/** Answers requests for market data: 1 (subscribe, or a snapshot), 2 (cancel) and 59 (live or delayed). */
export const marketDataHandlers = (market: Market): Handlers => {
  const types = new WeakMap<TwsSession, number>();
  const { subscriptions, clock } = market;

  /** How a client may be told of a market; undefined when it may not: it was then told why. */
  const allowed = (
    session: TwsSession,
    requestId: number,
    asked: ContractMarket,
  ): Pick<TopOfBookRequest, 'delayed' | 'prices'> | undefined => {
    const delayed = (types.get(session) ?? 1) >= 3;
    switch (asked.permission) {
      case 'live':
        return { delayed: false, prices: true };
      case 'part':
        session.error(requestId, 10090, PART + dataName(asked));
        return { delayed: false, prices: false };
      case 'delayed':
        if (!delayed) {
          const text = `${NOT_SUBSCRIBED}Delayed market data is available.${dataName(asked)}`;
          session.error(requestId, 354, text);
          return undefined;
        }
        session.error(requestId, 10167, `${NOT_SUBSCRIBED} Displaying delayed market data.`);
        return { delayed: true, prices: true };
      case 'none':
        if (delayed) session.error(requestId, 10168, `${NOT_SUBSCRIBED} Delayed market data is not enabled.`);
        else session.error(requestId, 354, NOT_SUBSCRIBED + dataName(asked));
        return undefined;
    }
  };

  const snapshot = (told: TopOfBook, request: TopOfBookRequest, asked: ContractMarket): void => {
    const { session, requestId } = request;
    const end = (): void => {
      if (subscriptions.end(session, 'top-of-book', requestId)) session.send(tickSnapshotEnd(requestId));
    };
    told.all();
    const disarm = clock.arm(`tws-snapshot/${requestId}`, clock.now() + SNAPSHOT_ENDS, end);
    const stop = asked.listen((change) => {
      told.tell(change);
      if (isWhole(asked)) end();
    });
    subscriptions.add(session, 'top-of-book', requestId, () => {
      disarm();
      stop();
    });
    if (isWhole(asked)) end();
  };

  const subscribe: Handler = (session, fields) => {
    fields.skip(1);
    const requestId = fields.integer();
    const contract = readContract(fields);
    // A delta-neutral contract has three fields of its own.
    if (fields.boolean()) fields.skip(3);
    const generic = new Set(fields.string().split(',').filter(Boolean));
    const isSnapshot = fields.boolean();
    if (subscriptions.has(session, 'top-of-book', requestId)) {
      session.error(requestId, 322, "Error processing request.-'bW' : cause - Duplicate ticker id");
      return;
    }
    if (isSnapshot && generic.size > 0) {
      const cause = 'Snapshot market data subscription is not applicable to generic ticks';
      session.error(requestId, 321, `Error validating request.-'bW' : cause - ${cause}`);
      return;
    }
    const unknown = [...generic].find((tick) => !/^(mdoff|\d{3})$/.test(tick));
    if (unknown !== undefined) {
      const cause = `Incorrect generic tick list of ${[...generic].join(',')}.  Legal ones for (${contract.securityType}) are: ${RT_VOLUME}(RTVolume)`;
      session.error(requestId, 321, `Error validating request.-'bW' : cause - ${cause}`);
      return;
    }
    const asked = requestedMarket(market, session, requestId, contract);
    if (asked === undefined) return;
    if (subscriptions.count('top-of-book') + subscriptions.count('real-time-bars') >= market.lines) {
      session.error(requestId, 101, 'Max number of tickers has been reached');
      return;
    }
    const told = allowed(session, requestId, asked);
    if (told === undefined) return;
    const { minTick, exchange } = asked.contract;
    const request: TopOfBookRequest = { session, requestId, generic, ...told };
    const topOfBook = new TopOfBook(asked, request);
    session.send(tickReqParams(requestId, minTick, exchange === 'SMART' ? '9c0001' : '', 3));
    session.send(marketDataType(requestId, told.delayed ? 3 : 1));
    if (isSnapshot) {
      snapshot(topOfBook, request, asked);
      return;
    }
    topOfBook.all();
    subscriptions.add(
      session,
      'top-of-book',
      requestId,
      asked.listen((change) => topOfBook.tell(change)),
    );
  };

  const cancel: Handler = (session, fields) => {
    fields.skip(1);
    const requestId = fields.integer();
    if (!subscriptions.end(session, 'top-of-book', requestId))
      session.error(requestId, 300, `Can't find EId with tickerId:${requestId}`);
  };

  const chooseType: Handler = (session, fields) => {
    fields.skip(1);
    const type = fields.integer();
    if (TYPES.has(type)) types.set(session, type);
    else session.error(-1, 321, "Error validating request.-'bW' : cause - Invalid market data type");
  };

  return { 1: subscribe, 2: cancel, 59: chooseType };
};
