import type { Handlers } from '../../handler.js';
import { midnight, parseTime, zonedTime } from '../../times.js';
import type { TwsExecution } from '../account.js';
import { completedOrderMessage, completedOrdersEndMessage } from '../messages/completed-order.js';
import { commissionMessage, executionEndMessage, executionMessage } from '../messages/execution.js';
import type { ExchangeState } from '../state.js';

/** What executions are asked for; empty fields ask for any. */
interface Filter {
  readonly clientId: number;
  readonly account: string;
  /** Epoch ms. */
  readonly since: number;
  readonly symbol: string;
  readonly securityType: string;
  readonly exchange: string;
  readonly side: string;
}

const sides: Readonly<Record<string, string>> = {
  BUY: 'BOT',
  BOT: 'BOT',
  SELL: 'SLD',
  SLD: 'SLD',
  SSHORT: 'SLD',
};

const fits = (execution: TwsExecution, filter: Filter): boolean => {
  const { contract } = execution;
  return (
    execution.time >= filter.since &&
    (filter.clientId === 0 || execution.clientId === filter.clientId) &&
    (filter.account === '' || execution.account === filter.account) &&
    (filter.symbol === '' || contract.symbol === filter.symbol) &&
    (filter.securityType === '' || contract.securityType === filter.securityType) &&
    (filter.exchange === '' || execution.exchange === filter.exchange) &&
    (filter.side === '' || execution.side === sides[filter.side])
  );
};

/**
 * Answers messages 7 and 99: executions and completed orders of the day. Whoever asks is told of all clients and of orders made by
 * hand: executions are an account's. Source: IBKR Campus, "Request Execution Details" and "Retrieving Completed Orders". Of a corrected
 * execution the latest version is told.
 */
export const reportHandlers = ({ accounts, orders, clock, zone }: ExchangeState): Handlers => ({
  7: (session, fields) => {
    fields.skip(1);
    const requestId = fields.integer();
    const today = midnight(zone, clock.now());
    const [clientId, account] = [fields.integer(), fields.string()];
    const since = parseTime(fields.string(), zone, clock.now()) ?? today;
    const [symbol, securityType, exchange, side] = [
      fields.string(),
      fields.string(),
      fields.string(),
      fields.string(),
    ];
    const filter: Filter = {
      clientId,
      account,
      since: Math.max(since, today),
      symbol,
      securityType,
      exchange,
      side: side.toUpperCase(),
    };
    const found = [...accounts.values()]
      .flatMap(({ executions }) => executions)
      .filter((one) => fits(one, filter));
    for (const execution of found.sort((a, b) => a.time - b.time)) {
      session.send(
        executionMessage(session.serverVersion, requestId, execution, zonedTime(zone, execution.time)),
      );
      session.send(commissionMessage(execution));
    }
    session.send(executionEndMessage(requestId));
  },
  99: (session, fields) => {
    const apiOnly = fields.boolean();
    const today = midnight(zone, clock.now());
    for (const order of orders.all()) {
      if (order.stage !== 'ended' || order.endedAt < today || (apiOnly && order.byHand)) continue;
      session.send(completedOrderMessage(session.serverVersion, order, zonedTime(zone, order.endedAt)));
    }
    session.send(completedOrdersEndMessage());
  },
});
