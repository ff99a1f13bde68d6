import { fixedCommission } from './commission.js';
import { multiplierOf } from './holding.js';
import { marginChange, valuation } from './margin.js';
import type { WhatIf } from './messages/open-order.js';
import { remainingOf, type TwsOrder, tidy } from './order.js';
import type { ExchangeState } from './state.js';

/** Where an order is expected to trade; undefined before the first quote of a market order. */
const expectedPrice = ({ market }: ExchangeState, { contract, terms }: TwsOrder): number | undefined => {
  const quote = market.quote(contract);
  const present = quote && (terms.action === 'BUY' ? quote.ask : quote.bid);
  if (terms.type === 'LMT' || terms.type === 'LOC' || terms.type === 'STP LMT') return terms.limitPrice;
  return terms.type === 'STP' ? terms.auxPrice : present;
};

const signed = (order: TwsOrder): number => (order.terms.action === 'BUY' ? 1 : -1) * remainingOf(order);

/** What an order would do to its account if it traded in full. */
export const whatIf = (state: ExchangeState, order: TwsOrder): WhatIf => {
  const { market, options } = state;
  const { account, contract } = order;
  const price = expectedPrice(state, order) ?? 0;
  const { netLiquidation, initialMargin, maintenanceMargin } = valuation(market, account);
  const change = marginChange(market, account, contract, signed(order), price);
  const quantity = remainingOf(order);
  const value = quantity * price * multiplierOf(contract);
  const commission = tidy((options.commission ?? fixedCommission)(contract, quantity, value));
  const rate = market.rate(contract.currency, account.currency) ?? 1;
  return {
    initialBefore: initialMargin,
    maintenanceBefore: maintenanceMargin,
    equityBefore: netLiquidation,
    initialAfter: initialMargin + change.initial,
    maintenanceAfter: maintenanceMargin + change.maintenance,
    equityAfter: netLiquidation - commission * rate,
    commission,
    commissionCurrency: contract.currency,
    warning: '',
  };
};

/**
 * Whether an account can carry an order: orders that add to the margin need equity for all of it.
 * @returns why not, in TWS's words; undefined when it can
 */
export const carries = (state: ExchangeState, order: TwsOrder): string | undefined => {
  const { currency } = order.account;
  if (state.market.rate(order.contract.currency, currency) === undefined)
    return `No exchange rate from ${order.contract.currency} to ${currency} is known`;
  const { initialBefore, initialAfter, equityAfter } = whatIf(state, order);
  if (initialAfter <= initialBefore || initialAfter <= equityAfter) return undefined;
  const [equity, margin] = [equityAfter, initialAfter].map((amount) => `${amount.toFixed(2)} ${currency}`);
  return `YOUR ORDER IS NOT ACCEPTED. IN ORDER TO OBTAIN THE DESIRED POSITION YOUR EQUITY WITH LOAN VALUE [${equity}] MUST EXCEED THE INITIAL MARGIN [${margin}]`;
};
