import { dealType, reason, transactionType } from '../constants.js';
import type { TradeAccount } from './account.js';
import type { Desk } from './desk.js';
import { rounded } from './numbers.js';
import type { Deal } from './records.js';

/** Books money that no trade brought: a deposit, a withdrawal, a credit. @returns the deal's ticket */
export const bookBalance = (
  desk: Desk,
  account: TradeAccount,
  amount: number,
  type: number = dealType.BALANCE,
  comment = '',
): number => {
  const digits = account.terms.currencyDigits;
  const deal: Deal = {
    ticket: desk.tickets.deal(),
    order: 0,
    positionId: 0,
    symbol: '',
    type,
    entry: 0,
    reason: reason.CLIENT,
    volume: 0,
    price: 0,
    commission: 0,
    fee: 0,
    swap: 0,
    profit: rounded(amount, digits),
    magic: '0',
    comment,
    time: desk.time.now(),
    sl: 0,
    tp: 0,
  };
  if (type === dealType.CREDIT) account.credit = rounded(account.credit + deal.profit, digits);
  else account.balance = rounded(account.balance + deal.profit, digits);
  account.keepDeal(deal);
  account.tell({ kind: 'deal', deal });
  account.tell({ kind: 'account' });
  account.tell({
    kind: 'transaction',
    transaction: { type: transactionType.DEAL_ADD, deal: deal.ticket, symbol: '', dealType: type },
  });
  return deal.ticket;
};
