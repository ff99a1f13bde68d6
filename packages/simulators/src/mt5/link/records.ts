import type { Deal, News, Order, Position, TradeResult, Transaction } from '../exchange/records.js';
import type { MinuteBar } from '../market/bar-book.js';
import type { Quote } from '../market/market.js';
import { type Field, lineOf } from './fields.js';

const orderFields = (order: Readonly<Order>): readonly Field[] => [
  order.ticket,
  order.symbol,
  order.type,
  order.state,
  order.volumeInitial,
  order.volumeCurrent,
  order.priceOpen,
  order.priceStopLimit,
  order.sl,
  order.tp,
  order.priceCurrent,
  order.typeFilling,
  order.typeTime,
  order.expiration,
  order.magic,
  order.positionId,
  order.positionById,
  order.reason,
  order.comment,
  order.timeSetup,
  order.timeDone,
];

const positionFields = (position: Readonly<Position>): readonly Field[] => [
  position.ticket,
  position.identifier,
  position.symbol,
  position.type,
  position.volume,
  position.priceOpen,
  position.sl,
  position.tp,
  position.priceCurrent,
  position.swap,
  position.profit,
  position.magic,
  position.reason,
  position.comment,
  position.time,
  position.timeUpdate,
];

const dealFields = (deal: Deal): readonly Field[] => [
  deal.ticket,
  deal.order,
  deal.positionId,
  deal.symbol,
  deal.type,
  deal.entry,
  deal.reason,
  deal.volume,
  deal.price,
  deal.commission,
  deal.fee,
  deal.swap,
  deal.profit,
  deal.magic,
  deal.comment,
  deal.time,
  deal.sl,
  deal.tp,
];

const transactionFields = (told: Transaction): readonly Field[] => [
  told.type,
  told.deal ?? 0,
  told.order ?? 0,
  told.symbol,
  told.orderType ?? 0,
  told.orderState ?? 0,
  told.dealType ?? 0,
  told.timeType ?? 0,
  told.timeExpiration ?? 0,
  told.price ?? 0,
  told.priceTrigger ?? 0,
  told.sl ?? 0,
  told.tp ?? 0,
  told.volume ?? 0,
  told.position ?? 0,
  told.positionBy ?? 0,
];

/** The line of what happened to an account; its figures are told elsewhere. */
export const newsLine = (news: Exclude<News, { readonly kind: 'account' }>): string => {
  switch (news.kind) {
    case 'order':
    case 'history-order':
      return lineOf(news.kind, ...orderFields(news.order));
    case 'deal':
      return lineOf('deal', ...dealFields(news.deal));
    case 'position':
      return lineOf('position', ...positionFields(news.position));
    case 'transaction':
      return lineOf('transaction', ...transactionFields(news.transaction));
    default:
      return lineOf(news.kind, news.ticket);
  }
};

/** The line of a quote. */
export const quoteLine = (name: string, quote: Quote): string =>
  lineOf('quote', name, quote.time, quote.bid, quote.ask, quote.last, quote.volume, quote.flags);

/** The line of a past bar. */
export const barLine = (name: string, bar: MinuteBar): string =>
  lineOf(
    'm1',
    name,
    bar.time,
    bar.open,
    bar.high,
    bar.low,
    bar.close,
    bar.tickVolume,
    bar.spread,
    bar.realVolume,
  );

/** The line of the answer to a request. */
export const resultLine = (id: string, result: TradeResult): string =>
  lineOf(
    'result',
    id,
    result.retcode,
    result.deal,
    result.order,
    result.volume,
    result.price,
    result.bid,
    result.ask,
    result.comment,
    result.external,
  );
