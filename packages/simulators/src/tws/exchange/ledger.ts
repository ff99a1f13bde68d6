import type { SimulatedContract } from '../contracts/contract.js';
import type { SimulatedAccount, TwsExecution } from './account.js';
import { fixedCommission } from './commission.js';
import { multiplierOf } from './holding.js';
import { averageOf, remainingOf, type TwsOrder, tidy } from './order.js';
import type { ExchangeState } from './state.js';

/** What the ledger tells others of a trade. */
export interface LedgerListener {
  /** An order has traded such a share (0 to 1) of what it had open. */
  traded(order: TwsOrder, share: number): void;
}

/** Who follows an account: told after each booking. */
export type AccountListener = (account: SimulatedAccount, contract: SimulatedContract) => void;

const hex = (value: number): string => value.toString(16).padStart(8, '0');

/** Books trades: the order, the account, and what is told of both. One trade is booked once. */
export class Ledger {
  /** Set once the desk exists. */
  listener: LedgerListener | undefined;
  readonly #state: ExchangeState;
  readonly #changed: AccountListener;
  #count = 0;

  /** @param changed - an account was booked on */
  constructor(state: ExchangeState, changed: AccountListener) {
    this.#state = state;
    this.#changed = changed;
  }

  trade(order: TwsOrder, quantity: number, price: number, maker: boolean): void {
    const { options, teller, market } = this.#state;
    const { account, contract, terms } = order;
    const open = remainingOf(order);
    order.filled = tidy(order.filled + quantity);
    order.cost += price * quantity;
    order.lastFillPrice = price;
    const owed = tidy(
      (options.commission ?? fixedCommission)(contract, order.filled, order.cost * multiplierOf(contract)),
    );
    const commission = tidy(owed - order.commission);
    order.commission = owed;
    this.#count += 1;
    const execution = account.book({
      execId: `0000e0d5.${hex(this.#count)}.01.01`,
      account: account.id,
      contract,
      exchange: contract.exchange === 'SMART' ? contract.primaryExchange : contract.exchange,
      side: terms.action === 'BUY' ? 'BOT' : 'SLD',
      quantity,
      price,
      time: this.#state.clock.now(),
      permId: order.permId,
      clientId: order.clientId,
      orderId: order.orderId,
      orderRef: terms.orderRef,
      cumulativeQuantity: order.filled,
      averagePrice: averageOf(order),
      maker,
      commission,
      rate: market.rate(contract.currency, account.currency) ?? 1,
    });
    if (remainingOf(order) === 0) this.#fill(order);
    if (options.executionsCome !== 'after') teller.execution(execution);
    this.#tellOrder(order);
    if (options.executionsCome === 'after') teller.execution(execution);
    teller.commission(execution);
    this.#changed(account, contract);
    this.listener?.traded(order, quantity / open);
  }

  /**
   * Corrects an execution: the same id with its last part one higher.
   * @returns the corrected one
   */
  correct(
    execution: TwsExecution,
    change: { readonly price?: number; readonly quantity?: number },
  ): TwsExecution {
    const account = this.#state.accounts.get(execution.account)!;
    const parts = execution.execId.split('.');
    const last = String(Number(parts.at(-1)) + 1).padStart(2, '0');
    const { realized: _, ...kept } = execution;
    const execId = [...parts.slice(0, -1), last].join('.');
    const corrected = account.correct(execution, { ...kept, ...change, execId });
    this.#state.teller.execution(corrected);
    this.#state.teller.commission(corrected);
    this.#changed(account, corrected.contract);
    return corrected;
  }

  #fill(order: TwsOrder): void {
    order.stage = 'ended';
    order.end = 'Filled';
    order.endedAt = this.#state.clock.now();
    order.endReason = `Filled Size: ${order.filled}`;
    this.#state.orders.ended(order);
  }

  #tellOrder(order: TwsOrder): void {
    const { options, teller } = this.#state;
    teller.order(order);
    // Source: TWS API, "Order Submission": the same status is often told twice.
    if (order.end === 'Filled' && options.duplicateStatuses !== false) teller.status(order);
  }
}
