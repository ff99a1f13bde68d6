import type { QueryOutcome } from '@mikrobot/core';
import type { DealRecord } from '../protocol/records.js';
import type { ServerTime } from '../server-time.js';
import { tidy } from './lots.js';
import type { LegName } from './names.js';
import type { Findings } from './order-finder.js';
import type { OrderNews } from './order-news.js';
import { fillsOf, sumOf } from './reports.js';

/** A leg that is looked for. */
export interface SoughtLeg {
  readonly id: string;
  /** Client order id of the entry whose position it guards. */
  readonly entry: string;
  readonly leg: LegName;
  readonly news: OrderNews;
  readonly time: ServerTime;
  ask(coid: string): Promise<Findings>;
}

const reasonOf: Readonly<Record<LegName, string>> = { stop: 'sl', target: 'tp' };

/**
 * A leg by its position: it works while the position has its level, has filled by the deals that the level made, and else has ended with
 * the position.
 */
export const findLeg = async (sought: SoughtLeg): Promise<QueryOutcome> => {
  const { id, leg, news, time } = sought;
  const entry = news.guards.legNamed(id)?.guard.entry ?? sought.entry;
  const found = await sought.ask(entry);
  if (found.outcome !== 'records') return found;
  const opening = found.deals.find((deal) => deal.coid === entry && deal.entry === 'in');
  if (opening?.position === undefined) {
    // Before its entry's first trade there is no leg.
    const hasTraded = found.orders.some(({ volume, left }) => left < volume);
    return hasTraded
      ? { outcome: 'unknown', detail: 'the terminal does not have the deals of its entry yet' }
      : { outcome: 'absent' };
  }
  const { position, symbol, type } = opening;
  const deals = found.deals.filter((deal) => deal.position === position);
  const own = deals.filter((deal) => isOf(deal, id, leg, news));
  const { filled, averagePrice } = sumOf(own);
  const open = tidy(
    deals.reduce((lots, { entry: way, volume }) => lots + (way === 'in' ? volume : -volume), 0),
  );
  const guard = news.guards.get(position);
  if (open > 0 && guard?.levels === undefined)
    return { outcome: 'unknown', detail: 'the levels of its position are not known yet' };
  const works = open > 0 && guard?.levels?.[leg]?.id === id ? guard.levels[leg] : undefined;
  const ended = filled > 0 && open === 0 ? 'filled' : 'cancelled';
  const quantity = tidy(filled + open);
  return {
    outcome: 'found',
    report: {
      id,
      venueId: guard?.ticket ?? position,
      symbol,
      side: type === 'buy' ? 'sell' : 'buy',
      type: leg === 'stop' ? 'stop' : 'limit',
      state: works === undefined ? ended : filled > 0 ? 'partially-filled' : 'accepted',
      quantity,
      filled,
      averagePrice,
      price: works?.price,
    },
    fills: fillsOf(own, id, quantity, time),
  };
};

/** Whether a deal is the leg's: its level made it, and it was not told of another leg that stood there then. */
const isOf = (
  { ticket, coid, entry, reason }: DealRecord,
  id: string,
  leg: LegName,
  news: OrderNews,
): boolean => {
  if (coid !== undefined || entry === 'in' || reason !== reasonOf[leg]) return false;
  const told = news.legOfDeal(ticket);
  return told === undefined || told === id;
};
