import { readFuturesTrade, type VenueTrade } from '../mapper/trades.js';
import type { VenueOrder } from '../mapper/venue-order.js';
import type { RestClient } from '../transport/rest-client.js';
import type { Params } from '../transport/signing.js';

const PATH = '/fapi/v1/userTrades';
/** Trades of one page. */
const PAGE = 1_000;
/** The longest span that the venue looks through at once, ms. */
const WEEK = 7 * 86_400_000;
/** Binary dust of a sum of lots. */
const DUST = 1e-9;

/**
 * The trades of an order, oldest first. The venue tells those of the last seven days unless it is asked for a span, and a thousand at
 * once; so what is missing is looked for from the order's begin to its last change.
 * @param created - venue time of the order, epoch ms
 * @throws `Error` when they do not add up to what the order has filled, as while the venue's records lag behind
 */
export const ownTrades = async (
  rest: RestClient,
  order: VenueOrder,
  created: number,
): Promise<readonly VenueTrade[]> => {
  const { symbol, venueId, filled } = order.report;
  if (filled === 0 || venueId === undefined) return [];
  const found = new Map<string, VenueTrade>();
  const page = async (params: Params): Promise<readonly VenueTrade[]> => {
    const asked = { symbol, limit: PAGE, ...params };
    const rows = await rest.request({
      method: 'GET',
      path: PATH,
      params: asked,
      security: 'signed',
      weight: 5,
    });
    if (!Array.isArray(rows)) throw new Error('the answer to userTrades is no list');
    const trades = rows.map(readFuturesTrade);
    for (const trade of trades) if (trade.orderId === venueId) found.set(trade.tradeId, trade);
    return trades;
  };
  const missing = (): boolean => {
    let lots = 0;
    for (const { quantity } of found.values()) lots += quantity;
    return Math.abs(filled - lots) > DUST * Math.max(1, filled);
  };
  await page({ orderId: venueId });
  const end = order.time + 1_000;
  for (let start = created; start <= end && missing(); start += WEEK) {
    let rows = await page({
      startTime: Math.floor(start),
      endTime: Math.floor(Math.min(end, start + WEEK - 1)),
    });
    while (rows.length === PAGE && missing())
      rows = await page({ fromId: String(BigInt(rows.at(-1)!.id) + 1n) });
  }
  if (missing()) throw new Error(`the trades of order ${venueId} do not yet add up to ${filled}`);
  return [...found.values()].sort((a, b) => (BigInt(a.id) < BigInt(b.id) ? -1 : 1));
};
