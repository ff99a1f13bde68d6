import type { Parts } from '../protocol/replies.js';
import { startOf } from './from-record.js';
import { tidy } from './lots.js';
import type { OrderNews } from './order-news.js';
import { inOrder } from './reports.js';
import { track } from './tracked-order.js';

/** What of a snapshot is taken. */
type Held = Pick<Parts, 'order' | 'position' | 'deal'>;

/**
 * Takes what the account holds. The first time, as what was before: nothing is told, as core asks for its orders itself. Later, deals
 * that were missed are told, and all that has changed.
 */
export const takeSnapshot = (news: OrderNews, held: Held, isFirst: boolean): void => {
  if (isFirst) adopt(news, held);
  else catchUp(news, held);
};

const adopt = (news: OrderNews, { order: orders, position: positions, deal: deals }: Held): void => {
  for (const deal of deals) news.skip(deal);
  for (const record of orders) {
    if (record.coid === undefined) continue;
    const { ticket, volume, left } = record;
    const filled = tidy(volume - left);
    const order = track({ ...startOf(record, record.coid), filled, accepted: true });
    order.parts.set(ticket, { volume, left, ended: false });
    news.orders.add(order);
  }
  for (const position of positions)
    if (position.coid !== undefined) news.guards.adopt(position, position.coid);
};

const catchUp = (news: OrderNews, { order: orders, position: positions, deal: deals }: Held): void => {
  for (const deal of inOrder(deals)) news.deal(deal);
  for (const record of orders) news.order(record);
  const open = new Set<string>();
  for (const position of positions) {
    open.add(position.id);
    news.position({ ...position, gone: false });
    news.guards.correct(position.id, position.volume);
  }
  // How they ended was missed: core asks for their legs.
  for (const { position } of [...news.guards.all()]) if (!open.has(position)) news.guards.forget(position);
  const working = new Set(orders.map(({ coid }) => coid));
  for (const order of [...news.orders.working()]) if (!working.has(order.id)) news.orders.miss(order);
};
