import type { OrderRequest } from '@mikrobot/core';
import { type Contract, EventName, type Order, type OrderState } from '@stoqey/ib';
import { isWarning } from '../errors.js';
import { finite } from '../line/numbers.js';
import { listen } from '../listen.js';
import type { OrderBook } from './order-book.js';
import type { OrderParts } from './parts.js';
import { unsupported, wireOrders } from './to-wire.js';

/** What an order would do to the account, without placing it. Amounts in account currency, but for the commission. */
export type WhatIf =
  | {
      readonly outcome: 'known';
      /** By how much the initial margin would grow. */
      readonly initialMargin: number;
      readonly maintenanceMargin: number | undefined;
      /** In `commissionCurrency`; its upper bound where TWS gives a range. */
      readonly commission: number | undefined;
      readonly commissionCurrency: string;
      /** What TWS warns of; empty for nothing. */
      readonly warning: string;
    }
  | { readonly outcome: 'refused'; readonly code: string; readonly detail: string }
  | { readonly outcome: 'unknown'; readonly detail: string };

const TIMEOUT = 4_000;

/** Asks TWS what a single order would do to margin and what it would cost. No order comes of it. */
export const askWhatIf = (
  request: OrderRequest,
  {
    session,
    contracts,
    clock,
    account,
    answerTimeout = TIMEOUT,
    book,
  }: OrderParts & { readonly book: OrderBook },
): Promise<WhatIf> => {
  const { line } = session;
  const contract = contracts.find(request.symbol);
  if (line === undefined || !session.reachesVenue)
    return Promise.resolve({ outcome: 'unknown', detail: 'TWS or its line to IB is down' });
  const why =
    contract === undefined
      ? `${request.symbol} is not traded here`
      : unsupported(request, contract.contract.secType);
  if (contract === undefined || why !== undefined)
    return Promise.resolve({ outcome: 'refused', code: 'UNSUPPORTED_ORDER', detail: why ?? '' });
  const ids = book.ids.take(1);
  const terms = {
    account,
    outsideRegularHours: contract.spec.outsideRegularHours === true,
    secType: contract.contract.secType,
  };
  const { orderId, order } = wireOrders({ ...request, bracket: undefined }, terms, ids)[0]!;
  return new Promise((resolve) => {
    const stops: (() => void)[] = [];
    const settle = (answer: WhatIf): void => {
      for (const stop of stops) stop();
      resolve(answer);
    };
    const shown = (id: number, _contract: Contract, _order: Order, state: OrderState): void => {
      const initialMargin = finite(state.initMarginChange);
      // TWS shows it twice at times, the first time without figures.
      if (id !== orderId || initialMargin === undefined) return;
      settle({
        outcome: 'known',
        initialMargin,
        maintenanceMargin: finite(state.maintMarginChange),
        commission: finite(state.commission) ?? finite(state.maxCommission),
        commissionCurrency: state.commissionCurrency ?? '',
        warning: state.warningText ?? '',
      });
    };
    stops.push(
      listen(line.events, EventName.openOrder, shown),
      line.onNotice(({ id, code, text }) => {
        if (id !== orderId || isWarning(code)) return;
        // Not a word about the order: the next question has another id.
        if (code === 103) {
          book.ids.duplicate(orderId);
          settle({ outcome: 'unknown', detail: text });
        } else settle({ outcome: 'refused', code: String(code), detail: text });
      }),
      line.onEnd((detail) => settle({ outcome: 'unknown', detail })),
      clock.arm(`ib what-if ${orderId}`, clock.now() + answerTimeout, () =>
        settle({ outcome: 'unknown', detail: `TWS gave no figures within ${answerTimeout} ms` }),
      ),
    );
    const isSent = line.send((commands) => {
      commands.placeOrder(orderId, contract.contract, { ...order, whatIf: true });
    }, 'order');
    if (!isSent) settle({ outcome: 'unknown', detail: 'the line ended' });
  });
};
