import {
  type AccountMode,
  MikroBotError,
  type OrderReport,
  type Snapshot,
  type VenuePosition,
} from '@mikrobot/core';
import type { Terminal } from '../bridge/terminal.js';
import { levelsOf } from '../orders/guard.js';
import { LEGS } from '../orders/names.js';
import type { OrderNews } from '../orders/order-news.js';
import { legReport, workingReport } from '../orders/reports.js';
import type { PositionRecord } from '../protocol/records.js';
import type { ServerTime } from '../server-time.js';
import { accountState } from './account-state.js';

/** What a snapshot is read with. */
export interface SnapshotParts {
  readonly mode: AccountMode;
  readonly time: ServerTime;
  readonly news: OrderNews;
  readonly answerTimeout: number;
}

/**
 * Everything that the account holds, whoever made it. `complete` only when the expert advisor says so and every item could be read.
 * @throws `MikroBotError` `TIMED_OUT` when the terminal does not answer
 */
export const readSnapshot = async (terminal: Terminal, parts: SnapshotParts): Promise<Snapshot> => {
  const { mode, time, news, answerTimeout } = parts;
  const asked = await terminal.ask('snapshot', { since: null }, { timeout: answerTimeout });
  const { hello } = terminal;
  if (asked.outcome !== 'answer' || hello === undefined)
    throw new MikroBotError('TIMED_OUT', 'the terminal tells no snapshot.', { where: 'metatrader5' });
  const { data } = asked.answer;
  news.observe(data.serverTime);
  const { order: orders, position: positions } = asked.parts;
  return {
    complete: data.complete && asked.dropped === 0,
    asOf: time.toUtc(Math.max(data.serverTime, news.latest)),
    account: accountState(hello, data.account, mode),
    orders: [
      ...orders.map(workingReport),
      ...(mode === 'hedging' ? positions.flatMap((position) => legsOf(position, news)) : []),
    ],
    positions: positions.map(heldOf),
  };
};

const heldOf = ({ symbol, side, volume, price, ticket }: PositionRecord): VenuePosition => ({
  symbol,
  quantity: side === 'buy' ? volume : -volume,
  averagePrice: price,
  venueId: ticket,
});

/** The levels of a position of ours, as the orders that they are to core. */
const legsOf = (record: PositionRecord, news: OrderNews): readonly OrderReport[] => {
  const guard = news.guards.get(record.id);
  const entry = guard?.entry ?? record.coid;
  if (entry === undefined) return [];
  const levels = levelsOf(record, entry, guard?.asked);
  return LEGS.flatMap((name) => {
    const level = levels[name];
    if (level === undefined) return [];
    const leg = guard?.legs[name];
    return [legReport(record, name, level, leg?.id === level.id ? leg.filled : 0)];
  });
};
